/** Starts the sandbox's workers as this program was made: from the tree, or from the text that a release carries. */
import { asset, isTree } from "./assets.ts";
import { workersFrom, workersInTree, type StartWorker } from "./sandbox/index.ts";

export async function startSandboxWorkers(): Promise<StartWorker> {
  return isTree ? workersInTree() : workersFrom(new TextDecoder().decode(asset("sandbox-worker.js")));
}
