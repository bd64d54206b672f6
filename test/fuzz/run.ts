/** Builds and runs a fuzz target: `tsx test/fuzz/run.ts TARGET [SECONDS]`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { corpusOf } from "./corpora.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

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
  const { stdout, stderr } = spawnSync(join(root, "build/fuzz", target), words, { cwd: found, encoding: "utf8", maxBuffer: 1 << 28 });
  return { output: (stdout + stderr).slice(-6000), found: readdirSync(found).filter((name) => name.startsWith("crash-") && !before.has(name)) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [target = "image", seconds = "60"] = process.argv.slice(2);
  const { output, found } = await fuzz(target, Number(seconds));
  console.log(output);
  process.exitCode = found.length > 0 ? 1 : 0;
}
