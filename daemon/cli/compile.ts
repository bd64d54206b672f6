/** `nanolambda compile`: a Python program's image, its size and its listing. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { asset } from "../assets.ts";
import { GatewayError, messageOf } from "../errors.ts";
import { CompileError, type Compiled, disassemble, loadCompiler, reportOf } from "../../compiler/index.ts";

export interface CompileCommandOptions { readonly output?: string; readonly disassemble?: boolean }

export async function compile(file: string, options: CompileCommandOptions): Promise<void> {
  const compiled = await compileFile(file, handlerOf(readText(file)));
  const { image, lines } = compiled;
  const output = options.output;
  if (output !== undefined) writeFileSync(output, image);
  if (options.disassemble === true) process.stdout.write(`${disassemble(compiled)}\n`);
  else process.stdout.write(`${output ?? basename(file)}: ${image.length} bytes, ${lines.functions.length} functions\n`);
}

/** A file that defines `handler` at its top level is a function of the gateway, any other a script. */
const handlerOf = (text: string): string | undefined => (/^(?:def handler\s*\(|handler\s*=)/m.test(text) ? "handler" : undefined);

/**
 * The image of a file and of those beside it that it imports; with a handler, the image of a function.
 * @throws GatewayError 3001 the file cannot be read, 3002 the program is refused: the message holds file, line, column and the marked source
 */
export async function compileFile(file: string, handler?: string): Promise<Compiled> {
  readText(file);
  const folder = dirname(resolve(file));
  const compiler = await loadCompiler({ treeSitter: asset("tree-sitter.wasm"), python: asset("python.wasm") });
  const main = basename(file).replace(/\.py$/, "");
  try {
    return compiler.compile({ files: pythonFiles(folder, basename(file)), main, ...(handler === undefined ? {} : { handler }) });
  } catch (error) {
    if (error instanceof CompileError) throw new GatewayError(3002, reportOf(error), { cause: error });
    throw error;
  }
}

function readText(file: string): string {
  if (!file.endsWith(".py")) throw new GatewayError(3001, `${file} is no Python file; name one that ends in .py`);
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new GatewayError(3001, `${file} cannot be read (${messageOf(cause)}); name an existing Python file`, { cause });
  }
}

/** Folders deeper than this hold no packages of a function. */
const DEPTH_MAX = 4;
const FILES_MAX = 1000;

/** The texts of the Python files in a folder and its packages, by their path from there. */
function pythonFiles(folder: string, main: string): Record<string, string> {
  const files: Record<string, string> = { [main]: readFileSync(join(folder, main), "utf8") };
  const visit = (path: string, depth: number): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (Object.keys(files).length >= FILES_MAX || entry.name.startsWith(".")) continue;
      if (entry.isFile() && entry.name.endsWith(".py")) files[inner] = readFileSync(join(folder, inner), "utf8");
      else if (entry.isDirectory() && depth < DEPTH_MAX && /^[\p{XID_Start}_][\p{XID_Continue}]*$/u.test(entry.name)) visit(inner, depth + 1);
    }
  };
  visit("", 0);
  return files;
}
