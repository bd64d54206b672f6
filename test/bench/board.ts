/**
 * Exact figures of the runtime: sizes of the firmware, bytes of images, and instructions of one handler call on a Cortex-M3 in QEMU for
 * the programs of ../shared/bench/python (skipped when they are not there). A call comes and goes over the link; what an empty handler
 * costs that way is measured too and taken off.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { loadCompiler } from "../../compiler/index.ts";
import { portNamed } from "../../daemon/cli/ports.ts";
import { firmwareOf } from "../../daemon/cli/qemu.ts";

const PROGRAMS = fileURLToPath(new URL("../../../shared/bench/python/", import.meta.url));
/** Millions of instructions of MicroPython 1.29 for the same calls on the same core, look-up caches on. */
const MICROPYTHON: Readonly<Record<string, number>> = { fib: 1.245, loops: 1.189, ks: 2.298, sortlist: 1.009, dicts: 1.6, strings: 1.911, classes: 1.062, mandel: 11.68, jsonev: 0.751, gens: 0.827, crc: 1.238, sieve: 0.977 };
/** Calls in the longer of two runs; their difference leaves start-up out. Waiting for the line adds a little: the least of some such pairs counts. */
const CALLS = 6, PAIRS = 4;

const board = portNamed("lm3s6965evb");

async function instructionsOfCall(image: Uint8Array, event: string): Promise<number> {
  const run = async (repeat: number): Promise<number> => {
    const outcome = await board.run(image, { event, repeat, countInstructions: true, print: () => {} });
    if (outcome.state !== "done") throw new Error(`the program failed on the board: ${JSON.stringify(outcome)}`);
    return outcome.instructions ?? 0;
  };
  let least = Infinity;
  for (let pair = 0; pair < PAIRS; pair++) {
    const once = await run(1);
    least = Math.min(least, (await run(CALLS) - once) / (CALLS - 1));
  }
  return Math.round(least);
}

/** Bytes of flash and of RAM besides the pool that functions share. */
function firmwareSizes(): object {
  const columns = execFileSync("arm-none-eabi-size", [firmwareOf("lm3s6965evb")], { encoding: "utf8" }).split("\n")[1]?.trim().split(/\s+/).map(Number) ?? [];
  const [text = 0, data = 0, bss = 0] = columns;
  return { flashBytes: text + data, staticRamBytes: data + bss };
}

/** @returns firmware sizes, and for each program image bytes, instructions of a call and their ratio to MicroPython's */
export async function benchBoard(): Promise<object> {
  const compiler = await loadCompiler();
  const motor = fileURLToPath(new URL("../../examples/motor/", import.meta.url));
  const files = Object.fromEntries(readdirSync(motor).filter((file) => file.endsWith(".py")).map((file) => [file, readFileSync(motor + file, "utf8")]));
  const images = { "motor-failure": compiler.compile({ files, main: "motor_failure", handler: "handler" }).image.length };
  const firmware = { lm3s6965evb: firmwareSizes() };
  if (!existsSync(PROGRAMS)) return { firmware, images, programs: "skipped: ../shared/bench/python is not there" };
  const empty = compiler.compile({ files: { "empty.py": "def handler(event, context):\n    return event\n" }, main: "empty", handler: "handler" });
  const emptyCall = await instructionsOfCall(empty.image, '{"n": 1}');
  const cases = JSON.parse(readFileSync(`${PROGRAMS}expected.json`, "utf8")) as Record<string, { board: { n: number } }>;
  const programs: Record<string, { imageBytes: number; instructions: number; ofMicroPython: number }> = {};
  for (const [name, { board: { n } }] of Object.entries(cases)) {
    const { image } = compiler.compile({ files: { [`${name}.py`]: readFileSync(`${PROGRAMS}${name}.py`, "utf8") }, main: name, handler: "handler" });
    const instructions = await instructionsOfCall(image, JSON.stringify({ n })) - emptyCall;
    programs[name] = { imageBytes: image.length, instructions, ofMicroPython: Math.round(instructions / (MICROPYTHON[name] ?? NaN) / 1e4) / 100 };
  }
  const each = Object.values(programs);
  const geometricMean = Math.exp(each.reduce((sum, { ofMicroPython }) => sum + Math.log(ofMicroPython), 0) / each.length);
  return { firmware, images, emptyCall, programs, ofMicroPython: Math.round(geometricMean * 100) / 100, imageBytesTogether: each.reduce((sum, { imageBytes }) => sum + imageBytes, 0) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(JSON.stringify(await benchBoard(), null, 2));
