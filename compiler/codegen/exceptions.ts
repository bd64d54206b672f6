/** `try` and `with`. */
import type { Handler, Name, Statement, Try, With } from "../ast.ts";
import { typeId } from "../known.ts";
import type { Variable } from "../scopes.ts";
import { assignRegister } from "./assignments.ts";
import { emit, type Gen, type Guard, type Label, newLabel, place, placeKnown, scratch, temporary } from "./emit.ts";
import { into, operand } from "./expressions.ts";
import { compileBlock, resume, suspend, unboundBy } from "./statements.ts";
import { forgetName, storeName, targetRegister } from "./variables.ts";

export function compileTry(gen: Gen, node: Try): void {
  if (node.finally.length === 0) return compileExcept(gen, node);
  guarded(gen, unboundBy(gen, [node]), () => (node.handlers.length === 0 ? compileBlock(gen, node.body) : compileExcept(gen, node)), () => compileBlock(gen, node.finally), (exception) => {
    compileBlock(gen, node.finally);
    emit(gen, "reraise", exception);
  });
}

/**
 * `body`, then `leave`, also on every way out of the body; an exception in the body goes to `failed` with its register.
 * What `failed` leaves open goes on behind all of it.
 */
function guarded(gen: Gen, unbound: ReadonlySet<Variable>, body: () => void, leave: () => void, failed: (exception: number) => void): void {
  const end = newLabel();
  const handler = newLabel();
  const before = boundBefore(gen, unbound);
  const exception = temporary(gen);
  gen.pinned.add(exception);
  const guard: Guard = { open: undefined, ranges: [] };
  resume(gen, guard);
  gen.blocks.push({ kind: "cleanup", leave, guard });
  body();
  gen.blocks.pop();
  suspend(gen, guard);
  leave();
  emit(gen, "jmp", end);
  handle(gen, guard, handler, exception, before);
  failed(exception);
  gen.pinned.delete(exception);
  place(gen, end);
  gen.top = exception;
}

/** Registers the ranges of a guard and puts its handler here. */
function handle(gen: Gen, guard: Guard, handler: Label, register: number, before: Set<Variable> | undefined): void {
  for (const range of guard.ranges) gen.handlers.push({ ...range, target: handler, register });
  placeKnown(gen, handler, before);
}

function boundBefore(gen: Gen, unbound: ReadonlySet<Variable>): Set<Variable> | undefined {
  return gen.bound && new Set([...gen.bound].filter((variable) => !unbound.has(variable)));
}

function compileExcept(gen: Gen, node: Try): void {
  const end = newLabel();
  const handler = newLabel();
  const before = boundBefore(gen, unboundBy(gen, node.body));
  const register = handlerRegister(gen, node.handlers) ?? temporary(gen);
  const top = gen.top;
  gen.pinned.add(register);
  const guard: Guard = { open: undefined, ranges: [] };
  resume(gen, guard);
  gen.blocks.push({ kind: "guard", guard });
  compileBlock(gen, node.body);
  gen.blocks.pop();
  suspend(gen, guard);
  compileBlock(gen, node.otherwise);
  emit(gen, "jmp", end);
  handle(gen, guard, handler, register, before);
  gen.caught.push(register);
  for (const clause of node.handlers) compileClause(gen, clause, register, end);
  gen.caught.pop();
  emit(gen, "reraise", register);
  gen.top = top;
  place(gen, end);
  if (register >= gen.firstTemporary) { gen.pinned.delete(register); gen.top = register; }
}

function compileClause(gen: Gen, clause: Handler, register: number, end: Label): void {
  const next = newLabel();
  gen.at = clause.start;
  if (clause.type !== undefined) {
    const { type } = clause;
    scratch(gen, () => emit(gen, "jnexc", register, operand(gen, type), next));
  }
  const { name } = clause;
  if (name === undefined) compileBlock(gen, clause.body);
  else compileNamed(gen, name, clause.body, register);
  emit(gen, "jmp", end);
  place(gen, next);
}

/** The name is unbound again when the clause is left, however that happens. */
function compileNamed(gen: Gen, name: Name, body: readonly Statement[], register: number): void {
  storeName(gen, name, register);
  if (isPrivate(gen, name)) {
    compileBlock(gen, body);
    const variable = gen.module.scopes.references.get(name);
    if (variable !== undefined) gen.bound?.delete(variable);
    return;
  }
  guarded(gen, unboundBy(gen, body), () => compileBlock(gen, body), () => forgetName(gen, name), (exception) => {
    forgetName(gen, name);
    emit(gen, "reraise", exception);
  });
}

/**
 * Is the name only used in `except ... as` clauses that bind it? Then nobody sees whether it is unbound afterwards, and it can be the
 * register in which the exception arrives.
 */
function isPrivate(gen: Gen, name: Name): boolean {
  const variable = gen.module.scopes.references.get(name);
  return variable !== undefined && targetRegister(gen, name) !== undefined && variable.usesElsewhere === 0 && variable.bindings.every((binding) => binding.kind === "except");
}

function handlerRegister(gen: Gen, handlers: readonly Handler[]): number | undefined {
  const names = handlers.map((handler) => handler.name).filter((name) => name !== undefined);
  const first = names[0];
  if (first === undefined || !names.every((name) => isPrivate(gen, name))) return undefined;
  const register = targetRegister(gen, first);
  // A clause around that has the same name still needs its exception.
  return register !== undefined && !gen.caught.includes(register) && names.every((name) => targetRegister(gen, name) === register) ? register : undefined;
}

export function compileWith(gen: Gen, node: With): void {
  scratch(gen, () => {
    const manager = temporary(gen);
    gen.pinned.add(manager);
    into(gen, node.manager, manager);
    scratch(gen, () => {
      const entered = temporary(gen);
      emit(gen, "move", entered, manager);
      emit(gen, "callm", entered, "__enter__", 0);
      const unbound = unboundBy(gen, node.body);
      guarded(gen, unbound, () => {
        if (node.target !== undefined) assignRegister(gen, node.target, entered);
        compileBlock(gen, node.body);
      }, () => exit(gen, manager, undefined), (exception) => {
        const swallowed = newLabel();
        scratch(gen, () => emit(gen, "jt", exit(gen, manager, exception), swallowed));
        emit(gen, "reraise", exception);
        place(gen, swallowed);
      });
    });
    gen.pinned.delete(manager);
  });
}

/** Calls `__exit__`; answers the register of its result. */
function exit(gen: Gen, manager: number, exception: number | undefined): number {
  return scratch(gen, () => {
    const window = temporary(gen);
    const [type, value, traceback] = [temporary(gen), temporary(gen), temporary(gen)];
    emit(gen, "move", window, manager);
    if (exception === undefined) for (const register of [type, value, traceback]) emit(gen, "loadc", register, 0);
    else {
      emit(gen, "loadt", type, typeId("type") as number);
      emit(gen, "move", value, exception);
      emit(gen, "call", type, 1);
      emit(gen, "move", value, exception);
      emit(gen, "loadc", traceback, 0);
    }
    emit(gen, "callm", window, "__exit__", 3);
    return window;
  });
}
