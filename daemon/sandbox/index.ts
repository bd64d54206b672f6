/** What the rest of the gateway uses of the sandbox. */
export type { InvokeRequest, SandboxFunction } from "./lane.ts";
export { createSandbox, type Sandbox, type SandboxOptions } from "./pool.ts";
export { type StartWorker, workersFrom, workersInTree } from "./start-worker.ts";
export type { InvokeResult } from "./messages.ts";
