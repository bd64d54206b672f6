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
  const loaded = runModule(path, new Map());
  return { config: parseConfig(loaded.default ?? {}, path), folder: dirname(path) };
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
    throw new GatewayError(1004, `${path} could not be run: ${messageOf(error)}`, { cause: error });
  }
  return module.exports;
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
