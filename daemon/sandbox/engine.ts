/** The seam between the sandbox's workers and what runs a function: one engine for each kind of runtime. */

/** A function's code as its engine takes it. */
export interface FunctionCode {
  /** Names this code with this configuration: another zip or another configuration has another key. */
  readonly key: string;
  /** Lambda's name of the runtime, such as `nodejs20.x`. */
  readonly runtime: string;
  /** As configured, such as `index.handler`. */
  readonly handler: string;
  /** What the runtime's `prepare` made of the zip. */
  readonly code: Uint8Array;
  readonly functionArn: string;
  /** The whole environment, AWS's variables included. */
  readonly environment: Readonly<Record<string, string>>;
  /** 128..10,240 MB; what the function may use. */
  readonly memoryMb: number;
}

/** One call, as an engine sees it. Output goes out while the handler runs. */
export interface Call {
  /** JSON text; not checked yet. */
  readonly event: string;
  readonly requestId: string;
  /** JSON text of the caller's client context, or "". */
  readonly clientContext: string;
  /** On the clock of `performance.now()`: the engine stops the handler then. */
  readonly deadlineMs: number;
  /** Adds text to the invocation's log. */
  log(text: string): void;
  /** An append that the handler asked for: committed by the caller of the sandbox. @throws when there are too many */
  append(log: string, json: string): void;
  /**
   * Brackets what an engine does for this call later on, such as on a timer, so that the pool notices when it never ends.
   * `init` and `invoke` themselves are bracketed by their caller.
   */
  resume<T>(work: () => T): T;
}

/** How a call ended. After `stopped` the instance is of no further use. */
export type Outcome =
  /** JSON text of the result. */
  | { readonly kind: "result"; readonly payload: string }
  /** The result is longer than any response may be; its bytes. */
  | { readonly kind: "too-large"; readonly bytes: number }
  /** The handler failed; JSON text of the error in the shape of the runtime. */
  | { readonly kind: "error"; readonly payload: string }
  /** The event is not JSON; the handler did not run. */
  | { readonly kind: "bad-event" }
  | { readonly kind: "stopped"; readonly reason: "timeout" | "memory" }
  | { readonly kind: "stopped"; readonly reason: "exit"; readonly exitCode: number };

/** What a function's top level and handler run in: one call at a time. */
export interface Instance {
  /** Runs the function's top level; only then `invoke`. `kind: "result"` means ready. */
  init(call: Call): Outcome | Promise<Outcome>;
  invoke(call: Call): Outcome | Promise<Outcome>;
  /** Memory that the instance takes of the gateway, bytes. */
  memoryBytes(): number;
  dispose(): void;
}

export interface Engine {
  /** Makes an instance in which nothing of the function has run yet. */
  load(fn: FunctionCode): Promise<Instance>;
}

/** Makes the engines of a worker. `runtimes` says by a prefix of the runtime's name which functions they run. */
export interface EngineFactory {
  readonly runtimes: string;
  create(assets: Readonly<Record<string, Uint8Array>>): Promise<Engine>;
}
