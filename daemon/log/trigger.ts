/**
 * Triggers: a handler that sees every record of a log, in order, at least once, and whose effects on logs happen once, because its
 * cursor and what it appends commit in one transaction. A batch that keeps failing goes to the dead-letter log and the cursor moves on.
 */
import { GatewayError, messageOf } from "../errors.ts";
import { TRIGGER_LAG_RECORDS_MAX } from "../limits.ts";
import { json, type Store, type WriteTransaction } from "../store.ts";
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
  readonly onLag: "block" | "drop";
  /** Tries of one batch in all, and the wait between them, which doubles up to a limit. */
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
  /** Ends after the batch in hand; resolves when it has. */
  stop(): Promise<void>;
  state(): TriggerState;
}

/** Starts a trigger; it runs until stopped. */
export function startTrigger(options: TriggerOptions): Trigger {
  return new RunningTrigger(options);
}

class RunningTrigger implements Trigger {
  private readonly options: TriggerOptions;
  private readonly key: string[];
  private readonly cursors;
  private readonly stopping = new AbortController();
  private readonly release: () => void;
  private readonly running: Promise<void>;
  private cursor: number;
  private failures = 0;
  private dropped = 0;

  constructor(options: TriggerOptions) {
    this.options = options;
    this.key = [options.log.name, options.name];
    this.cursors = options.store.table<number>("cursors", json());
    const { first, last } = options.log.info();
    this.cursor = this.cursors.get(this.key) ?? (options.startAt === "latest" ? last : first - 1);
    this.release = options.log.hold({ cursor: () => this.cursor, onLag: options.onLag, lagRecordsMax: options.lagRecordsMax ?? TRIGGER_LAG_RECORDS_MAX, dropped: (count) => { this.dropped += count; } });
    this.running = this.run();
  }

  state(): TriggerState {
    return { cursor: this.cursor, lag: this.options.log.info().last - this.cursor, failures: this.failures, dropped: this.dropped };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.release();
  }

  private async run(): Promise<void> {
    const { log, batch } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const records = log.read(this.cursor + 1, batch);
      if (records.length === 0) await this.appended(signal);
      else await this.handleBatch(records, signal);
    }
  }

  private appended(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => { if (this.options.log.info().last <= this.cursor && !signal.aborted) return; stop(); signal.removeEventListener("abort", done); resolve(); };
      const stop = this.options.log.onAppend(done);
      signal.addEventListener("abort", done);
      done();
    });
  }

  private async handleBatch(records: LogRecord[], signal: AbortSignal): Promise<void> {
    const { retry, world, log, name } = this.options;
    let waitMs = retry.backoffMs;
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        const effects = await this.options.handle(records, signal);
        await this.commit(records, effects);
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.failures++;
        world.log.warn({ log: log.name, trigger: name, seq: records[0]?.seq, attempt, reason: messageOf(error) }, `the trigger ${name} failed`);
        if (attempt >= retry.attempts && !isDiskFailure(error) && (await this.giveUp(records, error))) return;
        await this.pause(waitMs, signal);
        waitMs = Math.min(waitMs * 2, retry.backoffMsMax);
      }
    }
  }

  private async commit(records: LogRecord[], effects: (tx: WriteTransaction) => void): Promise<void> {
    const cursor = records.at(-1)?.seq ?? this.cursor;
    await this.options.store.write((tx) => {
      effects(tx);
      this.cursors.put(tx, this.key, cursor);
    });
    this.cursor = cursor;
  }

  /** Puts a batch aside so that the next can run; false when even that cannot be written now. */
  private async giveUp(records: LogRecord[], error: unknown): Promise<boolean> {
    const { deadLetter, log, name } = this.options;
    const encoder = new TextEncoder();
    try {
      await this.commit(records, (tx) => {
        for (const { seq, timeMs, body } of records) {
          const letter = { log: log.name, trigger: name, seq, timeMs, error: messageOf(error), body: Buffer.from(body).toString("base64") };
          deadLetter?.appendIn(tx, encoder.encode(JSON.stringify(letter)));
        }
      });
      return true;
    } catch {
      return false;
    }
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
