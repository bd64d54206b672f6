/**
 * The sandbox: a pool of worker threads that run functions. A worker that is busy for long gives the calls that wait behind it to
 * others; one that never stops is ended and replaced, and its other calls run again elsewhere, which is safe because a call has no
 * effect before its result is taken.
 */
import type { Worker } from "node:worker_threads";
import { GatewayError } from "../errors.ts";
import { INVOCATIONS_MAX, SANDBOX_WORKERS_MAX, WORKER_CALLS_MAX, WORKER_FUNCTIONS_MAX, WORKER_GRACE_MS, WORKER_SLICE_MS_MAX } from "../limits.ts";
import type { World } from "../world.ts";
import type { FunctionCode } from "./engine.ts";
import { timeoutText } from "./executor.ts";
import { InvocationLog } from "./invocation-log.ts";
import { type CallMessage, type FromWorker, type InvokeResult, Progress, type ToWorker } from "./messages.ts";
import type { StartWorker } from "./start-worker.ts";

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

export interface Sandbox {
  /** Runs a function. Never rejects for what the function does. @throws GatewayError 4001 too many at once, 4002 stopped, 4004 no worker can be started */
  invoke(fn: SandboxFunction, request: InvokeRequest): Promise<InvokeResult>;
  /** Lets go of a function's code and warm instances: it was changed or deleted. */
  forget(key: string): void;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  readonly world: World;
  readonly startWorker: StartWorker;
  /** Files the engines need: quickjs.wasm, guest.js. */
  readonly assets: Readonly<Record<string, Uint8Array>>;
  /** At least 1. */
  readonly workersMax?: number;
}

/** Workers lost one after the other, none having answered a call, before the sandbox gives up. */
const LOSSES_MAX = 3;
/** An extra worker that has had nothing to do for this long ends. */
const IDLE_MS_MAX = 30_000;

interface Pending {
  readonly fn: SandboxFunction;
  readonly request: InvokeRequest;
  resolve(result: InvokeResult): void;
  reject(error: GatewayError): void;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  return new Pool(options);
}

class Pool implements Sandbox {
  private readonly options: SandboxOptions;
  private readonly workersMax: number;
  private readonly workers: Lane[] = [];
  /** Calls that no worker has room for. */
  private queue: Pending[] = [];
  private pending = 0;
  private stopWatch: (() => void) | undefined;
  private stopped = false;
  /** Workers that were lost since one last answered. */
  private losses = 0;

  constructor(options: SandboxOptions) {
    this.options = options;
    this.workersMax = options.workersMax ?? SANDBOX_WORKERS_MAX;
    this.startLane();
  }

  invoke(fn: SandboxFunction, request: InvokeRequest): Promise<InvokeResult> {
    if (this.stopped) return Promise.reject(new GatewayError(4002, "the sandbox is stopped; start the gateway again"));
    if (this.pending >= INVOCATIONS_MAX) return Promise.reject(new GatewayError(4001, `${INVOCATIONS_MAX} invocations wait already; send this one again later`));
    return new Promise((resolve, reject) => {
      this.pending++;
      const done = <T>(settle: (value: T) => void) => (value: T): void => {
        this.pending--;
        settle(value);
      };
      this.dispatch({ fn, request, resolve: done(resolve), reject: done(reject) });
      this.stopWatch ??= this.options.world.after(WORKER_SLICE_MS_MAX, () => this.watch());
    });
  }

  forget(key: string): void {
    for (const lane of this.workers) lane.forget(key);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.stopWatch?.();
    const waiting = [...this.queue, ...this.workers.flatMap((lane) => [...lane.calls.values()])];
    for (const call of waiting) call.reject(new GatewayError(4002, "the gateway stopped before the function ended; invoke it again"));
    await Promise.all(this.workers.map((lane) => lane.end()));
  }

  private dispatch(call: Pending): void {
    const lane = this.workers.find((one) => !one.busy && one.calls.size < WORKER_CALLS_MAX) ?? (this.workers.length < this.workersMax ? this.startLane() : undefined);
    if (lane) lane.send(call);
    else this.queue.push(call);
  }

  private drain(): void {
    for (const call of this.queue.splice(0)) this.dispatch(call);
  }

  private startLane(): Lane {
    const { world, startWorker, assets } = this.options;
    const lane: Lane = new Lane({
      world, startWorker, assets,
      onAnswer: () => {
        this.losses = 0;
        if (this.queue.length > 0) this.drain();
      },
      onIdle: () => { if (lane !== this.workers[0]) void this.endLane(lane); },
      onLost: (reason) => this.lost(lane, reason),
    });
    this.workers.push(lane);
    return lane;
  }

  private async endLane(lane: Lane): Promise<void> {
    this.workers.splice(this.workers.indexOf(lane), 1);
    await lane.end();
  }

  /** While calls are pending: looks for workers that are busy for long or for ever. */
  private watch(): void {
    const { world } = this.options;
    for (const lane of [...this.workers]) {
      const state = lane.look(world.monotonic());
      if (state === "stuck") this.replace(lane, stuckResult(lane.culprit));
      else if (state === "busy") for (const call of lane.takeBack()) this.dispatch(call);
    }
    this.drain();
    this.stopWatch = this.pending > 0 ? world.after(WORKER_SLICE_MS_MAX, () => this.watch()) : undefined;
  }

  /** A worker died of itself. One that cannot even start would be started for ever. */
  private lost(lane: Lane, reason: string): void {
    if (!this.workers.includes(lane) || this.stopped) return;
    if (++this.losses <= LOSSES_MAX) return this.replace(lane, crashResult(lane.culprit, reason));
    const error = new GatewayError(4004, `the sandbox cannot start its workers: ${reason}; start the gateway again, and if that does not help install it anew`);
    const calls = [...this.queue.splice(0), ...lane.calls.values()];
    void this.endLane(lane);
    for (const call of calls) call.reject(error);
    // The next call tries once more.
    this.losses = LOSSES_MAX;
  }

  /** Ends a worker; the call it was in gets `result`, its other calls run again. */
  private replace(lane: Lane, result: InvokeResult | undefined): void {
    if (!this.workers.includes(lane) || this.stopped) return;
    const { culprit } = lane;
    this.options.world.log.warn({ function: culprit?.fn.functionArn, requestId: culprit?.request.requestId }, "a sandbox worker did not stop and is replaced");
    void this.endLane(lane);
    if (this.workers.length === 0) this.startLane();
    if (culprit && result) culprit.resolve(result);
    for (const call of lane.calls.values()) if (call !== culprit) this.dispatch(call);
  }
}

function stuckResult(call: Pending | undefined): InvokeResult | undefined {
  return call && endedResult(call, timeoutText(call.request.requestId, call.request.timeoutMs), "timeout");
}

function crashResult(call: Pending | undefined, reason: string): InvokeResult | undefined {
  if (!call) return undefined;
  const errorMessage = `RequestId: ${call.request.requestId} Error: Runtime exited with error: ${reason}`;
  return endedResult(call, JSON.stringify({ errorType: "Runtime.ExitError", errorMessage }), "error\tError Type: Runtime.ExitError");
}

function endedResult({ fn, request }: Pending, payload: string, status: string): InvokeResult {
  const log = new InvocationLog(request.requestId);
  const durationMs = request.timeoutMs;
  const logText = log.finish({ requestId: request.requestId, durationMs, initMs: undefined, memoryMb: fn.memoryMb, memoryUsedBytes: 0, status });
  return { payload, functionError: "Unhandled", logText, printed: true, durationMs, memoryUsedBytes: 0, appends: [] };
}

interface LaneOptions {
  readonly world: World;
  readonly startWorker: StartWorker;
  readonly assets: SandboxOptions["assets"];
  onAnswer(): void;
  onIdle(): void;
  onLost(reason: string): void;
}

/** One worker and the calls that were handed to it. */
class Lane {
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
