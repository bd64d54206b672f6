/** Random programs print on IoTPy what they print on CPython, and end with the same exception. */
import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runCampaign } from "./programs/campaign.ts";
import { buildRuntime } from "./run.ts";

const COUNT = 500;
const missing = ["gcc", "python3"].filter((command) => spawnSync(command, ["--version"]).status !== 0);
if (missing.length > 0) console.log(`SKIP random programs: ${missing.join(", ")} not there`);

(missing.length === 0 ? test : test.skip)(`${COUNT} random programs do on IoTPy what they do on CPython`, async () => {
  buildRuntime("stream");
  const { counts, sampled, findings } = await runCampaign({ count: COUNT, seed: 1, samples: { wasm: 10 } });
  assert.equal(findings, []);
  assert.ok((sampled["wasm"] ?? 0) > COUNT / 20, JSON.stringify(sampled));
  assert.ok(counts.same > COUNT / 2, JSON.stringify(counts));
});

test.run();
