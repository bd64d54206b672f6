/** Functions, generator expressions, classes and the top level of modules. */
import type { ClassDefinition, Comprehension, Definition, Expression, FunctionNode, Parameter, Statement, Target } from "../ast.ts";
import { knownExpression } from "../known.ts";
import type { Module } from "../program.ts";
import { frameOf, isDeleted, type Scope, type Variable } from "../scopes.ts";
import { compileComprehensionBody } from "./comprehensions.ts";
import { emit, type Gen, newGen, newLabel, place, refuse, REGISTERS_MAX, scratch, temporary } from "./emit.ts";
import { into, intoFor, pushAll } from "./expressions.ts";
import { compileBlock } from "./statements.ts";
import { type CompiledFunction, functionId, type Unit } from "./unit.ts";
import { captures, isCaptured, loadVariable, locate, markBound, storeName, targetRegister } from "./variables.ts";

const UNBOUND = 5;

/** Parameters that the built-in's interpreter fills by place: see Twins in bytecode.md. */
const isTwin = (module: Module): boolean => module.origin === "twins";

/** `direct`: every call gives all arguments, by place. */
function compileFunction(unit: Unit, module: Module, node: FunctionNode, direct = false): CompiledFunction {
  const scope = module.scopes.scopes.get(node) as Scope;
  const gen = newGen(unit, module, scope, node.generator);
  gen.at = node.start;
  const { parameters } = node;
  const positional = [...parameters.positionalOnly, ...parameters.positional];
  const all = [...positional, ...parameters.keywordOnly, parameters.rest, parameters.keywords].filter((parameter) => parameter !== undefined);
  for (const parameter of all) gen.bound?.add(variableOf(scope, parameter));
  allocate(gen, all.map((parameter) => variableOf(scope, parameter)));
  if (isTwin(module)) twinDefaults(gen, [...positional, ...parameters.keywordOnly]);
  makeCells(gen);
  compileBlock(gen, node.body);
  emit(gen, "retnone");
  return finish(gen, node.name, {
    positional: direct ? all.length : positional.length, positionalOnly: direct ? 0 : parameters.positionalOnly.length, keywordOnly: direct ? 0 : parameters.keywordOnly.length,
    rest: parameters.rest !== undefined, keywords: parameters.keywords !== undefined, generator: node.generator,
    defaults: isTwin(module) || direct ? 0 : positional.filter((parameter) => parameter.default !== undefined).length,
    parameterNames: [...positional, ...parameters.keywordOnly].map((parameter) => parameter.name),
  });
}

const variableOf = (scope: Scope, parameter: Parameter): Variable => scope.variables.get(parameter.name) as Variable;

/** Gives parameters the first registers and the other variables those that follow. */
function allocate(gen: Gen, parameters: readonly Variable[]): void {
  for (const variable of new Set([...parameters, ...gen.frame.variables.values()])) {
    const parameter = parameters.includes(variable);
    if (!parameter && !isCaptured(gen, variable)) continue;
    const register = temporary(gen);
    gen.registers.set(variable, register);
    gen.pinned.add(register);
  }
  gen.firstTemporary = gen.top;
}

function makeCells(gen: Gen): void {
  for (const [variable, register] of gen.registers) if (variable.captured) emit(gen, "mkcell", register);
}

function twinDefaults(gen: Gen, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) {
    if (parameter.default === undefined) continue;
    const given = newLabel();
    const register = gen.registers.get(variableOf(gen.frame, parameter)) as number;
    emit(gen, "jbound", register, given);
    into(gen, parameter.default, register);
    place(gen, given);
  }
}

type Counts = Omit<CompiledFunction, "name" | "module" | "registers" | "constantsFrom" | "captures" | "code" | "handlers">;

function finish(gen: Gen, name: string, counts: Counts): CompiledFunction {
  const registers = gen.most + gen.constants.size;
  if (registers > REGISTERS_MAX) refuse(gen, { start: gen.at, end: gen.at + 1 }, `the function '${name}' needs more than ${REGISTERS_MAX} registers`, "Divide it.");
  return { ...counts, name, module: gen.module, registers, constantsFrom: gen.most, captures: gen.frame.kind === "module" ? 0 : captures(gen).length, code: gen.code, handlers: gen.handlers };
}

const NO_PARAMETERS: Counts = { positional: 0, positionalOnly: 0, keywordOnly: 0, rest: false, keywords: false, generator: false, defaults: 0, parameterNames: [] };

/** The function that runs a module's top level. */
export function compileModule(unit: Unit, module: Module, statements: readonly Statement[], before: (gen: Gen) => void): CompiledFunction {
  const gen = newGen(unit, module, module.scopes.module, false);
  before(gen);
  compileBlock(gen, statements);
  emit(gen, "retnone");
  return finish(gen, "<module>", NO_PARAMETERS);
}

/** The number of a function that needs neither defaults nor cells. */
export function functionNumber(gen: Gen, node: FunctionNode, module: Module, direct = false): number {
  return functionId(gen.unit, node, () => compileFunction(gen.unit, module, node, direct));
}

export function loadFunction(gen: Gen, node: FunctionNode, module: Module, to: number): void {
  emit(gen, "loadf", to, functionNumber(gen, node, module));
}

/** The number of a function of the library. */
export function loadTwin(unit: Unit, module: Module, node: FunctionNode): number {
  return functionId(unit, node, () => compileFunction(unit, module, node));
}

export function functionInto(gen: Gen, node: FunctionNode, to: number): void {
  const { parameters } = node;
  if (node.generator) gen.unit.flows.push({ source: "generator", consumer: "unknown" });
  const id = functionId(gen.unit, node, () => compileFunction(gen.unit, gen.module, node));
  const cells = innerCaptures(gen, gen.module.scopes.scopes.get(node) as Scope);
  const defaults = [...parameters.positionalOnly, ...parameters.positional].map((parameter) => parameter.default).filter((value) => value !== undefined);
  if (defaults.length + parameters.keywordOnly.length + cells.length === 0) return emit(gen, "loadf", to, id);
  scratch(gen, () => {
    const window = gen.top;
    pushAll(gen, defaults);
    for (const parameter of parameters.keywordOnly) {
      const register = temporary(gen);
      if (parameter.default === undefined) emit(gen, "loadc", register, UNBOUND);
      else into(gen, parameter.default, register);
    }
    pushCells(gen, cells);
    emit(gen, "mkfunc", to, id, window);
  });
}

function innerCaptures(gen: Gen, scope: Scope): Variable[] {
  return scope.free.filter((variable) => isCaptured(gen, variable));
}

function pushCells(gen: Gen, cells: readonly Variable[]): void {
  for (const variable of cells) {
    const register = temporary(gen);
    const location = locate(gen, variable);
    if (isDeleted(variable) || (location.kind === "cell" && gen.bound?.has(variable) === false)) gen.unit.unsure.add(variable);
    if (location.kind === "cell") emit(gen, "move", register, location.register);
    else if (location.kind === "captured") emit(gen, "freecell", register, location.index);
  }
}

/** A generator expression: a generator function whose only argument is the first iterator. */
export function generatorInto(gen: Gen, node: Comprehension, to: number): void {
  const { unit, module } = gen;
  const scope = module.scopes.scopes.get(node) as Scope;
  const id = functionId(unit, node, () => {
    const inner = newGen(unit, module, scope, true);
    inner.at = node.start;
    const iterator = temporary(inner);
    inner.pinned.add(iterator);
    allocate(inner, []);
    makeCells(inner);
    compileComprehensionBody(inner, node, iterator, (value) => scratch(inner, () => emit(inner, "yield", temporary(inner), value)));
    emit(inner, "retnone");
    return finish(inner, "<genexpr>", { ...NO_PARAMETERS, positional: 1, generator: true, parameterNames: ["iterable"] });
  });
  scratch(gen, () => {
    const window = to === gen.top - 1 && to >= gen.firstTemporary && !gen.pinned.has(to) ? to : temporary(gen);
    const cells = innerCaptures(gen, scope);
    const argument = temporary(gen);
    intoFor(gen, (node.clauses[0] as { iterable: Expression }).iterable, argument, "loop");
    emit(gen, "iter", argument, argument);
    if (cells.length === 0) emit(gen, "loadf", window, id);
    else {
      const cellWindow = gen.top;
      pushCells(gen, cells);
      emit(gen, "mkfunc", window, id, cellWindow);
    }
    emit(gen, "call", window, 1);
    if (window !== to) emit(gen, "move", to, window);
  });
}

export function compileDefinition(gen: Gen, node: Definition): void {
  const register = node.decorators.length === 0 ? targetRegister(gen, node.name) : undefined;
  if (register !== undefined) { functionInto(gen, node.function, register); return markBound(gen, node.name); }
  scratch(gen, () => decorated(gen, node.decorators, (to) => functionInto(gen, node.function, to), (from) => storeName(gen, node.name, from)));
}

/** Decorators are computed first, then the thing itself, then they are called from the last to the first. */
function decorated(gen: Gen, decorators: readonly Expression[], make: (to: number) => void, store: (from: number) => void): void {
  const callables = decorators.map((decorator) => { const register = temporary(gen); into(gen, decorator, register); return register; });
  const made = temporary(gen);
  make(made);
  for (let callable = callables.pop(); callable !== undefined; callable = callables.pop()) {
    // The callable's register is followed by the value to decorate.
    if (callable + 1 !== made) emit(gen, "move", callable + 1, made);
    emit(gen, "call", callable, 1);
    emit(gen, "move", made, callable);
  }
  store(made);
}

export function compileClass(gen: Gen, node: ClassDefinition): void {
  scratch(gen, () => decorated(gen, node.decorators, (to) => classInto(gen, node, to), (from) => storeName(gen, node.name, from)));
}

function classInto(gen: Gen, node: ClassDefinition, to: number): void {
  const scope = gen.module.scopes.scopes.get(node) as Scope;
  const self = scope.variables.get("__class__") as Variable;
  const wasPinned = gen.pinned.has(to);
  gen.pinned.add(to);
  for (const base of node.bases) { const known = knownExpression(gen.unit.linked, gen.module, base); if (known?.kind === "type") gen.unit.derived.add(known.id); }
  scratch(gen, () => {
    const window = gen.top;
    pushAll(gen, node.bases);
    emit(gen, "mkclass", to, node.typename ?? node.name.id, node.bases.length === 0 ? 0 : window, node.bases.length, { kind: "names", names: fieldNames(gen, gen.module, node) });
  });
  scratch(gen, () => {
    gen.classes.set(scope, to);
    if (self.captured && isCaptured(gen, self)) {
      const cell = temporary(gen);
      gen.pinned.add(cell);
      gen.registers.set(self, cell);
      emit(gen, "move", cell, to);
      emit(gen, "mkcell", cell);
    }
    compileBlock(gen, node.body.filter((statement) => !gen.unit.linked.omitted.has(statement)));
    const cell = gen.registers.get(self);
    if (cell !== undefined) gen.pinned.delete(cell);
  });
  if (!wasPinned) gen.pinned.delete(to);
}

/** Names that the methods of a class, and of the bases that are known, assign to their first parameter. */
function fieldNames(gen: Gen, module: Module, node: ClassDefinition, depth = 0): string[] {
  const names = new Set<string>(node.items);
  for (const base of node.bases) for (const name of depth < 20 ? baseFields(gen, module, base, depth) : []) names.add(name);
  for (const statement of node.body) {
    if (statement.kind !== "def" || gen.unit.linked.omitted.has(statement)) continue;
    const { parameters } = statement.function;
    const self = [...parameters.positionalOnly, ...parameters.positional][0];
    if (self !== undefined) for (const inner of statement.function.body) collectFields(inner, self.name, names);
  }
  return [...names];
}

function baseFields(gen: Gen, module: Module, base: Expression, depth: number): string[] {
  const known = knownExpression(gen.unit.linked, module, base);
  const variable = known?.kind === "global" ? known.variable : base.kind === "name" ? module.scopes.references.get(base) : undefined;
  const binding = variable?.bindings.length === 1 ? variable.bindings[0] : undefined;
  if (variable === undefined || binding?.kind !== "class") return [];
  for (const candidate of gen.unit.linked.program.modules.values()) {
    for (const [definition, scope] of candidate.scopes.scopes) {
      if (scope.kind === "class" && scope.classVariable === variable) return fieldNames(gen, candidate, definition as ClassDefinition, depth + 1);
    }
  }
  return [];
}

function collectFields(statement: Statement, self: string, names: Set<string>): void {
  const target = (node: Target | undefined): void => {
    if (node?.kind === "attribute" && node.object.kind === "name" && node.object.id === self) names.add(node.name);
    if (node?.kind === "targets") node.items.forEach(target);
    if (node?.kind === "starredtarget") target(node.target);
  };
  if (statement.kind === "assign") statement.targets.forEach(target);
  if (statement.kind === "augmented" || statement.kind === "annotated" || statement.kind === "for" || statement.kind === "with") target(statement.target);
  for (const part of ["body", "otherwise", "finally"] as const) {
    const block = part in statement ? (statement as { [key in typeof part]?: readonly Statement[] })[part] : undefined;
    if (statement.kind !== "def" && statement.kind !== "class") for (const inner of block ?? []) collectFields(inner, self, names);
  }
  if (statement.kind === "match") for (const { body } of statement.cases) for (const inner of body) collectFields(inner, self, names);
  if (statement.kind === "try") for (const handler of statement.handlers) for (const inner of handler.body) collectFields(inner, self, names);
}

/** Class and instance for `super().name(...)`, into two registers. */
export function superInto(gen: Gen, call: Expression, classTo: number, selfTo: number): boolean {
  const variable = gen.module.scopes.supers.get(call);
  if (variable === undefined) return false;
  loadVariable(gen, variable, classTo);
  const first = [...frameOf(gen.frame).variables.values()].find((candidate) => candidate.bindings[0]?.kind === "parameter");
  if (first === undefined) return false;
  loadVariable(gen, first, selfTo);
  return true;
}
