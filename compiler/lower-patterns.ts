/** `match`: its cases and their patterns, checked as CPython does. */
import type { Case, Expression, Name, Pattern, Statement } from "./ast.ts";
import type { Span } from "./errors.ts";
import { lowerExpression, lowerItems, lowerNamed } from "./lower-expressions.ts";
import { lowerBlock } from "./lower.ts";
import { child, fail, field, fields, identifier, libraryName, type Lowering, named, required, textOf } from "./lowering.ts";
import type { SyntaxNode } from "./parse.ts";

interface Lowered {
  readonly lowering: Lowering;
  /** Names that the pattern binds so far. */
  readonly names: Set<string>;
}

const span = (node: Span): Span => ({ start: node.start, end: node.end });

export function lowerMatch(lowering: Lowering, node: SyntaxNode): Statement {
  const subjects = fields(node, "subject");
  const listed = subjects.length > 1 || node.children.some((part) => part.type === "," && part.end <= required(lowering, node, "body").start);
  const first = subjects[0] ?? fail(lowering, node, "invalid syntax");
  const subject: Expression = listed
    ? { start: first.start, end: (subjects.at(-1) ?? first).end, kind: "tuple", items: lowerItems(lowering, subjects) } : lowerNamed(lowering, first);
  const clauses = fields(required(lowering, node, "body"), "alternative");
  return { ...span(node), kind: "match", subject, cases: clauses.map((clause, index) => lowerCase(lowering, clause, index === clauses.length - 1)) };
}

function lowerCase(lowering: Lowering, node: SyntaxNode, last: boolean): Case {
  const context: Lowered = { lowering, names: new Set() };
  const parts = node.children.filter((part) => part.type === "case_pattern");
  const open = parts.length > 1 || node.children.some((part) => part.type === ",");
  const first = parts[0] ?? fail(lowering, node, "invalid syntax");
  const pattern = open ? lowerSequence(context, { start: first.start, end: (parts.at(-1) ?? first).end }, parts) : lowerPattern(context, first);
  if (pattern.kind === "star") fail(lowering, first, "invalid syntax");
  const clause = field(node, "guard");
  const guard = clause && lowerNamed(lowering, named(clause)[0] ?? clause);
  if (!last && guard === undefined) checkRefutable(lowering, pattern, "remaining patterns");
  return { ...span(node), pattern, guard, body: lowerBlock(lowering, required(lowering, node, "consequence")) };
}

/** A pattern that always matches must be the last one. */
function checkRefutable(lowering: Lowering, pattern: Pattern, rest: string): void {
  if (pattern.kind === "as") return checkRefutable(lowering, pattern.pattern, rest);
  if (pattern.kind === "or") return checkRefutable(lowering, pattern.patterns.at(-1) as Pattern, rest);
  if (pattern.kind === "capture") fail(lowering, pattern, pattern.name === undefined ? `wildcard makes ${rest} unreachable` : `name capture '${pattern.name.id}' makes ${rest} unreachable`);
}

function lowerPattern(context: Lowered, node: SyntaxNode): Pattern {
  const { lowering } = context;
  const inner = named(node);
  switch (node.type) {
    case "case_pattern": return lowerAlternatives(context, node);
    case "union_pattern": return lowerAlternatives(context, node);
    case "as_pattern": {
      const pattern = lowerPattern(context, inner[0] as SyntaxNode);
      const name = inner[1] ?? fail(lowering, node, "invalid syntax");
      if (textOf(lowering, name) === "_") fail(lowering, name, "cannot use '_' as a target");
      if (name.type !== "identifier") fail(lowering, name, "invalid pattern target");
      checkRefutable(lowering, pattern, "remaining patterns");
      return { ...span(node), kind: "as", pattern, name: capture(context, name) };
    }
    case "list_pattern": return lowerSequence(context, node, inner);
    case "tuple_pattern": {
      const comma = node.children.some((part) => part.type === ",");
      if (inner.length !== 1 || comma) return lowerSequence(context, node, inner);
      const only = lowerPattern(context, inner[0] as SyntaxNode);
      return only.kind === "star" ? fail(lowering, node, "invalid syntax") : only;
    }
    case "splat_pattern": {
      const name = node.children.at(-1) as SyntaxNode;
      return { ...span(node), kind: "star", name: textOf(lowering, name) === "_" ? undefined : capture(context, name) };
    }
    case "dict_pattern": return lowerMapping(context, node);
    case "class_pattern": return lowerClassPattern(context, node);
    case "dotted_name": {
      if (inner.length > 1) return { ...span(node), kind: "value", value: lowerDotted(lowering, node) };
      return { ...span(node), kind: "capture", name: capture(context, inner[0] ?? node) };
    }
    case "keyword_pattern": return fail(lowering, node, "invalid syntax");
    default: return { ...span(node), kind: "value", value: lowerLiteral(lowering, node) };
  }
}

function capture(context: Lowered, node: Span): Name {
  const { lowering, names } = context;
  const id = identifier(lowering, node);
  if (id === "__debug__") fail(lowering, node, "cannot assign to __debug__");
  if (names.has(id)) fail(lowering, node, `multiple assignments to name '${id}' in pattern`);
  names.add(id);
  return { ...span(node), kind: "name", id };
}

function lowerLiteral(lowering: Lowering, node: SyntaxNode): Expression {
  if (node.type === "complex_pattern") fail(lowering, node, "complex numbers are not supported", "Keep the two parts in variables.");
  const value = lowerExpression(lowering, node);
  if (value.kind === "fstring") fail(lowering, node, "patterns may only match literals and attribute lookups");
  return value;
}

/** `a | b | -1`: signs stand beside their numbers. */
function lowerAlternatives(context: Lowered, node: SyntaxNode): Pattern {
  const { lowering } = context;
  const patterns: Pattern[] = [];
  const bound: Set<string>[] = [];
  let sign: SyntaxNode | undefined;
  for (const part of node.children) {
    if (part.type === "|") continue;
    if (part.type === "-" && !part.named) { sign = part; continue; }
    const own: Lowered = { ...context, names: node.type === "union_pattern" ? new Set() : context.names };
    patterns.push(sign === undefined ? lowerPart(own, part) : negative(lowering, sign, part));
    bound.push(own.names);
    sign = undefined;
  }
  const only = patterns[0] ?? fail(lowering, node, "invalid syntax");
  if (node.type !== "union_pattern") return only;
  patterns.slice(0, -1).forEach((pattern) => checkRefutable(lowering, pattern, "remaining patterns"));
  const names = bound[0] as Set<string>;
  if (bound.some((other) => other.size !== names.size || [...other].some((name) => !names.has(name)))) fail(lowering, node, "alternative patterns bind different names");
  for (const name of names) {
    if (context.names.has(name)) fail(lowering, node, `multiple assignments to name '${name}' in pattern`);
    context.names.add(name);
  }
  return { ...span(node), kind: "or", patterns };
}

function lowerPart(context: Lowered, part: SyntaxNode): Pattern {
  if (part.type === "_" || (part.type === "identifier" && textOf(context.lowering, part) === "_")) return { ...span(part), kind: "capture", name: undefined };
  return lowerPattern(context, part);
}

function negative(lowering: Lowering, sign: SyntaxNode, part: SyntaxNode): Pattern {
  const at = { start: sign.start, end: part.end };
  return { ...at, kind: "value", value: { ...at, kind: "unary", operator: "-", operand: lowerLiteral(lowering, part) } };
}

function lowerSequence(context: Lowered, at: Span, parts: readonly SyntaxNode[]): Pattern {
  const items = parts.map((part) => lowerPattern(context, part));
  const stars = items.filter((item) => item.kind === "star");
  if (stars.length > 1) fail(context.lowering, stars[1] as Pattern, "multiple starred expressions in sequence pattern");
  if (items.length > 200) fail(context.lowering, items[200] as Pattern, "too many patterns", "Match the whole and look at its items.");
  return { ...span(at), kind: "sequence", items, test: libraryName(context.lowering, "_match.is_sequence", at) };
}

function lowerMapping(context: Lowered, node: SyntaxNode): Pattern {
  const { lowering } = context;
  const keys = fields(node, "key").map((key) => (key.type === "dotted_name" ? lowerDotted(lowering, key) : lowerKey(lowering, node, key)));
  const seen = new Set<string>();
  for (const key of keys) {
    if (key.kind !== "constant" || key.value.type === "tuple") continue;
    const text = "value" in key.value && typeof key.value.value === "string" ? JSON.stringify(key.value.value) : textOf(lowering, key);
    if (seen.has(text)) fail(lowering, key, `mapping pattern checks duplicate key (${textOf(lowering, key)})`);
    seen.add(text);
  }
  const entries = fields(node, "value").map((value, index) => ({ key: keys[index] as Expression, pattern: lowerPattern(context, value) }));
  const splat = child(node, "splat_pattern");
  const name = splat && (splat.children.at(-1) as SyntaxNode);
  if (name !== undefined && textOf(lowering, name) === "_") fail(lowering, splat ?? node, "invalid syntax");
  if (splat !== undefined && node.children.some((part) => part.field === "key" && part.start > splat.start)) fail(lowering, splat, "invalid syntax");
  return { ...span(node), kind: "mapping", entries, rest: name && capture(context, name), without: name && libraryName(lowering, "_match.without", name) };
}

/** The sign of a negative key stands before it. */
function lowerKey(lowering: Lowering, node: SyntaxNode, key: SyntaxNode): Expression {
  const before = node.children[node.children.indexOf(key) - 1];
  const value = lowerLiteral(lowering, key);
  return before?.type === "-" ? { start: before.start, end: key.end, kind: "unary", operator: "-", operand: value } : value;
}

function lowerClassPattern(context: Lowered, node: SyntaxNode): Pattern {
  const { lowering } = context;
  const [className, ...parts] = named(node);
  const keywords: { name: string; pattern: Pattern }[] = [];
  const positional: Pattern[] = [];
  for (const part of parts) {
    const keyword = child(part, "keyword_pattern");
    if (keyword === undefined) {
      if (keywords.length > 0) fail(lowering, part, "positional patterns follow keyword patterns");
      const pattern = lowerPattern(context, part);
      if (pattern.kind === "star") fail(lowering, part, "invalid syntax");
      positional.push(pattern);
      continue;
    }
    const [nameNode] = named(keyword);
    const name = identifier(lowering, nameNode as SyntaxNode);
    if (keywords.some((other) => other.name === name)) fail(lowering, keyword, `attribute name repeated in class pattern: ${name}`);
    keywords.push({ name, pattern: lowerAlternatives(context, { ...keyword, type: "case_pattern", children: keyword.children.slice(2) }) });
  }
  return { ...span(node), kind: "class", type: lowerDotted(lowering, className as SyntaxNode), positional, keywords, values: positional.length === 0 ? undefined : libraryName(lowering, "_match.positional", node) };
}

function lowerDotted(lowering: Lowering, node: SyntaxNode): Expression {
  const [first, ...rest] = named(node) as [SyntaxNode, ...SyntaxNode[]];
  let value: Expression = { ...span(first), kind: "name", id: identifier(lowering, first) };
  for (const part of rest) value = { start: first.start, end: part.end, kind: "attribute", object: value, name: identifier(lowering, part), nameAt: span(part) };
  return value;
}
