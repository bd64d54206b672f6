/** Statements, and how control leaves blocks. */
import type { Assert, Expression, Raise, Return, Statement, Target } from "../ast.ts";
import { importedMember, knownVariable, typeId } from "../known.ts";
import { importedModules } from "../link.ts";
import type { Variable } from "../scopes.ts";
import { assignExpression, compileAssign, compileAugmented, compileDelete } from "./assignments.ts";
import { type Block, emit, type Gen, type Guard, newLabel, place, placeKnown, refuse, scratch, temporary } from "./emit.ts";
import { compileTry, compileWith } from "./exceptions.ts";
import { foldIn, into, intoFor, operand, operandBefore } from "./expressions.ts";
import { compileClass, compileDefinition } from "./functions.ts";
import { compileFor, compileWhile } from "./loops.ts";
import { jumpIf } from "./operators.ts";
import { compileMatch } from "./patterns.ts";
import { loadGlobal, loadKnown, storeVariable } from "./variables.ts";

export function compileBlock(gen: Gen, statements: readonly Statement[]): void {
  for (const statement of statements) {
    gen.at = statement.start;
    compileStatement(gen, statement);
  }
}

function compileStatement(gen: Gen, node: Statement): void {
  switch (node.kind) {
    case "expression": return compileExpressionStatement(gen, node.value);
    case "assign": return compileAssign(gen, node);
    case "augmented": return compileAugmented(gen, node);
    case "annotated": if (node.value !== undefined) assignExpression(gen, node.target, node.value); return;
    case "delete": for (const target of node.targets) compileDelete(gen, target); return;
    case "pass": case "global": case "nonlocal": return;
    case "break": case "continue": return leaveLoop(gen, node.kind);
    case "return": return compileReturn(gen, node);
    case "raise": return compileRaise(gen, node);
    case "assert": return compileAssert(gen, node);
    case "if": return compileIf(gen, node.test, node.body, node.otherwise);
    case "while": return compileWhile(gen, node);
    case "for": return compileFor(gen, node);
    case "try": return compileTry(gen, node);
    case "with": return compileWith(gen, node);
    case "match": return compileMatch(gen, node);
    case "def": return compileDefinition(gen, node);
    case "class": return compileClass(gen, node);
    case "import": case "from": return compileImport(gen, node);
  }
}

function compileExpressionStatement(gen: Gen, node: Expression): void {
  if (foldIn(gen, node) !== undefined) return;
  if (node.kind === "yieldfrom") return compileYieldFrom(gen, node.value);
  // A name alone only shows whether it is bound.
  scratch(gen, () => { if (node.kind === "name") operand(gen, node); else into(gen, node, temporary(gen)); });
}

/** `yield from iterable`, its own value not used. */
export function compileYieldFrom(gen: Gen, iterable: Expression): void {
  scratch(gen, () => {
    const iterator = temporary(gen);
    const item = temporary(gen);
    intoFor(gen, iterable, item, "loop");
    emit(gen, "iter", iterator, item);
    const next = newLabel();
    const body = newLabel();
    emit(gen, "jmp", next);
    placeKnown(gen, body, next.bound);
    emit(gen, "yield", item, item);
    place(gen, next);
    emit(gen, "next", item, iterator, body);
  });
}

function compileIf(gen: Gen, test: Expression, body: readonly Statement[], otherwise: readonly Statement[]): void {
  const elseLabel = newLabel();
  const end = newLabel();
  jumpIf(gen, test, false, elseLabel);
  compileBlock(gen, body);
  if (otherwise.length > 0) emit(gen, "jmp", end);
  place(gen, elseLabel);
  compileBlock(gen, otherwise);
  place(gen, end);
}

function compileReturn(gen: Gen, node: Return): void {
  const literal = node.value && foldIn(gen, node.value);
  const nothing = node.value === undefined || literal?.type === "none";
  const cleanups = gen.blocks.some((block) => block.kind === "cleanup");
  scratch(gen, () => {
    let register: number | undefined;
    if (!nothing && node.value !== undefined) {
      if (cleanups && literal === undefined) { register = temporary(gen); into(gen, node.value, register); }
      else register = operand(gen, node.value);
    }
    leaveBlocks(gen, 0, () => (register === undefined ? emit(gen, "retnone") : emit(gen, "ret", register)));
  });
}

function leaveLoop(gen: Gen, kind: "break" | "continue"): void {
  const index = gen.blocks.findLastIndex((block) => block.kind === "loop");
  const loop = gen.blocks[index];
  if (loop?.kind !== "loop") return;
  leaveBlocks(gen, index + 1, () => emit(gen, "jmp", kind === "break" ? loop.breakTo : loop.continueTo));
}

/** Runs what must run when the blocks from `index` on are left, innermost first, then jumps. Their handlers do not guard that code. */
function leaveBlocks(gen: Gen, index: number, jump: () => void): void {
  const left = gen.blocks.splice(index);
  const suspended: Guard[] = [];
  const outermost = left.findIndex((block) => block.kind === "cleanup");
  for (let at = left.length - 1; outermost >= 0 && at >= outermost; at--) {
    const block = left[at] as Block;
    if (block.kind === "loop") continue;
    if (block.guard !== undefined) { suspend(gen, block.guard); suspended.push(block.guard); }
    if (block.kind !== "cleanup") continue;
    gen.blocks.push(...left.slice(0, at));
    block.leave();
    gen.blocks.length = index;
  }
  jump();
  gen.blocks.push(...left);
  for (const guard of suspended) resume(gen, guard);
}

export function suspend(gen: Gen, guard: Guard): void {
  if (guard.open === undefined) return;
  const end = newLabel();
  mark(gen, end);
  guard.ranges.push({ start: guard.open, end });
  guard.open = undefined;
}

export function resume(gen: Gen, guard: Guard): void {
  guard.open = newLabel();
  mark(gen, guard.open);
}

/** A label that nothing jumps to: it only marks the place. */
export function mark(gen: Gen, label: { bound: Set<Variable> | undefined }): void {
  gen.code.push({ op: "label", operands: [], at: gen.at, label });
}

function compileRaise(gen: Gen, node: Raise): void {
  scratch(gen, () => {
    if (node.exception === undefined) {
      const caught = gen.caught.at(-1);
      if (caught === undefined) refuse(gen, node, "a bare 'raise' outside an 'except' clause is not supported", "Name the exception to raise.");
      return emit(gen, "reraise", caught);
    }
    const exception = operandBefore(gen, node.exception, [node.cause]);
    if (node.cause === undefined) return emit(gen, "raise", exception);
    return emit(gen, "raisefrom", exception, operand(gen, node.cause));
  });
}

function compileAssert(gen: Gen, node: Assert): void {
  const holds = newLabel();
  jumpIf(gen, node.test, true, holds);
  scratch(gen, () => {
    const exception = temporary(gen);
    emit(gen, "loadt", exception, typeId("AssertionError") as number);
    if (node.message !== undefined) {
      into(gen, node.message, temporary(gen));
      emit(gen, "call", exception, 1);
    }
    emit(gen, "raise", exception);
  });
  place(gen, holds);
}

function compileImport(gen: Gen, node: Extract<Statement, { kind: "import" | "from" }>): void {
  const { linked } = gen.unit;
  for (const module of importedModules(linked.program, node)) {
    const index = gen.unit.modules.indexOf(module);
    if (index > 0) emit(gen, "import", index);
  }
  if (node.kind === "import") return;
  for (const { name, alias } of node.names) {
    const member = importedMember(linked, node.path, name.id);
    const variable = gen.module.scopes.references.get(alias);
    if (variable === undefined || knownVariable(linked, variable) !== undefined) continue;
    const source = linked.program.modules.get(node.path)?.scopes.module.variables.get(name.id);
    if (member === undefined && source === undefined) continue;
    scratch(gen, () => {
      const register = temporary(gen);
      if (source !== undefined && knownVariable(linked, source) === undefined) loadGlobal(gen, source, register);
      else if (member !== undefined) loadKnown(gen, member, alias, register);
      storeVariable(gen, variable, register, alias);
    });
  }
}

/** Variables that statements may make unbound: `del`, and the names of `except ... as`. */
export function unboundBy(gen: Gen, statements: readonly Statement[]): Set<Variable> {
  const unbound = new Set<Variable>();
  const name = (node: Target): void => {
    const variable = node.kind === "name" ? gen.module.scopes.references.get(node) : undefined;
    if (variable !== undefined) unbound.add(variable);
    if (node.kind === "targets") node.items.forEach(name);
  };
  const visit = (block: readonly Statement[]): void => {
    for (const statement of block) {
      switch (statement.kind) {
        case "delete": statement.targets.forEach(name); break;
        case "if": case "while": case "for": visit(statement.body); visit(statement.otherwise); break;
        case "with": visit(statement.body); break;
        case "match": for (const { body } of statement.cases) visit(body); break;
        case "try":
          visit(statement.body); visit(statement.otherwise); visit(statement.finally);
          for (const handler of statement.handlers) { if (handler.name !== undefined) name(handler.name); visit(handler.body); }
          break;
        default:
      }
    }
  };
  visit(statements);
  return unbound;
}
