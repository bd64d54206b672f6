/** The stages in order: a program's files to an image. */
import { compileModule, loadTwin } from "./codegen/functions.ts";
import { type CompiledFunction, globalSlot, type Unit } from "./codegen/unit.ts";
import { emit, type Gen, scratch, temporary } from "./codegen/emit.ts";
import { builtinName, knownVariable } from "./known.ts";
import { loadKnown } from "./codegen/variables.ts";
import { type ImageParts, writeImage, type WrittenImage } from "./image.ts";
import { type Library, neededTwins } from "./library.ts";
import type { Linked } from "./link.ts";
import type { Module } from "./program.ts";
import type { Statement } from "./ast.ts";

export interface BuiltImage extends WrittenImage { readonly functions: readonly CompiledFunction[]; readonly globals: readonly string[] }

export function build(linked: Linked, library: Library): BuiltImage {
  const modules = orderModules(linked);
  for (const [variable, known] of library.functions) linked.constants.set(variable, known);
  const unit: Unit = { linked, functions: [], functionIds: new Map(), queue: [], unsure: new Set(), flows: [], keyed: new Set(), derived: new Set(), globals: new Map(), modules };
  const entry = entryOf(unit);
  const idle = modules.length === 1 && linked.kept.get(linked.program.main) === undefined && linked.handler !== undefined;
  const tops = idle ? [] : modules.map((module) => topLevel(unit, module, linked.kept.get(module) ?? []));
  drain(unit);
  const twins: { builtin: number; function: number }[] = [];
  const linkedTwins = new Set<number>();
  // A twin may need other twins.
  for (let wanted = neededTwins(unit, library, linkedTwins); wanted.length > 0; wanted = neededTwins(unit, library, linkedTwins)) {
    for (const twin of wanted) {
      linkedTwins.add(twin.builtin);
      twins.push({ builtin: twin.builtin, function: loadTwin(unit, twin.module, twin.node) });
    }
    drain(unit);
  }
  twins.sort((a, b) => a.builtin - b.builtin);
  return {
    ...writeImage({ unit, modules: tops, twins, entry }), functions: unit.functions as CompiledFunction[],
    globals: [...unit.globals.keys()].map((variable) => variable.name),
  };
}

/** A handler that is always the same function is found without running the top level. */
function entryOf(unit: Unit): ImageParts["entry"] {
  const { handler } = unit.linked;
  if (handler === undefined) return undefined;
  const known = knownVariable(unit.linked, handler);
  return known?.kind === "function" ? { function: loadTwin(unit, known.module, known.node) } : { slot: globalSlot(unit, handler) };
}

function drain(unit: Unit): void {
  for (let compile = unit.queue.shift(); compile !== undefined; compile = unit.queue.shift()) compile();
}

/** The main module and those of which statements are left. */
function orderModules({ program, kept }: Linked): Module[] {
  return [program.main, ...[...program.modules.values()].filter((module) => module !== program.main && kept.has(module))];
}

function topLevel(unit: Unit, module: Module, statements: readonly Statement[]): number {
  const id = unit.functions.push(undefined) - 1;
  unit.queue.push(() => {
    unit.functions[id] = compileModule(unit, module, statements, (gen) => {
      shadowedBuiltins(gen, module);
      if (module === unit.linked.program.main) storeHandler(gen);
    });
  });
  return id;
}

/** A handler whose global is known to hold something else than a function of the program, such as a built-in. */
function storeHandler(gen: Gen): void {
  const { handler } = gen.unit.linked;
  const known = handler && knownVariable(gen.unit.linked, handler);
  if (handler === undefined || known === undefined || known.kind === "function") return;
  scratch(gen, () => {
    const register = temporary(gen);
    loadKnown(gen, known, { start: 0, end: 0 }, register);
    emit(gen, "storeg", register, globalSlot(gen.unit, handler));
  });
}

/** A global with the name of a built-in means the built-in until it is bound. */
function shadowedBuiltins(gen: Gen, module: Module): void {
  const kept = gen.unit.linked.kept.get(module) ?? [];
  for (const variable of module.scopes.module.variables.values()) {
    const builtin = builtinName(variable.name);
    if (builtin === undefined || gen.unit.linked.sure.has(variable) || kept.length === 0 || knownVariable(gen.unit.linked, variable) !== undefined) continue;
    scratch(gen, () => {
      const register = temporary(gen);
      loadKnown(gen, builtin, { start: 0, end: 0 }, register);
      emit(gen, "storeg", register, globalSlot(gen.unit, variable));
    });
  }
}
