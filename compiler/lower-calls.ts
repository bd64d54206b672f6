/** Calls: the order of their arguments is checked as CPython does. */
import type { Expression, Keyword } from "./ast.ts";
import { isSplat, lowerExpression, lowerNamed, unstarred } from "./lower-expressions.ts";
import { fail, field, identifier, type Lowering, named, required } from "./lowering.ts";
import type { SyntaxNode } from "./parse.ts";

export interface Arguments { readonly positional: readonly Expression[]; readonly keywords: readonly Keyword[] }

export function lowerCall(lowering: Lowering, node: SyntaxNode): Expression {
  const callee = lowerExpression(lowering, required(lowering, node, "function"));
  return { start: node.start, end: node.end, kind: "call", callee, ...lowerArguments(lowering, required(lowering, node, "arguments")) };
}

export function lowerArguments(lowering: Lowering, node: SyntaxNode): Arguments {
  if (node.type === "generator_expression") return { positional: [lowerExpression(lowering, node)], keywords: [] };
  const positional: Expression[] = [];
  const keywords: Keyword[] = [];
  const seen = new Set<string>();
  if (named(node).length === 0) for (const comma of node.children) if (comma.type === ",") fail(lowering, comma, "invalid syntax");
  for (const part of named(node)) {
    if (part.type === "keyword_argument") {
      const nameNode = required(lowering, part, "name");
      const name = identifier(lowering, nameNode);
      if (["None", "True", "False", "__debug__"].includes(name)) fail(lowering, nameNode, `cannot assign to ${name}`);
      if (seen.has(name)) fail(lowering, part, `keyword argument repeated: ${name}`);
      seen.add(name);
      keywords.push({ start: part.start, end: part.end, name, value: lowerExpression(lowering, required(lowering, part, "value")) });
    } else if (part.type === "dictionary_splat") {
      keywords.push({ start: part.start, end: part.end, name: undefined, value: lowerExpression(lowering, named(part)[0] ?? part) });
    } else {
      positional.push(lowerPositional(lowering, part, keywords));
    }
  }
  return { positional, keywords };
}

function lowerPositional(lowering: Lowering, part: SyntaxNode, keywords: readonly Keyword[]): Expression {
  const unpacked = keywords.some((keyword) => keyword.name === undefined);
  const inner = unstarred(part);
  if (inner !== undefined) {
    if (unpacked) fail(lowering, part, "iterable argument unpacking follows keyword argument unpacking");
    return { start: part.start, end: part.end, kind: "starred", value: lowerExpression(lowering, inner) };
  }
  if (part.type === "parenthesized_expression" && named(part).some(isSplat)) fail(lowering, part, "cannot use starred expression here");
  if (keywords.length > 0) fail(lowering, part, `positional argument follows keyword argument${unpacked ? " unpacking" : ""}`);
  return lowerNamed(lowering, part);
}

/** Bases of a class: no `*`, no keywords. */
export function lowerBases(lowering: Lowering, node: SyntaxNode): readonly Expression[] {
  const superclasses = field(node, "superclasses");
  if (superclasses === undefined) return [];
  const { positional, keywords } = lowerArguments(lowering, superclasses);
  const keyword = keywords[0];
  if (keyword !== undefined) {
    fail(lowering, keyword, keyword.name === "metaclass" ? "metaclasses are not supported" : "keyword arguments of a class are not supported", "Set class attributes in the body of the class.");
  }
  const starred = positional.find((base) => base.kind === "starred");
  if (starred !== undefined) fail(lowering, starred, "unpacked bases are not supported", "Name each base class.");
  return positional;
}
