/**
 * One function under construction: its instructions, its registers, and which variables are bound at the place reached.
 *
 * Registers: parameters, then other variables, then temporaries in the order of a stack. Code that cannot be reached is not emitted.
 */
import { OPCODES, type OpcodeName } from "../opcodes.ts";
import { CompileError, type Span } from "../errors.ts";
import type { Module } from "../program.ts";
import type { Scope, Variable } from "../scopes.ts";
import type { Constant, Consumer, Unit } from "./unit.ts";

/** A place in the code. `bound` is what is known there: the variables bound on every way to it. */
export interface Label { bound: Set<Variable> | undefined }

/** What an operand letter holds: registers and numbers, texts (`s`, `S`), lists of registers (`R`), constants (`k`), labels (`j`). */
export type Operand = number | string | readonly string[] | readonly number[] | Constant | Label;

export interface Instruction { op: OpcodeName | "label" | "anchor"; operands: Operand[]; readonly at: number; readonly label?: Label; readonly loads?: Instruction[] }

export interface HandlerRange { readonly start: Label; readonly end: Label; readonly target: Label; readonly register: number }

/** What a `break`, `continue` or `return` must leave, innermost last. */
export type Block =
  | { readonly kind: "loop"; readonly breakTo: Label; readonly continueTo: Label }
  /** Code that runs when the block is left; its own handlers do not guard that code. */
  | { readonly kind: "cleanup"; readonly leave: () => void; readonly guard: Guard | undefined }
  | { readonly kind: "guard"; readonly guard: Guard };

/** The ranges of code that a handler guards: several, as inlined `finally` bodies are cut out. */
export interface Guard { open: Label | undefined; readonly ranges: { start: Label; end: Label }[] }

export interface Gen {
  readonly unit: Unit;
  readonly module: Module;
  /** The scope of the function (or the module). */
  readonly frame: Scope;
  readonly code: Instruction[];
  readonly handlers: HandlerRange[];
  readonly registers: Map<Variable, number>;
  /** Names of running class bodies that have been bound on some way so far. */
  readonly classNames: Set<Variable>;
  /** Registers of the classes whose bodies are running. */
  readonly classes: Map<Scope, number>;
  /** Registers of variables and of things that live on: never scratch. */
  readonly pinned: Set<number>;
  readonly blocks: Block[];
  /** Registers that hold the exception of each `except` clause around, for a bare `raise`. */
  readonly caught: number[];
  firstTemporary: number;
  top: number;
  most: number;
  /** Undefined where code cannot be reached. */
  bound: Set<Variable> | undefined;
  at: number;
  /** Constants that loops keep in registers: loads stand before the outermost loop. */
  readonly constants: Map<string, number>;
  loop: { readonly anchor: Instruction; readonly loaded: Set<string> } | undefined;
  readonly isGenerator: boolean;
  /** Who takes the expression that is computed next; undefined: unknown. */
  consumer: Consumer | undefined;
}

/** Numbers from here stand for registers that get their place when the function is complete. */
export const LATE_REGISTER = 1000;
export const REGISTERS_MAX = 250;
/** Constants that loops of one function keep in registers, at most. */
const LOOP_CONSTANTS_MAX = 24;

const SHAPES = new Map<string, string>(OPCODES.map((opcode) => [opcode.name, opcode.operands]));
export const shapeOf = (op: string): string => SHAPES.get(op) ?? "";

export function newGen(unit: Unit, module: Module, frame: Scope, isGenerator: boolean): Gen {
  return {
    unit, module, frame, code: [], handlers: [], registers: new Map(), classNames: new Set(), classes: new Map(), pinned: new Set(), blocks: [], caught: [], firstTemporary: 0, top: 0, most: 0,
    bound: new Set(), at: 0, constants: new Map(), loop: undefined, isGenerator, consumer: undefined,
  };
}

export const reachable = (gen: Gen): boolean => gen.bound !== undefined;
export const newLabel = (): Label => ({ bound: undefined });

export function refuse(gen: Gen, span: Span, message: string, hint?: string): never {
  throw new CompileError(gen.module.source, { start: span.start, end: span.end }, message, hint);
}

const ENDS = new Set<string>(["jmp", "ret", "retnone", "raise", "raisefrom", "reraise"]);

export function emit(gen: Gen, op: OpcodeName, ...operands: Operand[]): void {
  if (gen.bound === undefined) return;
  const target = operands.at(-1);
  if (shapeOf(op).endsWith("j")) meet(target as Label, gen.bound);
  gen.code.push({ op, operands, at: gen.at });
  if (ENDS.has(op)) gen.bound = undefined;
}

/** The label can be reached with these variables bound. */
function meet(label: Label, bound: ReadonlySet<Variable>): void {
  if (label.bound === undefined) { label.bound = new Set(bound); return; }
  for (const variable of label.bound) if (!bound.has(variable)) label.bound.delete(variable);
}

/** Puts a label here; what follows can be reached if something jumps to it or the code before runs into it. */
export function place(gen: Gen, label: Label): void {
  if (gen.bound !== undefined) meet(label, gen.bound);
  gen.bound = label.bound === undefined ? undefined : new Set(label.bound);
  gen.code.push({ op: "label", operands: [], at: gen.at, label });
}

/** A label that backward jumps or handlers reach: what is bound there is told beforehand. */
export function placeKnown(gen: Gen, label: Label, bound: ReadonlySet<Variable> | undefined): void {
  gen.bound = bound === undefined ? undefined : new Set(bound);
  label.bound = gen.bound;
  gen.code.push({ op: "label", operands: [], at: gen.at, label });
}

// ---- registers

export function temporary(gen: Gen): number {
  const register = gen.top++;
  gen.most = Math.max(gen.most, gen.top);
  if (gen.top > REGISTERS_MAX) refuse(gen, { start: gen.at, end: gen.at + 1 }, "the function needs more than 250 registers", "Divide it: it has too many variables or too long expressions.");
  return register;
}

/** Runs `work` and frees the temporaries it took. */
export function scratch<T>(gen: Gen, work: () => T): T {
  const top = gen.top;
  const result = work();
  gen.top = top;
  return result;
}

/** A temporary that holds no variable: it may be written before its final value. */
export const isScratch = (gen: Gen, register: number): boolean => register >= gen.firstTemporary && register < LATE_REGISTER && !gen.pinned.has(register);

// ---- constants in loops

/** A register that holds the constant throughout the outermost loop around, if there is such a loop. */
export function loopConstant(gen: Gen, key: string, load: (register: number) => Instruction): number | undefined {
  const { loop } = gen;
  if (loop === undefined || gen.bound === undefined) return undefined;
  let register = gen.constants.get(key);
  if (register === undefined) {
    if (gen.constants.size >= LOOP_CONSTANTS_MAX) return undefined;
    register = LATE_REGISTER + gen.constants.size;
    gen.constants.set(key, register);
  }
  if (!loop.loaded.has(key)) {
    loop.loaded.add(key);
    loop.anchor.loads?.push(load(register));
  }
  return register;
}

/** Runs `work` as a loop; the outermost one gets the place for its constants before it. */
export function inLoop(gen: Gen, work: () => void): void {
  if (gen.loop !== undefined) return work();
  const anchor: Instruction = { op: "anchor", operands: [], at: gen.at, loads: [] };
  gen.code.push(anchor);
  gen.loop = { anchor, loaded: new Set() };
  work();
  gen.loop = undefined;
}
