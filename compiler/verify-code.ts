/** The verifier's pass over the code of one function: rules 1301 to 1312. */
import { BUILTINS, ROM_STRINGS, TYPES } from "./builtins.ts";
import { OPCODES } from "./opcodes.ts";
import { type FunctionRecord, type ImageView, readVarint, Rejected } from "./verify-read.ts";

interface Instruction { readonly op: string; readonly at: number; readonly end: number; readonly operands: readonly number[]; readonly shape: string }

/** They keep their default behind the destination of the call. */
const KEEP_DEFAULT = new Set(["next", "getattr"]);
const ENDS = new Set(["ret", "retnone", "raise", "raisefrom", "reraise", "jmp"]);

export function codeOf(view: ImageView, functions: readonly FunctionRecord[], fn: FunctionRecord): void {
  const starts = new Set<number>();
  const jumps: { at: number; target: number }[] = [];
  let last: Instruction | undefined;
  for (let pc = 0; pc < fn.codeBytes;) {
    starts.add(pc);
    const { instruction, next } = decode(view, fn, pc);
    checkInstruction(view, functions, fn, instruction);
    const jump = instruction.shape.indexOf("j");
    if (jump >= 0) jumps.push({ at: instruction.at, target: next + (instruction.operands[jump] as number) });
    pc = next;
    last = instruction;
  }
  if (last === undefined || !ENDS.has(last.op)) throw new Rejected(1310, last?.at ?? fn.code);
  for (const { at, target } of jumps) if (!starts.has(target)) throw new Rejected(1311, at);
  for (let index = 0; index < fn.handlers; index++) handler(view, fn, starts, fn.handlersAt + index * 7);
}

function handler(view: ImageView, fn: FunctionRecord, starts: ReadonlySet<number>, at: number): void {
  const [start, end, target] = [0, 2, 4].map((offset) => view.data.getUint16(at + offset, true)) as [number, number, number];
  const register = view.image[at + 6] as number;
  const holds = start < end && end <= fn.codeBytes && starts.has(start) && starts.has(target) && (starts.has(end) || end === fn.codeBytes) && register < fn.registers;
  if (!holds) throw new Rejected(1312, at);
}

const SIZES: Readonly<Record<string, number>> = { r: 1, d: 1, w: 1, n: 1, i: 1, c: 1, h: 2, j: 2, l: 4 };

function decode(view: ImageView, fn: FunctionRecord, pc: number): { instruction: Instruction; next: number } {
  const { image, data } = view;
  const at = fn.code + pc;
  const end = fn.code + fn.codeBytes;
  const opcode = OPCODES[image[at] as number];
  if (opcode === undefined) throw new Rejected(1301, at);
  const operands: number[] = [];
  let next = at + 1;
  for (const letter of opcode.operands) {
    const size = SIZES[letter];
    if (letter === "S" || letter === "R") {
      const count = operands.at(-1) as number;
      operands.push(next);
      if (letter === "R" && next + count > end) throw new Rejected(1302, at);
      if (letter === "R") { next += count; continue; }
      for (let index = 0; index < count; index++) {
        const read = readVarint(image, next, end);
        if (read === undefined) throw new Rejected(1302, at);
        next = read.next;
      }
      continue;
    }
    if (size === undefined) {
      const read = readVarint(image, next, end);
      if (read === undefined) throw new Rejected(1302, at);
      operands.push(read.value);
      next = read.next;
      continue;
    }
    if (next + size > end) throw new Rejected(1302, at);
    operands.push(letter === "i" ? data.getInt8(next) : letter === "h" || letter === "j" ? data.getInt16(next, true) : letter === "l" ? data.getInt32(next, true) : (image[next] as number));
    next += size;
  }
  return { instruction: { op: opcode.name, at, end: next, operands, shape: opcode.operands }, next: next - fn.code };
}

function checkInstruction(view: ImageView, functions: readonly FunctionRecord[], fn: FunctionRecord, instruction: Instruction): void {
  const { op, at, operands, shape } = instruction;
  const require = (holds: boolean, rule: number): void => { if (!holds) throw new Rejected(rule, at); };
  const operand = (letter: string): number => operands[shape.indexOf(letter)] as number;
  operands.forEach((value, index) => {
    require(!"rd".includes(shape[index] as string) || value < fn.registers, 1303);
    if (shape[index] === "R") for (let at = value; at < instruction.end; at++) require((view.image[at] as number) < fn.registers, 1303);
  });
  if (shape.includes("w")) {
    const size = windowOf(op, operands, shape, functions);
    require(size === 0 || operand("w") + size <= fn.registers, 1304);
  }
  operands.forEach((value, index) => require(exists(view, instruction, shape[index] as string, value), 1305));
  if (op === "callkw" || op === "mkclass") {
    const names = namesIn(view, operand("k"));
    require(names !== undefined && (op === "mkclass" || names <= operand("n")), 1306);
  }
  if (op === "loadf") {
    const loaded = functions[operand("f")] as FunctionRecord;
    require(loaded.defaults === 0 && loaded.keywordOnly === 0 && loaded.captures === 0, 1307);
  }
  if (op === "loadfree" || op === "storefree" || op === "freecell") require(operand("n") < fn.captures, 1308);
  require(op !== "yield" || (fn.flags & 4) !== 0, 1309);
  require(op !== "callb" || !KEEP_DEFAULT.has(BUILTINS[operand("b")]?.name ?? ""), 1313);
}

/** Registers that an instruction uses from its window on. */
function windowOf(op: string, operands: readonly number[], shape: string, functions: readonly FunctionRecord[]): number {
  const count = operands[shape.indexOf("n")] ?? 0;
  switch (op) {
    case "call": case "callkw": case "callm": return count + 1;
    case "callx": case "range": case "upto": case "loop": case "getslice": case "setslice": case "delslice": return 3;
    case "super": return 2;
    case "dict": return 2 * count;
    case "unpackx": return (operands[2] as number) + 1 + (operands[3] as number);
    case "mkfunc": {
      const made = functions[operands[shape.indexOf("f")] as number];
      return made === undefined ? 0 : made.defaults + made.keywordOnly + made.captures;
    }
    default: return count;
  }
}

function stringsExist(view: ImageView, at: number, end: number): boolean {
  for (let next = at; next < end;) {
    const read = readVarint(view.image, next, end);
    if (read === undefined || !(read.value & 1 ? read.value >> 1 < ROM_STRINGS.length : read.value >> 1 < view.strings)) return false;
    next = read.next;
  }
  return true;
}

function exists(view: ImageView, { op, end }: Instruction, letter: string, value: number): boolean {
  switch (letter) {
    case "S": return stringsExist(view, value, end);
    case "s": return (value & 1) === 1 ? value >> 1 < ROM_STRINGS.length : value >> 1 < view.strings;
    case "k": return value < view.constants;
    case "g": return value < view.globals;
    case "f": return value < view.functions;
    case "b": return value < BUILTINS.length;
    case "t": return value < TYPES.length;
    case "m": return value < view.modules;
    case "c": return value <= (op === "format" ? 3 : 5);
    case "l": return value >= -(2 ** 30) && value < 2 ** 30;
    default: return true;
  }
}

/** How many names a constant holds, when it is a tuple of strings. */
function namesIn(view: ImageView, index: number): number | undefined {
  const start = view.data.getUint16(view.constantTable + index * 2, true) * 4;
  const word = view.data.getUint32(start, true);
  if (((word >>> 2) & 31) !== 7) return undefined;
  const count = (word >>> 10) - 1;
  for (let item = 1; item <= count; item++) if ((view.data.getUint32(start + item * 4, true) & 31) !== 6) return undefined;
  return count;
}
