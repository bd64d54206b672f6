/** Append-only logs in the store: create, append, read, tail, trim, delete. Triggers are in trigger.ts, layouts in record.ts and tables.ts. */
import { GatewayError, messageOf } from "../errors.ts";
import { LOG_NAME_BYTES_MAX, LOG_RECORD_BYTES_CEILING, LOG_RECORD_BYTES_DEFAULT } from "../limits.ts";
import type { Store, WriteTransaction } from "../store.ts";
import type { World } from "../world.ts";
import type { LogRecord, Origin } from "./record.ts";
import { StoredLog } from "./stored-log.ts";
import { nextId, openTables, sweepLeftovers, type State, type Tables } from "./tables.ts";

export type { LogRecord, Origin } from "./record.ts";
export { startTrigger, type Trigger, type TriggerOptions, type TriggerState } from "./trigger.ts";

/**
 * How much of its past a log keeps; {} keeps all. Trimmed by each append, in the append's own transaction; the newest record always stays.
 * A log that receives nothing keeps what it has, whatever its age.
 */
export interface History {
  /** At least 1. */
  readonly records?: number | undefined;
  /** Bytes of bodies, at least 1. */
  readonly bytes?: number | undefined;
  /** Milliseconds, at least 1. */
  readonly ageMs?: number | undefined;
}

export interface LogOptions {
  /** Longest body, 1..LOG_RECORD_BYTES_CEILING bytes. */
  readonly recordBytesMax: number;
  readonly history: History;
}

export interface LogInfo {
  readonly name: string;
  /** Oldest record kept, and the newest ever appended (0: none). An empty log has first = last + 1. */
  readonly first: number;
  readonly last: number;
  /** How many records are kept, and the bytes of their bodies. */
  readonly records: number;
  readonly bytes: number;
  readonly options: LogOptions;
}

export interface AppendOptions {
  readonly origin?: Origin;
  /** Milliseconds since 1970; default now. */
  readonly timeMs?: number;
}

export interface Appended {
  readonly seq: number;
  /** The origin's record was there already, and nothing changed; `seq` is then 0. */
  readonly duplicate: boolean;
}

export interface Log {
  readonly name: string;
  /** Never given to another log, not even to one of the same name. */
  readonly id: number;
  readonly deleted: boolean;
  info(): LogInfo;
  /** Resolves when the record is durable. @throws GatewayError 2103 too large, 2105 held by a blocking trigger, 2106 deleted, 2107 no such origin, 2003 disk full */
  append(body: Uint8Array, options?: AppendOptions): Promise<Appended>;
  /** The same as a part of a larger write. */
  appendIn(tx: WriteTransaction, body: Uint8Array, options?: AppendOptions): Appended;
  /** Records with seq >= from, oldest first; at most `limit`, and at most `bytesMax` bytes of bodies, but at least one. @throws GatewayError 2101 damaged */
  read(from: number, limit: number, bytesMax?: number): LogRecord[];
  /** The newest records, oldest first, limited as a read is. */
  latest(count: number, bytesMax?: number): LogRecord[];
  /** History from `from` on, then live, in order, none twice, none left out unless trimmed; ends when the signal aborts or the log is deleted. */
  tail(from: number, signal: AbortSignal): AsyncIterable<LogRecord>;
  /** Resolves when there is a record `seq`, or the log is deleted, or the signal aborts. */
  grown(seq: number, signal: AbortSignal): Promise<void>;
  /** Highest durable (epoch, seq) that a board has appended. */
  originOf(board: string): { epoch: number; seq: number } | undefined;
  /** Keeps records from being trimmed for the trigger of this name. Returns how to let go. @throws GatewayError 2108 that trigger runs already */
  hold(trigger: string, hold: Hold): () => void;
}

/** A trigger's claim on a log's records: history is not trimmed under it until it lags by more than `lagRecordsMax`. */
export interface Hold {
  /** The last record no longer needed. */
  cursor(): number;
  readonly lagRecordsMax: number;
  /** Beyond that, "block" refuses appends and "drop" lets the oldest record go. */
  readonly onLag: "block" | "drop";
}

export interface Logs {
  /**
   * Makes a log, or returns the one there is; options that are given and differ replace its own.
   * @throws GatewayError 2102 a name or option out of range
   */
  create(name: string, options?: Partial<LogOptions>): Promise<Log>;
  get(name: string): Log | undefined;
  list(): LogInfo[];
  /** Resolves when the log and all it held are gone. */
  delete(name: string): Promise<void>;
  /**
   * Every trigger of the configuration has been started. Until then each durable cursor holds the records behind it, so that what is
   * appended while a gateway starts trims nothing its triggers still need; from then on cursors without a trigger hold nothing.
   */
  triggersStarted(): void;
  readonly store: Store;
  readonly world: World;
}

/** Opens the logs of a store. */
export function openLogs(store: Store, world: World): Logs {
  const parts = { tables: openTables(store), store, world };
  const logs = new Map<string, StoredLog>();
  for (const { key, value } of parts.tables.states.range()) logs.set(String(key), new StoredLog(String(key), value, parts));
  const letGo = [...logs.values()].flatMap((log) => log.holdForCursors());
  sweepLeftovers(parts.tables, store).catch((error: unknown) => world.log.warn({ reason: messageOf(error) }, "what deleted logs left is removed at the next start"));
  return {
    store,
    world,
    async create(name, options) {
      const wanted = checkOptions(name, options ?? {});
      const log = await store.write((tx) => logs.get(name) ?? createIn(tx, name, wanted, logs, parts));
      if (options) await log.configure(wanted);
      return log;
    },
    get: (name) => logs.get(name),
    list: () => [...logs.values()].map((log) => log.info()).sort((a, b) => (a.name < b.name ? -1 : 1)),
    async delete(name) {
      await store.write((tx) => deleteIn(tx, name, logs));
      await sweepLeftovers(parts.tables, store);
    },
    triggersStarted: () => { for (const stop of letGo.splice(0)) stop(); },
  };
}

function createIn(tx: WriteTransaction, name: string, options: LogOptions, logs: Map<string, StoredLog>, parts: { tables: Tables; store: Store; world: World }): StoredLog {
  const state: State = { id: nextId(parts.tables, tx), first: 1, last: 0, bytes: 0, options };
  const log = new StoredLog(name, state, parts);
  parts.tables.states.put(tx, name, state);
  logs.set(name, log);
  tx.onUndo(() => void logs.delete(name));
  tx.afterCommit({}, (durable) => { if (!durable && logs.get(name) === log) logs.delete(name); });
  return log;
}

function deleteIn(tx: WriteTransaction, name: string, logs: Map<string, StoredLog>): void {
  const log = logs.get(name);
  if (!log) return;
  logs.delete(name);
  tx.onUndo(() => void logs.set(name, log));
  tx.afterCommit({}, (durable) => { if (!durable) logs.set(name, log); });
  log.deleteIn(tx);
}

function checkOptions(name: string, { recordBytesMax = LOG_RECORD_BYTES_DEFAULT, history = {} }: Partial<LogOptions>): LogOptions {
  if (name === "" || new TextEncoder().encode(name).length > LOG_NAME_BYTES_MAX) {
    throw new GatewayError(2102, `a log's name has 1 to ${LOG_NAME_BYTES_MAX} bytes; ${JSON.stringify(name.slice(0, 40))} has not`);
  }
  if (!(recordBytesMax >= 1 && recordBytesMax <= LOG_RECORD_BYTES_CEILING)) {
    throw new GatewayError(2102, `recordBytesMax of the log ${name} is 1 to ${LOG_RECORD_BYTES_CEILING}`);
  }
  const { records, bytes, ageMs } = history;
  for (const limit of [records, bytes, ageMs]) {
    if (limit !== undefined && !(limit >= 1)) throw new GatewayError(2102, `a history limit of the log ${name} is a number of at least 1`);
  }
  return { recordBytesMax, history: { ...(records === undefined ? {} : { records }), ...(bytes === undefined ? {} : { bytes }), ...(ageMs === undefined ? {} : { ageMs }) } };
}
