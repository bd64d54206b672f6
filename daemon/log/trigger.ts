/**
 * Triggers: a handler that sees every record of a log, in order, at least once, and whose effects on logs happen once, because its
 * cursor and what it appends commit in one transaction. A batch that keeps failing goes to the dead-letter log and the cursor moves on.
 *
 * A handler runs only on durable records, one batch after the other, and does not wait for the commit of the batch before: the effects
 * queue for the next group commit, in order. Each checks that the one before it took effect; when one fails, those behind it fail with
 * it, and the trigger begins again at the durable cursor.
 */
import { GatewayError, messageOf } from "../errors.ts";
import { LOG_READ_AHEAD_RECORDS, LOG_READ_BYTES_MAX, TRIGGER_COMMITS_WAITING_MAX, TRIGGER_LAG_RECORDS_MAX } from "../limits.ts";
import { json, type Store, type Table, type WriteTransaction } from "../store.ts";
import type { World } from "../world.ts";
import type { Log, LogRecord } from "./index.ts";

export interface TriggerOptions {
  readonly store: Store;
  readonly world: World;
  readonly log: Log;
  /** Names the durable cursor: unique among the triggers of a log. */
  readonly name: string;
  /** Most records handed over at once, at least 1. */
  readonly batch: number;
  /** Where a trigger begins that has no cursor yet. */
  readonly startAt: "earliest" | "latest";
  /** Records the log keeps for this trigger beyond its history, and what happens to an append after that. Default 100,000. */
  readonly lagRecordsMax?: number;
  /** "block" refuses the append (2105); "drop" trims the oldest record, and the trigger counts it. */
  readonly onLag: "block" | "drop";
  /** Tries of one batch in all, and the wait between them, which doubles up to a limit. A disk that refuses writes is waited for and costs no try. */
  readonly retry: { readonly attempts: number; readonly backoffMs: number; readonly backoffMsMax: number };
  readonly deadLetter?: Log | undefined;
  /** Runs the handler; returns what must commit together with the cursor. */
  handle(records: LogRecord[], signal: AbortSignal): Promise<(tx: WriteTransaction) => void>;
}

export interface TriggerState {
  /** Last record that is done. */
  readonly cursor: number;
  /** Records still to come. */
  readonly lag: number;
  readonly failures: number;
  /** Records that were trimmed before the handler saw them. */
  readonly dropped: number;
}

export interface Trigger {
  /** Ends after the batch in hand; resolves when its effects are durable. */
  stop(): Promise<void>;
  state(): TriggerState;
}

/** Starts a trigger; it runs until it is stopped or its log is deleted. @throws GatewayError 2108 the log has a running trigger of that name */
export function startTrigger(options: TriggerOptions): Trigger {
  return new RunningTrigger(options);
}

interface Failure { readonly records: LogRecord[]; readonly error: unknown }

/** Why effects are not written whose predecessors were not. */
const SUPERSEDED = new Error("an earlier batch failed");

class RunningTrigger implements Trigger {
  private readonly options: TriggerOptions;
  private readonly key: (string | number)[];
  private readonly cursors: Table<number>;
  private readonly stopping = new AbortController();
  /** Ends the wait for the next record. */
  private waking = new AbortController();
  private readonly release: () => void;
  private readonly running: Promise<void>;
  /** Last record whose effects are durable; will be with the group being written; was handed to the handler. */
  private cursor: number;
  private written: number;
  private position: number;
  private ahead: LogRecord[] = [];
  private readonly committing = new Set<Promise<void>>();
  private failure: Failure | undefined;
  /** The batch to try again, and how often it was tried. */
  private again: LogRecord[] | undefined;
  private failing = { seq: 0, tries: 0, attempts: 0 };
  private failures = 0;
  private dropped = 0;

  constructor(options: TriggerOptions) {
    const { store, log, name, startAt, onLag, lagRecordsMax = TRIGGER_LAG_RECORDS_MAX } = options;
    this.options = options;
    this.key = [log.id, name];
    this.cursors = store.table("cursors", json());
    const { first, last } = log.info();
    const known = this.cursors.get(this.key);
    this.cursor = known ?? (startAt === "latest" ? last : first - 1);
    this.written = this.position = this.cursor;
    this.release = log.hold(name, { cursor: () => this.cursor, onLag, lagRecordsMax });
    // "latest" is where the trigger was first started, also after a crash before its first record.
    if (known === undefined) this.track(store.write((tx) => this.cursors.put(tx, this.key, this.cursor)), []);
    this.running = this.run();
  }

  state(): TriggerState {
    return { cursor: this.cursor, lag: this.options.log.info().last - this.cursor, failures: this.failures, dropped: this.dropped };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.waking.abort();
    await this.running;
    this.release();
  }

  private async run(): Promise<void> {
    const { log } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted && !log.deleted) {
      if (this.failure) await this.recover(this.failure, signal);
      else await this.turn(signal);
    }
    await this.settled();
  }

  /** One batch, or the wait for one. */
  private async turn(signal: AbortSignal): Promise<void> {
    let records: LogRecord[] = [];
    try {
      records = this.take();
      if (records.length === 0) await this.nextRecord();
      else this.commit(records, await this.options.handle(records, signal));
    } catch (error) {
      await this.settled();
      this.failure ??= { records, error };
    }
    if (this.committing.size >= TRIGGER_COMMITS_WAITING_MAX) await this.committing.values().next().value;
  }

  /** Resolves too when a commit failed, whose records must be handled again, and when the trigger is stopped. */
  private async nextRecord(): Promise<void> {
    this.waking = new AbortController();
    await this.options.log.grown(this.position + 1, this.waking.signal);
  }

  private take(): LogRecord[] {
    const { log, batch } = this.options;
    const again = this.again;
    this.again = undefined;
    if (again) return again;
    if (this.ahead.length === 0) {
      this.ahead = log.read(this.position + 1, Math.max(batch, LOG_READ_AHEAD_RECORDS), LOG_READ_BYTES_MAX);
      this.dropped += (this.ahead[0]?.seq ?? this.position + 1) - this.position - 1;
    }
    return this.ahead.splice(0, batch);
  }

  /** Queues a batch's effects together with the cursor. */
  private commit(records: LogRecord[], effects: (tx: WriteTransaction) => void): Promise<void> {
    const before = this.position;
    const last = records.at(-1)?.seq ?? before;
    this.position = last;
    const written = this.options.store.write((tx) => {
      if (this.written !== before) throw SUPERSEDED;
      effects(tx);
      this.written = last;
      tx.onUndo(() => { this.written = before; });
      tx.beforeCommit(this, (end) => this.cursors.put(end, this.key, this.written));
      tx.afterCommit(this, (durable) => { if (durable) this.cursor = this.written; else this.written = this.cursor; });
    });
    return this.track(written, records);
  }

  /** Keeps a commit among those awaited; the first that fails is the trigger's failure. */
  private track(written: Promise<void>, records: LogRecord[]): Promise<void> {
    const tracked: Promise<void> = written
      .catch((error: unknown) => {
        if (error === SUPERSEDED) return;
        this.failure ??= { records, error };
        this.waking.abort();
      })
      .finally(() => this.committing.delete(tracked));
    this.committing.add(tracked);
    return tracked;
  }

  private async settled(): Promise<void> {
    await Promise.all(this.committing);
  }

  /** Begins again at the durable cursor: the same batch after a pause, or the next when this one had its tries. */
  private async recover({ records, error }: Failure, signal: AbortSignal): Promise<void> {
    const { retry, world, log, name } = this.options;
    await this.settled();
    this.failure = undefined;
    this.rewind();
    const seq = records[0]?.seq ?? this.cursor + 1;
    if (this.failing.seq !== seq) this.failing = { seq, tries: 0, attempts: 0 };
    this.failing.tries++;
    if (!isDiskFailure(error)) this.failing.attempts++;
    this.failures++;
    world.log.warn({ log: log.name, trigger: name, seq, attempt: this.failing.attempts, reason: messageOf(error) }, `the trigger ${name} failed`);
    if (records.length > 0 && this.failing.attempts >= retry.attempts && (await this.giveUp(records, error))) return;
    if (records.length > 0) this.again = records;
    await this.pause(Math.min(retry.backoffMs * 2 ** (this.failing.tries - 1), retry.backoffMsMax), signal);
  }

  private rewind(): void {
    this.position = this.cursor;
    this.written = this.cursor;
    this.ahead = [];
    this.again = undefined;
  }

  /** Puts a batch aside so that the next can run; false when even that cannot be written now. */
  private async giveUp(records: LogRecord[], error: unknown): Promise<boolean> {
    await this.commit(records, (tx) => {
      for (const record of records) this.options.deadLetter?.appendIn(tx, this.letter(record, error));
    });
    if (!this.failure) return true;
    this.options.world.log.error({ trigger: this.options.name, reason: messageOf(this.failure.error) }, "a record that cannot be handled cannot be put aside either; it is tried again");
    this.failure = undefined;
    this.rewind();
    return false;
  }

  /** What stands in the dead-letter log: JSON, the record's body as base64 where there is room for it. */
  private letter({ seq, timeMs, origin, body }: LogRecord, error: unknown): Uint8Array {
    const { log, name, deadLetter } = this.options;
    const letter = { log: log.name, trigger: name, seq, timeMs, ...(origin ? { origin } : {}), error: messageOf(error).slice(0, 1024) };
    const whole = Buffer.from(JSON.stringify({ ...letter, body: Buffer.from(body).toString("base64") }));
    const room = deadLetter?.info().options.recordBytesMax ?? 0;
    return whole.length <= room ? whole : Buffer.from(JSON.stringify({ ...letter, bodyBytes: body.length }));
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => { cancel(); signal.removeEventListener("abort", done); resolve(); };
      const cancel = this.options.world.after(ms, done);
      signal.addEventListener("abort", done);
    });
  }
}

/** A disk that refuses writes is waited for: the batch is not to blame. */
function isDiskFailure(error: unknown): boolean {
  return error instanceof GatewayError && error.code >= 2000 && error.code < 2100;
}
