/** Python functions on IoTPy in WebAssembly: an instance of the module for each instance of a function. */
import { BUILTINS } from "../../../compiler/builtins.ts";
import { instantiate, type Iotpy, OutputTooLong } from "../../../device/ports/wasm/iotpy.ts";
import { messageOf } from "../../errors.ts";
import type { Call, Engine, EngineFactory, FunctionCode, Instance, Outcome } from "../engine.ts";
import { INVOCATION_APPEND_BYTES_MAX, INVOKE_PAYLOAD_BYTES_MAX } from "../../limits.ts";
import { failed, stackTraceOf } from "./failure.ts";
import { unpackPython, type NoHandler, type PythonPackage } from "./package.ts";

/** Fuel between looks at the clock: a few milliseconds. */
const SLICE_FUEL = 200_000;
const MIB = 1024 * 1024;
/**
 * IoTPy's objects take about an eighth of CPython's, and the collector only begins when an arena is full: an eighth of the
 * function's memory holds as much, and keeps the gateway small.
 */
const ARENA_SHARE = 8;
const ARENA_MB_MAX = 512;
/** Beyond every result, error and append that is taken. */
const OUTPUT_BYTES_MAX = Math.max(INVOKE_PAYLOAD_BYTES_MAX, 2 * INVOCATION_APPEND_BYTES_MAX);

export const python: EngineFactory = {
  runtimes: "python",
  async create(assets) {
    const wasm = assets["iotpy.wasm"];
    if (!wasm) throw new Error("the sandbox was started without iotpy.wasm");
    return new IotpyEngine(await WebAssembly.compile(wasm as BufferSource));
  },
};

class IotpyEngine implements Engine {
  private readonly module: WebAssembly.Module;
  private readonly packages = new WeakMap<FunctionCode, PythonPackage | NoHandler>();

  constructor(module: WebAssembly.Module) {
    this.module = module;
  }

  async load(fn: FunctionCode): Promise<Instance> {
    const code = this.packages.get(fn) ?? unpackPython(fn.code);
    this.packages.set(fn, code);
    return "image" in code ? new IotpyInstance(this.module, fn, code) : handlerless(code);
  }
}

/** An instance that only ever says why it cannot start. */
function handlerless({ errorType, errorMessage }: NoHandler): Instance {
  const init = (call: Call): Outcome => failed(call, errorType, errorMessage);
  return { init, invoke: init, memoryBytes: () => 0, dispose: () => undefined };
}

interface PythonError { readonly errorType: string; readonly errorMessage: string; readonly frames: [number, number][] }

class IotpyInstance implements Instance {
  private readonly iotpy: Iotpy;
  private readonly fn: FunctionCode;
  private readonly code: PythonPackage;
  private readonly arenaBytes: number;
  private readonly decoder = new TextDecoder();
  private call: Call | undefined;

  constructor(module: WebAssembly.Module, fn: FunctionCode, code: PythonPackage) {
    this.fn = fn;
    this.code = code;
    this.arenaBytes = Math.min(Math.ceil((fn.memoryMb * MIB) / ARENA_SHARE), ARENA_MB_MAX * MIB);
    this.iotpy = instantiate(module, {
      print: (utf8) => this.call?.log(this.decoder.decode(utf8, { stream: true })),
      time: (monotonic) => (monotonic ? performance.now() : performance.timeOrigin + performance.now()),
      outputBytesMax: OUTPUT_BYTES_MAX,
    });
  }

  async init(call: Call): Promise<Outcome> {
    this.call = call;
    try {
      this.iotpy.start(this.code.image, this.arenaBytes);
    } catch (error) {
      return failed(call, "Runtime.ImportModuleError", messageOf(error));
    }
    return this.finish(call, () => ({ kind: "result", payload: "null" }));
  }

  invoke(call: Call): Outcome | Promise<Outcome> {
    this.call = call;
    const refused = guarded(() => this.refusalOf(call));
    return refused ?? this.finish(call, () => {
      const payload = this.iotpy.result();
      if (payload !== undefined) return { kind: "result", payload };
      return failed(call, "Runtime.MarshalError", `Unable to marshal response: ${this.error().errorMessage}`);
    });
  }

  /** Hands over the event; why that cannot be done, or undefined. */
  private refusalOf(call: Call): Outcome | undefined {
    if (isPythonsJsonOnly(call.event)) return { kind: "bad-event" };
    if (this.iotpy.call(call.event, JSON.stringify(this.contextOf(call)))) return undefined;
    const { errorType, errorMessage } = this.error();
    if (errorType === "JSONDecodeError" || errorType === "UnicodeDecodeError") return { kind: "bad-event" };
    return failed(call, "Runtime.UnmarshalError", `Unable to unmarshal input: ${errorMessage}`);
  }

  memoryBytes(): number {
    return this.iotpy.memoryPeak();
  }

  dispose(): void {
    this.call = undefined;
  }

  /** What Lambda's context object holds (AWS: "Lambda context object in Python"); ../../lambda/python-entry.ts makes the object of it. */
  private contextOf(call: Call): Record<string, unknown> {
    const { environment, functionArn, memoryMb } = this.fn;
    const name = environment["AWS_LAMBDA_FUNCTION_NAME"] ?? "";
    return {
      function_name: name, function_version: environment["AWS_LAMBDA_FUNCTION_VERSION"] ?? "$LATEST", invoked_function_arn: functionArn, memory_limit_in_mb: String(memoryMb), aws_request_id: call.requestId,
      log_group_name: environment["AWS_LAMBDA_LOG_GROUP_NAME"] ?? `/aws/lambda/${name}`, log_stream_name: environment["AWS_LAMBDA_LOG_STREAM_NAME"] ?? "",
      client_context: call.clientContext === "" ? null : (JSON.parse(call.clientContext) as unknown), deadline_ms: Math.round(performance.timeOrigin + call.deadlineMs),
    };
  }

  private async finish(call: Call, done: () => Outcome): Promise<Outcome> {
    for (;;) {
      const next = call.resume(() => guarded(() => this.step(call, done)));
      if (typeof next === "object") return next;
      if (performance.now() >= call.deadlineMs) return { kind: "stopped", reason: "timeout" };
      if (next === "wait" && (await this.answer(call)) === "timeout") return { kind: "stopped", reason: "timeout" };
    }
  }

  /** Runs a slice; how the call ended, or why it has not. */
  private step(call: Call, done: () => Outcome): Outcome | "fuel" | "wait" {
    const state = this.iotpy.run(SLICE_FUEL);
    switch (state) {
      case "done": return done();
      case "raised": return this.raised(call);
      case "broken": return { kind: "stopped", reason: "memory" };
      default: return state;
    }
  }

  /** Answers what the handler asks of its surroundings. */
  private async answer(call: Call): Promise<"answered" | "timeout"> {
    const asked = call.resume(() => this.asked());
    if (asked === undefined) {
      this.iotpy.hostRaise("ValueError", `the value is longer than ${OUTPUT_BYTES_MAX} bytes`);
      return "answered";
    }
    const name = BUILTINS[asked.operation]?.name ?? "?";
    const args = JSON.parse(asked.arguments) as unknown[];
    if (name === "time.sleep") return this.sleep(Number(args[0]) * 1000, call);
    if (name === "device.board") this.iotpy.hostReturn("null");
    else if (name === "device.append") this.append(call, String(args[0]), elementText(asked.arguments, 1));
    else this.iotpy.hostRaise("RuntimeError", `${name} needs a board; on the gateway a handler has its event, and device.append`);
    return "answered";
  }

  private asked(): ReturnType<Iotpy["hostCall"]> | undefined {
    try {
      return this.iotpy.hostCall();
    } catch (thrown) {
      if (thrown instanceof OutputTooLong) return undefined;
      throw thrown;
    }
  }

  private append(call: Call, log: string, json: string): void {
    try {
      call.append(log, json);
      this.iotpy.hostReturn("null");
    } catch (error) {
      this.iotpy.hostRaise("RuntimeError", messageOf(error));
    }
  }

  private async sleep(ms: number, call: Call): Promise<"answered" | "timeout"> {
    const left = call.deadlineMs - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(ms, left))));
    if (ms > left) return "timeout";
    this.iotpy.hostReturn("null");
    return "answered";
  }

  /** The uncaught exception; one that has no words of its own gets some. */
  private error(): PythonError {
    const error = JSON.parse(this.iotpy.error()) as PythonError;
    if (error.errorType !== "MemoryError" || error.errorMessage !== "") return error;
    const { arenaBytes, fn } = this;
    return { ...error, errorMessage: `the function's objects do not fit into the ${Math.floor(arenaBytes / MIB)} MB that a MemorySize of ${fn.memoryMb} MB gives them here; raise MemorySize or keep less` };
  }

  private raised(call: Call): Outcome {
    const { errorType, errorMessage, frames } = this.error();
    if (errorType === "SystemExit") return { kind: "stopped", reason: "exit", exitCode: /^(\d*|None)$/.test(errorMessage) ? Number(errorMessage) || 0 : 1 };
    return failed(call, errorType, errorMessage, stackTraceOf(this.code, frames));
  }
}

/** WebAssembly that gives up has used its memory up; nothing of it reaches the worker. */
function guarded<T>(work: () => T): T | Outcome {
  try {
    return work();
  } catch (thrown) {
    return thrown instanceof OutputTooLong ? { kind: "too-large", bytes: thrown.bytes } : { kind: "stopped", reason: "memory" };
  }
}

/** Whether an event says what Python's json reads and JSON has not: NaN, Infinity. */
function isPythonsJsonOnly(event: string): boolean {
  if (!/NaN|Infinity/.test(event)) return false;
  try {
    JSON.parse(event);
    return false;
  } catch {
    return true;
  }
}

/** The JSON text of one element of an array, its numbers as they were written. */
function elementText(array: string, index: number): string {
  let depth = 0;
  let quoted = false;
  let element = 0;
  let start = 1;
  for (let at = 0; at < array.length; at++) {
    const char = array[at];
    if (quoted) {
      if (char === "\\") at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth--;
    if ((!quoted && depth === 1 && char === ",") || depth === 0) {
      if (element++ === index) return array.slice(start, at).trim();
      start = at + 1;
    }
  }
  return "null";
}
