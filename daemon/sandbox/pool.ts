/**
 * The sandbox: a pool of worker threads that run functions. A worker that is busy for long gives the calls that wait behind it to
 * others; one that never stops is ended and replaced, and its other calls run again elsewhere, which is safe because a call has no
 * effect before its result is taken.
 */
import { GatewayError } from "../errors.ts";
import { INVOCATIONS_MAX, SANDBOX_WORKERS_MAX, WORKER_CALLS_MAX, WORKER_SLICE_MS_MAX } from "../limits.ts";
import type { World } from "../world.ts";
import { timeoutText } from "./executor.ts";
import { InvocationLog } from "./invocation-log.ts";
import { type InvokeRequest, Lane, type Pending, type SandboxFunction } from "./lane.ts";
import type { InvokeResult } from "./messages.ts";
import type { StartWorker } from "./start-worker.ts";

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
