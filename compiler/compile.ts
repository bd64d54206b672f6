/** The stages in order: a program's files to an image. */
import { compileModule, loadTwin } from "./codegen/functions.ts";
import { type CompiledFunction, globalSlot, type Unit } from "./codegen/unit.ts";
import { emit, type Gen, scratch, temporary } from "./codegen/emit.ts";
import { builtinName, knownVariable } from "./known.ts";
import { loadKnown } from "./codegen/variables.ts";
import { writeImage, type WrittenImage } from "./image.ts";
import { type Library, neededTwins } from "./library.ts";
import type { Linked } from "./link.ts";
import type { Module } from "./program.ts";
import type { Statement } from "./ast.ts";

export interface BuiltImage extends WrittenImage { readonly functions: readonly CompiledFunction[]; readonly globals: readonly string[] }

export function build(linked: Linked, library: Library): BuiltImage {
  const modules = orderModules(linked);
  for (const [variable, known] of library.functions) linked.constants.set(variable, known);
  const unit: Unit = { linked, functions: [], functionIds: new Map(), queue: [], keywords: new Set(), globals: new Map(), modules };
  const tops = modules.map((module) => topLevel(unit, module, linked.kept.get(module) ?? []));
  const entry = linked.handler === undefined ? undefined : globalSlot(unit, linked.handler);
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

function drain(unit: Unit): void {
  for (let compile = unit.queue.shift(); compile !== undefined; compile = unit.queue.shift()) compile();
}

/** The main module and those of which statements are left. */
function orderModules({ program, kept }: Linked): Module[] {
  return [program.main, ...[...program.modules.values()].filter((module) => module !== program.main && kept.has(module))];
}

function topLevel(unit: Unit, module: Module, statements: readonly Statement[]): number {
  const id = unit.functions.push(undefined) - 1;
  const { program, handler } = unit.linked;
  unit.queue.push(() => {
    unit.functions[id] = compileModule(unit, module, statements, (gen) => {
      shadowedBuiltins(gen, module);
      const known = module === program.main && handler !== undefined ? knownVariable(unit.linked, handler) : undefined;
      if (known === undefined || handler === undefined) return;
      scratch(gen, () => {
        const register = temporary(gen);
        loadKnown(gen, known, { start: 0, end: 0 }, register);
        emit(gen, "storeg", register, globalSlot(unit, handler));
      });
    });
  });
  return id;
}

/** A global with the name of a built-in means the built-in until it is bound. */
function shadowedBuiltins(gen: Gen, module: Module): void {
  const kept = gen.unit.linked.kept.get(module) ?? [];
  for (const variable of module.scopes.module.variables.values()) {
    const builtin = builtinName(variable.name);
    const definition = variable.bindings[0];
    const first = definition !== undefined && "item" in definition && definition.item !== undefined && variable.bindings.length === 1;
    if (builtin === undefined || first || kept.length === 0 || knownVariable(gen.unit.linked, variable) !== undefined) continue;
    scratch(gen, () => {
      const register = temporary(gen);
      loadKnown(gen, builtin, { start: 0, end: 0 }, register);
      emit(gen, "storeg", register, globalSlot(gen.unit, variable));
    });
  }
}
