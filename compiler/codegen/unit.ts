/** The image under construction: what all functions of a program share. */
import type { Comprehension, FunctionNode, Literal } from "../ast.ts";
import type { Linked } from "../link.ts";
import type { Module } from "../program.ts";
import type { Variable } from "../scopes.ts";
import type { Instruction, HandlerRange } from "./emit.ts";

/** A value of the image's constant table. */
export type Constant =
  | { readonly kind: "literal"; readonly literal: Literal }
  /** The field names of a class, the names of keyword arguments. */
  | { readonly kind: "names"; readonly names: readonly string[] };

/** A compiled function, before its instructions become bytes. */
export interface CompiledFunction {
  readonly name: string;
  readonly module: Module;
  readonly registers: number;
  /** The first register of constants that loops keep. */
  readonly constantsFrom: number;
  readonly positional: number;
  readonly positionalOnly: number;
  readonly keywordOnly: number;
  readonly rest: boolean;
  readonly keywords: boolean;
  readonly generator: boolean;
  readonly defaults: number;
  readonly captures: number;
  readonly parameterNames: readonly string[];
  readonly code: readonly Instruction[];
  readonly handlers: readonly HandlerRange[];
}

/** Who takes a value: a loop, a call of a known function, a built-in (by id), a method (by name), or somebody unknown. */
export type Consumer = "loop" | "call" | "unknown" | { readonly builtin: number } | { readonly method: string };

/** A generator, or the result of a built-in that may be one, goes somewhere. */
export interface Flow { readonly source: "generator" | number; readonly consumer: Consumer }

export interface Unit {
  readonly linked: Linked;
  readonly functions: (CompiledFunction | undefined)[];
  readonly functionIds: Map<FunctionNode | Comprehension, number>;
  /** Functions that code mentions and that are not compiled yet. */
  readonly queue: (() => void)[];
  readonly globals: Map<Variable, number>;
  /** Captured variables that may be unbound when inner functions run. */
  readonly unsure: Set<Variable>;
  /** Where generators go, for the linking of twins (library.ts). */
  readonly flows: Flow[];
  /** Built-ins (by id) and methods (by name) that are called with `key=`; "any": something unknown is. */
  readonly keyed: Set<number | string>;
  /** Built-in types that classes are derived from. */
  readonly derived: Set<number>;
  /** Modules in the order of the module table. */
  readonly modules: Module[];
}

export function globalSlot(unit: Unit, variable: Variable): number {
  const known = unit.globals.get(variable);
  if (known !== undefined) return known;
  const slot = unit.globals.size;
  unit.globals.set(variable, slot);
  return slot;
}

/** Reserves a place in the function table; `compile` runs later, so that inner functions never nest on our own stack. */
export function functionId(unit: Unit, node: FunctionNode | Comprehension, compile: () => CompiledFunction): number {
  const known = unit.functionIds.get(node);
  if (known !== undefined) return known;
  const id = unit.functions.push(undefined) - 1;
  unit.functionIds.set(node, id);
  unit.queue.push(() => { unit.functions[id] = compile(); });
  return id;
}
