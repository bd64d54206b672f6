/** Module `math` lies within one unit of the last place of CPython's results, and the texts of doubles are CPython's. `npm run fuzz -- numbers` tries millions. */
import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compareNumbers, type NumberResults } from "./numbers.ts";
import { buildRuntime } from "./run.ts";

const missing = ["gcc", "python3"].filter((command) => spawnSync(command, ["--version"]).status !== 0);
if (missing.length > 0) console.log(`SKIP random numbers: ${missing.join(", ")} not there`);
const check = missing.length > 0 ? test.skip : test;

/** What rounds once, so that there is one right answer. */
const EXACT = ["ceil", "copysign", "degrees", "fabs", "floor", "fmod", "radians", "sqrt", "trunc"];
/** The C library's own logarithm to base 10 is up to 1.6 units wrong: it is followed as far as that goes. */
const UNITS: Readonly<Record<string, number>> = { log10: 2 };

check("functions of math and texts of doubles agree with CPython's", async () => {
  buildRuntime("numbers");
  const { functions, texts }: NumberResults = await compareNumbers({ count: 20_000, texts: 200_000, seed: 1 });
  assert.ok(functions.length >= 25);
  assert.equal(functions.filter(({ function: name, worst }) => worst === "other" || worst > (EXACT.includes(name) ? 0 : (UNITS[name] ?? 1))), []);
  assert.is(texts?.wrong, 0, JSON.stringify(texts));
});

test.run();
