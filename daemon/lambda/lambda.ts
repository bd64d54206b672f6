/** Everything that Lambda is in this gateway, put together. */
import { GatewayError, messageOf } from "../errors.ts";
import type { Logs, Trigger } from "../log/index.ts";
import type { Sandbox } from "../sandbox/index.ts";
import type { Store } from "../store.ts";
import type { World } from "../world.ts";
import { type Code, checkZip, type ReadObject } from "./code.ts";
import { LambdaError } from "./error.ts";
import { Events } from "./events.ts";
import { type FunctionRecord, Functions, type FunctionSettings, type NewCode } from "./functions.ts";
import { Invocations } from "./invocations.ts";
import { type Runtime, RUNTIMES } from "./runtimes.ts";
import { attachLogTrigger, type LogTriggerOptions } from "./triggers.ts";

export interface LambdaOptions {
  readonly store: Store;
  readonly logs: Logs;
  readonly world: World;
  readonly sandbox: Sandbox;
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Reads code from the gateway's S3. */
  readonly readObject?: ReadObject;
  /** Signs the URL of GetFunction's Code.Location, where requests must be signed. */
  readonly signUrl?: (url: string) => string;
  readonly runtimes?: readonly Runtime[];
  /** Wait before an event invocation's second try; default one second. */
  readonly eventBackoffMs?: number;
}

/** A function to be there, whatever was there before. */
export interface Deployment extends Partial<FunctionSettings> {
  readonly name: string;
  readonly runtime: string;
  readonly handler: string;
  readonly zip: Uint8Array;
}

export const DEFAULT_SETTINGS = {
  role: "arn:aws:iam::000000000000:role/nanolambda", description: "", timeoutS: 3, memoryMb: 128, environment: {}, ephemeralMb: 512, tracing: "PassThrough", architecture: "x86_64",
} as const;

export class Lambda {
  readonly functions: Functions;
  readonly invocations: Invocations;
  readonly events: Events;
  readonly options: LambdaOptions;
  private readonly runtimes: readonly Runtime[];
  private readonly triggers = new Set<Trigger>();

  constructor(options: LambdaOptions) {
    const { store, logs, world, sandbox, region, accountId, eventBackoffMs } = options;
    this.options = options;
    this.runtimes = options.runtimes ?? RUNTIMES;
    this.functions = new Functions({ store, world, region, accountId });
    this.invocations = new Invocations({ functions: this.functions, sandbox, logs });
    this.events = new Events({ functions: this.functions, invocations: this.invocations, logs, ...(eventBackoffMs === undefined ? {} : { backoffMs: eventBackoffMs }) });
  }

  /** Prepares anew what an earlier version of the gateway prepared, then takes up the events that it left. */
  async start(): Promise<void> {
    for (const record of this.functions.list()) {
      const version = this.runtimes.find(({ names }) => names.includes(record.runtime))?.version?.();
      if (version !== record.preparedBy) await this.prepareAnew(record);
    }
    this.events.resume();
  }

  private async prepareAnew(record: FunctionRecord): Promise<void> {
    try {
      const code = checkZip(this.functions.zip(record.codeSha256) ?? new Uint8Array(0));
      await this.functions.update(record.name, { made: await this.prepare(record, code) });
    } catch (thrown) {
      this.options.world.log.warn({ function: record.name, reason: messageOf(thrown) }, "the function does not run on this version of the gateway; deploy it again");
    }
  }

  /** Names of the runtimes that functions may have here. */
  get runtimeNames(): string[] {
    return this.runtimes.flatMap(({ names }) => names);
  }

  /**
   * Makes of a zip what the runtime's engine loads.
   * @throws LambdaError InvalidParameterValueException for a runtime that is not here, or for what its code does wrong
   */
  async prepare({ runtime, handler }: { runtime: string; handler: string }, code: Code): Promise<NewCode> {
    const known = this.runtimes.find(({ names }) => names.includes(runtime));
    if (!known) {
      throw new LambdaError("InvalidParameterValueException", `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${this.runtimeNames.join(", ")}] or be a valid ARN`);
    }
    try {
      const made = await known.prepare?.(code.files, handler);
      return { code, prepared: made?.code, handlerless: made?.handlerless, preparedBy: known.version?.() };
    } catch (cause) {
      if (!(cause instanceof GatewayError)) throw cause;
      throw new LambdaError("InvalidParameterValueException", cause.message, { cause });
    }
  }

  /**
   * Creates the function, or makes the one of that name so.
   * @throws LambdaError InvalidParameterValueException as `prepare`, and for a handler that the code does not have
   */
  async deploy({ name, zip, ...settings }: Deployment): Promise<FunctionRecord> {
    const code = checkZip(zip);
    const wanted = { ...DEFAULT_SETTINGS, ...settings };
    const before = this.functions.find(name);
    if (before?.codeSha256 === code.sha256 && Object.entries(wanted).every(([key, value]) => JSON.stringify(before[key as keyof FunctionRecord]) === JSON.stringify(value))) return before;
    const made = await this.prepare(wanted, code);
    if (made.handlerless !== undefined) throw new LambdaError("InvalidParameterValueException", made.handlerless);
    if (!before) return this.functions.create(name, wanted, made, {});
    this.options.sandbox.forget(before.revisionId);
    return this.functions.update(name, { settings: wanted, made });
  }

  /** Runs a function on each append to a log, until the gateway stops. */
  onAppend(options: LogTriggerOptions): Trigger {
    const trigger = attachLogTrigger({ functions: this.functions, invocations: this.invocations, logs: this.options.logs }, options);
    this.triggers.add(trigger);
    return trigger;
  }

  /** The zip behind a Code.Location; see `codePath`. */
  codeAt(path: string): Uint8Array | undefined {
    const [, hex] = /^\/_nanolambda\/code\/([0-9a-f]{64})$/.exec(path) ?? [];
    return hex === undefined ? undefined : this.functions.zip(Buffer.from(hex, "hex").toString("base64"));
  }

  /** Ends the triggers after what they have in hand. The sandbox and the store are the caller's. */
  async close(): Promise<void> {
    await Promise.all([...this.triggers].map((trigger) => trigger.stop()));
    await this.events.stop();
  }
}

/** Where the gateway serves a zip. */
export function codePath(sha256: string): string {
  return `/_nanolambda/code/${Buffer.from(sha256, "base64").toString("hex")}`;
}
