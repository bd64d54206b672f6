/** What the rest of the gateway uses of the sandbox. */
export { createSandbox, type InvokeRequest, type Sandbox, type SandboxFunction, type SandboxOptions } from "./pool.ts";
export { type StartWorker, workersFrom, workersInTree } from "./start-worker.ts";
export type { InvokeResult } from "./messages.ts";
