/** Loads a configuration from disk: TypeScript or JavaScript, with its own imports, in a checkout and in the packaged executable alike. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { compileFunction } from "node:vm";
import { transform } from "sucrase";
import { type Config, parseConfig } from "../config.ts";
import { GatewayError, messageOf } from "../errors.ts";
import * as publicFace from "../public.ts";

interface Loaded { exports: Record<string, unknown> }

/**
 * Reads and checks a configuration file; no file at the default place is the empty configuration.
 * @throws GatewayError 1001, 1002 wrong content; 1003 the file cannot be read; 1004 it cannot be run
 */
export function loadConfig(file: string | undefined): { config: Config; folder: string } {
  const path = resolve(file ?? "nanolambda.config.ts");
  if (file === undefined && !existsSync(path)) return { config: parseConfig({}), folder: process.cwd() };
  if (!existsSync(path)) throw new GatewayError(1003, `${path} does not exist; name a configuration file with --config`);
  return { config: parseConfig(configurationOf(runModule(path, new Map()), path), path), folder: dirname(path) };
}

/** The default export, or what CommonJS exports. */
function configurationOf(loaded: Record<string, unknown>, path: string): unknown {
  if (loaded["default"] !== undefined || !("__esModule" in loaded)) return loaded["default"] ?? loaded;
  throw new GatewayError(1004, `${path} has no default export; write: export default defineConfig({ ... })`);
}

/** Runs one TypeScript or JavaScript module as CommonJS and returns its exports; `nanolambda` is the gateway's public face. */
function runModule(path: string, cache: Map<string, Loaded>): Record<string, unknown> {
  const known = cache.get(path);
  if (known) return known.exports;
  const module: Loaded = { exports: {} };
  cache.set(path, module);
  try {
    const { code } = transform(readFileSync(path, "utf8"), { transforms: ["typescript", "imports"], filePath: path, production: true });
    const names = ["exports", "require", "module", "__filename", "__dirname"];
    compileFunction(code, names, { filename: path })(module.exports, requireFrom(path, cache), module, path, dirname(path));
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw cannotRun(error, path);
  }
  return module.exports;
}

/** What a module does wrong, and where. */
function cannotRun(error: unknown, path: string): GatewayError {
  const [, syntax, line, column] = /^Error transforming .*?: (.*) \((\d+):(\d+)\)$/s.exec(messageOf(error)) ?? [];
  if (syntax !== undefined) return new GatewayError(1004, `${path}:${line}:${column}: ${syntax}\n${caretAt(path, Number(line), Number(column))}`, { cause: error });
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const place = stack.split("\n").find((frame) => frame.includes(`${path}:`))?.split(`${path}:`)[1];
  return new GatewayError(1004, `${path}${place === undefined ? "" : `:${/^\d+/.exec(place)?.[0] ?? ""}`} could not be run: ${messageOf(error)}`, { cause: error });
}

function caretAt(path: string, line: number, column: number): string {
  const text = readFileSync(path, "utf8").split(/\r?\n/)[line - 1] ?? "";
  return `    ${text}\n    ${text.slice(0, column - 1).replace(/[^\t]/g, " ")}^`;
}

function requireFrom(path: string, cache: Map<string, Loaded>): (specifier: string) => unknown {
  const require = createRequire(path);
  return (specifier) => {
    if (specifier === "nanolambda") return publicFace;
    if (!specifier.startsWith(".")) return require(specifier);
    const base = resolve(dirname(path), specifier);
    const source = [base, `${base}.ts`, base.replace(/\.js$/, ".ts"), `${base}/index.ts`].find((candidate) => candidate.endsWith(".ts") && existsSync(candidate));
    return source ? runModule(source, cache) : require(base);
  };
}
