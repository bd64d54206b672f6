/** The functions: kept in the store, all in memory besides, changed one at a time. */
import { bytes, json, type Store, type Table, type WriteTransaction } from "../store.ts";
import type { SandboxFunction } from "../sandbox/index.ts";
import type { World } from "../world.ts";
import type { Code } from "./code.ts";
import { LambdaError } from "./error.ts";
import { requestIds } from "./request-ids.ts";

/** What may be configured. */
export interface FunctionSettings {
  readonly runtime: string;
  readonly handler: string;
  readonly role: string;
  readonly description: string;
  readonly timeoutS: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly ephemeralMb: number;
  readonly tracing: string;
  readonly architecture: string;
}

export interface FunctionRecord extends FunctionSettings {
  readonly name: string;
  /** Tells a function from one of the same name before it. */
  readonly uid: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Base64. */
  readonly codeSha256: string;
  readonly codeBytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
  readonly revisionId: string;
  /** Why no invocation finds the handler, if none does; see `Prepared`. */
  readonly handlerless?: string | undefined;
  /** The version of the runtime that prepared the code; see `Runtime`. */
  readonly preparedBy?: string | undefined;
}

export interface FunctionsOptions {
  readonly store: Store;
  readonly world: World;
  readonly region: string;
  readonly accountId: string;
}

/** What a write changes besides the record. */
export interface NewCode {
  readonly code: Code;
  /** What the runtime made of it; undefined: the zip itself. */
  readonly prepared: Uint8Array | undefined;
  readonly handlerless?: string | undefined;
  readonly preparedBy?: string | undefined;
}

export class Functions {
  readonly region: string;
  /** New ids, for requests and revisions. */
  readonly newId: () => string;
  private readonly accountId: string;
  private readonly store: Store;
  private readonly world: World;
  private readonly records: Table<FunctionRecord>;
  private readonly zips: Table<Uint8Array>;
  private readonly prepared: Table<Uint8Array>;
  private readonly known = new Map<string, FunctionRecord>();
  private readonly runnable = new Map<string, SandboxFunction>();
  private readonly listeners = new Set<(name: string) => void>();

  constructor({ store, world, region, accountId }: FunctionsOptions) {
    this.store = store;
    this.world = world;
    this.region = region;
    this.newId = requestIds(world);
    this.accountId = accountId;
    this.records = store.table("lambda.functions", json());
    this.zips = store.table("lambda.zips", bytes);
    this.prepared = store.table("lambda.prepared", bytes);
    for (const { value } of this.records.range()) this.known.set(value.name, value);
  }

  arn(name: string): string {
    return `arn:aws:lambda:${this.region}:${this.accountId}:function:${name}`;
  }

  find(name: string): FunctionRecord | undefined {
    return this.known.get(name);
  }

  /** @throws LambdaError ResourceNotFoundException; only `$LATEST` is there to be asked for */
  get(name: string, qualifier?: string): FunctionRecord {
    const record = this.known.get(name);
    if (record && (qualifier === undefined || qualifier === "$LATEST")) return record;
    throw new LambdaError("ResourceNotFoundException", `Function not found: ${this.arn(name)}${qualifier === undefined ? "" : `:${qualifier}`}`);
  }

  /** In order of their names, after the given one. */
  list(after = ""): FunctionRecord[] {
    return [...this.known.values()].filter(({ name }) => name > after).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** What the runtime's `prepare` made of a function's code. */
  preparedOf(name: string): Uint8Array | undefined {
    return this.prepared.get(name);
  }

  /** Calls back with the name of each function that was created, changed or deleted. */
  onChange(listener: (name: string) => void): void {
    this.listeners.add(listener);
  }

  private changed(name: string): void {
    for (const listener of this.listeners) listener(name);
  }

  zip(sha256: string): Uint8Array | undefined {
    return this.zips.get(sha256);
  }

  /** What the sandbox runs for a function as it is now. */
  sandboxed(record: FunctionRecord): SandboxFunction {
    let fn = this.runnable.get(record.name);
    if (fn?.key !== record.revisionId) this.runnable.set(record.name, (fn = this.describe(record)));
    return fn;
  }

  /** @throws LambdaError ResourceConflictException when there is one of that name */
  async create(name: string, settings: FunctionSettings, made: NewCode, tags: Readonly<Record<string, string>>): Promise<FunctionRecord> {
    return this.write((tx) => {
      if (this.records.getIn(tx, name)) throw new LambdaError("ResourceConflictException", `Function already exist: ${name}`);
      return this.save(tx, { ...settings, name, uid: this.world.randomBytes(4).reduce((hex, byte) => hex + byte.toString(16).padStart(2, "0"), ""), tags, ...this.stamp(made.code) }, made);
    });
  }

  /**
   * Changes settings, code, or both.
   * @param revisionId when given, only if the function is still at this revision
   * @throws LambdaError ResourceNotFoundException, PreconditionFailedException
   */
  async update(name: string, change: { settings?: Partial<FunctionSettings>; made?: NewCode | undefined; revisionId?: string | undefined }): Promise<FunctionRecord> {
    return this.write((tx) => {
      const before = this.records.getIn(tx, name);
      if (!before) throw new LambdaError("ResourceNotFoundException", `Function not found: ${this.arn(name)}`);
      checkRevision(before, change.revisionId);
      const code = change.made?.code ?? { sha256: before.codeSha256, zip: { length: before.codeBytes } };
      const after = this.save(tx, { ...before, ...change.settings, ...this.stamp(code) }, change.made);
      if (after.codeSha256 !== before.codeSha256) this.dropZip(tx, before.codeSha256);
      return after;
    });
  }

  /** @throws LambdaError ResourceNotFoundException */
  async delete(name: string): Promise<FunctionRecord> {
    const gone = await this.store.write((tx) => {
      const record = this.records.getIn(tx, name);
      if (!record) throw new LambdaError("ResourceNotFoundException", `Function not found: ${this.arn(name)}`);
      this.records.remove(tx, name);
      this.prepared.remove(tx, name);
      this.dropZip(tx, record.codeSha256);
      return record;
    });
    this.known.delete(name);
    this.runnable.delete(name);
    this.changed(name);
    return gone;
  }

  private stamp(code: { readonly sha256: string; readonly zip: { readonly length: number } }): Pick<FunctionRecord, "codeSha256" | "codeBytes" | "modifiedMs" | "revisionId"> {
    return { codeSha256: code.sha256, codeBytes: code.zip.length, modifiedMs: this.world.now(), revisionId: this.newId() };
  }

  private async write(work: (tx: WriteTransaction) => FunctionRecord): Promise<FunctionRecord> {
    const record = await this.store.write(work);
    this.known.set(record.name, record);
    this.changed(record.name);
    return record;
  }

  private save(tx: WriteTransaction, settled: FunctionRecord, made: NewCode | undefined): FunctionRecord {
    const record = made ? { ...settled, handlerless: made.handlerless, preparedBy: made.preparedBy } : settled;
    this.records.put(tx, record.name, record);
    if (!made) return record;
    this.zips.put(tx, made.code.sha256, made.code.zip);
    if (made.prepared) this.prepared.put(tx, record.name, made.prepared);
    else this.prepared.remove(tx, record.name);
    return record;
  }

  /** Functions may share a zip: it goes with the last. */
  private dropZip(tx: WriteTransaction, sha256: string): void {
    for (const { value } of this.records.rangeIn(tx)) if (value.codeSha256 === sha256) return;
    this.zips.remove(tx, sha256);
  }

  private describe(record: FunctionRecord): SandboxFunction {
    const { name, runtime, handler, memoryMb, codeSha256 } = record;
    return {
      key: record.revisionId, runtime, handler, memoryMb, functionArn: this.arn(name), environment: this.environmentOf(record),
      code: () => this.prepared.get(name) ?? this.zips.get(codeSha256) ?? new Uint8Array(0),
    };
  }

  /** AWS: "Using Lambda environment variables, Defined runtime environment variables". */
  private environmentOf({ name, uid, memoryMb, handler, runtime, environment }: FunctionRecord): Record<string, string> {
    return {
      ...environment,
      AWS_LAMBDA_FUNCTION_NAME: name, AWS_LAMBDA_FUNCTION_VERSION: "$LATEST", AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(name), AWS_LAMBDA_LOG_STREAM_NAME: `[$LATEST]${uid}`, AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`, AWS_REGION: this.region, AWS_DEFAULT_REGION: this.region, LAMBDA_TASK_ROOT: "/var/task", LAMBDA_RUNTIME_DIR: "/var/runtime", _HANDLER: handler, TZ: ":UTC",
    };
  }
}

/** The name of a function's log, as of its CloudWatch log group on AWS. */
export function logGroupOf(name: string): string {
  return `/aws/lambda/${name}`;
}

/** @throws LambdaError PreconditionFailedException */
export function checkRevision(record: FunctionRecord, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === record.revisionId) return;
  throw new LambdaError("PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
}
