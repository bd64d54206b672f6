/**
 * Constant folding: what CPython's compiler computes too, as long as the result is the same on every machine and no larger than the code it replaces.
 */
import type { BinaryOperator, Expression, Literal } from "./ast.ts";

/** The literal that a name stands for, if it is a constant of the program. */
export type LookUp = (node: Expression) => Literal | undefined;

const INTEGER_BITS_MAX = 128;
const TEXT_MAX = 20;

export function fold(node: Expression, lookUp: LookUp): Literal | undefined {
  switch (node.kind) {
    case "constant": return node.value;
    case "name": case "attribute": return lookUp(node);
    case "unary": return foldUnary(node.operator, fold(node.operand, lookUp));
    case "not": {
      const operand = fold(node.operand, lookUp);
      return operand && { type: "bool", value: !truth(operand) };
    }
    case "binary": {
      const left = fold(node.left, lookUp);
      const right = left && fold(node.right, lookUp);
      return left && right && foldBinary(node.operator, left, right);
    }
    case "tuple": {
      const items = node.items.map((item) => fold(item, lookUp));
      return items.every((item) => item !== undefined) ? { type: "tuple", items } : undefined;
    }
    case "compare": return foldComparison(node.operands.map((operand) => fold(operand, lookUp)), node.operators);
    default: return undefined;
  }
}

export function truth(literal: Literal): boolean {
  switch (literal.type) {
    case "none": return false;
    case "ellipsis": return true;
    case "bool": return literal.value;
    case "int": return literal.value !== 0n;
    case "float": return literal.value !== 0;
    case "str": case "bytes": return literal.value.length > 0;
    case "tuple": return literal.items.length > 0;
  }
}

/** Only equality of texts: `__name__ == "__main__"`. */
function foldComparison(operands: readonly (Literal | undefined)[], operators: readonly string[]): Literal | undefined {
  const [left, right] = operands;
  if (operands.length !== 2 || left?.type !== "str" || right?.type !== "str") return undefined;
  if (operators[0] === "==") return { type: "bool", value: left.value === right.value };
  return operators[0] === "!=" ? { type: "bool", value: left.value !== right.value } : undefined;
}

function foldUnary(operator: string, operand: Literal | undefined): Literal | undefined {
  if (operand?.type === "int") return { type: "int", value: operator === "-" ? -operand.value : operator === "~" ? ~operand.value : operand.value };
  if (operand?.type === "float" && operator !== "~") return { type: "float", value: operator === "-" ? -operand.value : operand.value };
  return undefined;
}

function foldBinary(operator: BinaryOperator, left: Literal, right: Literal): Literal | undefined {
  if (left.type === "int" && right.type === "int") return foldIntegers(operator, left.value, right.value);
  const a = toDouble(left);
  const b = toDouble(right);
  if (a !== undefined && b !== undefined) return foldFloats(operator, a, b);
  if (operator === "+" && left.type === "str" && right.type === "str") return text(left.value + right.value);
  if (operator === "*" && left.type === "str" && right.type === "int") return repeated(left.value, right.value);
  if (operator === "*" && left.type === "int" && right.type === "str") return repeated(right.value, left.value);
  return undefined;
}

const text = (value: string): Literal | undefined => (value.length <= TEXT_MAX ? { type: "str", value } : undefined);

function repeated(value: string, times: bigint): Literal | undefined {
  if (times < 0n || times > BigInt(TEXT_MAX)) return undefined;
  return text(value.repeat(Number(times)));
}

function foldIntegers(operator: BinaryOperator, a: bigint, b: bigint): Literal | undefined {
  const value = integerOperation(operator, a, b);
  if (value === undefined) return operator === "/" ? foldDivision(a, b) : undefined;
  return value.toString(2).length > INTEGER_BITS_MAX ? undefined : { type: "int", value };
}

function integerOperation(operator: BinaryOperator, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case "+": return a + b;
    case "-": return a - b;
    case "*": return a * b;
    case "//": return b === 0n ? undefined : floorDivide(a, b);
    case "%": return b === 0n ? undefined : a - floorDivide(a, b) * b;
    case "**": return b < 0n || b > 128n || a.toString(2).length * Number(b) > 2 * INTEGER_BITS_MAX ? undefined : a ** b;
    case "<<": return b < 0n || b > 128n ? undefined : a << b;
    case ">>": return b < 0n ? undefined : a >> b;
    case "&": return a & b;
    case "|": return a | b;
    case "^": return a ^ b;
    default: return undefined;
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && (a < 0n) !== (b < 0n) ? quotient - 1n : quotient;
}

const EXACT = 2n ** 53n;

function foldDivision(a: bigint, b: bigint): Literal | undefined {
  const exact = (x: bigint): boolean => x >= -EXACT && x <= EXACT;
  return b !== 0n && exact(a) && exact(b) ? { type: "float", value: Number(a) / Number(b) } : undefined;
}

/** Of a number of which at least the other is a float; integers beyond 2**53 would need care in rounding. */
function toDouble(literal: Literal): number | undefined {
  if (literal.type === "float") return literal.value;
  return literal.type === "int" && literal.value >= -EXACT && literal.value <= EXACT ? Number(literal.value) : undefined;
}

function foldFloats(operator: BinaryOperator, a: number, b: number): Literal | undefined {
  const value = operator === "+" ? a + b : operator === "-" ? a - b : operator === "*" ? a * b : operator === "/" && b !== 0 ? a / b : undefined;
  return value === undefined ? undefined : { type: "float", value };
}
