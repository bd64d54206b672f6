/**
 * Judges recordings of a real fan (balanced and with a coin on one blade) that were not used to choose anything. The recordings lie beside
 * the checkout, in ../shared/data/ceiling-fan (CSV: recording, x_g, y_g, z_g; 200 samples a second); they are not part of the project.
 *
 * Chosen beforehand on the first 20 recordings of each class: a reading of 0.2 s, a window and a reference of 32 readings, the threshold 0.5.
 * Judged here: every window of 32 consecutive readings in the last 20 recordings of each class.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readingsOfCsv } from "../../plugins/virtual-board/recording.ts";

const DATA = fileURLToPath(new URL("../../../shared/data/ceiling-fan", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
const MAIN = fileURLToPath(new URL("../../daemon/main.ts", import.meta.url));
const REFERENCE = 32;
const TRAINING = 100; // readings of the first 20 recordings, 5 each

interface Verdict { verdict: string; statistic: number }

/** Calls the handler for every window of the readings; the same file on CPython and on IoTPy. */
const JUDGE_ALL = `
from motor_failure import handler as judge, WINDOW

def handler(event, context):
    readings = event["readings"]
    return [judge({"window": readings[i:i + WINDOW]}, context) for i in range(len(readings) - WINDOW + 1)]
`;

function judge(readings: readonly number[], reference: readonly number[]): { cpython: string; iotpy: string } {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-motor-"));
  try {
    cpSync(join(HERE, "motor_failure.py"), join(dir, "motor_failure.py"));
    writeFileSync(join(dir, "reference.py"), `HEALTHY = (${reference.join(", ")})\n`);
    writeFileSync(join(dir, "judge_all.py"), JUDGE_ALL);
    const event = JSON.stringify({ readings });
    const script = "import json, sys, judge_all; print(json.dumps(judge_all.handler(json.loads(sys.argv[1]), None)))";
    const cpython = execFileSync("python3", ["-B", "-c", script, event], { cwd: dir, encoding: "utf8" });
    const iotpy = execFileSync(process.execPath, ["--import", "tsx", MAIN, "call", join(dir, "judge_all.py"), "handler", "--event", event, "--memory", "262144"], { encoding: "utf8" });
    return { cpython: cpython.trim(), iotpy: iotpy.trim() };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

for (const speed of ["low", "med", "high"]) {
  const name = `a real fan at ${speed} speed: balanced and unbalanced are told apart, with CPython's own results`;
  if (!existsSync(DATA)) {
    console.log(`SKIP ${name}: the recordings are not beside this checkout`);
    continue;
  }
  test(name, () => {
    const balanced = readingsOfCsv(join(DATA, `${speed}-balanced.csv`));
    const unbalanced = readingsOfCsv(join(DATA, `${speed}-unbalanced.csv`));
    const reference = Array.from({ length: REFERENCE }, (_, i) => balanced[Math.floor((i * TRAINING) / REFERENCE)] ?? 0);
    const counts = [balanced, unbalanced].map((readings) => {
      const { cpython, iotpy } = judge(readings.slice(TRAINING), reference);
      assert.is(iotpy, cpython);
      const verdicts = JSON.parse(iotpy) as Verdict[];
      return { healthy: verdicts.filter(({ verdict }) => verdict === "healthy").length, failing: verdicts.filter(({ verdict }) => verdict === "failing").length };
    });
    const [good, bad] = counts;
    console.log(`${speed}: balanced ${good?.healthy} healthy, ${good?.failing} failing; unbalanced ${bad?.healthy} healthy, ${bad?.failing} failing`);
    assert.equal(good, { healthy: 69, failing: 0 });
    assert.equal(bad, { healthy: 0, failing: 69 });
  });
}

test("the example's own reference calls the modelled motor healthy, and twice its vibration failing", () => {
  const script = "import motor_failure, reference; h = list(reference.HEALTHY); print([motor_failure.handler({'window': w}, None)['verdict'] for w in (h, [2 * x for x in h], h[:5])])";
  assert.is(execFileSync("python3", ["-B", "-c", script], { cwd: HERE, encoding: "utf8" }).trim(), "['healthy', 'failing', 'filling']");
});

test.run();
