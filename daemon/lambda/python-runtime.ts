/** Python functions: compiled when they are deployed, so that what the language here lacks is said then. */
import { createHash } from "node:crypto";
import { MODULES } from "../../compiler/builtins.ts";
import { CompileError, type CompileOptions, type Compiler, loadCompiler, reportOf } from "../../compiler/index.ts";
import { GatewayError } from "../errors.ts";
import { ENTRY_FILE } from "../sandbox/python/failure.ts";
import { type NoHandler, PACKAGE_VERSION, packPython, type PythonPackage, unpackPython } from "../sandbox/python/package.ts";
import type { Lambda } from "./lambda.ts";
import { entrySource, looksAtContext } from "./python-entry.ts";
import type { Runtime } from "./runtimes.ts";

/** The parser's two WebAssembly files. */
export interface ParserFiles { readonly treeSitter: Uint8Array; readonly python: Uint8Array }

const NO_MODULE = "Runtime.ImportModuleError";

/** The runtime for `python3.x`; its code runs on one build of IoTPy (iotpy.wasm). */
export function pythonRuntime(parser: () => ParserFiles, iotpy: Uint8Array): Runtime {
  let compiler: Promise<Compiler> | undefined;
  const version = `${PACKAGE_VERSION}-${createHash("sha256").update(iotpy).digest("hex")}`;
  return {
    version: () => version,
    names: ["python3.12", "python3.11", "python3.13", "python3.10", "python3.9"],
    async prepare(files, handler) {
      compiler ??= loadCompiler(parser());
      const made = prepare(await compiler, files, handler);
      return { code: packPython(made), ...("image" in made ? {} : { handlerless: made.errorMessage }) };
    },
  };
}

/** @throws GatewayError 3012 for what the language here lacks, or no language has */
function prepare(compiler: Compiler, files: Readonly<Record<string, Uint8Array>>, setting: string): PythonPackage | NoHandler {
  const dot = setting.lastIndexOf(".");
  if (dot < 1) return { errorType: "Runtime.MalformedHandlerName", errorMessage: `Bad handler '${setting}': not enough values to unpack (expected 2, got 1); a handler is FILE.FUNCTION, such as motor_failure.handler` };
  const main = setting.slice(0, dot).replaceAll("/", ".");
  const handler = setting.slice(dot + 1);
  if (MODULES.some(({ name }) => name === main)) return { errorType: "Runtime.BuiltInModuleConflict", errorMessage: `Cannot use built-in module ${main} as a handler module; give the file another name` };
  const sources = sourcesOf(files);
  const file = [`${main.replaceAll(".", "/")}/__init__.py`, `${main.replaceAll(".", "/")}.py`].find((path) => path in sources);
  if (file === undefined) return { errorType: NO_MODULE, errorMessage: `Unable to import module '${main}': No module named '${main}'; the zip holds ${Object.keys(files).slice(0, 6).join(", ")}` };
  try {
    const looks = looksAtContext(sources[file] ?? "", handler);
    return (looks ? compileWithContext(compiler, sources, { main, file, handler }) : undefined) ?? compiled(compiler, { files: sources, main, handler });
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    if (error.message.startsWith(`Handler '${handler}' missing on module`)) return { errorType: "Runtime.HandlerNotFound", errorMessage: `${error.message}. ${error.hint ?? ""}`.trim() };
    throw new GatewayError(3012, reportOf(error), { cause: error });
  }
}

/** A name for the file of the handler where its own is none that Python imports, such as `my-function`. */
const ALIAS = "_lambda_main";

/** The program with ../lambda/python-entry.ts before it; undefined when it does not compile: compiled alone it says why in its own terms. */
function compileWithContext(compiler: Compiler, sources: Readonly<Record<string, string>>, { main, file, handler }: { main: string; file: string; handler: string }): PythonPackage | undefined {
  const isImportable = /^[^\W\d]\w*(\.[^\W\d]\w*)*$/u.test(main);
  const files = { ...sources, [ENTRY_FILE]: entrySource(isImportable ? main : ALIAS, handler), ...(isImportable ? {} : { [`${ALIAS}.py`]: sources[file] ?? "" }) };
  try {
    const { image, lines, sources: texts } = compiled(compiler, { files, main: ENTRY_FILE.replace(".py", ""), handler: "handler" });
    return { image, lines: { ...lines, files: lines.files.map((path) => (path === `${ALIAS}.py` ? file : path)) }, sources: { ...texts, [file]: sources[file] ?? "" } };
  } catch (error) {
    if (error instanceof CompileError) return undefined;
    throw error;
  }
}

function compiled({ compile }: Compiler, options: CompileOptions): PythonPackage {
  const { image, lines } = compile(options);
  return { image, lines, sources: Object.fromEntries(lines.files.filter((path) => path in options.files && path !== ENTRY_FILE).map((path) => [path, options.files[path] ?? ""])) };
}

/** The Python files, and an empty `__init__.py` for each folder that does without, as Python lets it. */
function sourcesOf(files: Readonly<Record<string, Uint8Array>>): Record<string, string> {
  const sources: Record<string, string> = {};
  for (const [path, bytes] of Object.entries(files)) {
    if (!path.endsWith(".py")) continue;
    sources[path] = textOf(path, bytes);
    for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
      const folder = path.slice(0, slash);
      if (!(`${folder}.py` in files)) sources[`${folder}/__init__.py`] ??= "";
    }
  }
  return sources;
}

function textOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new GatewayError(3013, `${path} is not UTF-8; save it so`, { cause });
  }
}

const images = new WeakMap<Lambda, Map<string, { revisionId: string; found: PythonPackage & { hash: Uint8Array } }>>();

/** The image of a deployed Python function with its SHA-256, or undefined when there is no such function. */
export function pythonImage(lambda: Lambda, name: string): (PythonPackage & { readonly hash: Uint8Array }) | undefined {
  const record = lambda.functions.find(name);
  const known = images.get(lambda) ?? new Map<string, { revisionId: string; found: PythonPackage & { hash: Uint8Array } }>();
  images.set(lambda, known);
  if (!record?.runtime.startsWith("python")) return undefined;
  const kept = known.get(name);
  if (kept?.revisionId === record.revisionId) return kept.found;
  const prepared = lambda.functions.preparedOf(name);
  if (!prepared) return undefined;
  const code = unpackPython(prepared);
  if (!("image" in code)) return undefined;
  const found = { ...code, hash: createHash("sha256").update(code.image).digest() };
  known.set(name, { revisionId: record.revisionId, found });
  return found;
}
