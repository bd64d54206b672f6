/** Enumerations: a class derived from one gets the list of its members, and a decorator of the library (lib/modules/enum.py) that makes them. */
import type { ClassDefinition, Expression, Literal, Statement } from "./ast.ts";
import { type Expansion, meaning } from "./expand.ts";
import { maker } from "./made.ts";

const KINDS = new Set(["Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum"].map((name) => `enum.${name}`));

/** The class of the module enum that a base is, or is derived from. */
function kindOf(expansion: Expansion, base: Expression): string | undefined {
  const known = meaning(expansion, base) ?? "";
  return KINDS.has(known) ? known : base.kind === "name" ? expansion.enums.get(base.id) : undefined;
}

export function expandEnum(expansion: Expansion, node: ClassDefinition): ClassDefinition {
  const base = node.bases.find((candidate) => kindOf(expansion, candidate) !== undefined);
  if (base === undefined) return node;
  const kind = kindOf(expansion, base) ?? "";
  expansion.enums.set(node.name.id, kind);
  const body = numbered(expansion, node, kind);
  const names = body.flatMap((statement) => memberOf(statement)?.name ?? []);
  const make = maker({ start: node.start, end: node.start });
  const members = make.attribute("_member_names_", { type: "tuple", items: names.map((value) => ({ type: "str", value })) });
  // The last decorator is called first.
  return { ...node, bases: withoutMixin(node.bases, base), decorators: [...node.decorators, make.get(copy(base), "_complete_")], body: [...body, { ...members, generated: undefined }] };
}

function memberOf(statement: Statement): { name: string; value: Expression } | undefined {
  const [target, ...more] = statement.kind === "assign" ? statement.targets : statement.kind === "annotated" ? [statement.target] : [];
  if (target?.kind !== "name" || target.id.startsWith("_") || more.length > 0 || !("value" in statement) || statement.value === undefined) return undefined;
  return { name: target.id, value: statement.value };
}

/** The body with `auto()` replaced by its value, where that is known. */
function numbered(expansion: Expansion, node: ClassDefinition, kind: string): Statement[] {
  if (node.body.some((statement) => statement.kind === "def" && statement.name.id === "_generate_next_value_")) return [...node.body];
  let largest: bigint | undefined = 0n;
  return node.body.map((statement): Statement => {
    const member = memberOf(statement);
    if (member === undefined || (statement.kind !== "assign" && statement.kind !== "annotated")) return statement;
    const isAuto = member.value.kind === "call" && meaning(expansion, member.value.callee) === "enum.auto";
    const value = isAuto ? nextValue(kind, member.name, largest) : member.value.kind === "constant" ? member.value.value : undefined;
    // Values of flags that are computed combine the bits of others.
    if (value?.type === "int" && largest !== undefined) largest = value.value > largest ? value.value : largest;
    else if (!kind.endsWith("Flag")) largest = undefined;
    return isAuto && value !== undefined ? { ...statement, value: { start: member.value.start, end: member.value.end, kind: "constant", value } } : statement;
  });
}

function nextValue(kind: string, name: string, largest: bigint | undefined): Literal | undefined {
  if (kind === "enum.StrEnum") return { type: "str", value: name.toLowerCase() };
  if (largest === undefined) return undefined;
  return { type: "int", value: kind.endsWith("Flag") && largest > 0n ? 1n << BigInt(largest.toString(2).length) : largest + 1n };
}

/** Each use of a name is a node of its own. */
function copy(node: Expression): Expression {
  return node.kind === "attribute" ? { ...node, object: copy(node.object) } : { ...node };
}

/** `class Color(str, Enum)`: the enumeration that is like a str. */
function withoutMixin(bases: readonly Expression[], base: Expression): Expression[] {
  const mixin = bases.find((candidate) => candidate.kind === "name" && (candidate.id === "str" || candidate.id === "int"));
  if (mixin?.kind !== "name") return [...bases];
  return bases.filter((candidate) => candidate !== mixin).map((candidate) => (candidate === base ? { start: base.start, end: base.end, kind: "attribute", object: base, name: mixin.id, nameAt: base } : candidate));
}
