/** Walks a module and fills its scopes (scopes.ts): bindings first, then every use is resolved. */
import type { Comprehension, Expression, FormattedString, FunctionNode, ModuleNode, Name, Parameter, Pattern, Statement, Target, ClassDefinition } from "./ast.ts";
import { CompileError, type Source, type Span } from "./errors.ts";
import { type Binding, declare, frameOf, type Item, lookUp, type ModuleScopes, newScope, type Scope } from "./scopes.ts";

interface Walk extends ModuleScopes {
  item: Item;
  readonly uses: { readonly scope: Scope; readonly name: Name; readonly caught: boolean }[];
  /** Names of the `except ... as` clauses around. */
  readonly handlers: { readonly scope: Scope; readonly id: string }[];
  readonly superCalls: { readonly scope: Scope; readonly call: Expression }[];
  readonly nonlocals: { readonly scope: Scope; readonly name: Name }[];
  /** Variables of functions around that are deleted. */
  readonly deletions: { readonly scope: Scope; readonly name: Name }[];
  /** Depth of comprehension iterables, where `:=` is refused. */
  iterables: number;
}

export function analyze(source: Source, node: ModuleNode): ModuleScopes {
  const module = newScope("module", "<module>", undefined);
  const walk: Walk = {
    source, module, items: [], scopes: new Map(), references: new Map(), outside: new Map(), supers: new Map(), item: emptyItem({ start: 0, end: 0, kind: "pass" }),
    uses: [], handlers: [], superCalls: [], nonlocals: [], deletions: [], iterables: 0,
  };
  for (const statement of node.body) {
    walk.item = emptyItem(statement);
    walk.items.push(walk.item);
    visitStatement(walk, module, statement);
  }
  resolve(walk);
  return walk;
}

const emptyItem = (statement: Statement): Item => ({ statement, names: [], attributes: [], stored: [], imports: [], calls: [], texts: [] });

function resolve(walk: Walk): void {
  for (const { scope, name } of walk.nonlocals) {
    const found = scope.parent && lookUp(scope.parent, name.id);
    if (found === undefined || found.scope.kind === "module") throw new CompileError(walk.source, name, `no binding for nonlocal '${name.id}' found`);
  }
  for (const { scope, name, caught } of walk.uses) {
    const variable = lookUp(scope, name.id);
    walk.references.set(name, variable);
    if (scope.kind === "class" && variable?.scope === scope && scope.parent !== undefined) walk.outside.set(name, lookUp(skipClasses(scope.parent), name.id));
    if (variable !== undefined && !caught) variable.usesElsewhere++;
  }
  for (const { scope, name } of walk.deletions) lookUp(scope, name.id)?.bindings.push({ kind: "delete" });
  for (const { scope, call } of walk.superCalls) {
    const variable = lookUp(scope, "super") === undefined ? lookUp(scope, "__class__") : undefined;
    if (variable !== undefined) walk.supers.set(call, variable);
  }
}

/** Names of a class around are not seen. */
function skipClasses(scope: Scope): Scope {
  let outer = scope;
  while (outer.kind === "class" && outer.parent !== undefined) outer = outer.parent;
  return outer;
}

function use(walk: Walk, scope: Scope, name: Name): void {
  if (!scope.met.has(name.id)) scope.met.set(name.id, "used");
  mention(walk, scope, name);
  walk.item.names.push(name);
}

function mention(walk: Walk, scope: Scope, name: Name): void {
  const caught = walk.handlers.some((handler) => handler.scope === scope && handler.id === name.id);
  walk.uses.push({ scope, name, caught });
}

/** A name that a statement of this scope binds. */
function bind(walk: Walk, scope: Scope, name: Name, binding: Binding): void {
  scope.met.set(name.id, "assigned");
  mention(walk, scope, name);
  if (scope.nonlocals.has(name.id)) {
    if (binding.kind === "delete" || binding.kind === "except") walk.deletions.push({ scope, name });
    return;
  }
  const owner = scope.globals.has(name.id) ? walk.module : scope;
  declare(owner, name.id).bindings.push(owner === scope || binding.kind === "delete" ? binding : { kind: "value", item: undefined });
}

/** `item` when the statement stands at the module's top level itself, so that it runs exactly once. */
const topLevel = (walk: Walk, scope: Scope, statement: Statement): Item | undefined =>
  (scope.kind === "module" && walk.item.statement === statement ? walk.item : undefined);

function visitBlock(walk: Walk, scope: Scope, statements: readonly Statement[]): void {
  for (const statement of statements) visitStatement(walk, scope, statement);
}

function visitStatement(walk: Walk, scope: Scope, statement: Statement): void {
  const visit = (expression: Expression | undefined): void => { if (expression !== undefined) visitExpression(walk, scope, expression); };
  switch (statement.kind) {
    case "expression": return visit(statement.value);
    case "assign":
      visit(statement.value);
      for (const target of statement.targets) visitTarget(walk, scope, target, { kind: "value", item: topLevel(walk, scope, statement) });
      return;
    case "augmented":
      note(walk, statement, statement.operator);
      visit(statement.value);
      if (statement.target.kind === "name") walk.item.names.push(statement.target);
      return visitTarget(walk, scope, statement.target, { kind: "value", item: undefined });
    case "annotated":
      visit(statement.value);
      if (statement.target.kind === "name") visitAnnotated(walk, scope, statement.target, statement.value !== undefined, topLevel(walk, scope, statement));
      else visitTarget(walk, scope, statement.target, { kind: "value", item: undefined });
      return;
    case "delete":
      for (const target of statement.targets) visitDeleted(walk, scope, target);
      return;
    case "return": return visit(statement.value);
    case "raise": visit(statement.exception); return visit(statement.cause);
    case "assert": visit(statement.test); return visit(statement.message);
    case "global": for (const name of statement.names) declareGlobal(walk, scope, name); return;
    case "nonlocal": for (const name of statement.names) declareNonlocal(walk, scope, name); return;
    case "if": case "while":
      visit(statement.test);
      visitBlock(walk, scope, statement.body);
      return visitBlock(walk, scope, statement.otherwise);
    case "for":
      visit(statement.iterable);
      visitTarget(walk, scope, statement.target, { kind: "value", item: undefined });
      visitBlock(walk, scope, statement.body);
      return visitBlock(walk, scope, statement.otherwise);
    case "try":
      visitBlock(walk, scope, statement.body);
      for (const handler of statement.handlers) {
        visit(handler.type);
        if (handler.name !== undefined) {
          walk.handlers.push({ scope, id: handler.name.id });
          bind(walk, scope, handler.name, { kind: "except" });
        }
        visitBlock(walk, scope, handler.body);
        if (handler.name !== undefined) walk.handlers.pop();
      }
      visitBlock(walk, scope, statement.otherwise);
      return visitBlock(walk, scope, statement.finally);
    case "with":
      visit(statement.manager);
      if (statement.target !== undefined) visitTarget(walk, scope, statement.target, { kind: "value", item: undefined });
      return visitBlock(walk, scope, statement.body);
    case "match":
      visit(statement.subject);
      for (const { pattern, guard, body } of statement.cases) {
        visitPattern(walk, scope, pattern);
        visit(guard);
        visitBlock(walk, scope, body);
      }
      return;
    case "def":
      statement.decorators.forEach(visit);
      bind(walk, scope, statement.name, { kind: "def", item: topLevel(walk, scope, statement) });
      return visitFunction(walk, scope, statement.function);
    case "class": return visitClass(walk, scope, statement);
    case "import":
      walk.item.imports.push(statement);
      return bind(walk, scope, statement.alias ?? importedName(statement.path, statement.pathAt), { kind: "import", statement });
    case "from":
      walk.item.imports.push(statement);
      for (const { name, alias } of statement.names) bind(walk, scope, alias, { kind: "from", statement, name: name.id });
      return;
    default:
  }
}

/** The name that `import a.b` binds. */
export const importedName = (path: string, at: Span): Name => ({ start: at.start, end: at.end, kind: "name", id: path.split(".")[0] as string });

function visitAnnotated(walk: Walk, scope: Scope, name: Name, assigned: boolean, item: Item | undefined): void {
  if (scope.globals.has(name.id)) throw new CompileError(walk.source, name, `annotated name '${name.id}' can't be global`);
  if (scope.nonlocals.has(name.id)) throw new CompileError(walk.source, name, `annotated name '${name.id}' can't be nonlocal`);
  scope.annotated.add(name.id);
  if (assigned) bind(walk, scope, name, { kind: "value", item });
  else declare(scope, name.id);
}

function declareGlobal(walk: Walk, scope: Scope, name: Name): void {
  const met = scope.met.get(name.id);
  const refuse = (message: string): never => { throw new CompileError(walk.source, name, message); };
  if (scope.variables.get(name.id)?.bindings.some((binding) => binding.kind === "parameter") === true) refuse(`name '${name.id}' is parameter and global`);
  if (scope.nonlocals.has(name.id)) refuse(`name '${name.id}' is nonlocal and global`);
  if (scope.annotated.has(name.id) && scope.kind !== "module") refuse(`annotated name '${name.id}' can't be global`);
  if (met !== undefined && !scope.globals.has(name.id)) refuse(`name '${name.id}' is ${met === "used" ? "used prior to" : "assigned to before"} global declaration`);
  if (scope.kind !== "module") scope.globals.add(name.id);
}

function declareNonlocal(walk: Walk, scope: Scope, name: Name): void {
  const met = scope.met.get(name.id);
  const refuse = (message: string): never => { throw new CompileError(walk.source, name, message); };
  if (scope.variables.get(name.id)?.bindings.some((binding) => binding.kind === "parameter") === true) refuse(`name '${name.id}' is parameter and nonlocal`);
  if (scope.globals.has(name.id)) refuse(`name '${name.id}' is nonlocal and global`);
  if (scope.annotated.has(name.id)) refuse(`annotated name '${name.id}' can't be nonlocal`);
  if (met !== undefined && !scope.nonlocals.has(name.id)) refuse(`name '${name.id}' is ${met === "used" ? "used prior to" : "assigned to before"} nonlocal declaration`);
  scope.nonlocals.add(name.id);
  walk.nonlocals.push({ scope, name });
}

function visitDeleted(walk: Walk, scope: Scope, target: Target): void {
  if (target.kind === "targets") return target.items.forEach((item) => visitDeleted(walk, scope, item));
  if (target.kind === "name") walk.item.names.push(target);
  visitTarget(walk, scope, target, { kind: "delete" });
}

function visitTarget(walk: Walk, scope: Scope, target: Target, binding: Binding): void {
  switch (target.kind) {
    case "name": return bind(walk, scope, target, binding);
    case "targets":
      for (const item of target.items) visitTarget(walk, scope, item, { kind: "value", item: undefined });
      return;
    case "starredtarget": return visitTarget(walk, scope, target.target, { kind: "value", item: undefined });
    case "attribute": walk.item.stored.push(target); return visitExpression(walk, scope, target);
    default: note(walk, target, "[]="); return visitExpression(walk, scope, target);
  }
}

function visitPattern(walk: Walk, scope: Scope, pattern: Pattern): void {
  const visit = (inner: Pattern): void => visitPattern(walk, scope, inner);
  const bound = (name: Name | undefined): void => { if (name !== undefined) bind(walk, scope, name, { kind: "value", item: undefined }); };
  switch (pattern.kind) {
    case "value": return visitExpression(walk, scope, pattern.value);
    case "capture": case "star": return bound(pattern.name);
    case "sequence": use(walk, scope, pattern.test); return pattern.items.forEach(visit);
    case "mapping":
      for (const entry of pattern.entries) { visitExpression(walk, scope, entry.key); visit(entry.pattern); }
      if (pattern.without !== undefined) use(walk, scope, pattern.without);
      return bound(pattern.rest);
    case "class":
      visitExpression(walk, scope, pattern.type);
      if (pattern.values !== undefined) use(walk, scope, pattern.values);
      pattern.positional.forEach(visit);
      for (const keyword of pattern.keywords) { walk.item.texts.push({ ...keyword.pattern, text: keyword.name }); visit(keyword.pattern); }
      return;
    case "or": return pattern.patterns.forEach(visit);
    case "as": visit(pattern.pattern); return bound(pattern.name);
  }
}

function visitFunction(walk: Walk, scope: Scope, node: FunctionNode): void {
  const { parameters } = node;
  const positional = [...parameters.positionalOnly, ...parameters.positional];
  for (const parameter of [...positional, ...parameters.keywordOnly]) if (parameter.default !== undefined) visitExpression(walk, scope, parameter.default);
  const inner = newScope("function", node.name, scope);
  walk.scopes.set(node, inner);
  const all: (Parameter | undefined)[] = [...positional, ...parameters.keywordOnly, parameters.rest, parameters.keywords];
  for (const parameter of all) if (parameter !== undefined) declare(inner, parameter.name).bindings.push({ kind: "parameter" });
  visitBlock(walk, inner, node.body);
}

function visitClass(walk: Walk, scope: Scope, node: ClassDefinition): void {
  for (const decorator of node.decorators) visitExpression(walk, scope, decorator);
  for (const base of node.bases) visitExpression(walk, scope, base);
  bind(walk, scope, node.name, { kind: "class", item: topLevel(walk, scope, node) });
  const inner = newScope("class", node.name.id, scope);
  walk.scopes.set(node, inner);
  if (topLevel(walk, scope, node) !== undefined && node.decorators.length === 0) inner.classVariable = scope.variables.get(node.name.id);
  visitBlock(walk, inner, node.body);
  // Bound after the body: a method's `super()` and `__class__` mean this variable.
  declare(inner, "__class__");
}

function visitComprehension(walk: Walk, scope: Scope, node: Comprehension): void {
  const inner = newScope(node.result === "generator" ? "function" : "comprehension", "<genexpr>", scope);
  walk.scopes.set(node, inner);
  node.clauses.forEach((clause, index) => {
    walk.iterables++;
    visitExpression(walk, index === 0 ? scope : inner, clause.iterable);
    walk.iterables--;
    collectIterated(walk, inner, clause.target);
    visitTarget(walk, inner, clause.target, { kind: "value", item: undefined });
    for (const condition of clause.conditions) visitExpression(walk, inner, condition);
  });
  if (node.key !== undefined) visitExpression(walk, inner, node.key);
  visitExpression(walk, inner, node.value);
}

function collectIterated(walk: Walk, scope: Scope, target: Target): void {
  if (target.kind === "name") {
    if (scope.nonlocals.has(target.id) || scope.globals.has(target.id)) {
      throw new CompileError(walk.source, target, `comprehension inner loop cannot rebind assignment expression target '${target.id}'`);
    }
    scope.iterated.add(target.id);
  } else if (target.kind === "targets") {
    for (const item of target.items) collectIterated(walk, scope, item);
  } else if (target.kind === "starredtarget") {
    collectIterated(walk, scope, target.target);
  }
}

/** `:=` in a comprehension binds in the function around all comprehensions. */
function bindWalrus(walk: Walk, scope: Scope, name: Name, at: Span): void {
  if (walk.iterables > 0) throw new CompileError(walk.source, at, "assignment expression cannot be used in a comprehension iterable expression");
  const passed: Scope[] = [];
  let owner = scope;
  while (owner.kind === "comprehension" || owner.name === "<genexpr>") {
    if (owner.iterated.has(name.id)) throw new CompileError(walk.source, at, `assignment expression cannot rebind comprehension iteration variable '${name.id}'`);
    passed.push(owner);
    owner = owner.parent as Scope;
  }
  if (owner.kind === "class" && passed.length > 0) throw new CompileError(walk.source, at, "assignment expression within a comprehension cannot be used in a class body");
  if (passed.length === 0) return bind(walk, scope, name, { kind: "value", item: undefined });
  const global = owner.kind === "module" || owner.globals.has(name.id);
  for (const comprehension of passed) (global ? comprehension.globals : comprehension.nonlocals).add(name.id);
  const target = global ? walk.module : owner;
  if (!target.nonlocals.has(name.id)) declare(target, name.id).bindings.push({ kind: "value", item: undefined });
  mention(walk, scope, name);
}

const note = (walk: Walk, { start, end }: Span, text: string): void => { walk.item.texts.push({ start, end, text }); };

function visitExpression(walk: Walk, scope: Scope, node: Expression): void {
  const visit = (expression: Expression | undefined): void => { if (expression !== undefined) visitExpression(walk, scope, expression); };
  switch (node.kind) {
    case "constant": if (node.value.type === "str") note(walk, node, node.value.value); return;
    case "name": return use(walk, scope, node);
    case "fstring": note(walk, node, "f"); return visitFormatted(walk, scope, node);
    case "binary": note(walk, node, node.operator); visit(node.left); return visit(node.right);
    case "unary": note(walk, node, node.operator); return visit(node.operand);
    case "not": return visit(node.operand);
    case "logical": return node.values.forEach(visit);
    case "compare": for (const operator of node.operators) note(walk, node, operator); return node.operands.forEach(visit);
    case "conditional": visit(node.test); visit(node.then); return visit(node.otherwise);
    case "call":
      walk.item.calls.push(node);
      visit(node.callee);
      node.positional.forEach(visit);
      for (const keyword of node.keywords) { if (keyword.name === undefined) note(walk, keyword, "**"); visit(keyword.value); }
      if (node.callee.kind === "name" && node.callee.id === "super" && node.positional.length === 0 && frameOf(scope).kind === "function") {
        walk.superCalls.push({ scope, call: node });
      }
      return;
    case "attribute": walk.item.attributes.push(node); return visit(node.object);
    case "subscript":
      if (node.index.kind !== "constant" || node.index.value.type !== "str") note(walk, node, "[]");
      visit(node.object); return visit(node.index);
    case "slice": visit(node.object); return node.bounds.forEach(visit);
    case "list": case "tuple": case "set": return node.items.forEach(visit);
    case "dict": for (const entry of node.entries) { if (entry.key === undefined) note(walk, entry.value, "**"); visit(entry.key); visit(entry.value); } return;
    case "starred": case "yieldfrom": return visit(node.value);
    case "yield": return visit(node.value);
    case "lambda": return visitFunction(walk, scope, node.function);
    case "comprehension": return visitComprehension(walk, scope, node);
    case "walrus": visit(node.value); return bindWalrus(walk, scope, node.target, node);
  }
}

function visitFormatted(walk: Walk, scope: Scope, node: FormattedString): void {
  for (const part of node.parts) {
    if (typeof part === "string") continue;
    visitExpression(walk, scope, part.value);
    if (part.spec !== undefined) visitFormatted(walk, scope, part.spec);
  }
}
