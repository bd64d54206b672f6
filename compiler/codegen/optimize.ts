/** Makes code shorter without changing what it does: jumps to jumps, jumps over jumps, code that nothing reaches. */
import type { OpcodeName } from "../opcodes.ts";
import { type HandlerRange, type Instruction, type Label, shapeOf } from "./emit.ts";

export interface Optimized { readonly code: readonly Instruction[]; readonly handlers: readonly HandlerRange[] }

const ENDS = new Set<string>(["jmp", "upto", "ret", "retnone", "raise", "raisefrom", "reraise"]);
const ROUNDS_MAX = 12;

export const isJump = (instruction: Instruction): boolean => shapeOf(instruction.op).endsWith("j");
const targetOf = (instruction: Instruction): Label => instruction.operands.at(-1) as Label;
const withTarget = (instruction: Instruction, target: Label): Instruction => ({ ...instruction, operands: [...instruction.operands.slice(0, -1), target] });

export function optimize(code: readonly Instruction[], handlers: readonly HandlerRange[]): Optimized {
  let current: Instruction[] = code.flatMap((instruction) => (instruction.op === "anchor" ? (instruction.loads ?? []) : [instruction]));
  let ranges = handlers;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    ranges = mergeRanges(current, ranges);
    const next = dropUnreached(shortenJumps(thread(current)), ranges);
    if (next.length === current.length && next.every((instruction, index) => instruction === current[index])) break;
    current = next;
  }
  return { code: current, handlers: mergeRanges(current, ranges) };
}

/** Index of each label. */
function places(code: readonly Instruction[]): Map<Label, number> {
  const map = new Map<Label, number>();
  code.forEach((instruction, index) => { if (instruction.label !== undefined) map.set(instruction.label, index); });
  return map;
}

/** The first instruction at or behind an index that is no label. */
function realAt(code: readonly Instruction[], index: number): Instruction | undefined {
  let at = index;
  while (code[at]?.op === "label") at++;
  return code[at];
}

/** A jump to a jump goes where that one goes; an unconditional jump to a return is that return. */
function thread(code: readonly Instruction[]): Instruction[] {
  const at = places(code);
  return code.map((instruction) => {
    if (!isJump(instruction)) return instruction;
    let target = targetOf(instruction);
    const passed = new Set<Label>();
    let there = realAt(code, at.get(target) ?? code.length);
    while (there?.op === "jmp" && !passed.has(target)) {
      passed.add(target);
      target = targetOf(there);
      there = realAt(code, at.get(target) ?? code.length);
    }
    if (instruction.op === "jmp" && (there?.op === "ret" || there?.op === "retnone")) return { ...there, at: instruction.at };
    return target === targetOf(instruction) ? instruction : withTarget(instruction, target);
  });
}

/** The opposite of a conditional jump. */
function inverted(op: string): OpcodeName | undefined {
  const pairs: Readonly<Record<string, OpcodeName>> = { jt: "jf", jf: "jt", jnone: "jnotnone", jnotnone: "jnone" };
  const pair = pairs[op];
  if (pair !== undefined) return pair;
  const order = /^j(n?)((?:lt|le|gt|ge|eq|ne)i?)$/.exec(op);
  return order === null ? undefined : (`j${order[1] === "" ? "n" : ""}${order[2]}` as OpcodeName);
}

function shortenJumps(code: readonly Instruction[]): Instruction[] {
  const at = places(code);
  const reachesNext = (index: number, label: Label): boolean => {
    const target = at.get(label);
    if (target === undefined || target < index) return false;
    for (let between = index; between < target; between++) if (code[between]?.op !== "label") return false;
    return true;
  };
  const result: Instruction[] = [];
  for (let index = 0; index < code.length; index++) {
    const instruction = code[index] as Instruction;
    const next = code[index + 1];
    const opposite = isJump(instruction) ? inverted(instruction.op) : undefined;
    if (instruction.op === "jmp" && reachesNext(index + 1, targetOf(instruction))) continue;
    if (opposite !== undefined && next?.op === "jmp" && reachesNext(index + 2, targetOf(instruction))) {
      result.push({ ...withTarget(instruction, targetOf(next)), op: opposite });
      index++;
    } else {
      result.push(instruction);
    }
  }
  return result;
}

function dropUnreached(code: readonly Instruction[], handlers: readonly HandlerRange[]): Instruction[] {
  const used = new Set<Label>(handlers.map((handler) => handler.target));
  const marks = new Set<Label>(handlers.flatMap((handler) => [handler.start, handler.end]));
  for (const instruction of code) if (isJump(instruction)) used.add(targetOf(instruction));
  let reached = true;
  return code.filter((instruction) => {
    if (instruction.label !== undefined) {
      if (used.has(instruction.label)) reached = true;
      return used.has(instruction.label) || marks.has(instruction.label);
    }
    const keep = reached;
    if (ENDS.has(instruction.op)) reached = false;
    return keep;
  });
}

/** Drops empty ranges and joins those that touch. */
function mergeRanges(code: readonly Instruction[], handlers: readonly HandlerRange[]): HandlerRange[] {
  const at = places(code);
  const position = (label: Label): number => {
    let index = at.get(label) ?? code.length;
    while (code[index]?.op === "label") index++;
    return index;
  };
  const merged: HandlerRange[] = [];
  for (const handler of handlers) {
    if (position(handler.start) === position(handler.end)) continue;
    const last = merged.at(-1);
    if (last?.target === handler.target && position(last.end) === position(handler.start)) merged[merged.length - 1] = { ...last, end: handler.end };
    else merged.push(handler);
  }
  return merged;
}
