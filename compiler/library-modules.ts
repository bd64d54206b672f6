/** Modules of the library that are written in Python (compiler/lib/modules): parsed when a program first imports one, then kept for the programs that follow. */
import { LIBRARY_MODULES, TWINS } from "./lib.gen.ts";
import type { Parse } from "./parse.ts";
import { fileOf, type LibraryModules, type Module, parseModule } from "./program.ts";

/** Before the names of the library's files in tracebacks. */
const FOLDER = "<library>/";

export function libraryModules(parse: Parse): LibraryModules {
  const parsed = new Map<string, Module>();
  return {
    paths: Object.keys(LIBRARY_MODULES).map((file) => file.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".")),
    find: (path) => {
      const file = fileOf(LIBRARY_MODULES, path);
      if (file === undefined) return undefined;
      const module = parsed.get(path) ?? parseModule(parse, path, FOLDER + file, LIBRARY_MODULES[file] ?? "", "library");
      parsed.set(path, module);
      return module;
    },
  };
}

/** The text of a file that a traceback names. */
export function libraryFile(file: string): string | undefined {
  const path = file.startsWith(FOLDER) ? file.slice(FOLDER.length) : "";
  return LIBRARY_MODULES[path] ?? TWINS[path];
}
