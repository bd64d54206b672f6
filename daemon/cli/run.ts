/** `nanolambda run`: a Python file as a script on a port of the runtime. */
import { dirname } from "node:path";
import type { Compiled } from "../../compiler/index.ts";
import { compileFile } from "./compile.ts";
import { type Outcome, type Port, portNamed } from "./ports.ts";
import { traceback } from "./traceback.ts";

export interface RunOptions {
  /** A port's name; default wasm. */
  readonly board?: string;
  /** Units; default: no limit. */
  readonly fuel?: number;
  /** Bytes of the arena; default: the port's own. */
  readonly memory?: number;
}

/** Prints what the program prints, and its traceback on stderr; returns the exit code. */
export async function run(file: string, options: RunOptions = {}): Promise<number> {
  const port = portNamed(options.board);
  const compiled = await compileFile(file);
  const outcome = await port.run(compiled.image, { ...limits(options), print: toStdout });
  return exitCode(compiled, outcome, file, port, options);
}

export function toStdout(utf8: Uint8Array): void {
  process.stdout.write(utf8.slice());
}

export function limits({ fuel, memory }: RunOptions): { fuel?: number; memoryBytes?: number } {
  return { ...(fuel === undefined ? {} : { fuel }), ...(memory === undefined ? {} : { memoryBytes: memory }) };
}

/** 0 when done, 1 after an exception or without fuel, the code of a SystemExit; says why on stderr. */
export function exitCode(compiled: Compiled, { state, error }: Outcome, file: string, port: Port, options: RunOptions): number {
  if (state === "done") return 0;
  if (state === "fuel") {
    process.stderr.write(`the program has used up its fuel (${options.fuel}) on ${port.name}; give more with --fuel\n`);
    return 1;
  }
  if (error?.errorType === "SystemExit" && /^\d*$/.test(error.errorMessage)) return Number(error.errorMessage) & 255;
  const folder = dirname(file);
  if (error !== undefined) process.stderr.write(traceback(compiled, error, folder === "." ? "" : `${folder}/`));
  return 1;
}
