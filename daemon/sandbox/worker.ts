/** A worker thread of the sandbox: takes calls from the pool, runs them in its engines, answers. Bundled on its own (README). */
import { parentPort, workerData } from "node:worker_threads";
import type { Engine } from "./engine.ts";
import { ENGINES } from "./engines.ts";
import { Executor } from "./executor.ts";
import { type CallMessage, type FromWorker, type InvokeResult, Progress, type ToWorker, type WorkerData } from "./messages.ts";

const { assets, progress: shared } = workerData as WorkerData;
const progress = new Progress(shared);

async function start(): Promise<void> {
  if (!parentPort) throw new Error("worker.ts runs in a worker thread");
  const port = parentPort;
  const engines = new Map<string, Engine>();
  for (const { runtimes, create } of ENGINES) engines.set(runtimes, await create(assets));
  const engineFor = (runtime: string): Engine | undefined => [...engines].find(([prefix]) => runtime.startsWith(prefix))?.[1];
  const executor = new Executor({ engineFor, watch: progress });

  const answer = (seq: number, result: InvokeResult): void => port.postMessage([seq, result] satisfies FromWorker);

  const waiting: CallMessage[] = [];
  let pumping = false;

  /** Begins calls one after the other: one that has not begun can still be given to another worker. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      const [seq] = message;
      if (!progress.take(seq)) continue;
      const result = executor.run(message);
      if (result instanceof Promise) {
        void result.then((later) => answer(seq, later));
        await executor.starting;
      } else answer(seq, result);
    }
    pumping = false;
  }

  port.on("message", (message: ToWorker) => {
    if ("load" in message) executor.load(message.load);
    else if ("forget" in message) executor.forget(message.forget);
    else {
      waiting.push(...message);
      void pump();
    }
  });
}

void start();
