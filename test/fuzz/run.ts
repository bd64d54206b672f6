/** Fuzzing from the command line: `npm run fuzz -- TARGET [SECONDS]` for the libFuzzer targets, `-- programs`, … (README.md). */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PORT_NAMES } from "../../daemon/cli/ports.ts";
import { failAllocations } from "./allocations.ts";
import { compareNumbers } from "./numbers.ts";
import { runMutants } from "./mutants/campaign.ts";
import { runCampaign } from "./programs/campaign.ts";
import { corpusOf } from "./corpora.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds a port of device/build.sh. */
export function buildRuntime(port: string): void {
  const built = spawnSync("bash", ["device/build.sh", port], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`${port} could not be built:\n${built.stderr}`);
}

export interface FuzzResult { readonly output: string; /** Inputs that end a run badly. */ readonly found: readonly string[] }

/**
 * Runs a target of device/fuzz; inputs that take longer than 5 s are passed over.
 * @throws Error when it cannot be built
 */
export async function fuzz(target: string, seconds: number): Promise<FuzzResult> {
  const built = spawnSync("sh", ["device/fuzz/build.sh", target], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the target ${target} could not be built:\n${built.stderr}`);
  const corpus = await corpusOf(target);
  const found = join(root, "build/fuzz", `${target}-found`);
  mkdirSync(found, { recursive: true });
  const before = new Set(readdirSync(found));
  const words = [`-fork=${cpus().length}`, "-ignore_timeouts=1", "-timeout=5", "-max_len=4096", `-max_total_time=${seconds}`, `-artifact_prefix=${found}/`, corpus];
  const { stdout, stderr } = spawnSync(join(root, "build/fuzz", target), words, { cwd: found, env: { ...process.env, TEXT_IMAGE: join(root, "build/fuzz/text.image") }, encoding: "utf8", maxBuffer: 1 << 28 });
  return { output: (stdout + stderr).slice(-6000), found: readdirSync(found).filter((name) => name.startsWith("crash-") && !before.has(name)) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [target = "image", ...words] = process.argv.slice(2);
  process.exitCode = (await runWords(target, words)) ? 0 : 1;
}

/** A number that follows its word: `--count 1000`. */
function numberAfter(words: readonly string[], word: string, otherwise: number): number {
  return words.includes(word) ? Number(words[words.indexOf(word) + 1]) : otherwise;
}

/** @returns whether nothing was found */
async function runWords(target: string, words: readonly string[]): Promise<boolean> {
  if (target === "programs") {
    buildRuntime("stream");
    const samples = Object.fromEntries(PORT_NAMES.flatMap((port) => (words.includes(`--${port}`) ? [[port, numberAfter(words, `--${port}`, 100)]] : [])));
    const { counts, sampled, findings } = await runCampaign({ count: numberAfter(words, "--count", 1000), seed: numberAfter(words, "--seed", 1), samples, report: console.log });
    console.log(JSON.stringify({ ...counts, sampled }));
    return findings.length === 0;
  }
  if (target === "allocations") {
    buildRuntime("stream-fail");
    const result = await failAllocations({ step: numberAfter(words, "--step", 1), only: words.includes("--only") ? (words[words.indexOf("--only") + 1] ?? "") : "", report: console.log });
    console.log(JSON.stringify(result));
    return result.findings.length === 0;
  }
  if (target === "numbers") {
    buildRuntime("numbers");
    const count = numberAfter(words, "--count", 1_000_000);
    const { functions, texts } = await compareNumbers({ count, texts: numberAfter(words, "--texts", 10 * count), seed: numberAfter(words, "--seed", 1), report: console.log });
    return texts?.wrong === 0 && functions.every(({ worst }) => worst !== "other" && worst <= 2);
  }
  if (target === "mutants") {
    const run = words.includes("--run");
    buildRuntime(run ? "stream-fail" : "stream");
    const result = await runMutants({ count: numberAfter(words, "--count", 100_000), seed: numberAfter(words, "--seed", 1), run, report: console.log });
    console.log(JSON.stringify(result));
    return result.findings.length === 0;
  }
  const { output, found } = await fuzz(target, Number(words[0] ?? 60));
  console.log(output);
  return found.length === 0;
}
