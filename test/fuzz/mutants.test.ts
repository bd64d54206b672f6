/** The verifier in C and the one in TypeScript say the same of images that are nearly valid; what passes runs without touching what is not its own. */
import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runMutants } from "./mutants/campaign.ts";
import { buildRuntime } from "./run.ts";

const compiler = spawnSync("gcc", ["--version"]).status === 0;
if (!compiler) console.log("SKIP mutants of images: gcc is not there");
/** Rules that a change of a field breaks: most of spec/verifier.md. */
const RULES_MIN = 30;

(compiler ? test : test.skip)("the two verifiers agree on 100,000 mutants", async () => {
  buildRuntime("stream");
  const { findings, rules, passed, mutants } = await runMutants({ count: 100_000, seed: 1, run: false });
  assert.equal(findings, []);
  assert.ok(Object.keys(rules).length >= RULES_MIN && passed > mutants / 10, JSON.stringify(rules));
});

(compiler ? test : test.skip)("what passes of 30,000 mutants runs under sanitizers", async () => {
  buildRuntime("stream-fail");
  const { findings, passed } = await runMutants({ count: 30_000, seed: 1_000_000, run: true });
  assert.equal(findings, []);
  assert.ok(passed > 1000);
});

test.run();
