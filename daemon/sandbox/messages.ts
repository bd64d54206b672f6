/** What the pool and its workers say to one another. Tuples, because a message is copied at every invocation. */
import type { FunctionCode } from "./engine.ts";

export interface WorkerData {
  readonly assets: Readonly<Record<string, Uint8Array>>;
  readonly progress: SharedArrayBuffer;
}

/** [sequence number, function key, event, request id, milliseconds allowed, client context] */
export type CallMessage = readonly [seq: number, key: string, event: string, requestId: string, timeoutMs: number, clientContext: string];

/** To a worker. Calls come only for functions that were loaded before. */
export type ToWorker =
  | { readonly load: FunctionCode }
  | { readonly forget: string }
  | readonly CallMessage[];

/** How an invocation ended. */
export interface InvokeResult {
  /** JSON text of the result, or of the error in AWS's shape; undefined when the event was not JSON. */
  readonly payload: string | undefined;
  readonly functionError?: "Unhandled";
  /** START, what the handler printed, END and REPORT, as Lambda writes them. */
  readonly logText: string;
  /** Whether the handler itself printed something. */
  readonly printed: boolean;
  readonly durationMs: number;
  /** Only of a cold start. */
  readonly initMs?: number;
  readonly memoryUsedBytes: number;
  /** What the handler wants to have appended, in order; the caller commits it. Values are JSON text. */
  readonly appends: readonly { readonly log: string; readonly json: string }[];
}

/** From a worker: results of calls. */
export type FromWorker = readonly [seq: number, result: InvokeResult];

/**
 * What a worker is doing, in shared memory, because a busy worker answers no messages: the call it is in (0: none), a number that changes
 * at every piece of work, how long that piece may take, and a slot for each call that is waiting. A waiting call is taken by whoever
 * empties its slot first, the worker to run it or the pool to give it to another.
 */
export class Progress {
  static readonly SLOTS = 1024;
  readonly buffer: SharedArrayBuffer;
  private readonly cells: Int32Array<SharedArrayBuffer>;

  constructor(buffer = new SharedArrayBuffer((3 + Progress.SLOTS) * 4)) {
    this.buffer = buffer;
    this.cells = new Int32Array(buffer);
  }

  /** The worker enters a piece of work for a call. */
  enter(seq: number, allowedMs: number): void {
    Atomics.add(this.cells, 1, 1);
    Atomics.store(this.cells, 2, allowedMs);
    Atomics.store(this.cells, 0, seq);
  }

  leave(): void {
    Atomics.store(this.cells, 0, 0);
  }

  get running(): { seq: number; slice: number; allowedMs: number } {
    return { seq: Atomics.load(this.cells, 0), slice: Atomics.load(this.cells, 1), allowedMs: Atomics.load(this.cells, 2) };
  }

  offer(seq: number): void {
    Atomics.store(this.cells, 3 + (seq % Progress.SLOTS), seq);
  }

  take(seq: number): boolean {
    return Atomics.compareExchange(this.cells, 3 + (seq % Progress.SLOTS), seq, 0) === seq;
  }
}
