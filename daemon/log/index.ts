/** Append-only logs in the store: append, read, tail, trim, delete. Triggers are in trigger.ts, the record's layout in record.ts. */
import { GatewayError } from "../errors.ts";
import { LOG_NAME_BYTES_MAX, LOG_RECORD_BYTES_CEILING, LOG_RECORD_BYTES_DEFAULT } from "../limits.ts";
import { json, type Store, type Table, type WriteTransaction } from "../store.ts";
import type { World } from "../world.ts";
import { type LogRecord, type Origin, recordCodec, type StoredRecord } from "./record.ts";

export type { LogRecord, Origin } from "./record.ts";
export { startTrigger, type Trigger, type TriggerOptions } from "./trigger.ts";

/** How much of its past a log keeps; {} keeps all. The newest record always stays. */
export interface History {
  readonly records?: number | undefined;
  readonly bytes?: number | undefined;
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
  info(): LogInfo;
  /** Resolves when the record is durable. @throws GatewayError 2103 too large, 2105 held by a blocking trigger, 2003 disk full */
  append(body: Uint8Array, options?: AppendOptions): Promise<Appended>;
  /** The same as a part of a larger write. */
  appendIn(tx: WriteTransaction, body: Uint8Array, options?: AppendOptions): Appended;
  /** Records with seq >= from, oldest first. */
  read(from: number, limit: number): LogRecord[];
  /** The newest records, oldest first. */
  latest(count: number): LogRecord[];
  /** History from `from` on, then live, in order, none skipped unless it was trimmed; ends when the signal aborts. */
  tail(from: number, signal: AbortSignal): AsyncIterable<LogRecord>;
  /** Highest durable (epoch, seq) that a board has appended. */
  originOf(board: string): { epoch: number; seq: number } | undefined;
  /** Calls back after each commit that appended; returns how to stop. */
  onAppend(listener: () => void): () => void;
  /** Keeps records from being trimmed: `cursor()` is the last one no longer needed. Returns how to let go. */
  hold(hold: Hold): () => void;
}

/** A trigger's claim on a log's records: history is not trimmed under it until it lags by more than `lagRecordsMax`. */
export interface Hold {
  cursor(): number;
  readonly lagRecordsMax: number;
  /** Beyond that, "block" refuses appends and "drop" trims the oldest record and counts it. */
  readonly onLag: "block" | "drop";
  dropped(count: number): void;
}

export interface Logs {
  /** Makes a log, or returns the one there is. @throws GatewayError 2102 bad name, 2104 it exists with other options */
  create(name: string, options?: Partial<LogOptions>): Promise<Log>;
  get(name: string): Log | undefined;
  list(): LogInfo[];
  delete(name: string): Promise<void>;
  readonly store: Store;
  readonly world: World;
}

interface State { id: number; first: number; last: number; bytes: number; options: LogOptions }
interface Tables {
  states: Table<State>;
  records: Table<StoredRecord>;
  origins: Table<{ epoch: number; seq: number }>;
  ids: Table<number>;
}

/** Opens the logs of a store. */
export function openLogs(store: Store, world: World): Logs {
  const tables: Tables = {
    states: store.table("logs", json()), records: store.table("records", recordCodec), origins: store.table("origins", json()), ids: store.table("log-ids", json()),
  };
  const logs = new Map<string, StoredLog>();
  for (const { key, value } of tables.states.range()) logs.set(String(key), new StoredLog(String(key), value, tables, store, world));
  return {
    store,
    world,
    async create(name, options = {}) {
      const wanted = checkOptions(name, options);
      const made = await store.write((tx) => {
        const known = logs.get(name);
        if (known) return known;
        const id = (tables.ids.getIn(tx, "next") ?? 0) + 1;
        tables.ids.put(tx, "next", id);
        const state: State = { id, first: 1, last: 0, bytes: 0, options: wanted };
        tables.states.put(tx, name, state);
        const log = new StoredLog(name, state, tables, store, world);
        logs.set(name, log);
        tx.onUndo(() => logs.delete(name));
        tx.afterCommit(log, (durable) => { if (!durable) logs.delete(name); });
        return log;
      });
      if (JSON.stringify(made.info().options) !== JSON.stringify(wanted)) await made.change(wanted);
      return made;
    },
    get: (name) => logs.get(name),
    list: () => [...logs.values()].map((log) => log.info()).sort((a, b) => (a.name < b.name ? -1 : 1)),
    async delete(name) {
      const log = logs.get(name);
      if (!log) return;
      logs.delete(name);
      await log.erase();
    },
  };
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

class StoredLog implements Log {
  readonly name: string;
  private readonly tables: Tables;
  private readonly store: Store;
  private readonly world: World;
  private readonly listeners = new Set<() => void>();
  private readonly holds = new Set<Hold>();
  /** As committed, and as the group being written will leave it. */
  private state: State;
  private next: State;
  private stopped = false;

  constructor(name: string, state: State, tables: Tables, store: Store, world: World) {
    this.name = name;
    this.state = state;
    this.next = state;
    this.tables = tables;
    this.store = store;
    this.world = world;
  }

  info(): LogInfo {
    const { first, last, bytes, options } = this.state;
    return { name: this.name, first, last, bytes, options };
  }

  append(body: Uint8Array, options?: AppendOptions): Promise<Appended> {
    return this.store.write((tx) => this.appendIn(tx, body, options));
  }

  appendIn(tx: WriteTransaction, body: Uint8Array, { origin, timeMs }: AppendOptions = {}): Appended {
    const { recordBytesMax } = this.next.options;
    if (this.stopped) throw new GatewayError(2106, `the log ${this.name} was deleted; create it again`);
    if (body.length > recordBytesMax) throw new GatewayError(2103, `the record has ${body.length} bytes, and the log ${this.name} takes ${recordBytesMax}; send less or raise recordBytesMax`);
    if (origin && !this.claim(tx, origin)) return { seq: 0, duplicate: true };
    const seq = this.next.last + 1;
    const record: StoredRecord = { timeMs: timeMs ?? this.world.now(), body, ...(origin ? { origin } : {}) };
    this.change(tx, { last: seq, bytes: this.next.bytes + body.length });
    this.tables.records.put(tx, [this.next.id, seq], record);
    this.trim(tx);
    return { seq, duplicate: false };
  }

  /** Notes the origin's place; false when that record was appended before. */
  private claim(tx: WriteTransaction, { board, epoch, seq }: Origin): boolean {
    const key = [this.next.id, board];
    const before = this.tables.origins.getIn(tx, key);
    if (before && (epoch < before.epoch || (epoch === before.epoch && seq <= before.seq))) return false;
    this.tables.origins.put(tx, key, { epoch, seq });
    return true;
  }

  private trim(tx: WriteTransaction): void {
    const { history } = this.next.options;
    const oldest = history.ageMs === undefined ? -Infinity : this.world.now() - history.ageMs;
    for (;;) {
      const { id, first, last, bytes } = this.next;
      if (first >= last) return;
      const over = last - first + 1 > (history.records ?? Infinity) || bytes > (history.bytes ?? Infinity);
      const record = over || history.ageMs !== undefined ? this.tables.records.getIn(tx, [id, first]) : undefined;
      if (!over && !(record && record.timeMs < oldest)) return;
      if (!this.release(tx, first)) return;
      this.change(tx, { first: first + 1, bytes: bytes - (record?.body.length ?? 0) });
      this.tables.records.remove(tx, [id, first]);
    }
  }

  /** Asks the triggers whether a record may go. @throws GatewayError 2105 when one neither lets it go nor can wait */
  private release(tx: WriteTransaction, seq: number): boolean {
    const needing = [...this.holds].filter((hold) => hold.cursor() < seq);
    if (needing.some((hold) => this.next.last - hold.cursor() <= hold.lagRecordsMax)) return false;
    if (needing.some((hold) => hold.onLag === "block")) {
      throw new GatewayError(2105, `the log ${this.name} is full and its trigger still needs record ${seq}; send the record again later`);
    }
    for (const hold of needing) tx.afterCommit({}, (durable) => { if (durable) hold.dropped(1); });
    return true;
  }

  change(options: LogOptions): Promise<void>;
  change(tx: WriteTransaction, change: Partial<State>): void;
  change(first: WriteTransaction | LogOptions, change?: Partial<State>): Promise<void> | void {
    if (!change) return this.store.write((tx) => { this.change(tx, { options: first as LogOptions }); this.trim(tx); });
    const tx = first as WriteTransaction;
    const before = this.next;
    this.next = { ...before, ...change };
    tx.onUndo(() => { this.next = before; });
    tx.beforeCommit(this, (end) => this.tables.states.put(end, this.name, this.next));
    tx.afterCommit(this, (durable) => this.committed(durable));
  }

  private committed(durable: boolean): void {
    if (!durable) { this.next = this.state; return; }
    const grew = this.next.last !== this.state.last;
    this.state = this.next;
    if (grew) for (const listener of [...this.listeners]) listener();
  }

  read(from: number, limit: number): LogRecord[] {
    const { id, first, last } = this.state;
    const begin = Math.max(from, first);
    const records: LogRecord[] = [];
    if (limit < 1 || begin > last) return records;
    for (const { key, value } of this.tables.records.range({ from: [id, begin], to: [id, last + 1], limit })) {
      records.push({ seq: Number((key as (string | number)[])[1]), ...value });
    }
    return records;
  }

  latest(count: number): LogRecord[] {
    return this.read(this.state.last - count + 1, count);
  }

  async *tail(from: number, signal: AbortSignal): AsyncIterable<LogRecord> {
    let next = Math.max(1, from);
    while (!signal.aborted && !this.stopped) {
      const records = this.read(next, TAIL_BATCH);
      for (const record of records) {
        if (signal.aborted) return;
        yield record;
        next = record.seq + 1;
      }
      if (records.length === 0 && this.state.last < next) await this.grown(signal, next);
      else if (records.length === 0) next = this.state.first;
    }
  }

  private grown(signal: AbortSignal, next: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => { if (this.state.last < next && !signal.aborted && !this.stopped) return; stop(); signal.removeEventListener("abort", done); resolve(); };
      const stop = this.onAppend(done);
      signal.addEventListener("abort", done);
      done();
    });
  }

  originOf(board: string): { epoch: number; seq: number } | undefined {
    return this.tables.origins.get([this.state.id, board]);
  }

  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  hold(hold: Hold): () => void {
    this.holds.add(hold);
    return () => void this.holds.delete(hold);
  }

  /** Removes every trace; readers and tails end. */
  async erase(): Promise<void> {
    this.stopped = true;
    await this.store.write((tx) => {
      const { id, first, last } = this.next;
      for (let seq = first; seq <= last; seq++) this.tables.records.remove(tx, [id, seq]);
      for (const { key } of [...this.tables.origins.rangeIn(tx, { from: [id], to: [id + 1] })]) this.tables.origins.remove(tx, key);
      this.tables.states.remove(tx, this.name);
    });
    for (const listener of [...this.listeners]) listener();
  }
}

/** Records that a tail reads at once. */
const TAIL_BATCH = 256;
