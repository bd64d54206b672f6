/**
 * The language tests: every program of this folder prints what its `# expect:` comments say, on CPython and on each port of IoTPy, which
 * work side by side. `posix-stress` collects and moves every object at every allocation.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadCompiler } from "../../compiler/index.ts";
import { portNamed } from "../../daemon/cli/ports.ts";
import { qemuMissing } from "../boards/qemu.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const programs = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".py")).sort();
const compiler = await loadCompiler();
/** Stops a program that loops for ever. */
const FUEL = 10_000_000;

/** The text after each `# expect: `, in order. */
function expected(source: string): string {
  return [...source.matchAll(/# expect:(?: (.*))?$/gm)].map(([, line]) => `${line ?? ""}\n`).join("");
}

const read = (program: string): string => readFileSync(join(folder, program), "utf8");

/** A line `# not on NAME: why` leaves a program out there. */
const runsOn = (name: string, program: string): boolean => !new RegExp(`^# not on ${name}\\b`, "m").test(read(program));

test("each program expects something", () => {
  assert.equal(programs.filter((program) => expected(read(program)) === ""), []);
});

test("CPython prints what is expected", () => {
  const both = programs.filter((program) => runsOn("CPython", program));
  const runner = fileURLToPath(new URL("../cpython.py", import.meta.url));
  const { stdout, stderr, status } = spawnSync("python3", [runner, ...both.map((program) => join(folder, program))], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.is(status, 0, stderr);
  const printed = JSON.parse(stdout) as string[];
  both.forEach((program, index) => assert.is(printed[index], expected(read(program)), program));
});

const missing = qemuMissing("lm3s6965evb");
if (missing !== undefined) console.log(missing);

const ports = ["wasm", "posix", "posix-stress", ...(missing === undefined ? ["lm3s6965evb"] : [])];
const images = new Map<string, Promise<Uint8Array>>();
/** All ports work at once: what each prints wrong, a line for every program. */
const wrong = new Map(ports.map((name) => [name, wrongOn(name)]));

for (const name of ["wasm", "posix", "posix-stress", "lm3s6965evb"]) {
  const check = wrong.has(name) ? test : test.skip;
  check(`${name} prints what is expected`, async () => assert.is((await wrong.get(name) ?? []).join("\n"), ""));
}

async function wrongOn(name: string): Promise<string[]> {
  const found: string[] = [];
  for (const program of programs.filter((program) => runsOn(name, program))) {
    const { printed, error } = await run(name, program), wanted = expected(read(program));
    if (error !== undefined || printed !== wanted) found.push(`${program}: ${error ?? firstDifference(printed, wanted)}`);
  }
  return found;
}

/** Compiled once for all ports, when the first comes to it. */
function imageOf(program: string): Promise<Uint8Array> {
  const image = images.get(program) ?? Promise.resolve().then(() => compiler.compile({ files: { "program.py": read(program) }, main: "program" }).image);
  images.set(program, image);
  return image;
}

async function run(name: string, program: string): Promise<{ printed: string; error?: string }> {
  let printed = "";
  const decoder = new TextDecoder();
  try {
    const { state, error } = await portNamed(name).run(await imageOf(program), { fuel: FUEL, print: (utf8) => { printed += decoder.decode(utf8, { stream: true }); } });
    return state === "done" ? { printed } : { printed, error: `${state} ${error?.errorType}: ${error?.errorMessage}, after ${JSON.stringify(printed.slice(-80))}` };
  } catch (error) {
    return { printed, error: String(error) };
  }
}

function firstDifference(printed: string, wanted: string): string {
  const got = printed.split("\n"), want = wanted.split("\n");
  const line = want.findIndex((text, index) => text !== got[index]);
  return `line ${line + 1} is ${JSON.stringify(got[line])}, not ${JSON.stringify(want[line])}`;
}

test.run();
