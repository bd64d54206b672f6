/** Comprehensions run in the frame around them; their variables are their own. */
import type { Comprehension, Expression } from "../ast.ts";
import type { Scope } from "../scopes.ts";
import { emit, type Gen, isScratch, newLabel, place, scratch, temporary } from "./emit.ts";
import { into, operand } from "./expressions.ts";
import { generatorInto } from "./functions.ts";
import { compileLoop } from "./loops.ts";
import { jumpIf } from "./operators.ts";
import { isCaptured } from "./variables.ts";

const UNBOUND = 5;

export function comprehensionInto(gen: Gen, node: Comprehension, to: number): void {
  if (node.result === "generator") return generatorInto(gen, node, to);
  scratch(gen, () => {
    const result = isScratch(gen, to) ? to : temporary(gen);
    emit(gen, node.result as "list" | "set" | "dict", result, 0, 0);
    const wasPinned = gen.pinned.has(result);
    gen.pinned.add(result);
    withVariables(gen, gen.module.scopes.scopes.get(node) as Scope, () => {
      clause(gen, node, 0, undefined, () => {
        if (node.result === "list") return emit(gen, "append", result, operand(gen, node.value));
        if (node.result === "set") return emit(gen, "setadd", result, operand(gen, node.value));
        const key = temporary(gen);
        into(gen, node.key as Expression, key);
        return emit(gen, "dictput", result, key, operand(gen, node.value));
      });
    });
    if (!wasPinned) gen.pinned.delete(result);
    if (result !== to) emit(gen, "move", to, result);
  });
}

/** The variables of a comprehension are registers of the frame for as long as it runs. */
function withVariables(gen: Gen, scope: Scope, work: () => void): void {
  const registers: number[] = [];
  for (const variable of scope.variables.values()) {
    if (!isCaptured(gen, variable)) continue;
    const register = temporary(gen);
    registers.push(register);
    gen.registers.set(variable, register);
    gen.pinned.add(register);
    gen.bound?.delete(variable);
    if (variable.captured) { emit(gen, "loadc", register, UNBOUND); emit(gen, "mkcell", register); }
  }
  work();
  for (const register of registers) gen.pinned.delete(register);
}

/** The body of a generator expression: its first iterator is there already. */
export function compileComprehensionBody(gen: Gen, node: Comprehension, iterator: number, produce: (value: number) => void): void {
  clause(gen, node, 0, iterator, () => scratch(gen, () => produce(operand(gen, node.value))));
}

function clause(gen: Gen, node: Comprehension, index: number, iterator: number | undefined, produce: () => void): void {
  const here = node.clauses[index];
  if (here === undefined) return scratch(gen, produce);
  compileLoop(gen, { target: here.target, iterable: here.iterable, iterator, unbound: new Set() }, () => {
    const skip = newLabel();
    for (const condition of here.conditions) jumpIf(gen, condition, false, skip);
    clause(gen, node, index + 1, undefined, produce);
    place(gen, skip);
  });
}
