/**
 * The syntax tree to the program's own (ast.ts): modules and statements. The grammar of tree-sitter takes more than Python does;
 * what CPython refuses is refused here in its words, and what is outside the language with a hint what to write instead.
 */
import type { BinaryOperator, Expression, Handler, ModuleNode, Name, Statement, Target } from "./ast.ts";
import type { Source } from "./errors.ts";
import { checkType, isSplat, lowerExpression, lowerItems, lowerNamed } from "./lower-expressions.ts";
import { lowerClass, lowerDecorators, lowerDefinition } from "./lower-functions.ts";
import { lowerMatch } from "./lower-patterns.ts";
import { nameOf, toTarget } from "./lower-targets.ts";
import { child, fail, field, fields, hasToken, identifier, type Lowering, named, required, textOf } from "./lowering.ts";
import type { SyntaxNode } from "./parse.ts";

type Lower = (lowering: Lowering, node: SyntaxNode) => readonly Statement[];
const span = (node: SyntaxNode): { start: number; end: number } => ({ start: node.start, end: node.end });

export function lower(source: Source, tree: SyntaxNode): ModuleNode {
  const lowering: Lowering = { source, place: { kind: "module", yields: false, loops: 0 }, className: undefined, library: new Map() };
  const body = lowerStatements(lowering, named(tree));
  return { body: [...libraryImports(lowering), ...body] };
}

/** What the program's syntax needs of the library's modules is imported first. */
function libraryImports({ library }: Lowering): Statement[] {
  const at = { start: 0, end: 0 };
  return [...library].map(([id, path]) => {
    const [module, name] = path.split(".") as [string, string];
    return { ...at, kind: "from", path: module, pathAt: at, names: [{ name: { ...at, kind: "name", id: name }, alias: { ...at, kind: "name", id } }] };
  });
}

export function lowerBlock(lowering: Lowering, node: SyntaxNode | undefined): Statement[] {
  return node === undefined ? [] : lowerStatements(lowering, named(node));
}

function lowerStatements(lowering: Lowering, nodes: readonly SyntaxNode[]): Statement[] {
  return nodes.flatMap((node) => {
    const rule = Object.hasOwn(RULES, node.type) ? RULES[node.type] : undefined;
    return rule === undefined ? fail(lowering, node, "invalid syntax") : rule(lowering, node);
  });
}

const RULES: Readonly<Record<string, Lower>> = {
  expression_statement: lowerExpressionStatement,
  pass_statement: (_, node) => [{ ...span(node), kind: "pass" }],
  break_statement: (lowering, node) => {
    if (lowering.place.loops === 0) fail(lowering, node, "'break' outside loop");
    return [{ ...span(node), kind: "break" }];
  },
  continue_statement: (lowering, node) => {
    if (lowering.place.loops === 0) fail(lowering, node, "'continue' not properly in loop");
    return [{ ...span(node), kind: "continue" }];
  },
  return_statement: (lowering, node) => {
    const { place } = lowering;
    if (place.kind !== "function") fail(lowering, node, "'return' outside function");
    const value = named(node)[0];
    return [{ ...span(node), kind: "return", value: value && lowerExpression(lowering, value) }];
  },
  raise_statement: (lowering, node) => {
    const cause = field(node, "cause");
    const exception = named(node).find((part) => part !== cause);
    if (exception === undefined && cause !== undefined) fail(lowering, node, "invalid syntax");
    if (exception?.type === "expression_list") fail(lowering, exception, "invalid syntax");
    return [{ ...span(node), kind: "raise", exception: exception && lowerExpression(lowering, exception), cause: cause && lowerExpression(lowering, cause) }];
  },
  assert_statement: (lowering, node) => {
    const [test, message, more] = named(node);
    if (test === undefined || more !== undefined) fail(lowering, more ?? node, "invalid syntax");
    return [{ ...span(node), kind: "assert", test: lowerExpression(lowering, test), message: message && lowerExpression(lowering, message) }];
  },
  delete_statement: (lowering, node) => {
    const list = named(node)[0] ?? fail(lowering, node, "invalid syntax");
    const items = list.type === "expression_list" ? lowerItems(lowering, named(list)) : lowerItems(lowering, [list]);
    return [{ ...span(node), kind: "delete", targets: items.map((item) => toTarget(lowering, item, "delete")) }];
  },
  global_statement: (lowering, node) => [{ ...span(node), kind: "global", names: named(node).map((name) => nameNode(lowering, name)) }],
  nonlocal_statement: (lowering, node) => {
    if (lowering.place.kind === "module") fail(lowering, node, "nonlocal declaration not allowed at module level");
    return [{ ...span(node), kind: "nonlocal", names: named(node).map((name) => nameNode(lowering, name)) }];
  },
  import_statement: (lowering, node) => fields(node, "name").map((part) => {
    const aliased = part.type === "aliased_import";
    const path = aliased ? required(lowering, part, "name") : part;
    const alias = aliased ? nameNode(lowering, required(lowering, part, "alias")) : undefined;
    return { ...span(part), kind: "import", path: dotted(lowering, path), pathAt: span(path), alias };
  }),
  import_from_statement: lowerImportFrom,
  future_import_statement: (lowering, node) => {
    const known = ["annotations", "division", "print_function", "generator_stop", "absolute_import", "nested_scopes", "generators", "unicode_literals", "with_statement"];
    for (const name of fields(node, "name")) {
      const feature = textOf(lowering, name.type === "aliased_import" ? required(lowering, name, "name") : name);
      if (!known.includes(feature)) fail(lowering, name, `future feature ${feature} is not defined`);
    }
    return [];
  },
  if_statement: (lowering, node) => [lowerIf(lowering, node, fields(node, "alternative"))],
  while_statement: (lowering, node) => {
    const test = lowerNamed(lowering, required(lowering, node, "condition"));
    const body = lowerLoopBody(lowering, node);
    return [{ ...span(node), kind: "while", test, body, otherwise: lowerElse(lowering, node) }];
  },
  for_statement: (lowering, node) => {
    if (hasToken(node, "async")) fail(lowering, node, "'async for' is not supported", "Write an ordinary for.");
    const target = toTarget(lowering, lowerItems(lowering, [required(lowering, node, "left")])[0] as Expression, "assign to");
    const right = required(lowering, node, "right");
    if (isSplat(right)) fail(lowering, right, "can't use starred expression here");
    const iterable = lowerExpression(lowering, right);
    const body = lowerLoopBody(lowering, node);
    return [{ ...span(node), kind: "for", target, iterable, body, otherwise: lowerElse(lowering, node) }];
  },
  try_statement: lowerTry,
  with_statement: lowerWith,
  function_definition: (lowering, node) => [lowerDefinition(lowering, node, [])],
  class_definition: (lowering, node) => [lowerClass(lowering, node, [])],
  decorated_definition: (lowering, node) => {
    const decorators = lowerDecorators(lowering, node);
    const definition = required(lowering, node, "definition");
    return [definition.type === "class_definition" ? lowerClass(lowering, definition, decorators) : lowerDefinition(lowering, definition, decorators)];
  },
  print_statement: (lowering, node) => fail(lowering, node, "Missing parentheses in call to 'print'. Did you mean print(...)?"),
  exec_statement: (lowering, node) => fail(lowering, node, "Missing parentheses in call to 'exec'. Did you mean exec(...)?"),
  match_statement: (lowering, node) => [lowerMatch(lowering, node)],
  type_alias_statement: (lowering, node) => fail(lowering, node, "'type' statements are not supported", "Leave it out: annotations are not used at run time."),
};

function nameNode(lowering: Lowering, node: SyntaxNode): Name {
  const id = identifier(lowering, node);
  if (id === "__debug__") fail(lowering, node, "cannot assign to __debug__");
  return { ...span(node), kind: "name", id };
}

const dotted = (lowering: Lowering, node: SyntaxNode): string => named(node).map((part) => identifier(lowering, part)).join(".");

function lowerExpressionStatement(lowering: Lowering, node: SyntaxNode): Statement[] {
  const parts = named(node);
  const first = parts[0] ?? fail(lowering, node, "invalid syntax");
  if (first.type === "assignment") return [lowerAssignment(lowering, first)];
  if (first.type === "augmented_assignment") return [lowerAugmented(lowering, first)];
  if (parts.length > 1 || hasToken(node, ",")) {
    return [{ ...span(node), kind: "expression", value: { ...span(node), kind: "tuple", items: lowerItems(lowering, parts, lowerExpression) } }];
  }
  return [{ ...span(node), kind: "expression", value: lowerExpression(lowering, first) }];
}

function lowerAssignment(lowering: Lowering, node: SyntaxNode): Statement {
  const targets: Target[] = [];
  let current = node;
  for (;;) {
    const left = required(lowering, current, "left");
    const value = lowerItems(lowering, [left])[0] as Expression;
    const annotation = field(current, "type");
    const right = field(current, "right");
    if (annotation !== undefined) return lowerAnnotated(lowering, node, current, left, value, right);
    targets.push(toTarget(lowering, value, "assign to here"));
    if (right === undefined) fail(lowering, current, "invalid syntax");
    if (right.type === "augmented_assignment") fail(lowering, right, "invalid syntax");
    if (right.type !== "assignment") return { ...span(node), kind: "assign", targets, value: lowerRight(lowering, right) };
    current = right;
  }
}

function lowerRight(lowering: Lowering, node: SyntaxNode): Expression {
  if (isSplat(node)) fail(lowering, node, "can't use starred expression here");
  return lowerExpression(lowering, node);
}

function lowerAnnotated(lowering: Lowering, whole: SyntaxNode, node: SyntaxNode, left: SyntaxNode, value: Expression, right: SyntaxNode | undefined): Statement {
  if (whole !== node) fail(lowering, node, "invalid syntax");
  checkType(lowering, field(node, "type"));
  if (value.kind === "tuple" || value.kind === "list") fail(lowering, left, `only single target (not ${value.kind}) can be annotated`);
  if (!["name", "attribute", "subscript", "slice"].includes(value.kind)) fail(lowering, left, "illegal target for annotation");
  if (right !== undefined && ["assignment", "augmented_assignment"].includes(right.type)) fail(lowering, right, "invalid syntax");
  const target = toTarget(lowering, value, "assign to");
  return { ...span(whole), kind: "annotated", target, value: right && lowerRight(lowering, right), parenthesized: left.type !== value.kind && left.type === "tuple_pattern" };
}

function lowerAugmented(lowering: Lowering, node: SyntaxNode): Statement {
  const left = required(lowering, node, "left");
  const value = lowerItems(lowering, [left])[0] as Expression;
  const operator = required(lowering, node, "operator");
  if (operator.type === "@=") fail(lowering, operator, "the operator @= is not supported", "Write a method and call it.");
  if (!["name", "attribute", "subscript", "slice"].includes(value.kind)) fail(lowering, left, `'${nameOf(lowering, value)}' is an illegal expression for augmented assignment`);
  const target = toTarget(lowering, value, "assign to");
  const right = required(lowering, node, "right");
  if (["assignment", "augmented_assignment"].includes(right.type)) fail(lowering, right, "invalid syntax");
  return { ...span(node), kind: "augmented", target, operator: operator.type.slice(0, -1) as BinaryOperator, value: lowerRight(lowering, right) };
}

function lowerImportFrom(lowering: Lowering, node: SyntaxNode): Statement[] {
  const module = required(lowering, node, "module_name");
  if (module.type === "relative_import") fail(lowering, module, "relative imports are not supported", "Write the module's full name: from package.module import name.");
  const wildcard = child(node, "wildcard_import");
  if (wildcard !== undefined) fail(lowering, wildcard, lowering.place.kind === "module" ? "'from ... import *' is not supported" : "import * only allowed at module level", "Name what you use: from module import name.");
  const parts = fields(node, "name");
  if (hasToken(node, ",") && node.children.at(-1)?.type === ",") fail(lowering, node.children.at(-1) ?? node, "trailing comma not allowed without surrounding parentheses");
  const names = parts.map((part) => {
    const aliased = part.type === "aliased_import";
    const nameAt = aliased ? required(lowering, part, "name") : part;
    if (named(nameAt).length > 1) fail(lowering, nameAt, "invalid syntax");
    const name = nameNode(lowering, nameAt);
    return { name, alias: aliased ? nameNode(lowering, required(lowering, part, "alias")) : name };
  });
  return [{ ...span(node), kind: "from", path: dotted(lowering, module), pathAt: span(module), names }];
}

function lowerIf(lowering: Lowering, node: SyntaxNode, alternatives: readonly SyntaxNode[]): Statement {
  const test = lowerNamed(lowering, required(lowering, node, "condition"));
  const body = lowerBlock(lowering, required(lowering, node, "consequence"));
  const next = alternatives[0];
  let otherwise: readonly Statement[] = [];
  if (next?.type === "elif_clause") otherwise = [lowerIf(lowering, next, alternatives.slice(1))];
  else if (next !== undefined) otherwise = lowerBlock(lowering, required(lowering, next, "body"));
  return { ...span(node), kind: "if", test, body, otherwise };
}

function lowerLoopBody(lowering: Lowering, node: SyntaxNode): Statement[] {
  lowering.place.loops++;
  const body = lowerBlock(lowering, required(lowering, node, "body"));
  lowering.place.loops--;
  return body;
}

function lowerElse(lowering: Lowering, node: SyntaxNode): Statement[] {
  const clause = child(node, "else_clause");
  return clause === undefined ? [] : lowerBlock(lowering, required(lowering, clause, "body"));
}

function lowerTry(lowering: Lowering, node: SyntaxNode): Statement[] {
  const body = lowerBlock(lowering, required(lowering, node, "body"));
  const clauses = node.children.filter((part) => part.type === "except_clause");
  const handlers = clauses.map((clause, index) => lowerHandler(lowering, clause, index === clauses.length - 1));
  const otherwise = lowerElse(lowering, node);
  const finallyClause = child(node, "finally_clause");
  const ending = finallyClause === undefined ? [] : lowerBlock(lowering, child(finallyClause, "block"));
  const at = { start: node.start, end: node.start + 3 };
  if (handlers.length === 0 && finallyClause === undefined) fail(lowering, at, "expected 'except' or 'finally' block");
  if (handlers.length === 0 && child(node, "else_clause") !== undefined) fail(lowering, at, "expected 'except' or 'finally' block");
  const complete: Statement = { ...span(node), kind: "try", body, handlers, otherwise, finally: ending };
  return [complete];
}

function lowerHandler(lowering: Lowering, node: SyntaxNode, last: boolean): Handler {
  const star = node.children.find((part) => textOf(lowering, part) === "*");
  if (star !== undefined) fail(lowering, node, "'except*' is not supported", "Write except.");
  const values = fields(node, "value");
  if (values.length > 1) fail(lowering, values[0] as SyntaxNode, "multiple exception types must be parenthesized");
  let value = values[0];
  let alias = field(node, "alias");
  if (value?.type === "as_pattern") {
    alias = named(required(lowering, value, "alias"))[0];
    value = named(value)[0];
  }
  const type = value && lowerExpression(lowering, value);
  if (type === undefined && !last) fail(lowering, { start: node.start, end: node.start + 6 }, "default 'except:' must be last");
  if (alias !== undefined && alias.type !== "identifier") fail(lowering, alias, "invalid syntax");
  return { ...span(node), type, name: alias && nameNode(lowering, alias), body: lowerBlock(lowering, child(node, "block")) };
}

function lowerWith(lowering: Lowering, node: SyntaxNode): Statement[] {
  if (hasToken(node, "async")) fail(lowering, node, "'async with' is not supported", "Write an ordinary with.");
  const items = withItems(named(child(node, "with_clause") ?? node).filter((part) => part.type === "with_item"));
  const managers = items.map((item) => lowerWithItem(lowering, item));
  let body: readonly Statement[] = lowerBlock(lowering, required(lowering, node, "body"));
  for (const { manager, target } of managers.reverse()) body = [{ ...span(node), kind: "with", manager, target, body }];
  return [...body];
}

/** `with (a as b, c):` reaches us as one tuple. */
function withItems(items: readonly SyntaxNode[]): SyntaxNode[] {
  const values = items.map((item) => named(item)[0] ?? item);
  const only = values[0];
  if (values.length === 1 && only !== undefined && only.type === "tuple" && named(only).some((part) => part.type === "as_pattern")) return named(only);
  return values;
}

function lowerWithItem(lowering: Lowering, node: SyntaxNode): { manager: Expression; target: Target | undefined } {
  if (node.type !== "as_pattern") return { manager: lowerExpression(lowering, node), target: undefined };
  const alias = named(required(lowering, node, "alias"))[0] ?? fail(lowering, node, "invalid syntax");
  return { manager: lowerExpression(lowering, named(node)[0] ?? node), target: toTarget(lowering, lowerItems(lowering, [alias])[0] as Expression, "assign to") };
}
