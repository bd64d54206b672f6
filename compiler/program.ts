/** The modules of a program: the main file and the files it imports, parsed and with their scopes. */
import { distance } from "fastest-levenshtein";
import { analyze } from "./analyze.ts";
import { MODULES } from "./builtins.ts";
import { CompileError, type Source, type Span } from "./errors.ts";
import { expand } from "./expand.ts";
import { lower } from "./lower.ts";
import type { Parse } from "./parse.ts";
import type { ModuleScopes } from "./scopes.ts";
import { checkTokens } from "./tokens.ts";
import { refuseErrors } from "./syntax-errors.ts";

export interface Module {
  /** Dotted path. */
  readonly path: string;
  readonly source: Source;
  readonly scopes: ModuleScopes;
  /** Whose file it is: the program's own, a module of the compiler's library, or twins of built-ins. */
  readonly origin: "program" | "library" | "twins";
}

/** The modules of the compiler's library that are written in Python (lib/modules). */
export interface LibraryModules {
  /** Dotted paths of all of them. */
  readonly paths: readonly string[];
  /** The module, parsed when it is first asked for. */
  readonly find: (path: string) => Module | undefined;
}

export interface Program {
  readonly main: Module;
  readonly modules: ReadonlyMap<string, Module>;
  /** The name of the main module at run time. */
  readonly mainName: string;
  /** Dotted paths of the modules that need no file. */
  readonly available: readonly string[];
}

/** Files by their path in the zip, such as `motor_failure.py` or `sensors/__init__.py`. */
export type Files = Readonly<Record<string, string>>;

/** Has the module functions in C? `builtins` are the names of the language itself. */
export const isNativeModule = (path: string): boolean => path === "builtins" || MODULES.some((module) => module.name === path);

export function parseModule(parse: Parse, path: string, file: string, text: string, origin: Module["origin"]): Module {
  const source: Source = { file, text: text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n") };
  const tokens = checkTokens(source);
  const tree = parse(source);
  refuseErrors(source, tree, tokens);
  return { path, source, scopes: analyze(source, expand(source, lower(source, tree))), origin };
}

/** A file of the program comes before a module of the library, as in Python's path. */
export function loadProgram(parse: Parse, files: Files, library: LibraryModules, main: string, mainName: string): Program {
  const modules = new Map<string, Module>();
  const available = [...MODULES.map((module) => module.name), ...library.paths.filter((path) => !isNativeModule(path))];
  const find = (path: string): Module | undefined => {
    const file = fileOf(files, path);
    return file === undefined ? library.find(path) : parseModule(parse, path, file, files[file] ?? "", "program");
  };
  const load = (path: string, from: Source, at: Span): void => {
    if (modules.has(path)) return;
    const module = find(path);
    if (module === undefined) { if (isNativeModule(path)) return; refuseModule([...available, ...pathsOf(files)], path, from, at); }
    modules.set(path, module);
    for (const item of module.scopes.items) {
      for (const { path: wanted, pathAt, ...statement } of item.imports) {
        for (const prefix of prefixes(wanted)) load(prefix, module.source, pathAt);
        if (statement.kind !== "from") continue;
        // `from package import module` names a file too.
        for (const { name } of statement.names) {
          const inner = `${wanted}.${name.id}`;
          const isModule = fileOf(files, inner) !== undefined || library.paths.includes(inner);
          if (isModule && modules.get(wanted)?.scopes.module.variables.has(name.id) !== true) load(inner, module.source, name);
        }
      }
    }
  };
  const nowhere: Source = { file: fileOf(files, main) ?? `${main.replaceAll(".", "/")}.py`, text: "" };
  for (const prefix of prefixes(main)) load(prefix, nowhere, { start: 0, end: 0 });
  return { main: modules.get(main) as Module, modules, mainName, available };
}

/** `a.b.c`: `a`, `a.b`, `a.b.c`: importing a module imports the packages around it. */
export function prefixes(path: string): string[] {
  const parts = path.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

const pathsOf = (files: Files): string[] => Object.keys(files).filter((file) => file.endsWith(".py")).map((file) => file.slice(0, -3).replaceAll("/", "."));

/** The file that holds a module. */
export function fileOf(files: Files, path: string): string | undefined {
  const base = path.replaceAll(".", "/");
  return [`${base}/__init__.py`, `${base}.py`].find((file) => Object.hasOwn(files, file));
}

function refuseModule(known: readonly string[], path: string, from: Source, at: Span): never {
  const near = nearest(path, known);
  const hint = near === undefined ? `Modules here: ${known.join(", ")}.` : `Did you mean ${near}?`;
  throw new CompileError(from, at, `No module named '${path}'`, hint);
}

/** The known name that differs least, if it is near enough to be meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const far = distance(name, candidate);
    if (far < least) { best = candidate; least = far; }
  }
  return best;
}
