/**
 * JavaScript functions on QuickJS in WebAssembly. Each instance has a WebAssembly memory of its own: what a function or a trap leaves behind goes away whole, and no function can take another's memory.
 */
import releaseSync from "@jitl/quickjs-wasmfile-release-sync";
import { unzipSync } from "fflate";
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSContext, type QuickJSHandle, type QuickJSRuntime, type QuickJSSyncVariant, type VmFunctionImplementation } from "quickjs-emscripten-core";
import type { Call, Engine, EngineFactory, FunctionCode, Instance, Outcome } from "../engine.ts";
import { ModuleFiles } from "./module-files.ts";

/** Its types describe the package's CommonJS face, where the variant stands under `default`. */
const variant = releaseSync as unknown as QuickJSSyncVariant;
/** The module declares a memory of 16 MiB to 2 GiB. */
const MEMORY_MB = { min: 16, max: 2048, default: 128 };
const PAGES_PER_MB = 16;
const MIB = 1024 * 1024;
/** About 5,400 calls deep; the module's own stack has 5 MiB, and the worker's stack is made to fit (pool.ts). */
const STACK_BYTES = MIB;
/** A spare instance is made this long after the last was taken, when the call that took it is mostly over. */
const SPARE_AFTER_MS = 20;

export const nodejs: EngineFactory = {
  runtimes: "nodejs",
  async create(assets) {
    const wasm = await WebAssembly.compile(required(assets, "quickjs.wasm") as BufferSource);
    const guest = new TextDecoder().decode(required(assets, "guest.js"));
    return new QuickJSEngine(wasm, guest);
  },
};

function required(assets: Readonly<Record<string, Uint8Array>>, name: string): Uint8Array {
  const bytes = assets[name];
  if (!bytes) throw new Error(`the sandbox was started without ${name}`);
  return bytes;
}

class QuickJSEngine implements Engine {
  private readonly wasm: WebAssembly.Module;
  private readonly guest: string;
  /** Unzipped files, as long as the pool keeps the function's code. */
  private readonly unzipped = new WeakMap<FunctionCode, Readonly<Record<string, Uint8Array>>>();
  private spare: QuickJSInstance | undefined;
  private making = false;

  constructor(wasm: WebAssembly.Module, guest: string) {
    this.wasm = wasm;
    this.guest = guest;
    this.makeSpare(MEMORY_MB.default);
  }

  async load(fn: FunctionCode): Promise<Instance> {
    const files = this.unzipped.get(fn) ?? unzipSync(fn.code);
    this.unzipped.set(fn, files);
    const memoryMb = Math.min(Math.max(fn.memoryMb, MEMORY_MB.min), MEMORY_MB.max);
    const instance = this.spare?.memoryMb === memoryMb ? this.spare : await this.makeInstance(memoryMb);
    this.spare = undefined;
    this.makeSpare(memoryMb);
    instance.assign(fn, new ModuleFiles(files));
    return instance;
  }

  private makeSpare(memoryMb: number): void {
    if (this.making) return;
    this.making = true;
    setTimeout(() => {
      void this.makeInstance(memoryMb).then((instance) => {
        this.spare = instance;
        this.making = false;
      });
    }, SPARE_AFTER_MS).unref();
  }

  private async makeInstance(memoryMb: number): Promise<QuickJSInstance> {
    // The memory's own maximum is what bounds a function: QuickJS's limit does not count everything.
    const memory = new WebAssembly.Memory({ initial: MEMORY_MB.min * PAGES_PER_MB, maximum: memoryMb * PAGES_PER_MB });
    const module = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule: this.wasm, wasmMemory: memory }));
    return new QuickJSInstance(module.newRuntime(), { memory, memoryMb, guest: this.guest });
  }
}

/** What the guest's expression returns; see guest.js. */
type Entry = "init" | "invoke" | "outcome" | "drained" | "fire" | "clearTimers" | "exportNames";
const ENTRIES: readonly Entry[] = ["init", "invoke", "outcome", "drained", "fire", "clearTimers", "exportNames"];

class QuickJSInstance implements Instance {
  private readonly runtime: QuickJSRuntime;
  private readonly context: QuickJSContext;
  private readonly memory: WebAssembly.Memory;
  readonly memoryMb: number;
  private files = new ModuleFiles({});
  private configuration = "";
  private readonly entries = new Map<Entry, QuickJSHandle>();
  private readonly timers = new Map<number, NodeJS.Timeout>();
  private call: Call | undefined;
  private exitCode: number | undefined;
  /** The deadline has stopped the guest; what it says after that does not count. */
  private interrupted = false;
  /** Settles the outcome that is waited for. */
  private settle: ((outcome: Outcome) => void) | undefined;

  /** A QuickJS in which guest.js has run and nothing else: most of a cold start, which can be done ahead. */
  constructor(runtime: QuickJSRuntime, { memory, memoryMb, guest }: { memory: WebAssembly.Memory; memoryMb: number; guest: string }) {
    this.memory = memory;
    this.memoryMb = memoryMb;
    this.runtime = runtime;
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setInterruptHandler(() => this.mustStop());
    runtime.setModuleLoader((path) => this.moduleSource(path), (base, specifier) => this.moduleName(base, specifier));
    this.context = runtime.newContext();
    this.start(guest);
  }

  /** Says whose instance this is. */
  assign(fn: FunctionCode, files: ModuleFiles): void {
    this.files = files;
    this.configuration = JSON.stringify({ env: fn.environment, handler: fn.handler, functionArn: fn.functionArn });
  }

  init(call: Call): Outcome | Promise<Outcome> {
    return this.run(call, "init", [this.context.newString(this.configuration), this.context.newString(call.requestId)]);
  }

  invoke(call: Call): Outcome | Promise<Outcome> {
    // The bridge passes strings that end at a zero byte, which no JSON text holds.
    if (call.event.includes("\0")) return { kind: "bad-event" };
    const { context } = this;
    return this.run(call, "invoke", [context.newString(call.event), context.newString(call.requestId), context.newNumber(call.deadlineMs), context.newString(call.clientContext)]);
  }

  memoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** The runtime is not taken apart: its memory, all of it, is garbage once nothing points to this instance. */
  dispose(): void {
    this.stopTimers();
    this.settle = undefined;
  }

  private mustStop(): boolean {
    this.interrupted ||= performance.now() >= (this.call?.deadlineMs ?? Infinity);
    return this.interrupted || this.exitCode !== undefined;
  }

  private start(guest: string): void {
    const { context } = this;
    const host = this.hostFunctions();
    const main = context.unwrapResult(context.evalCode(guest, "nanolambda:guest.js"));
    const guestObject = context.unwrapResult(context.callFunction(main, context.undefined, host));
    for (const entry of ENTRIES) this.entries.set(entry, context.getProp(guestObject, entry));
    for (const handle of [host, main, guestObject]) handle.dispose();
  }

  /** Enters the guest and follows it to its outcome: at once where it can, else by its timers. */
  private run(call: Call, entry: "init" | "invoke", args: QuickJSHandle[]): Outcome | Promise<Outcome> {
    this.call = call;
    const first = this.enter(entry, args) ?? this.advance();
    if (first) return this.finish(entry, first);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle?.({ kind: "stopped", reason: "timeout" }), Math.max(0, call.deadlineMs - performance.now()));
      this.settle = (outcome) => {
        clearTimeout(timer);
        this.settle = undefined;
        resolve(this.finish(entry, outcome));
      };
    });
  }

  private finish(entry: "init" | "invoke", outcome: Outcome): Outcome {
    if ((entry === "invoke" || outcome.kind !== "result") && this.timers.size > 0) {
      this.stopTimers();
      if (outcome.kind !== "stopped") this.enter("clearTimers", []);
    }
    return this.stopped() ?? outcome;
  }

  /** How the guest was ended from outside, whatever it made of that itself. */
  private stopped(): Outcome | undefined {
    if (this.exitCode !== undefined) return { kind: "stopped", reason: "exit", exitCode: this.exitCode };
    return this.interrupted ? { kind: "stopped", reason: "timeout" } : undefined;
  }

  /** Calls into the guest; an outcome, or undefined when it has none yet. */
  private enter(entry: Entry, args: QuickJSHandle[]): Outcome | undefined {
    try {
      const fn = this.entries.get(entry) as QuickJSHandle;
      const result = this.context.callFunction(fn, this.context.undefined, args);
      if (result.error) return this.broken(result.error);
      const text = result.value === this.context.undefined ? "" : this.context.typeof(result.value) === "string" ? this.context.getString(result.value) : "";
      result.value.dispose();
      return outcomeOf(text);
    } catch (trap) {
      return this.trapped(trap);
    } finally {
      for (const arg of args) arg.dispose();
    }
  }

  /** Runs what promises left to do. */
  private advance(): Outcome | undefined {
    try {
      if (this.runtime.hasPendingJob()) {
        const jobs = this.runtime.executePendingJobs();
        if (jobs.error) return this.broken(jobs.error);
      }
      return this.enter("outcome", []) ?? (this.timers.size === 0 ? this.enter("drained", []) : undefined);
    } catch (trap) {
      return this.trapped(trap);
    }
  }

  /** The guest was stopped, or has no memory even to say so. */
  private broken(error: QuickJSHandle): Outcome {
    const message = this.context.getProp(error, "message").consume((handle) => this.context.getString(handle));
    error.dispose();
    if (message === "out of memory" || message === "null") return { kind: "stopped", reason: "memory" };
    return failure("Runtime.InternalError", message);
  }

  /** WebAssembly itself gave up; the worker's own memory and stack are whole. */
  private trapped(trap: unknown): Outcome {
    if (trap instanceof RangeError) return failure("RangeError", "Maximum call stack size exceeded");
    return { kind: "stopped", reason: "memory" };
  }

  private hostFunctions(): QuickJSHandle {
    const { context } = this;
    const functions: Record<string, VmFunctionImplementation<QuickJSHandle>> = {
      log: (line) => this.log(context.getString(line)),
      append: (log, json) => void this.call?.append(context.getString(log), context.getString(json)),
      isMemoryFull: () => (this.memory.buffer.byteLength > 0.9 * this.memoryMb * MIB ? context.true : context.false),
      now: () => context.newNumber(performance.now()),
      random: (length) => context.newString(Buffer.from(crypto.getRandomValues(new Uint8Array(Math.min(context.getNumber(length), 65_536)))).toString("hex")),
      startTimer: (id, ms) => this.startTimer(context.getNumber(id), context.getNumber(ms)),
      stopTimer: (id) => this.stopTimer(context.getNumber(id)),
      exit: (code) => this.exit(context.getNumber(code)),
      resolve: (specifier, from) => this.optional(this.files.resolve(context.getString(specifier), context.getString(from))),
      source: (path) => this.optional(this.files.source(context.getString(path))),
      kind: (path) => context.newString(this.files.kind(context.getString(path))),
      treatAsModule: (path) => this.files.treatAsModule(context.getString(path)),
      compile: (source, path) => context.evalCode(context.getString(source), context.getString(path), { type: "global" }),
    };
    const host = context.newObject();
    for (const [name, run] of Object.entries(functions)) context.newFunction(name, run).consume((handle) => context.setProp(host, name, handle));
    return host;
  }

  private log(line: string): void {
    if (!this.stopped()) this.call?.log(line);
  }

  private optional(text: string | undefined): QuickJSHandle {
    return text === undefined ? this.context.undefined : this.context.newString(text);
  }

  private exit(code: number): void {
    this.exitCode = code;
    throw new Error("process.exit");
  }

  private startTimer(id: number, ms: number): void {
    this.timers.set(id, setTimeout(() => {
      this.timers.delete(id);
      const outcome = this.call?.resume(() => this.enter("fire", [this.context.newNumber(id)]) ?? this.advance());
      if (outcome) this.settle?.(outcome);
    }, ms));
  }

  private stopTimer(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  private stopTimers(): void {
    for (const id of [...this.timers.keys()]) this.stopTimer(id);
  }

  private moduleName(base: string, specifier: string): string | { error: Error } {
    const found = this.files.resolve(specifier, base);
    if (found !== undefined) return found;
    // Built-in modules are known to the guest; it throws where there is none of that name.
    return /^[./]/.test(specifier) ? { error: new Error(`Cannot find module '${specifier}' imported from ${base}`) } : specifier;
  }

  private moduleSource(path: string): string | { error: Error } {
    const source = this.files.source(path);
    if (source !== undefined && this.files.kind(path) === "esm") return source;
    return this.syntheticModule(path);
  }

  /** An ES module that exports what a CommonJS, JSON or built-in module exports. */
  private syntheticModule(path: string): string | { error: Error } {
    const { context } = this;
    const entry = this.entries.get("exportNames") as QuickJSHandle;
    const result = context.newString(path).consume((handle) => context.callFunction(entry, context.undefined, handle));
    if (result.error) {
      const message = context.getProp(result.error, "message").consume((handle) => context.getString(handle));
      result.error.dispose();
      return { error: new Error(message) };
    }
    const names = JSON.parse(result.value.consume((handle) => context.getString(handle))) as string[];
    const lines = names.map((name, index) => `const e${index} = all[${JSON.stringify(name)}]; export { e${index} as ${name} };`);
    return `const all = __nanolambdaRequire(${JSON.stringify(path)}); export default all; ${lines.join(" ")}`;
  }
}

function failure(errorType: string, errorMessage: string): Outcome {
  return { kind: "error", payload: JSON.stringify({ errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`] }) };
}

/** Reads an outcome as guest.js writes it. */
function outcomeOf(text: string): Outcome | undefined {
  switch (text[0]) {
    case "=":
      return { kind: "result", payload: text.slice(1) };
    case "!":
      return { kind: "error", payload: text.slice(1) };
    case "#":
      return { kind: "stopped", reason: "memory" };
    case "?":
      return { kind: "bad-event" };
    default:
      return undefined;
  }
}
