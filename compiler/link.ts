/**
 * What of a program is needed. The linker looks at the top-level statements of all modules in the order in which they run:
 *
 * - a *definition* (def, class, a constant or a display of constants) does nothing but bind its names: it is kept only when something
 *   that is kept mentions them;
 * - any other statement is kept.
 *
 * A global that is bound once, by a definition, and that no statement before it can look at, is a constant: its function or literal stands
 * in the code that uses it, and it takes no memory at run time.
 */
import type { Expression, FunctionNode, Literal, Statement } from "./ast.ts";
import { isCalled, type Member, members, see, type Seen } from "./members.ts";
import { literalDefaults, mentions, placeArguments } from "./direct-calls.ts";
import { CompileError, type Span } from "./errors.ts";
import { fold, truth } from "./fold.ts";
import { attachedVariable, importedMember, knownExpression, knownVariable, type Known, type Knowledge, refuseMember } from "./known.ts";
import { type Module, nearest, prefixes, type Program } from "./program.ts";
import { isDeleted, type Item, type Variable } from "./scopes.ts";

export interface Linked extends Knowledge {
  readonly constants: Map<Variable, Known>;
  /** Statements of each module that are compiled, in order. */
  readonly kept: ReadonlyMap<Module, readonly Statement[]>;
  readonly handler: Variable | undefined;
  /** Methods of kept classes that are left out. */
  readonly omitted: Set<Statement>;
}

interface Step { readonly module: Module; readonly item: Item; readonly statement: Statement }

interface Linking extends Linked {
  readonly steps: Step[];
  readonly definitions: Map<Variable, Step[]>;
  readonly bound: Set<Variable>;
}

export function link(program: Program, handler: string | undefined): Linked {
  const handlerVariable = handler === undefined ? undefined : findHandler(program, handler);
  const linking: Linking = { program, constants: new Map(), sure: new Set(), kept: new Map(), handler: handlerVariable, omitted: new Set(), steps: [], definitions: new Map(), bound: new Set() };
  checkImports(linking);
  foreignBindings(linking);
  orderSteps(linking);
  const definitions = findDefinitions(linking);
  const kept = reach(linking, definitions);
  findDirect(linking, kept, definitions);
  return { program, constants: linking.constants, sure: linking.sure, kept: runnable(linking, kept, definitions), handler: handlerVariable, omitted: linking.omitted };
}

function findHandler(program: Program, name: string): Variable {
  const { main } = program;
  const variables = main.scopes.module.variables;
  const found = variables.get(name);
  if (found !== undefined && found.bindings.length > 0) return found;
  const near = nearest(name, variables.keys()) ?? [...variables.keys()].at(-1);
  throw new CompileError(main.source, { start: 0, end: 0 }, `Handler '${name}' missing on module '${main.path}'`,
    near === undefined ? `Define it: def ${name}(event, context): ...` : `The file defines ${near}: name it in the function's handler setting, or define ${name}(event, context).`);
}

/** A module of the library has what `from module import name` names. */
function checkImports(linking: Linking): void {
  for (const module of linking.program.modules.values()) {
    for (const item of module.scopes.items) {
      for (const statement of item.imports) {
        if (statement.kind !== "from" || linking.program.modules.get(statement.path)?.origin === "program") continue;
        for (const { name } of statement.names) importedVariables(linking, module, statement.path, name.id, name);
      }
    }
  }
}

/** `module.name = value` binds a global of that module too. */
function foreignBindings(linking: Linking): void {
  for (const module of linking.program.modules.values()) {
    for (const item of module.scopes.items) {
      for (const attribute of item.stored) {
        const object = knownExpression(linking, module, attribute.object);
        if (object?.kind !== "module") continue;
        const target = linking.program.modules.get(object.path);
        if (target?.origin !== "program") throw new CompileError(module.source, attribute, `the module '${object.path}' cannot be changed`);
        const variable = target.scopes.module.variables.get(attribute.name);
        if (variable === undefined) throw new CompileError(module.source, attribute.nameAt, `module '${object.path}' has no attribute '${attribute.name}'`, "Bind the name in that module first.");
        variable.bindings.push({ kind: "value", item: undefined });
      }
    }
  }
}

/** Lines the statements up as they run; a module that only inner code imports comes first, as nobody can see it before it has run. */
function orderSteps(linking: Linking): void {
  const { program } = linking;
  const seen = new Set<Module>();
  const steps: Step[][] = [];
  const visit = (module: Module, into: Step[]): void => {
    if (seen.has(module)) return;
    seen.add(module);
    for (const item of module.scopes.items) {
      if (isImport(item.statement)) for (const target of importedModules(program, item.statement)) visit(target, into);
      for (const statement of chosen(linking, module, item.statement)) into.push({ module, item, statement });
    }
  };
  const main: Step[] = [];
  for (const prefix of prefixes(program.main.path)) visit(program.modules.get(prefix) as Module, main);
  for (const module of program.modules.values()) { const late: Step[] = []; visit(module, late); steps.push(late); }
  linking.steps.push(...steps.flat(), ...main);
}

/** Modules that an import statement runs, packages first. */
export function importedModules(program: Program, statement: Extract<Statement, { kind: "import" | "from" }>): Module[] {
  const paths = prefixes(statement.path);
  if (statement.kind === "from") paths.push(...statement.names.map(({ name }) => `${statement.path}.${name.id}`));
  return paths.map((path) => program.modules.get(path)).filter((module) => module !== undefined);
}

/** `if __name__ == "__main__":` is decided here; other statements stand for themselves. */
function chosen(linking: Linking, module: Module, statement: Statement): readonly Statement[] {
  if (statement.kind !== "if") return [statement];
  const test = fold(statement.test, (node) => literalOf(linking, module, node));
  if (test === undefined) return [statement];
  return (truth(test) ? statement.body : statement.otherwise).flatMap((inner) => chosen(linking, module, inner));
}

export function literalOf(knowledge: Knowledge, module: Module, node: Expression): Literal | undefined {
  const known = knownExpression(knowledge, module, node);
  return known?.kind === "literal" ? known.literal : undefined;
}

/** Steps that are definitions; on the way, which globals are constants. */
function findDefinitions(linking: Linking): Set<Step> {
  const definitions = new Set<Step>();
  const observed = new Set<Variable>();
  for (const step of linking.steps) for (const variable of boundBy(step)) linking.definitions.set(variable, [...(linking.definitions.get(variable) ?? []), step]);
  for (const step of linking.steps) {
    if (isDefinition(linking, step)) {
      definitions.add(step);
      for (const variable of boundBy(step)) {
        bindGlobal(linking, variable, observed);
        const once = variable.bindings.length === 1 && bindsOnce(variable, step.item);
        const known = once && !observed.has(variable) ? constantOf(linking, step) : undefined;
        if (known !== undefined) linking.constants.set(variable, known);
      }
    } else {
      observe(linking, step, observed);
      for (const variable of boundBy(step)) bindGlobal(linking, variable, observed);
    }
  }
  return definitions;
}

function bindGlobal(linking: Linking, variable: Variable, observed: ReadonlySet<Variable>): void {
  linking.bound.add(variable);
  if (!observed.has(variable) && !isDeleted(variable)) linking.sure.add(variable);
}

const bindsOnce = (variable: Variable, item: Item): boolean => {
  const binding = variable.bindings[0];
  return binding !== undefined && "item" in binding && binding.item === item;
};

/** Module variables that a step's statement binds at the top level. */
function boundBy(step: Step): Variable[] {
  const { references } = step.module.scopes;
  const { statement } = step;
  const names = statement.kind === "def" || statement.kind === "class" ? [statement.name]
    : statement.kind === "assign" ? statement.targets.filter((target) => target.kind === "name")
      : statement.kind === "annotated" && statement.target.kind === "name" ? [statement.target] : [];
  const variables = names.map((name) => references.get(name)).filter((variable) => variable !== undefined);
  if (statement.kind !== "import" && statement.kind !== "from") return variables;
  const bound = statement.kind === "import" ? [statement.alias?.id ?? (statement.path.split(".")[0] as string)] : statement.names.map(({ alias }) => alias.id);
  return bound.map((name) => step.module.scopes.module.variables.get(name)).filter((variable) => variable !== undefined);
}

function constantOf(linking: Linking, step: Step): Known | undefined {
  const { statement, module } = step;
  if (statement.kind === "def") return statement.decorators.length === 0 && isPlain(statement.function) ? { kind: "function", node: statement.function, module } : undefined;
  const value = statement.kind === "assign" || statement.kind === "annotated" ? statement.value : undefined;
  const literal = value && fold(value, (node) => literalOf(linking, module, node));
  if (literal !== undefined) return { kind: "literal", literal };
  return value?.kind === "name" || value?.kind === "attribute" ? aliased(linking, module, value) : undefined;
}

/** `name = another`: what the other name always stands for. */
function aliased(linking: Linking, module: Module, value: Expression): Known | undefined {
  const known = knownExpression(linking, module, value);
  if (known !== undefined && known.kind !== "global") return known.kind === "module" ? undefined : known;
  const variable = known?.variable ?? (value.kind === "name" ? module.scopes.references.get(value) : undefined);
  return variable !== undefined && variable.scope.kind === "module" && variable.bindings.length === 1 && linking.sure.has(variable) ? { kind: "global", variable } : undefined;
}

/** Functions with defaults that all that is kept only calls. */
function findDirect(linking: Linking, kept: ReadonlySet<Step>, definitions: ReadonlySet<Step>): void {
  const direct = new Map<Variable, Extract<Known, { kind: "function" }>>();
  for (const step of kept) {
    const { statement, module, item } = step;
    const [variable] = boundBy(step);
    if (statement.kind !== "def" || statement.decorators.length > 0 || !definitions.has(step) || variable === undefined || variable === linking.handler) continue;
    if (linking.constants.has(variable) || !linking.sure.has(variable) || variable.bindings.length !== 1 || !bindsOnce(variable, item)) continue;
    const defaults = literalDefaults(statement.function.parameters, (node) => literalOf(linking, module, node));
    if (defaults !== undefined) direct.set(variable, { kind: "function", node: statement.function, module, defaults });
  }
  // `name = another` is no code when the name stands for the other.
  const isAlias = (step: Step): boolean => step.statement.kind !== "def" && boundBy(step).length > 0 && boundBy(step).every((variable) => linking.constants.has(variable));
  const items = new Map([...kept].filter((step) => !isAlias(step)).map(({ module, item }) => [item, module]));
  for (const [item, module] of items) {
    for (const { variable, call } of direct.size === 0 ? [] : mentions(linking, module, item)) {
      const known = direct.get(variable);
      if (known?.defaults !== undefined && (call === undefined || placeArguments(known.node.parameters, known.defaults, call) === undefined)) direct.delete(variable);
    }
  }
  for (const [variable, known] of direct) linking.constants.set(variable, known);
}

/** Can stand as a constant: nothing is computed when it is defined. */
export function isPlain(node: FunctionNode): boolean {
  const { positionalOnly, positional, keywordOnly } = node.parameters;
  return keywordOnly.length === 0 && [...positionalOnly, ...positional].every((parameter) => parameter.default === undefined);
}

/** Statements of the library that bind names do nothing else, whatever they compute. */
const BINDS = new Set<Statement["kind"]>(["assign", "annotated", "def", "class", "import", "from"]);

function isDefinition(linking: Linking, step: Step): boolean {
  const { statement, module } = step;
  if (module.origin === "library" && BINDS.has(statement.kind)) return true;
  switch (statement.kind) {
    case "pass": case "global": return true;
    case "expression": return isPure(linking, module, statement.value);
    case "assign": return statement.targets.every((target) => target.kind === "name") && isPure(linking, module, statement.value);
    case "annotated": return statement.target.kind === "name" && (statement.value === undefined || isPure(linking, module, statement.value));
    case "def": return statement.decorators.length === 0 && hasPureDefaults(linking, module, statement.function);
    case "class":
      return statement.decorators.length === 0 && statement.bases.every((base) => isPure(linking, module, base)) &&
        statement.body.every((inner) => isDefinition(linking, { module, item: step.item, statement: inner }));
    case "import": case "from": return importedModules(linking.program, statement).every((imported) => imported.origin === "library");
    default: return false;
  }
}

function hasPureDefaults(linking: Linking, module: Module, node: FunctionNode): boolean {
  const { positionalOnly, positional, keywordOnly } = node.parameters;
  return [...positionalOnly, ...positional, ...keywordOnly].every(({ default: value }) => value === undefined || isPure(linking, module, value));
}

function isTyping(linking: Linking, module: Module, node: Expression): boolean {
  const known = knownExpression(linking, module, node);
  const scope = known?.kind === "global" ? known.variable.scope : known?.kind === "function" ? known.module.scopes.module : undefined;
  const typing = linking.program.modules.get("typing");
  return scope !== undefined && typing?.origin === "library" && typing.scopes.module === scope;
}

/** Neither does anything nor can fail. */
function isPure(linking: Linking, module: Module, node: Expression): boolean {
  if (fold(node, (part) => literalOf(linking, module, part)) !== undefined) return true;
  const all = (parts: readonly (Expression | undefined)[]): boolean => parts.every((part) => part === undefined || isPure(linking, module, part));
  switch (node.kind) {
    case "name": {
      const variable = module.scopes.references.get(node);
      return variable === undefined ? knownExpression(linking, module, node) !== undefined : linking.bound.has(variable) && variable.bindings.length === 1;
    }
    case "attribute": return knownExpression(linking, module, node) !== undefined;
    case "list": case "tuple": return all(node.items);
    case "dict": return node.entries.every(({ key, value }) => key !== undefined && fold(key, () => undefined) !== undefined && isPure(linking, module, value));
    // Types of `typing` mean nothing at run time.
    case "subscript": return isTyping(linking, module, node.object);
    case "call": return isTyping(linking, module, node.callee);
    case "lambda": return hasPureDefaults(linking, module, node.function);
    default: return false;
  }
}

/** Adds what a statement, and all that it can call, may look at. */
function observe(linking: Linking, step: Step, observed: Set<Variable>): void {
  const queue = mentionedBy(linking, step);
  for (let variable = queue.pop(); variable !== undefined; variable = queue.pop()) {
    if (observed.has(variable)) continue;
    observed.add(variable);
    for (const definition of linking.definitions.get(variable) ?? []) queue.push(...mentionedBy(linking, definition));
  }
}

/** With its decorators. */
const spanOf = (statement: Statement): Span => ({ start: "decorators" in statement ? Math.min(statement.start, ...statement.decorators.map(({ start }) => start)) : statement.start, end: statement.end });

const inside = (node: Span, outer: Span): boolean => node.start >= outer.start && node.end <= outer.end;

/** Module variables that a statement mentions, in inner functions too. */
function mentionedBy(linking: Linking, { module, item, statement }: Step, within = (node: Span): boolean => inside(node, spanOf(statement))): Variable[] {
  const mentioned: Variable[] = [];
  const add = (known: Known | undefined): void => { if (known?.kind === "global") mentioned.push(known.variable); };
  for (const name of item.names) {
    if (!within(name)) continue;
    const outside = module.scopes.outside.get(name);
    if (outside?.scope.kind === "module") mentioned.push(outside);
    const variable = module.scopes.references.get(name);
    if (variable === undefined) continue;
    if (variable.scope.kind === "module") mentioned.push(variable);
    for (const binding of variable.bindings) if (binding.kind === "from") mentioned.push(...importedVariables(linking, module, binding.statement.path, binding.name, name));
  }
  for (const attribute of item.attributes) {
    if (!within(attribute)) continue;
    add(knownExpression(linking, module, attribute));
    const object = knownExpression(linking, module, attribute.object);
    const variable = object?.kind === "module" ? linking.program.modules.get(object.path)?.scopes.module.variables.get(attribute.name) : attachedVariable(linking, module, attribute);
    if (variable !== undefined) mentioned.push(variable);
  }
  return mentioned;
}

function importedVariables(linking: Linking, module: Module, path: string, name: string, at: { start: number; end: number }): Variable[] {
  const target = linking.program.modules.get(path);
  const variable = target?.scopes.module.variables.get(name);
  if (variable !== undefined) return [variable];
  return importedMember(linking, path, name) === undefined ? refuseMember(linking, module, path, name, at, `cannot import name '${name}' from '${path}'`) : [];
}

/** Statements that must run, by module. Those left out only define what stands in the code that uses it, or import modules that have nothing to run. */
function runnable(linking: Linking, kept: ReadonlySet<Step>, definitions: ReadonlySet<Step>): Map<Module, Statement[]> {
  const running = new Map<Module, Statement[]>();
  const isConstant = (step: Step): boolean => {
    const bound = boundBy(step);
    return bound.length > 0 && bound.every((variable) => knownVariable(linking, variable) !== undefined);
  };
  const needed = linking.steps.filter((step) => kept.has(step) && !(isConstant(step) && (definitions.has(step) || isImport(step.statement))));
  for (const { module } of needed) running.set(module, []);
  const imports = linking.steps.filter((step) => kept.has(step) && isImport(step.statement));
  const reaches = ({ statement }: Step): boolean => isImport(statement) && importedModules(linking.program, statement).some((module) => running.has(module));
  // A module that imports one that runs has that import to run.
  for (let size = -1; size < running.size;) { size = running.size; for (const step of imports) if (reaches(step)) running.set(step.module, []); }
  const chosenSteps = new Set([...needed, ...imports.filter(reaches)]);
  for (const step of linking.steps) if (chosenSteps.has(step)) running.get(step.module)?.push(step.statement);
  return running;
}

const isImport = (statement: Statement): statement is Extract<Statement, { kind: "import" | "from" }> => statement.kind === "import" || statement.kind === "from";

/** Definitions that something kept mentions, and all other statements. */
function reach(linking: Linking, definitions: ReadonlySet<Step>): Set<Step> {
  const kept = new Set<Step>();
  const seen: Seen = new Map();
  const waiting = new Map<Member, Step>();
  const queue = linking.steps.filter((step) => !definitions.has(step));
  if (linking.handler !== undefined) queue.push(...(linking.definitions.get(linking.handler) ?? []));
  const keep = (step: Step, without: readonly Member[]): void => {
    const within = (node: Span): boolean => inside(node, spanOf(step.statement)) && !without.some((member) => inside(node, member));
    see(step.module, step.item, within, seen);
    for (const variable of mentionedBy(linking, step, within)) queue.push(...(linking.definitions.get(variable) ?? []));
  };
  for (;;) {
    const step = queue.pop();
    if (step === undefined) {
      const called = [...waiting.keys()].filter((member) => isCalled(member, (waiting.get(member) as Step).module, seen));
      for (const member of called) { keep({ ...waiting.get(member) as Step, statement: member }, []); waiting.delete(member); }
      if (called.length === 0) break;
    } else if (!kept.has(step)) {
      kept.add(step);
      const later = step.statement.kind === "class" ? members(step.module, step.statement) : [];
      for (const member of later) waiting.set(member, step);
      keep(step, later);
    }
  }
  for (const member of waiting.keys()) linking.omitted.add(member);
  return kept;
}
