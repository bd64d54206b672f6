/**
 * Methods of the library's classes, and those that the compiler makes, are linked one by one: a method stays when the program (or another method that stays) names it, and one
 * that an operator or a built-in calls stays when code outside its module has that operator or names that built-in.
 */
import type { Assign, ClassDefinition, Definition } from "./ast.ts";
import type { Span } from "./errors.ts";
import { builtinName } from "./known.ts";
import type { Module } from "./program.ts";
import type { Item } from "./scopes.ts";

const PRINTED = ["print", "repr", "str", "ascii", "format", "f", "%"];
const ORDERED = ["sorted", "min", "max", "sort"];

/** Special methods that only these call: operators as they are written, built-ins and methods by name, `f` an f-string, `[]` an index that is no text. Other special methods always stay. */
const CALLERS: ReadonlyMap<string, readonly string[]> = new Map([["keys", ["dict", "update", "**"]], ...Object.entries({
  add: ["+", "sum"], sub: ["-"], mul: ["*"], truediv: ["/"], floordiv: ["//", "divmod"], mod: ["%", "divmod"], pow: ["**", "pow"], lshift: ["<<"], rshift: [">>"], and: ["&"], or: ["|"], xor: ["^"],
  eq: ["==", "!=", "in", "not in", "index", "count", "remove"], lt: ["<", ">", ...ORDERED], gt: ["<", ">", ...ORDERED], le: ["<=", ">="], ge: ["<=", ">="], ne: ["!="], contains: ["in", "not in"],
  getitem: ["[]"], pos: ["+"], neg: ["-"], invert: ["~"], setitem: ["[]="], delitem: ["[]="], reversed: ["reversed"], round: ["round"], abs: ["abs"], divmod: ["divmod"], copy: [], deepcopy: [], repr: PRINTED, str: PRINTED, format: PRINTED,
}).flatMap(([name, callers]) => [`__${name}__`, `__r${name}__`, `__i${name}__`].map((method): [string, string[]] => [method, callers]))]);

export type Member = Definition | Assign;

const nameOf = (member: Member): string => (member.kind === "def" ? member.name.id : member.targets[0]?.kind === "name" ? member.targets[0].id : "");

/** Parts of a class that need not be linked. */
export function members(module: Module, node: ClassDefinition): Member[] {
  const methods = node.body.filter((statement): statement is Member => (statement.kind === "def" || statement.kind === "assign") && (module.origin === "library" ? statement.kind === "def" : statement.generated === true));
  // A set or dict compares what it hashes; a mapping has texts as keys; what has no other way to be iterated is indexed.
  const has = (wanted: string): boolean => methods.some((member) => nameOf(member) === wanted);
  const stays = (name: string): boolean => (name === "__init__" || name === "__new__" ? true : name === "__eq__" ? has("__hash__") : name === "__getitem__" ? has("keys") || !has("__iter__") : !CALLERS.has(name) && name.startsWith("__") && name !== "__dataclass_fields__" && name !== "__dataclass_init__");
  return methods.filter((member) => !stays(nameOf(member)));
}

/** Names, texts and operators met so far, each with the modules that have it. */
export type Seen = Map<string, Set<Module>>;

export function isCalled(member: Member, home: Module, seen: Seen): boolean {
  const name = nameOf(member);
  const outside = member.generated === true ? undefined : home;
  return seen.has(name) || (CALLERS.get(name)?.some((caller) => [...seen.get(caller) ?? []].some((module) => module !== outside)) ?? false);
}

/** Adds what a piece of code names, as far as methods can be meant by it. */
export function see(module: Module, item: Item, within: (node: Span) => boolean, seen: Seen): void {
  const add = (text: string): void => { seen.set(text, (seen.get(text) ?? new Set()).add(module)); };
  for (const { name } of item.attributes.filter(within)) add(name);
  for (const { text } of item.texts.filter(within)) text.split(".").forEach(add);
  for (const name of item.names.filter(within)) if (module.scopes.references.get(name) === undefined && builtinName(name.id) !== undefined) add(name.id);
}
