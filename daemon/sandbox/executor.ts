/** Runs calls inside a worker: warm instances, cold starts, time limits, and results in AWS's shapes. Knows no engine and no thread. */
import {
  FUNCTION_INIT_MS_MAX, INVOCATION_APPEND_BYTES_MAX, INVOCATION_APPENDS_MAX, INVOKE_PAYLOAD_BYTES_MAX, WORKER_WARM_BYTES_MAX, WORKER_WARM_INSTANCES_MAX,
} from "../limits.ts";
import type { Call, Engine, FunctionCode, Instance, Outcome } from "./engine.ts";
import { InvocationLog } from "./invocation-log.ts";
import type { CallMessage, InvokeResult } from "./messages.ts";

/** Is told when a call's own code begins and ends to run. */
export interface Watch {
  enter(seq: number, allowedMs: number): void;
  leave(): void;
}

export interface ExecutorOptions {
  readonly watch: Watch;
  /** Answers the engine of a runtime; undefined when there is none. */
  readonly engineFor: (runtime: string) => Engine | undefined;
}

interface Warm {
  readonly fn: FunctionCode;
  readonly instance: Instance;
}

export class Executor {
  /** Resolves when the latest cold start runs the function's own code, or waits for it. */
  starting: Promise<void> | undefined;
  private readonly engineFor: ExecutorOptions["engineFor"];
  private readonly watch: Watch;
  private readonly functions = new Map<string, FunctionCode>();
  /** Idle instances, least recently used first. */
  private idle: Warm[] = [];

  constructor({ engineFor, watch }: ExecutorOptions) {
    this.engineFor = engineFor;
    this.watch = watch;
  }

  load(fn: FunctionCode): void {
    this.functions.set(fn.key, fn);
  }

  forget(key: string): void {
    this.functions.delete(key);
    for (const { instance } of this.idle.filter(({ fn }) => fn.key === key)) instance.dispose();
    this.idle = this.idle.filter(({ fn }) => fn.key !== key);
  }

  get warmInstances(): number {
    return this.idle.length;
  }

  /** Runs one call; the result is there at once when the handler need not wait for time to pass. */
  run(message: CallMessage): InvokeResult | Promise<InvokeResult> {
    const [, key, , requestId] = message;
    const fn = this.functions.get(key);
    if (!fn) return unloaded(requestId);
    const warm = this.takeWarm(key);
    const running = new Running(message, fn.memoryMb, this.watch);
    return warm ? this.invoke(warm, running) : this.coldStart(fn, running);
  }

  private takeWarm(key: string): Warm | undefined {
    const at = this.idle.findLastIndex(({ fn }) => fn.key === key);
    return at < 0 ? undefined : this.idle.splice(at, 1)[0];
  }

  private coldStart(fn: FunctionCode, running: Running): Promise<InvokeResult> {
    const begun = this.begin(fn, running);
    this.starting = begun.then(() => undefined);
    return begun.then(({ end }) => end);
  }

  /** Makes an instance and runs it as far as it goes without waiting. */
  private async begin(fn: FunctionCode, running: Running): Promise<{ end: InvokeResult | Promise<InvokeResult> }> {
    const startMs = performance.now();
    try {
      const engine = this.engineFor(fn.runtime);
      if (!engine) throw new Error(`no engine of this gateway runs ${fn.runtime}`);
      const instance = await engine.load(fn);
      running.allow(Math.max(FUNCTION_INIT_MS_MAX, running.timeoutMs));
      const ready = running.resume(() => instance.init(running));
      const next = (outcome: Outcome): InvokeResult | Promise<InvokeResult> => {
        running.initMs = performance.now() - startMs;
        if (outcome.kind === "result") return this.invoke({ fn, instance }, running);
        instance.dispose();
        return running.end(outcome, instance.memoryBytes());
      };
      return { end: ready instanceof Promise ? ready.then(next) : next(ready) };
    } catch (thrown) {
      return { end: running.end({ kind: "error", payload: errorText("Runtime.LoadError", thrown instanceof Error ? thrown.message : String(thrown)) }, 0) };
    }
  }

  private invoke(warm: Warm, running: Running): InvokeResult | Promise<InvokeResult> {
    running.allow(running.timeoutMs);
    const outcome = running.resume(() => warm.instance.invoke(running));
    return outcome instanceof Promise ? outcome.then((later) => this.finish(warm, running, later)) : this.finish(warm, running, outcome);
  }

  private finish(warm: Warm, running: Running, outcome: Outcome): InvokeResult {
    const result = running.end(outcome, warm.instance.memoryBytes());
    if (outcome.kind === "stopped" || !this.functions.has(warm.fn.key)) warm.instance.dispose();
    else this.keep(warm);
    return result;
  }

  /** Keeps an instance warm, and lets the longest unused go when there are too many. */
  private keep(warm: Warm): void {
    this.idle.push(warm);
    let bytes = this.idle.reduce((sum, { instance }) => sum + instance.memoryBytes(), 0);
    while (this.idle.length > 1 && (this.idle.length > WORKER_WARM_INSTANCES_MAX || bytes > WORKER_WARM_BYTES_MAX)) {
      const oldest = this.idle.shift();
      bytes -= oldest?.instance.memoryBytes() ?? 0;
      oldest?.instance.dispose();
    }
  }
}

/** One call on its way: what the engine sees of it, and what becomes of it. */
class Running implements Call {
  readonly event: string;
  readonly requestId: string;
  readonly clientContext: string;
  readonly timeoutMs: number;
  deadlineMs = 0;
  initMs: number | undefined;
  private readonly seq: number;
  private readonly memoryMb: number;
  private readonly watch: Watch;
  private readonly logged: InvocationLog;
  private readonly appends: { log: string; json: string }[] = [];
  private appendBytes = 0;
  private startMs = 0;

  constructor([seq, , event, requestId, timeoutMs, clientContext]: CallMessage, memoryMb: number, watch: Watch) {
    this.seq = seq;
    this.watch = watch;
    this.event = event;
    this.requestId = requestId;
    this.timeoutMs = timeoutMs;
    this.clientContext = clientContext;
    this.memoryMb = memoryMb;
    this.logged = new InvocationLog(requestId);
  }

  allow(ms: number): void {
    this.startMs = performance.now();
    this.deadlineMs = this.startMs + ms;
  }

  resume<T>(work: () => T): T {
    this.watch.enter(this.seq, Math.ceil(this.deadlineMs - performance.now()));
    try {
      return work();
    } finally {
      this.watch.leave();
    }
  }

  log(text: string): void {
    this.logged.write(text);
  }

  append(log: string, json: string): void {
    this.appendBytes += json.length;
    if (this.appends.length >= INVOCATION_APPENDS_MAX || this.appendBytes > INVOCATION_APPEND_BYTES_MAX) {
      throw new Error(`an invocation may append ${INVOCATION_APPENDS_MAX} records of ${INVOCATION_APPEND_BYTES_MAX} bytes together at most`);
    }
    this.appends.push({ log, json });
  }

  end(outcome: Outcome, memoryUsedBytes: number): InvokeResult {
    const durationMs = this.startMs === 0 ? 0 : performance.now() - this.startMs;
    const { payload, failed, status } = this.answer(outcome, durationMs);
    const { requestId, initMs, memoryMb } = this;
    const logText = this.logged.finish({ requestId, durationMs, initMs, memoryMb, memoryUsedBytes, status });
    return {
      payload, logText, printed: this.logged.printed, durationMs, memoryUsedBytes,
      appends: failed ? [] : this.appends,
      ...(failed ? { functionError: "Unhandled" as const } : {}),
      ...(initMs === undefined ? {} : { initMs }),
    };
  }

  private answer(outcome: Outcome, durationMs: number): { payload: string | undefined; failed: boolean; status?: string } {
    switch (outcome.kind) {
      case "result":
        return sized(outcome.payload);
      case "too-large":
        return tooLarge(outcome.bytes);
      case "error":
        return { ...sized(outcome.payload), failed: true };
      case "bad-event":
        return { payload: undefined, failed: true };
      case "stopped":
        return { ...this.stopped(outcome, durationMs), failed: true };
    }
  }

  private stopped(outcome: Extract<Outcome, { kind: "stopped" }>, durationMs: number): { payload: string; status: string } {
    const { requestId } = this;
    if (outcome.reason === "timeout") {
      this.log(`${new Date().toISOString()} ${requestId} Task timed out after ${(durationMs / 1000).toFixed(2)} seconds\n`);
      return { payload: timeoutText(requestId, this.deadlineMs - this.startMs), status: "timeout" };
    }
    const [type, how] = outcome.reason === "exit" ? ["Runtime.ExitError", `exit status ${outcome.exitCode}`] : ["Runtime.OutOfMemory", "signal: killed"];
    const why = outcome.reason === "exit" && outcome.exitCode === 0 ? "Runtime exited without providing a reason" : `Runtime exited with error: ${how}`;
    this.log(`RequestId: ${requestId} Error: ${why}\n${type}\n`);
    return { payload: errorText(type, `RequestId: ${requestId} Error: ${why}`), status: `error\tError Type: ${type}` };
  }
}

/** Lambda's own limit for a response (AWS: "Lambda quotas"). */
function sized(payload: string): { payload: string; failed: boolean } {
  const mayBeLonger = payload.length * 3 > INVOKE_PAYLOAD_BYTES_MAX;
  const bytes = mayBeLonger ? Buffer.byteLength(payload) : 0;
  return bytes <= INVOKE_PAYLOAD_BYTES_MAX ? { payload, failed: false } : tooLarge(bytes);
}

function tooLarge(bytes: number): { payload: string; failed: boolean } {
  const message = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${INVOKE_PAYLOAD_BYTES_MAX} bytes).`;
  return { payload: errorText("Function.ResponseSizeTooLarge", message), failed: true };
}

function errorText(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage });
}

/** What Lambda answers for a function that ran too long. */
export function timeoutText(requestId: string, timeoutMs: number): string {
  return errorText("Sandbox.Timedout", `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
}

/** The pool sends no call for a function that it has not loaded: an error of the gateway, answered all the same. */
function unloaded(requestId: string): InvokeResult {
  const payload = errorText("Sandbox.NotLoaded", `RequestId: ${requestId} Error: the function's code is not in the sandbox`);
  return { payload, functionError: "Unhandled", logText: "", printed: false, durationMs: 0, memoryUsedBytes: 0, appends: [] };
}
