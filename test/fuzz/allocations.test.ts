/** Memory that runs out at any allocation ends in MemoryError or in what the program makes of it, with a whole arena. `npm run fuzz -- allocations` tries all. */
import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { failAllocations } from "./allocations.ts";
import { buildRuntime } from "./run.ts";

const STEP = 23;
const compiler = spawnSync("gcc", ["--version"]).status === 0;
if (!compiler) console.log("SKIP failing allocations: gcc is not there");

(compiler ? test : test.skip)(`every ${STEP}rd allocation of the language tests may fail`, async () => {
  buildRuntime("stream-fail");
  const { findings, runs, memoryErrors } = await failAllocations({ step: STEP });
  assert.equal(findings, []);
  assert.ok(memoryErrors > runs / 2, `${memoryErrors} of ${runs}`);
});

test.run();
