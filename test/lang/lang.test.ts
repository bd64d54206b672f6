/**
 * The language tests: every program of this folder prints what its `# expect:` comments say, on CPython and on each port of IoTPy.
 * The board runs them all in one QEMU after another; `posix-stress` collects and moves every object at every allocation.
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

test("each program expects something", () => {
  assert.equal(programs.filter((program) => expected(read(program)) === ""), []);
});

test("CPython prints what is expected", () => {
  for (const program of programs.filter((name) => !read(name).includes("\n# not on CPython"))) {
    const { stdout, stderr } = spawnSync("python3", ["-W", "ignore", join(folder, program)], { encoding: "utf8" });
    assert.is(stdout + stderr, expected(read(program)), program);
  }
});

const missing = qemuMissing("lm3s6965evb");
if (missing !== undefined) console.log(missing);

for (const name of ["wasm", "posix", "posix-stress", "lm3s6965evb"]) {
  const check = name === "lm3s6965evb" && missing !== undefined ? test.skip : test;
  check(`${name} prints what is expected`, async () => {
    const wrong: string[] = [];
    for (const program of programs) {
      const source = read(program);
      const { printed, error } = await run(name, source);
      if (error !== undefined || printed !== expected(source)) wrong.push(`${program}: ${error ?? firstDifference(printed, expected(source))}`);
    }
    assert.is(wrong.join("\n"), "");
  });
}

async function run(name: string, source: string): Promise<{ printed: string; error?: string }> {
  let printed = "";
  const decoder = new TextDecoder();
  try {
    const { image } = compiler.compile({ files: { "program.py": source }, main: "program" });
    const { state, error } = await portNamed(name).run(image, { fuel: FUEL, print: (utf8) => { printed += decoder.decode(utf8, { stream: true }); } });
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
