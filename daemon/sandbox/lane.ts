/** One worker thread as the pool sees it: the calls it was handed, what it has loaded, and whether it still gets on. */
import type { Worker } from "node:worker_threads";
import type { GatewayError } from "../errors.ts";
import { WORKER_FUNCTIONS_MAX, WORKER_GRACE_MS } from "../limits.ts";
import type { World } from "../world.ts";
import type { FunctionCode } from "./engine.ts";
import { type CallMessage, type FromWorker, type InvokeResult, Progress, type ToWorker } from "./messages.ts";
import type { StartWorker } from "./start-worker.ts";

/** An extra worker that has had nothing to do for this long ends. */
const IDLE_MS_MAX = 30_000;

export interface InvokeRequest {
  /** JSON text; what is no JSON comes back as a result without a payload. */
  readonly event: string;
  readonly requestId: string;
  readonly timeoutMs: number;
  /** JSON text, or "". */
  readonly clientContext?: string;
}

/** A function as callers hand it in; its code is asked for only when a worker has not got it. */
export interface SandboxFunction extends Omit<FunctionCode, "code"> {
  code(): Uint8Array;
}

/** A call that is not answered yet. */
export interface Pending {
  readonly fn: SandboxFunction;
  readonly request: InvokeRequest;
  resolve(result: InvokeResult): void;
  reject(error: GatewayError): void;
}

export interface LaneOptions {
  readonly world: World;
  readonly startWorker: StartWorker;
  readonly assets: Readonly<Record<string, Uint8Array>>;
  onAnswer(): void;
  onIdle(): void;
  onLost(reason: string): void;
}

/** Has a life: from its making to `end`. */
export class Lane {
  readonly calls = new Map<number, Pending>();
  /** In one piece of work for long: takes no more calls until it ends. */
  busy = false;
  private readonly options: LaneOptions;
  private readonly worker: Worker;
  private readonly progress = new Progress();
  /** Functions that the worker has, the least recently used first. */
  private readonly loaded = new Set<string>();
  private outbox: CallMessage[] = [];
  private newest = 0;
  private seen = { slice: -1, sinceMs: 0 };
  private cancelIdle: (() => void) | undefined;

  constructor(options: LaneOptions) {
    this.options = options;
    this.worker = options.startWorker({ assets: options.assets, progress: this.progress.buffer });
    this.worker.on("message", ([seq, result]: FromWorker) => this.answered(seq, result));
    this.worker.on("error", (error) => options.onLost(error.message));
    this.worker.on("exit", (code) => options.onLost(`exit status ${code}`));
    this.worker.unref();
  }

  send(call: Pending): void {
    const { fn, request } = call;
    this.load(fn);
    this.cancelIdle?.();
    const seq = (this.newest = (this.newest % 0x3fffffff) + 1);
    if (this.calls.size === 0) this.worker.ref();
    this.calls.set(seq, call);
    this.progress.offer(seq);
    this.outbox.push([seq, fn.key, request.event, request.requestId, request.timeoutMs, request.clientContext ?? ""]);
    // A worker that has nothing to do gets its call at once; the others' go together.
    if (this.calls.size === 1) this.flush();
    else if (this.outbox.length === 1) setImmediate(() => this.flush());
  }

  /** The call whose code the worker is running. */
  get culprit(): Pending | undefined {
    return this.calls.get(this.progress.running.seq);
  }

  look(nowMs: number): "fine" | "busy" | "stuck" {
    const { seq, slice, allowedMs } = this.progress.running;
    if (seq === 0 || slice !== this.seen.slice) {
      this.seen = { slice, sinceMs: nowMs };
      this.busy = false;
      return "fine";
    }
    this.busy = true;
    return nowMs - this.seen.sinceMs > allowedMs + WORKER_GRACE_MS ? "stuck" : "busy";
  }

  /** Calls that the worker has not begun. */
  takeBack(): Pending[] {
    const back = [...this.calls].filter(([seq]) => this.progress.take(seq));
    for (const [seq] of back) this.calls.delete(seq);
    return back.map(([, call]) => call);
  }

  forget(key: string): void {
    if (!this.loaded.delete(key)) return;
    this.flush();
    this.post({ forget: key });
  }

  async end(): Promise<void> {
    this.cancelIdle?.();
    this.worker.removeAllListeners("exit");
    this.worker.removeAllListeners("message");
    await this.worker.terminate();
  }

  private load(fn: SandboxFunction): void {
    if (this.loaded.delete(fn.key)) {
      this.loaded.add(fn.key);
      return;
    }
    this.flush();
    this.loaded.add(fn.key);
    this.post({ load: { ...fn, code: fn.code() } });
    if (this.loaded.size <= WORKER_FUNCTIONS_MAX) return;
    const inUse = new Set([...this.calls.values()].map((call) => call.fn.key));
    const oldest = [...this.loaded].find((key) => !inUse.has(key) && key !== fn.key);
    if (oldest !== undefined) this.forget(oldest);
  }

  private flush(): void {
    if (this.outbox.length === 0) return;
    this.post(this.outbox);
    this.outbox = [];
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private answered(seq: number, result: InvokeResult): void {
    const call = this.calls.get(seq);
    if (!call) return;
    this.calls.delete(seq);
    this.busy = false;
    if (this.calls.size === 0) {
      this.worker.unref();
      this.cancelIdle = this.options.world.after(IDLE_MS_MAX, this.options.onIdle);
    }
    call.resolve(result);
    this.options.onAnswer();
  }
}
