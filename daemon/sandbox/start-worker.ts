/** How the sandbox's worker threads come to be: from source text everywhere but on Bun in a checkout. */
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { WorkerData } from "./messages.ts";

export type StartWorker = (data: WorkerData) => Worker;

/** QuickJS calls itself in WebAssembly on the thread's own stack: this holds the deepest recursion that nodejs/engine.ts allows. */
const STACK_MB = 16;

function optionsOf(data: WorkerData): WorkerOptions {
  return { workerData: data, resourceLimits: { stackSizeMb: STACK_MB }, env: {}, execArgv: [], name: "nanolambda-sandbox" };
}

/** Starts workers from the text of the bundled worker.ts, also inside a packaged executable. */
export function workersFrom(source: string): StartWorker {
  return (data) => new Worker(source, { ...optionsOf(data), eval: true });
}

/** Starts workers in a checkout: Bun runs TypeScript itself, for Node.js worker.ts is bundled as a release does it. */
export async function workersInTree(): Promise<StartWorker> {
  const entry = new URL("./worker.ts", import.meta.url);
  if ("Bun" in globalThis) return (data) => new Worker(entry, optionsOf(data));
  bundled ??= bundleWorker(fileURLToPath(entry));
  return workersFrom(await bundled);
}

let bundled: Promise<string> | undefined;

async function bundleWorker(entry: string): Promise<string> {
  const bundler: string = "esbuild"; // not a literal in import(): a release's bundle must not try to take esbuild in
  const { build } = (await import(bundler)) as typeof import("esbuild");
  const { outputFiles } = await build({ entryPoints: [entry], write: false, ...WORKER_BUNDLE });
  return outputFiles[0]?.text ?? "";
}

/** How worker.ts is bundled into one text, with esbuild. `import.meta.url` stands for a file that is never read. */
export const WORKER_BUNDLE = {
  bundle: true, platform: "node", format: "cjs", target: "node20", minify: false,
  define: { "import.meta.url": '"file:///sandbox-worker.cjs"' },
} as const;
