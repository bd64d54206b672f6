/** `namedtuple` and `NamedTuple`: classes derived from tuple whose fields are the tuple's items. Their methods are made here and left out when nothing calls them. */
import type { ClassDefinition, Expression, FormattedString, Statement } from "./ast.ts";
import { CompileError } from "./errors.ts";
import { type Expansion, meaning } from "./expand.ts";
import { type Maker, maker } from "./made.ts";

interface Item { readonly name: string; readonly default: Expression | undefined }

/** `namedtuple("Point", "x y")` or `NamedTuple("Point", [("x", int)])`: its items, if the expression is that. */
export function itemsOf(expansion: Expansion, node: Expression): Item[] | undefined {
  if (node.kind !== "call") return undefined;
  const called = meaning(expansion, node.callee);
  if (called !== "collections.namedtuple" && called !== "typing.NamedTuple") return undefined;
  const names = namesIn(node.positional[1]) ?? fail(expansion, node, "the names of a namedtuple must be written here", 'Write namedtuple("Point", "x y").');
  const given = node.keywords.find((keyword) => keyword.name === "defaults")?.value;
  const defaults = given === undefined ? [] : given.kind === "list" || given.kind === "tuple" ? given.items : fail(expansion, given, "the defaults of a namedtuple must be written here", "Write defaults=[0, None].");
  if (defaults.length > names.length) fail(expansion, given ?? node, "Got more default values than field names");
  return names.map((name, index) => ({ name, default: defaults[index - (names.length - defaults.length)] }));
}

function fail(expansion: Expansion, at: { start: number; end: number }, message: string, hint?: string): never {
  throw new CompileError(expansion.source, at, message, hint);
}

const text = (node: Expression | undefined): string | undefined => (node?.kind === "constant" && node.value.type === "str" ? node.value.value : undefined);

/** The name that the call gives the class. */
export const typenameOf = (node: Expression): string | undefined => (node.kind === "call" ? text(node.positional[0]) : undefined);

function namesIn(node: Expression | undefined): string[] | undefined {
  const all = text(node);
  if (all !== undefined) return all.split(/[\s,]+/).filter(Boolean);
  if (node?.kind !== "list" && node?.kind !== "tuple") return undefined;
  // NamedTuple has pairs of a name and a type.
  const names = node.items.map((item) => text(item.kind === "tuple" ? item.items[0] : item));
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** A class whose base is a namedtuple, or `NamedTuple` with annotated names in its body. */
export function expandNamedTuple(expansion: Expansion, node: ClassDefinition): ClassDefinition {
  const typed = node.bases.some((base) => meaning(expansion, base) === "typing.NamedTuple");
  const base = node.bases.find((candidate) => itemsOf(expansion, candidate) !== undefined);
  if (!typed && base === undefined) return node;
  const items = base === undefined ? node.body.flatMap((statement) => (statement.kind === "annotated" && statement.target.kind === "name" ? [{ name: statement.target.id, default: statement.value }] : [])) : itemsOf(expansion, base) ?? [];
  const wrong = items.findIndex((item, index) => item.default === undefined && items.slice(0, index).some((before) => before.default !== undefined));
  if (wrong >= 0) fail(expansion, node.name, `Non-default namedtuple field ${items[wrong]?.name ?? ""} cannot follow default field`);
  const body = typed ? node.body.filter((statement) => statement.kind !== "annotated") : node.body;
  return namedTuple({ ...node, body }, items);
}

/** The class with its items and methods; what its body defines stays. */
export function namedTuple(node: ClassDefinition, items: readonly Item[]): ClassDefinition {
  const defined = new Set(node.body.flatMap((statement) => (statement.kind === "def" ? [statement.name.id] : [])));
  const made = methods(node, items).filter((statement) => statement.kind !== "def" || !defined.has(statement.name.id));
  return { ...node, bases: [{ ...node.name, kind: "name", id: "tuple" }], body: [...made, ...node.body], items: items.map(({ name }) => name) };
}

function methods(node: ClassDefinition, items: readonly Item[]): Statement[] {
  let place = node.start;
  const next = (): Maker => maker({ start: place, end: place++ });
  const made: Statement[] = [];
  const add = (work: (make: Maker) => Statement): void => { made.push(work(next())); };
  const names = items.map(({ name }) => name);
  add((make) => make.def("__new__", { positional: [make.parameter("cls"), ...items.map((item) => make.parameter(item.name, item.default))] },
    [make.returned(make.call(make.name("<named>"), [make.name("cls"), ...names.map(make.name)]))]));
  add((make) => make.def("__repr__", { positional: [make.parameter("self")] }, [make.returned(make.text(reprParts(make, names)))]));
  add((make) => make.attribute("_fields", { type: "tuple", items: names.map((value) => ({ type: "str", value })) }));
  add((make) => make.def("_make", { positional: [make.parameter("iterable")] }, [make.returned(make.call(make.name(node.name.id), [{ ...make.at, kind: "starred", value: make.name("iterable") }]))]));
  add((make) => make.def("_asdict", { positional: [make.parameter("self")] },
    [make.returned(make.call(make.name("dict"), [make.call(make.name("zip"), [make.get(make.name("self"), "_fields"), make.name("self")])]))]));
  add((make) => {
    const merged: Expression = { ...make.at, kind: "dict", entries: [make.call(make.get(make.name("self"), "_asdict"), []), make.name("kwds")].map((value) => ({ key: undefined, value })) };
    const call: Expression = { ...make.at, kind: "call", callee: make.get(make.name("self"), "__class__"), positional: [], keywords: [{ ...make.at, name: undefined, value: merged }] };
    return make.def("_replace", { positional: [make.parameter("self")], keywords: make.parameter("kwds") }, [make.returned(call)]);
  });
  return made;
}

/** `Name(x=1, y=2)` of an instance `self`. */
export function reprParts(make: Maker, names: readonly string[]): FormattedString["parts"] {
  const parts: FormattedString["parts"][number][] = [{ value: make.get(make.get(make.name("self"), "__class__"), "__name__"), conversion: 0, spec: undefined }];
  names.forEach((name, index) => parts.push(`${index === 0 ? "(" : ", "}${name}=`, { value: make.get(make.name("self"), name), conversion: 2, spec: undefined }));
  parts.push(names.length === 0 ? "()" : ")");
  return parts;
}
