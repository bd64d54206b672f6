/**
 * `npm test`: sets the checkout up (npm packages, Debian packages when it may), builds, checks types, and runs every *.test.ts.
 * Each file runs in a process of its own, two at a time. The last line is `N passed, N failed, N skipped`.
 * `npm test -- WORD …` runs only the files whose path holds one of the words.
 */
import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleGateway, installPackages } from "../daemon/build.mjs";
import { installDebianPackages } from "./debian.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const FOLDERS = ["daemon", "plugins", "compiler", "device", "examples", "test"];
const FILE_SECONDS_MAX = 600;
const ATONCE = 2;

const words = process.argv.slice(2);
installPackages({ dev: true });
installDebianPackages();
await bundleGateway();

const totals = { passed: 0, failed: 0, skipped: 0 };
if (words.length === 0) await runStep("types", "npx", ["tsc", "-p", "."]);
if (words.length === 0) await runStep("device builds", "bash", ["device/build.sh", "posix", "posix-stress", "lm3s6965evb"]);

const files = FOLDERS.flatMap(testFiles).filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
const failures = [];
const queue = [...files];
await Promise.all(Array.from({ length: ATONCE }, async () => {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) await runFile(file);
}));

for (const { file, output } of failures) console.log(`\n--- ${file}\n${output}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 || (process.env.CI === "true" && totals.skipped > 0) ? 1 : 0);

function testFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts") && !entry.parentPath.includes("node_modules"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** A check without a count of its own: passed or failed as one. */
async function runStep(name, command, args) {
  const { status, output, seconds } = await run(command, args);
  if (status === 0) totals.passed++;
  else { totals.failed++; failures.push({ file: name, output }); }
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
}

async function runFile(file) {
  const { status, output, seconds } = await run(process.execPath, ["--import", "tsx", file]);
  const count = (label) => [...output.matchAll(new RegExp(`^\\s*${label}:\\s+(\\d+)`, "gm"))].reduce((sum, match) => sum + Number(match[1]), 0);
  const total = count("Total"), passed = count("Passed");
  const skips = output.split("\n").filter((line) => line.startsWith("SKIP "));
  const failed = Math.max(total - passed - count("Skipped"), status === 0 && total > 0 ? 0 : 1);
  totals.passed += passed;
  totals.skipped += count("Skipped") + skips.length;
  totals.failed += failed;
  console.log(`${failed === 0 ? "ok  " : "FAIL"} ${file}: ${passed} passed (${seconds} s)`);
  for (const skip of skips) console.log(`     ${skip}`);
  if (failed > 0) failures.push({ file, output });
}

function run(command, args) {
  const begun = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], detached: true });
    let output = "";
    const collect = (chunk) => { output = (output + chunk).slice(-60_000); };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const timer = setTimeout(() => { output += `\nstopped after ${FILE_SECONDS_MAX} s`; stop(child); }, FILE_SECONDS_MAX * 1000);
    child.on("exit", (code) => {
      clearTimeout(timer);
      stop(child);
      setTimeout(() => resolve({ status: code ?? 1, output, seconds: Math.round((Date.now() - begun) / 1000) }), 20);
    });
  });
}

/** Ends a test's whole process group, so that nothing it started outlives it. */
function stop(child) {
  try { process.kill(-child.pid, "SIGKILL"); } catch { /* already gone */ }
}
