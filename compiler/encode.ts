/** Instructions to bytes. */
import { LATE_REGISTER, type HandlerRange, type Instruction, type Label, type Operand, shapeOf } from "./codegen/emit.ts";
import type { Constant } from "./codegen/unit.ts";
import { OPCODES } from "./opcodes.ts";

const NUMBERS = new Map<string, number>(OPCODES.map((opcode, index) => [opcode.name, index]));

/** Numbers of what operands name in the image. */
export interface Names {
  /** The operand `s` of a text. */
  string(text: string): number;
  constant(constant: Constant): number;
}

export interface Encoded {
  readonly code: Uint8Array;
  readonly handlers: readonly { readonly start: number; readonly end: number; readonly target: number; readonly register: number }[];
  /** Offset of each instruction and where it comes from in the source. */
  readonly places: readonly { readonly pc: number; readonly at: number }[];
}

/** Low bits first, in the shortest form. */
export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
}

const little = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, index) => (value >> (8 * index)) & 255);

/** `registers` is the first number for constants that loops keep in registers. Jumps that reach too far answer undefined. */
export function encode(code: readonly Instruction[], handlers: readonly HandlerRange[], registers: number, names: Names): Encoded | undefined {
  const bytes: number[] = [];
  const places: { pc: number; at: number }[] = [];
  const labels = new Map<Label, number>();
  const jumps: { at: number; target: Label }[] = [];
  for (const instruction of code) {
    if (instruction.label !== undefined) { labels.set(instruction.label, bytes.length); continue; }
    places.push({ pc: bytes.length, at: instruction.at });
    bytes.push(NUMBERS.get(instruction.op) as number);
    const shape = shapeOf(instruction.op);
    instruction.operands.forEach((operand, index) => {
      const letter = shape[index] as string;
      if (letter === "j") { jumps.push({ at: bytes.length, target: operand as Label }); bytes.push(0, 0); }
      else bytes.push(...operandBytes(letter, operand, registers, names));
    });
  }
  for (const { at, target } of jumps) {
    const distance = (labels.get(target) as number) - (at + 2);
    if (distance < -32768 || distance > 32767) return undefined;
    bytes[at] = distance & 255;
    bytes[at + 1] = (distance >> 8) & 255;
  }
  if (bytes.length > 65535) return undefined;
  const place = (label: Label): number => labels.get(label) as number;
  return {
    code: Uint8Array.from(bytes), places,
    handlers: handlers.map(({ start, end, target, register }) => ({ start: place(start), end: place(end), target: place(target), register })),
  };
}

const placed = (register: number, registers: number): number => (register >= LATE_REGISTER ? registers + register - LATE_REGISTER : register);

function operandBytes(letter: string, operand: Operand, registers: number, names: Names): number[] {
  switch (letter) {
    case "r": case "d": case "w": return [placed(operand as number, registers)];
    case "R": return (operand as readonly number[]).map((register) => placed(register, registers));
    case "n": case "c": case "i": return [(operand as number) & 255];
    case "h": return little(operand as number, 2);
    case "l": return little(operand as number, 4);
    case "s": return varint(names.string(operand as string));
    case "S": return (operand as readonly string[]).flatMap((text) => varint(names.string(text)));
    case "k": return varint(names.constant(operand as Constant));
    default: return varint(operand as number);
  }
}
