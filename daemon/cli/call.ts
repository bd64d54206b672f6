/** `nanolambda call`: a handler with one event on a port of the runtime. */
import { GatewayError } from "../errors.ts";
import { compileFile } from "./compile.ts";
import { portNamed } from "./ports.ts";
import { exitCode, limits, type RunOptions, toStdout } from "./run.ts";

export interface CallOptions extends RunOptions {
  /** JSON text. */
  readonly event: string;
  /** How often the handler is called; the last result counts. Default 1. */
  readonly repeat?: number;
  /** Adds a line of JSON: imageBytes, arenaBytesPeak, fuel, and instructions where the port counts them. */
  readonly stats?: boolean;
}

/** Prints what the handler prints and its result as a line of JSON; a traceback goes to stderr. Returns the exit code. */
export async function call(file: string, handler: string, options: CallOptions): Promise<number> {
  checkEvent(options.event);
  const port = portNamed(options.board);
  const compiled = await compileFile(file, handler);
  const { event, repeat = 1, stats = false } = options;
  const outcome = await port.run(compiled.image, { ...limits(options), event, repeat, countInstructions: stats, print: toStdout });
  if (outcome.result !== undefined) process.stdout.write(`${outcome.result}\n`);
  const code = exitCode(compiled, outcome, file, port, options);
  const { fuel, arenaBytesPeak, instructions } = outcome;
  if (stats) process.stdout.write(`${JSON.stringify({ imageBytes: compiled.imageBytes, arenaBytesPeak, fuel, instructions })}\n`);
  return code;
}

function checkEvent(event: string): void {
  try {
    JSON.parse(event);
  } catch (cause) {
    throw new GatewayError(3006, `the event is not JSON: ${event.slice(0, 80)}; an example: --event '{"n": 3}'`, { cause });
  }
}
