/**
 * `npm run bench`: every figure as one JSON object on standard output, progress on standard error. `npm run bench -- log board` measures
 * only what is named.
 */
import { spawnSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { benchBoard } from "./board.ts";
import { benchInvoke } from "./invoke.ts";
import { benchLog } from "./log.ts";
import { benchS3 } from "./s3.ts";

const SECTIONS: Readonly<Record<string, () => Promise<object>>> = {
  log: benchLog,
  python: () => benchInvoke("python3.12"),
  javascript: () => benchInvoke("nodejs20.x"),
  s3: benchS3,
  board: measureBoard,
};

function measureBoard(): Promise<object> {
  const { status } = spawnSync("bash", [fileURLToPath(new URL("../../device/build.sh", import.meta.url)), "lm3s6965evb"], { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("the firmware could not be built; it needs gcc-arm-none-eabi");
  return benchBoard();
}

const words = process.argv.slice(2);
const unknown = words.find((word) => SECTIONS[word] === undefined);
if (unknown !== undefined) {
  console.error(`there is nothing called ${unknown} to measure; there are ${Object.keys(SECTIONS).join(", ")}`);
  process.exit(1);
}
const figures: Record<string, object> = { machine: { cpu: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 1e9), node: process.version } };
for (const [name, measure] of Object.entries(SECTIONS)) {
  if (words.length > 0 && !words.includes(name)) continue;
  console.error(`measuring ${name}`);
  figures[name] = await measure();
}
console.log(JSON.stringify(figures, null, 2));
process.exit(0);
