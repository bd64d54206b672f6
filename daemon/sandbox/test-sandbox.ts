/** What the tests and benchmarks of the sandbox share: a pool on this checkout's worker, and functions of a few lines. */
import { strToU8, zipSync } from "fflate";
import { asset } from "../assets.ts";
import { realWorld, silentLogger } from "../world.ts";
import { createSandbox, type SandboxFunction, type InvokeResult, type Sandbox, workersInTree } from "./index.ts";

export async function startSandbox(options: { workersMax?: number } = {}): Promise<Sandbox> {
  const assets = { "quickjs.wasm": asset("quickjs.wasm"), "guest.js": asset("guest.js"), "iotpy.wasm": asset("iotpy.wasm") };
  return createSandbox({ world: realWorld(silentLogger), startWorker: await workersInTree(), assets, ...options });
}

export function zipOf(files: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
}

let newest = 0;

/** A function of the given files; one text stands for index.js. */
export function functionOf(files: string | Record<string, string>, options: Partial<SandboxFunction> = {}): SandboxFunction {
  const code = zipOf(typeof files === "string" ? { "index.js": files } : files);
  return {
    key: `function-${++newest}`, runtime: "nodejs20.x", handler: "index.handler", code: () => code, memoryMb: 128,
    functionArn: "arn:aws:lambda:us-east-1:000000000000:function:f", environment: { GREETING: "hello", AWS_LAMBDA_FUNCTION_NAME: "f" }, ...options,
  };
}

/** Invokes with a JSON value; the request id is `r`. */
export function call(sandbox: Sandbox, fn: SandboxFunction, event: unknown = {}, timeoutMs = 5000): Promise<InvokeResult> {
  return sandbox.invoke(fn, { event: JSON.stringify(event), requestId: "r", timeoutMs });
}
