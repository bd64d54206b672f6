/** Python functions: compiled when they are deployed, so that what the language here lacks is said then. */
import { createHash } from "node:crypto";
import { CompileError, loadCompiler, reportOf, type Compiler } from "../../compiler/index.ts";
import { GatewayError } from "../errors.ts";
import { ENTRY_FILE } from "../sandbox/python/engine.ts";
import { packPython, unpackPython, type PythonPackage } from "../sandbox/python/package.ts";
import type { Lambda } from "./lambda.ts";
import type { Runtime } from "./runtimes.ts";

/** The parser's two WebAssembly files. */
export interface ParserFiles { readonly treeSitter: Uint8Array; readonly python: Uint8Array }

/** Lambda's context object, for handlers that look at it; the others pay nothing for it. */
const entrySource = (module: string, handler: string): string => `
import time
from ${module} import ${handler} as _handler

class LambdaContext:
    def __init__(self, fields):
        self.function_name = fields["function_name"]
        self.function_version = fields["function_version"]
        self.invoked_function_arn = fields["invoked_function_arn"]
        self.memory_limit_in_mb = fields["memory_limit_in_mb"]
        self.aws_request_id = fields["aws_request_id"]
        self.log_group_name = fields["log_group_name"]
        self.log_stream_name = fields["log_stream_name"]
        self.identity = None
        self.client_context = None
        self.deadline_ms = fields["deadline_ms"]

    def get_remaining_time_in_millis(self):
        return max(0, int(self.deadline_ms - time.time() * 1000))

def handler(event, fields):
    return _handler(event, None if fields is None else LambdaContext(fields))
`;

/** The runtime for \`python3.x\`. */
export function pythonRuntime(parser: () => ParserFiles): Runtime {
  let compiler: Promise<Compiler> | undefined;
  return {
    names: ["python3.12", "python3.11", "python3.13", "python3.10", "python3.9"],
    async prepare(files, handler) {
      compiler ??= loadCompiler(parser());
      const { compile } = await compiler;
      const sources = sourcesOf(files);
      const dot = handler.lastIndexOf(".");
      const main = handler.slice(0, dot).replaceAll("/", ".");
      const name = handler.slice(dot + 1);
      if (dot < 1 || !/^\w+$/.test(name)) throw new GatewayError(3010, `the handler ${handler} is not FILE.FUNCTION, such as motor_failure.handler`);
      if (!(`${main.replaceAll(".", "/")}.py` in sources)) {
        throw new GatewayError(3011, `Unable to import module '${main}': No module named '${main}'; the zip holds ${Object.keys(files).slice(0, 6).join(", ") || "nothing"}`);
      }
      const looks = Object.values(sources).some((text) => /\bcontext\s*\./.test(text));
      try {
        return packPython(looks
          ? compile({ files: { ...sources, [ENTRY_FILE]: entrySource(main, name) }, main: ENTRY_FILE.replace(".py", ""), handler: "handler" })
          : compile({ files: sources, main, handler: name }));
      } catch (error) {
        if (error instanceof CompileError) throw new GatewayError(3012, reportOf(error), { cause: error });
        throw error;
      }
    },
  };
}

function sourcesOf(files: Readonly<Record<string, Uint8Array>>): Record<string, string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.endsWith(".py")).map(([path, bytes]) => {
    try {
      return [path, decoder.decode(bytes)];
    } catch (cause) {
      throw new GatewayError(3013, `${path} is not UTF-8; save it so`, { cause });
    }
  }));
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
  const found = { ...code, hash: createHash("sha256").update(code.image).digest() };
  known.set(name, { revisionId: record.revisionId, found });
  return found;
}
