/** The compiler: a program's Python files to an image for IoTPy. */
import { build } from "./compile.ts";
import { CompileError } from "./errors.ts";
import { loadLibrary, type Library } from "./library.ts";
import { libraryFile, libraryModules } from "./library-modules.ts";
import type { LineTable } from "./lines.ts";
import { link } from "./link.ts";
import { loadParser, type Parse } from "./parse.ts";
import { type Files, type LibraryModules, loadProgram } from "./program.ts";

export { CompileError, reportOf } from "./errors.ts";
export { disassemble } from "./disassemble.ts";
export { type LineTable, type SourceFrame, symbolize } from "./lines.ts";
export { verify, type Violation } from "./verify.ts";

export interface CompileOptions {
  /** Texts by path in the zip, such as `motor_failure.py`. */
  readonly files: Files;
  /** Path of the main module: `motor_failure`, `package.module`. */
  readonly main: string;
  /** The function of the main module that handles events. Without one the program is a script, and `__name__` is `__main__`. */
  readonly handler?: string;
}

export interface Compiled {
  readonly image: Uint8Array;
  readonly imageBytes: number;
  readonly lines: LineTable;
  /** Names of the global slots, for listings. */
  readonly globals: readonly string[];
  /** The sources, for listings; those of the library that are linked too. */
  readonly files: Files;
}

export interface Compiler {
  /** Throws CompileError. */
  compile(options: CompileOptions): Compiled;
}

/** Loads the parser from the npm packages, or from the bytes of its two files (in a browser or a bundle). */
export async function loadCompiler(wasm?: { treeSitter: Uint8Array; python: Uint8Array }): Promise<Compiler> {
  const parse = await loadParser(wasm);
  const modules = libraryModules(parse);
  let library: Library | undefined;
  return {
    compile: (options) => {
      library ??= loadLibrary(parse);
      return compile(parse, library, modules, options);
    },
  };
}

function compile(parse: Parse, library: Library, modules: LibraryModules, { files, main, handler }: CompileOptions): Compiled {
  try {
    const program = loadProgram(parse, files, modules, main, handler === undefined ? "__main__" : main);
    const { image, lines, globals } = build(link(program, handler), library);
    const texts = lines.files.map((file) => [file, libraryFile(file)] as const).filter((entry) => entry[1] !== undefined);
    return { image, imageBytes: image.length, lines, globals, files: { ...Object.fromEntries(texts) as Files, ...files } };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Our own stack is the only one that can run out: the program is nested too deeply for it.
    const file = Object.keys(files).find((path) => path === `${main.replaceAll(".", "/")}.py`) ?? `${main}.py`;
    throw new CompileError({ file, text: files[file] ?? "" }, { start: 0, end: 0 }, "the program is nested too deeply", "Give parts of its expressions names of their own.");
  }
}
