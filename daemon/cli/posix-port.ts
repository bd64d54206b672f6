/** The runtime as a native command (device/ports/posix), for tests and benchmarks: it must have been built. `posix-stress` moves every object at every allocation. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GatewayError } from "../errors.ts";
import type { Outcome, Port, PortOptions, RunError } from "./ports.ts";

interface Report { state: Outcome["state"] | "broken"; result?: unknown; error?: RunError; fuel: number; memoryPeak: number; rule?: number; at?: number }

type Build = "posix" | "posix-stress";

/** Where `device/build.sh NAME` puts the command. */
export function posixCommand(name: Build): string {
  return fileURLToPath(new URL(`../../build/${name}/iotpy`, import.meta.url));
}

export const posixPort = nativePort("posix");
export const stressPort = nativePort("posix-stress");

function nativePort(name: Build): Port {
  return { name, run: (image, options) => runCommand(name, image, options) };
}

async function runCommand(name: Build, image: Uint8Array, options: PortOptions): Promise<Outcome> {
  const command = posixCommand(name);
  if (!existsSync(command)) throw new GatewayError(3005, `the ${name} port is not built; make it with: device/build.sh ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "iotpy-"));
  try {
    const path = join(folder, "image");
    writeFileSync(path, image);
    return outcome(await execute(command, [path, ...wordsOf(options)], options.print));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wordsOf({ event, repeat, fuel, memoryBytes }: PortOptions): string[] {
  const words = { "--event": event, "--repeat": repeat, "--fuel": fuel, "--memory": memoryBytes };
  return Object.entries(words).flatMap(([word, value]) => (value === undefined ? [] : [word, String(value)]));
}

/** The command's report: the last line of its stderr. */
function execute(command: string, words: readonly string[], print: PortOptions["print"]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ["ignore", "pipe", "pipe"] });
    let errors = "";
    child.stdout.on("data", print);
    child.stderr.setEncoding("utf8").on("data", (text: string) => { errors += text; });
    child.once("error", reject);
    child.once("close", () => resolve(errors));
  });
}

function outcome(errors: string): Outcome {
  const line = errors.trimEnd().split("\n").at(-1) ?? "";
  if (!line.startsWith("{")) throw new GatewayError(3004, `the posix port failed: ${errors.trim() || "it said nothing"}`);
  const report = JSON.parse(line) as Report;
  if (report.state === "broken") throw new GatewayError(3004, `the program cannot start on the posix port: ${line}`);
  const result = /^\{"state": "done", "result": (.*), "fuel": \d+, "memoryPeak"/.exec(line)?.[1];
  return {
    state: report.state,
    ...(result === undefined ? {} : { result }),
    ...(report.error === undefined ? {} : { error: report.error }),
    fuel: report.fuel,
    arenaBytesPeak: report.memoryPeak,
  };
}
