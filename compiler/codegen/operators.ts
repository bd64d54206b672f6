/** Arithmetic, comparisons, and code that jumps on conditions. */
import type { Binary, BinaryOperator, Compare, CompareOperator, Expression, Logical } from "../ast.ts";
import { truth } from "../fold.ts";
import type { OpcodeName } from "../opcodes.ts";
import { emit, type Gen, isScratch, type Label, newLabel, place, scratch, temporary } from "./emit.ts";
import { foldIn, into, operand, operandBefore } from "./expressions.ts";

const ARITHMETIC: Readonly<Record<BinaryOperator, OpcodeName>> = {
  "+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floordiv", "%": "mod", "**": "pow", "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor",
};
const IMMEDIATE: Readonly<Partial<Record<BinaryOperator, OpcodeName>>> = {
  "+": "addi", "-": "subi", "*": "muli", "//": "floordivi", "%": "modi", "<<": "lshifti", ">>": "rshifti", "&": "andi",
};

/** The operand as an immediate of one byte. */
export function immediate(gen: Gen, node: Expression): number | undefined {
  const literal = foldIn(gen, node);
  return literal?.type === "int" && literal.value >= -128n && literal.value <= 127n ? Number(literal.value) : undefined;
}

/**
 * `to` must not be the left operand's register: that would be the augmented assignment. `spare` is a temporary that may be overwritten;
 * a chain `a + b + c ...` goes back and forth between `to` and `spare`.
 */
export function binaryInto(gen: Gen, node: Binary, to: number, spare: number | undefined): void {
  scratch(gen, () => {
    const left = leftOperand(gen, node, to, spare);
    const value = IMMEDIATE[node.operator] === undefined ? undefined : immediate(gen, node.right);
    const right = value ?? operand(gen, node.right);
    const op = value === undefined ? ARITHMETIC[node.operator] : (IMMEDIATE[node.operator] as OpcodeName);
    if (left !== to) return emit(gen, op, to, left, right);
    const result = temporary(gen);
    emit(gen, op, result, left, right);
    emit(gen, "move", to, result);
  });
}

function leftOperand(gen: Gen, node: Binary, to: number, spare: number | undefined): number {
  if (node.left.kind !== "binary" || foldIn(gen, node.left) !== undefined) return operandBefore(gen, node.left, [node.right]);
  const register = spare ?? temporary(gen);
  into(gen, node.left, register, isScratch(gen, to) ? to : undefined);
  return register;
}

/** `target operator= value` in a register: the opcode with equal destination and left operand. */
export function augment(gen: Gen, operator: BinaryOperator, register: number, value: Expression): void {
  const small = IMMEDIATE[operator] === undefined ? undefined : immediate(gen, value);
  if (small !== undefined) return emit(gen, IMMEDIATE[operator] as OpcodeName, register, register, small);
  scratch(gen, () => emit(gen, ARITHMETIC[operator], register, register, operand(gen, value)));
}

const COMPARISON: Readonly<Record<CompareOperator, OpcodeName>> = {
  "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne", is: "is", "is not": "isnot", in: "in", "not in": "notin",
};

export function compareInto(gen: Gen, node: Compare, to: number): void {
  scratch(gen, () => {
    const result = node.operators.length === 1 || isScratch(gen, to) ? to : temporary(gen);
    const end = newLabel();
    let left = operandBefore(gen, node.operands[0] as Expression, node.operands.slice(1));
    node.operators.forEach((operator, index) => {
      const rest = node.operands.slice(index + 2);
      const right = operandBefore(gen, node.operands[index + 1] as Expression, rest);
      emit(gen, COMPARISON[operator], result, left, right);
      if (rest.length > 0) emit(gen, "jf", result, end);
      left = right;
    });
    place(gen, end);
    if (result !== to) emit(gen, "move", to, result);
  });
}

/** `and`, `or`: the value that decided. */
export function logicalInto(gen: Gen, node: Logical, to: number): void {
  scratch(gen, () => {
    const result = isScratch(gen, to) ? to : temporary(gen);
    const end = newLabel();
    node.values.forEach((value, index) => {
      into(gen, value, result);
      if (index < node.values.length - 1) emit(gen, node.operator === "and" ? "jf" : "jt", result, end);
    });
    place(gen, end);
    if (result !== to) emit(gen, "move", to, result);
  });
}

/** Jumps to the label when the truth of the expression is `sense`; else falls through. */
export function jumpIf(gen: Gen, node: Expression, sense: boolean, label: Label): void {
  const literal = foldIn(gen, node);
  if (literal !== undefined) {
    if (truth(literal) === sense) emit(gen, "jmp", label);
    return;
  }
  const at = gen.at;
  gen.at = node.start;
  if (node.kind === "not") jumpIf(gen, node.operand, !sense, label);
  else if (node.kind === "logical") jumpLogical(gen, node, sense, label);
  else if (node.kind === "compare") jumpCompare(gen, node, sense, label);
  else scratch(gen, () => emit(gen, sense ? "jt" : "jf", operand(gen, node), label));
  gen.at = at;
}

function jumpLogical(gen: Gen, node: Logical, sense: boolean, label: Label): void {
  // `a or b` is true as soon as one is; `a and b` is false as soon as one is.
  const early = node.operator === "or";
  const last = node.values.length - 1;
  if (early === sense) return node.values.forEach((value) => jumpIf(gen, value, sense, label));
  const decided = newLabel();
  node.values.forEach((value, index) => (index === last ? jumpIf(gen, value, sense, label) : jumpIf(gen, value, early, decided)));
  place(gen, decided);
}

const ORDER: Readonly<Partial<Record<CompareOperator, string>>> = { "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne" };

function jumpCompare(gen: Gen, node: Compare, sense: boolean, label: Label): void {
  scratch(gen, () => {
    const decided = newLabel();
    const last = node.operators.length - 1;
    let left = operandBefore(gen, node.operands[0] as Expression, node.operands.slice(1));
    node.operators.forEach((operator, index) => {
      const right = node.operands[index + 1] as Expression;
      const target = index === last || !sense ? label : decided;
      left = jumpOne(gen, operator, left, right, node.operands.slice(index + 2), index === last && sense, target);
    });
    place(gen, decided);
  });
}

/** One comparison of a chain; answers the register of its right operand, if the chain goes on. */
function jumpOne(gen: Gen, operator: CompareOperator, left: number, node: Expression, rest: readonly Expression[], sense: boolean, label: Label): number {
  const literal = foldIn(gen, node);
  if (literal?.type === "none" && rest.length === 0 && (operator === "is" || operator === "is not")) {
    emit(gen, (operator === "is") === sense ? "jnone" : "jnotnone", left, label);
    return left;
  }
  const order = ORDER[operator];
  const small = order === undefined || rest.length > 0 ? undefined : immediate(gen, node);
  if (small !== undefined) { emit(gen, `j${sense ? "" : "n"}${order}i` as OpcodeName, left, small, label); return left; }
  const right = operandBefore(gen, node, rest);
  if (order !== undefined) emit(gen, `j${sense ? "" : "n"}${order}` as OpcodeName, left, right, label);
  else {
    const result = temporary(gen);
    emit(gen, COMPARISON[operator], result, left, right);
    emit(gen, sense ? "jt" : "jf", result, label);
  }
  return right;
}
