/** `for` and `while`: the test stands at the bottom, so that each round takes one jump. */
import type { Expression, For, Target, While } from "../ast.ts";
import { truth } from "../fold.ts";
import { knownExpression, typeId } from "../known.ts";
import type { Variable } from "../scopes.ts";
import { emit, type Gen, inLoop, type Label, newLabel, place, placeKnown, scratch, temporary } from "./emit.ts";
import { assignRegister, fastTarget } from "./assignments.ts";
import { bindsInside, foldIn, into, operand, operandFor } from "./expressions.ts";
import { jumpIf } from "./operators.ts";
import { compileBlock, unboundBy } from "./statements.ts";

export interface Loop {
  readonly target: Target;
  readonly iterable: Expression;
  /** The register of an iterator that is there already. */
  readonly iterator: number | undefined;
  /** Variables that the body may make unbound. */
  readonly unbound: ReadonlySet<Variable>;
}

/** A loop over an iterable; `body` gets the label that goes on to the next round. */
export function compileLoop(gen: Gen, loop: Loop, body: (next: Label) => void): void {
  scratch(gen, () => {
    const range = loop.iterator === undefined ? rangeArguments(gen, loop.iterable) : undefined;
    const window = loop.iterator ?? gen.top;
    const stop = range?.length === 1 ? range[0] : undefined;
    let count: number | undefined;
    if (stop !== undefined) {
      for (let size = 0; size < 3; size++) temporary(gen);
      // The end of the range may be computed in the window itself.
      count = scratch(gen, () => { gen.top = window + 1; return operand(gen, stop); });
    } else if (range !== undefined) {
      counted(gen, range);
      emit(gen, "range", window);
    } else if (loop.iterator === undefined) {
      const register = temporary(gen);
      emit(gen, "iter", register, scratchOperand(gen, loop.iterable, register));
    }
    inLoop(gen, () => {
      const next = newLabel();
      const start = newLabel();
      if (count === undefined) emit(gen, "jmp", next);
      else emitEntry(gen, window, count, next);
      const entry = next.bound && new Set([...next.bound].filter((variable) => !loop.unbound.has(variable)));
      const fast = fastTarget(gen, loop.target);
      scratch(gen, () => {
        const item = fast ?? temporary(gen);
        placeKnown(gen, start, entry);
        assignRegister(gen, loop.target, item);
        gen.top = fast === undefined ? item : gen.top;
        body(next);
        place(gen, next);
        emit(gen, range === undefined ? "next" : "loop", item, window, start);
      });
    });
  });
}

/** `upto` ends in a jump that is always taken. */
function emitEntry(gen: Gen, window: number, count: number, next: Label): void {
  emit(gen, "upto", window, count, next);
  gen.bound = undefined;
}

function scratchOperand(gen: Gen, node: Expression, register: number): number {
  const top = gen.top;
  // The iterable may use the iterator's own register: it is written last.
  gen.top = register;
  const from = operandFor(gen, node, "loop");
  gen.top = Math.max(top, register + 1);
  return from;
}

/** The arguments of `range(...)` when that is the built-in. */
function rangeArguments(gen: Gen, node: Expression): readonly Expression[] | undefined {
  if (node.kind !== "call" || node.keywords.length > 0 || node.positional.length < 1 || node.positional.length > 3) return undefined;
  if (node.positional.some((argument) => argument.kind === "starred")) return undefined;
  const callee = knownExpression(gen.unit.linked, gen.module, node.callee);
  return callee?.kind === "type" && callee.id === typeId("range") ? node.positional : undefined;
}

/** start, stop and step of a range of two or three arguments in three new temporaries. */
function counted(gen: Gen, given: readonly Expression[]): void {
  for (const argument of given) into(gen, argument, temporary(gen));
  if (given[2] === undefined) emit(gen, "loadi", temporary(gen), 1);
}

export function compileFor(gen: Gen, node: For): void {
  const end = newLabel();
  compileLoop(gen, { target: node.target, iterable: node.iterable, iterator: undefined, unbound: unboundBy(gen, node.body) }, (next) => {
    gen.blocks.push({ kind: "loop", breakTo: end, continueTo: next });
    compileBlock(gen, node.body);
    gen.blocks.pop();
  });
  compileBlock(gen, node.otherwise);
  place(gen, end);
}

export function compileWhile(gen: Gen, node: While): void {
  const end = newLabel();
  const literal = foldIn(gen, node.test);
  if (literal !== undefined && !truth(literal)) { compileBlock(gen, node.otherwise); return; }
  inLoop(gen, () => {
    const test = newLabel();
    const start = newLabel();
    const endless = literal !== undefined;
    // A test that binds names stands at the top too, so that the body knows them.
    const first = !endless && bindsInside(node.test);
    const stop = newLabel();
    if (first) jumpIf(gen, node.test, false, stop);
    else if (!endless) emit(gen, "jmp", test);
    const before = first || endless ? gen.bound : test.bound;
    const unbound = unboundBy(gen, node.body);
    const entry = before && new Set([...before].filter((variable) => !unbound.has(variable)));
    placeKnown(gen, start, entry);
    gen.blocks.push({ kind: "loop", breakTo: end, continueTo: endless ? start : test });
    compileBlock(gen, node.body);
    gen.blocks.pop();
    if (endless) { emit(gen, "jmp", start); return; }
    place(gen, test);
    jumpIf(gen, node.test, true, start);
    place(gen, stop);
  });
  compileBlock(gen, node.otherwise);
  place(gen, end);
}
