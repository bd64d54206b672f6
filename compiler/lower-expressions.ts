/** Expressions of the syntax tree to the program's own. */
import type { BinaryOperator, CompareOperator, Comprehension, ComprehensionClause, Expression, FormattedString, FunctionNode, Literal, Replacement } from "./ast.ts";
import { decodeBytes, decodeFormatted, decodeText, numberLiteral, stringPrefix } from "./literals.ts";
import { lowerCall } from "./lower-calls.ts";
import { lowerParameters } from "./lower-functions.ts";
import { toTarget } from "./lower-targets.ts";
import { child, fail, field, fields, hasToken, identifier, inside, type Lowering, named, required, textOf } from "./lowering.ts";
import type { SyntaxNode } from "./parse.ts";

type Lower = (lowering: Lowering, node: SyntaxNode) => Expression;
const span = (node: SyntaxNode): { start: number; end: number } => ({ start: node.start, end: node.end });

const RULES: Readonly<Record<string, Lower>> = {
  identifier: (lowering, node) => ({ ...span(node), kind: "name", id: identifier(lowering, node) }),
  integer: (lowering, node) => ({ ...span(node), kind: "constant", value: numberLiteral(lowering.source, node) }),
  float: (lowering, node) => ({ ...span(node), kind: "constant", value: numberLiteral(lowering.source, node) }),
  true: (_, node) => constant(node, { type: "bool", value: true }),
  false: (_, node) => constant(node, { type: "bool", value: false }),
  none: (_, node) => constant(node, { type: "none" }),
  ellipsis: (_, node) => constant(node, { type: "ellipsis" }),
  string: (lowering, node) => lowerStrings(lowering, node, [node]),
  concatenated_string: (lowering, node) => lowerStrings(lowering, node, named(node)),
  parenthesized_expression: (lowering, node) => {
    const inner = named(node)[0] ?? fail(lowering, node, "invalid syntax");
    if (isSplat(inner)) fail(lowering, inner, "cannot use starred expression here");
    return { ...(inner.type === "yield" ? lowerYield(lowering, inner) : lowerNamed(lowering, inner)), ...span(node) };
  },
  tuple: (lowering, node) => {
    const items = named(node);
    if (items.length === 1 && !hasToken(node, ",")) fail(lowering, items[0] as SyntaxNode, "cannot use starred expression here");
    return { ...span(node), kind: "tuple", items: lowerItems(lowering, items) };
  },
  tuple_pattern: (lowering, node) => {
    const items = named(node);
    if (items.length !== 1 || hasToken(node, ",")) return { ...span(node), kind: "tuple", items: lowerItems(lowering, items) };
    if (isSplat(items[0] as SyntaxNode)) fail(lowering, node, "cannot use starred expression here");
    return { ...lowerExpression(lowering, items[0] as SyntaxNode), ...span(node) };
  },
  expression_list: (lowering, node) => ({ ...span(node), kind: "tuple", items: lowerItems(lowering, named(node), lowerExpression) }),
  pattern_list: (lowering, node) => ({ ...span(node), kind: "tuple", items: lowerItems(lowering, named(node)) }),
  list: (lowering, node) => ({ ...span(node), kind: "list", items: lowerItems(lowering, named(node)) }),
  list_pattern: (lowering, node) => ({ ...span(node), kind: "list", items: lowerItems(lowering, named(node)) }),
  set: (lowering, node) => ({ ...span(node), kind: "set", items: lowerItems(lowering, named(node)) }),
  dictionary: lowerDictionary,
  list_comprehension: (lowering, node) => lowerComprehension(lowering, node, "list"),
  set_comprehension: (lowering, node) => lowerComprehension(lowering, node, "set"),
  dictionary_comprehension: (lowering, node) => lowerComprehension(lowering, node, "dict"),
  generator_expression: (lowering, node) => lowerComprehension(lowering, node, "generator"),
  binary_operator: lowerBinary,
  unary_operator: (lowering, node) => ({
    ...span(node), kind: "unary", operator: required(lowering, node, "operator").type as "-" | "+" | "~",
    operand: lowerExpression(lowering, required(lowering, node, "argument")),
  }),
  not_operator: (lowering, node) => ({ ...span(node), kind: "not", operand: lowerExpression(lowering, required(lowering, node, "argument")) }),
  boolean_operator: lowerLogical,
  comparison_operator: (lowering, node) => {
    const operators = node.children.filter((part) => !part.named && part.field === "operators");
    const wrong = operators.find((operator) => operator.type === "<>");
    if (wrong !== undefined) fail(lowering, wrong, "invalid syntax", "Write !=.");
    return { ...span(node), kind: "compare", operands: named(node).map((operand) => lowerExpression(lowering, operand)), operators: operators.map((operator) => operator.type as CompareOperator) };
  },
  conditional_expression: (lowering, node) => {
    const [then, test, otherwise] = named(node).map((part) => lowerExpression(lowering, part)) as [Expression, Expression, Expression];
    return { ...span(node), kind: "conditional", test, then, otherwise };
  },
  named_expression: (lowering, node) => fail(lowering, node, "invalid syntax", "Put the expression in parentheses."),
  lambda: (lowering, node) => {
    const parameters = lowerParameters(lowering, field(node, "parameters"), "Lambda expression");
    const made = inside(lowering, "lambda", (place): FunctionNode => {
      const body = lowerExpression(lowering, required(lowering, node, "body"));
      return { ...span(node), name: "<lambda>", parameters, body: [{ start: body.start, end: body.end, kind: "return", value: body }], generator: place.yields };
    });
    return { ...span(node), kind: "lambda", function: made };
  },
  attribute: (lowering, node) => {
    const name = required(lowering, node, "attribute");
    return { ...span(node), kind: "attribute", object: lowerExpression(lowering, required(lowering, node, "object")), name: identifier(lowering, name), nameAt: span(name) };
  },
  subscript: lowerSubscript,
  slice: (lowering, node) => ({ ...span(node), kind: "slice", object: undefined, bounds: lowerBounds(lowering, node) }),
  call: lowerCall,
  yield: lowerYield,
  list_splat: (lowering, node) => fail(lowering, node, "can't use starred expression here"),
  list_splat_pattern: (lowering, node) => fail(lowering, node, "can't use starred expression here"),
  await: (lowering, node) => fail(lowering, node, lowering.place.kind === "function" ? "'await' outside async function" : "'await' outside function", "Write an ordinary call: functions run to their end."),
  as_pattern: (lowering, node) => fail(lowering, node, "invalid syntax"),
};

/** An expression where `:=` may stand without parentheses. */
export function lowerNamed(lowering: Lowering, node: SyntaxNode): Expression {
  if (node.type !== "named_expression") return lowerExpression(lowering, node);
  const target = required(lowering, node, "name");
  return { ...span(node), kind: "walrus", target: { ...span(target), kind: "name", id: identifier(lowering, target) }, value: lowerExpression(lowering, required(lowering, node, "value")) };
}

export function lowerExpression(lowering: Lowering, node: SyntaxNode): Expression {
  const rule = Object.hasOwn(RULES, node.type) ? RULES[node.type] : undefined;
  return rule === undefined ? fail(lowering, node, "invalid syntax") : rule(lowering, node);
}

export const isSplat = (node: SyntaxNode): boolean => node.type === "list_splat" || node.type === "list_splat_pattern";

/** Annotations are not used at run time, but must be expressions. */
export function checkType(lowering: Lowering, node: SyntaxNode | undefined): void {
  if (node === undefined) return;
  if (node.type === "constrained_type" || node.type === "splat_type") fail(lowering, node, "invalid syntax");
  if (["type", "generic_type", "union_type", "member_type", "type_parameter"].includes(node.type)) named(node).forEach((part) => checkType(lowering, part));
  else inside(lowering, "list comprehension", () => lowerExpression(lowering, node));
}

/** What `*value` unpacks. The grammar takes `*a.b(c)` for a call of `*a.b`: the star is brought to the top. Undefined without a star. */
export function unstarred(node: SyntaxNode): SyntaxNode | undefined {
  if (isSplat(node)) return named(node)[0];
  const [first, ...rest] = node.children;
  if (first === undefined || !LEFT_TO_RIGHT.has(node.type)) return undefined;
  const inner = unstarred(first);
  return inner && { ...node, start: inner.start, children: [{ ...inner, field: first.field }, ...rest] };
}

const LEFT_TO_RIGHT = new Set(["call", "attribute", "subscript", "binary_operator", "comparison_operator", "boolean_operator", "conditional_expression"]);
/** Too loose to stand behind a star outside of calls. */
const LOOSE = new Set(["comparison_operator", "boolean_operator", "not_operator", "conditional_expression", "lambda", "named_expression"]);

/** Items of a display or of an expression list: `*value` may stand among them. */
export function lowerItems(lowering: Lowering, nodes: readonly SyntaxNode[], lowerOne = lowerNamed): Expression[] {
  return nodes.map((node) => {
    if (node.type === "yield") fail(lowering, node, "invalid syntax");
    const inner = unstarred(node);
    if (inner === undefined) return lowerOne(lowering, node);
    if (LOOSE.has(inner.type)) fail(lowering, inner, "invalid syntax");
    return { ...span(node), kind: "starred", value: lowerExpression(lowering, inner) };
  });
}

function constant(node: SyntaxNode, value: Literal): Expression { return { ...span(node), kind: "constant", value }; }

function lowerBinary(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = required(lowering, node, "operator");
  if (operator.type === "@") fail(lowering, operator, "the operator @ is not supported", "Write a method and call it.");
  return {
    ...span(node), kind: "binary", operator: operator.type as BinaryOperator,
    left: lowerExpression(lowering, required(lowering, node, "left")), right: lowerExpression(lowering, required(lowering, node, "right")),
  };
}

function lowerLogical(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = required(lowering, node, "operator").type as "and" | "or";
  const values: Expression[] = [];
  let left = node;
  // `a and b and c` nests to the left: one node with three values.
  while (left.type === "boolean_operator" && field(left, "operator")?.type === operator) {
    values.unshift(lowerExpression(lowering, required(lowering, left, "right")));
    left = required(lowering, left, "left");
  }
  values.unshift(lowerExpression(lowering, left));
  return { ...span(node), kind: "logical", operator, values };
}

function lowerDictionary(lowering: Lowering, node: SyntaxNode): Expression {
  const parts = named(node);
  if (parts.length === 0 && hasToken(node, ",")) fail(lowering, node.children.find((part) => part.type === ",") ?? node, "invalid syntax");
  const entries = parts.map((entry) => {
    if (entry.type === "dictionary_splat") return { key: undefined, value: lowerExpression(lowering, named(entry)[0] ?? entry) };
    const [key, value] = [required(lowering, entry, "key"), required(lowering, entry, "value")];
    if (isSplat(value)) fail(lowering, value, "cannot use a starred expression in a dictionary value");
    return { key: lowerExpression(lowering, key), value: lowerExpression(lowering, value) };
  });
  return { ...span(node), kind: "dict", entries };
}

function lowerSubscript(lowering: Lowering, node: SyntaxNode): Expression {
  const object = lowerExpression(lowering, required(lowering, node, "value"));
  const parts = node.children.filter((part) => part.field === "subscript");
  const open = node.children.findIndex((part) => part.type === "[");
  const single = parts.length === 1 && !node.children.slice(open).some((part) => part.type === ",");
  const first = parts[0] as SyntaxNode;
  if (single && first.type === "slice") return { ...span(node), kind: "slice", object, bounds: lowerBounds(lowering, first) };
  if (single && unstarred(first) === undefined) return { ...span(node), kind: "subscript", object, index: lowerNamed(lowering, first) };
  return { ...span(node), kind: "subscript", object, index: { start: first.start, end: (parts.at(-1) as SyntaxNode).end, kind: "tuple", items: lowerItems(lowering, parts) } };
}

function lowerBounds(lowering: Lowering, node: SyntaxNode): (Expression | undefined)[] {
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined];
  let at = 0;
  for (const part of node.children) {
    if (part.type === ":") at++;
    else bounds[at] = lowerExpression(lowering, part);
  }
  return bounds;
}

function lowerYield(lowering: Lowering, node: SyntaxNode): Expression {
  const { place } = lowering;
  if (place.kind === "module" || place.kind === "class") fail(lowering, node, "'yield' outside function");
  if (place.kind !== "function" && place.kind !== "lambda") fail(lowering, node, `'yield' inside ${place.kind}`);
  place.yields = true;
  const value = named(node)[0];
  if (hasToken(node, "from")) return { ...span(node), kind: "yieldfrom", value: lowerExpression(lowering, value ?? node) };
  return { ...span(node), kind: "yield", value: value && lowerExpression(lowering, value) };
}

function lowerComprehension(lowering: Lowering, node: SyntaxNode, result: Comprehension["result"]): Expression {
  const kind = result === "generator" ? "generator expression" : (`${result} comprehension` as const);
  const parts = named(node);
  const clauses: { target: ComprehensionClause["target"]; iterable: Expression; conditions: Expression[] }[] = [];
  // The first iterable belongs to the place around the comprehension.
  const first = parts.find((part) => part.type === "for_in_clause") ?? fail(lowering, node, "invalid syntax");
  const iterable = lowerIterable(lowering, first);
  return inside(lowering, kind, () => {
    clauses.push(lowerClause(lowering, first, iterable));
    for (const part of parts.slice(parts.indexOf(first) + 1)) {
      if (part.type === "if_clause") clauses.at(-1)?.conditions.push(lowerNamed(lowering, named(part)[0] ?? part));
      else clauses.push(lowerClause(lowering, part, lowerIterable(lowering, part)));
    }
    const body = required(lowering, node, "body");
    if (isSplat(body)) fail(lowering, body, "iterable unpacking cannot be used in comprehension");
    const pair = body.type === "pair";
    const value = pair ? required(lowering, body, "value") : body;
    if (pair && isSplat(value)) fail(lowering, value, "cannot use a starred expression in a dictionary value");
    return {
      ...span(node), kind: "comprehension", result, clauses,
      key: pair ? lowerExpression(lowering, required(lowering, body, "key")) : undefined,
      value: pair ? lowerExpression(lowering, value) : lowerNamed(lowering, value),
    };
  });
}

function lowerIterable(lowering: Lowering, clause: SyntaxNode): Expression {
  if (hasToken(clause, "async")) fail(lowering, clause, "asynchronous comprehensions are not supported", "Write an ordinary for.");
  const parts = fields(clause, "right");
  if (parts.length !== 1 || hasToken(clause, ",")) fail(lowering, clause, "invalid syntax", "Put the tuple after 'in' in parentheses.");
  return lowerExpression(lowering, parts[0] as SyntaxNode);
}

function lowerClause(lowering: Lowering, clause: SyntaxNode, iterable: Expression): { target: ComprehensionClause["target"]; iterable: Expression; conditions: Expression[] } {
  return { target: toTarget(lowering, lowerExpression(lowering, required(lowering, clause, "left")), "assign to"), iterable, conditions: [] };
}

function lowerStrings(lowering: Lowering, node: SyntaxNode, strings: readonly SyntaxNode[]): Expression {
  const { source } = lowering;
  const parts: (string | Replacement)[] = [];
  const bytes: number[] = [];
  const kinds = new Set<boolean>();
  for (const string of strings) {
    const start = child(string, "string_start") ?? fail(lowering, string, "invalid syntax");
    const end = child(string, "string_end") ?? fail(lowering, string, "invalid syntax");
    const prefix = stringPrefix(source, start);
    kinds.add(prefix.bytes);
    if (kinds.size > 1) fail(lowering, node, "cannot mix bytes and nonbytes literals");
    const body = { start: start.end, end: end.start };
    if (prefix.bytes) { for (const byte of decodeBytes(source, body, prefix)) bytes.push(byte); }
    else if (!prefix.formatted) parts.push(decodeText(source, body, prefix));
    else parts.push(...lowerPieces(lowering, string, "interpolation", body, (piece) => decodeFormatted(source, piece, prefix), (piece) => decodeText(source, piece, prefix)));
  }
  if (kinds.has(true)) return constant(node, { type: "bytes", value: Uint8Array.from(bytes) });
  const merged = merge(parts);
  if (merged.every((part) => typeof part === "string")) return constant(node, { type: "str", value: merged.join("") });
  return { ...span(node), kind: "fstring", parts: merged };
}

type Decode = (piece: { start: number; end: number }) => string;

/** Literal pieces and replacement fields of an f-string or of a format specification, in order. */
function lowerPieces(lowering: Lowering, node: SyntaxNode, type: string, body: { start: number; end: number }, decode: Decode, decodeSpec: Decode): (string | Replacement)[] {
  const parts: (string | Replacement)[] = [];
  let at = body.start;
  for (const piece of node.children.filter((candidate) => candidate.type === type)) {
    parts.push(decode({ start: at, end: piece.start }));
    parts.push(...lowerReplacement(lowering, piece, decodeSpec));
    at = piece.end;
  }
  parts.push(decode({ start: at, end: body.end }));
  return parts;
}

function lowerReplacement(lowering: Lowering, node: SyntaxNode, decodeSpec: Decode): (string | Replacement)[] {
  const expression = required(lowering, node, "expression");
  if (expression.type === "lambda") fail(lowering, expression, "f-string: lambda expressions are not allowed without parentheses");
  const value = expression.type === "yield" ? lowerYield(lowering, expression) : (lowerItems(lowering, [expression])[0] as Expression);
  if (value.kind === "starred") fail(lowering, expression, "can't use starred expression here");
  const conversionNode = field(node, "type_conversion");
  const letter = conversionNode && textOf(lowering, conversionNode);
  if (letter !== undefined && !["!s", "!r", "!a"].includes(letter)) fail(lowering, conversionNode ?? node, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
  const specNode = field(node, "format_specifier");
  const spec = specNode && lowerSpec(lowering, specNode, decodeSpec);
  const equals = node.children.find((token) => token.type === "=" && token.start >= expression.end);
  const conversion = letter === undefined ? (equals !== undefined && spec === undefined ? 2 : 0) : ["", "!s", "!r", "!a"].indexOf(letter);
  const replacement: Replacement = { value, conversion, spec };
  if (equals === undefined) return [replacement];
  const after = conversionNode ?? specNode ?? node.children.at(-1) ?? node;
  return [lowering.source.text.slice(node.start + 1, after.start), replacement];
}

function lowerSpec(lowering: Lowering, node: SyntaxNode, decodeSpec: Decode): FormattedString | undefined {
  const parts = merge(lowerPieces(lowering, node, "format_expression", { start: node.start + 1, end: node.end }, decodeSpec, decodeSpec));
  return parts.length === 0 ? undefined : { ...span(node), kind: "fstring", parts };
}

/** Joins neighbouring texts and drops empty ones. */
function merge(parts: readonly (string | Replacement)[]): (string | Replacement)[] {
  const merged: (string | Replacement)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else if (part !== "") merged.push(part);
  }
  return merged;
}
