/** One log in the store: its state in memory, its records in LMDB, and what history lets go. */
import { GatewayError } from "../errors.ts";
import { LOG_READ_AHEAD_RECORDS, LOG_READ_BYTES_MAX, LOG_TRIM_RECORDS_MAX, TRIGGER_LAG_RECORDS_MAX } from "../limits.ts";
import type { Store, WriteTransaction } from "../store.ts";
import type { World } from "../world.ts";
import type { Appended, AppendOptions, Hold, Log, LogInfo, LogOptions } from "./index.ts";
import { checkOrigin, DAMAGED, type LogRecord, type Origin, type StoredRecord } from "./record.ts";
import { sameOptions, type State, type Tables } from "./tables.ts";

export class StoredLog implements Log {
  readonly name: string;
  readonly id: number;
  private readonly tables: Tables;
  private readonly store: Store;
  private readonly world: World;
  private readonly listeners = new Set<() => void>();
  /** By trigger. */
  private readonly holds = new Map<string, Hold & { readonly waiting?: boolean }>();
  /** As committed, and as the group being written will leave it. */
  private state: State;
  private next: State;
  private gone = false;

  constructor(name: string, state: State, parts: { tables: Tables; store: Store; world: World }) {
    this.name = name;
    this.id = state.id;
    this.state = state;
    this.next = state;
    this.tables = parts.tables;
    this.store = parts.store;
    this.world = parts.world;
  }

  get deleted(): boolean {
    return this.gone;
  }

  info(): LogInfo {
    const { first, last, bytes, options } = this.state;
    return { name: this.name, first, last, records: last - first + 1, bytes, options };
  }

  append(body: Uint8Array, options?: AppendOptions): Promise<Appended> {
    return this.store.write((tx) => this.appendIn(tx, body, options));
  }

  appendIn(tx: WriteTransaction, body: Uint8Array, { origin, timeMs }: AppendOptions = {}): Appended {
    const { recordBytesMax } = this.next.options;
    if (this.gone) throw new GatewayError(2106, `the log ${this.name} was deleted; create it again`);
    if (body.length > recordBytesMax) throw new GatewayError(2103, `the record has ${body.length} bytes, and the log ${this.name} takes ${recordBytesMax}; send less or raise recordBytesMax`);
    if (origin && this.knows(tx, origin)) return { seq: 0, duplicate: true };
    this.trim(tx, body);
    const { id, last, bytes } = this.next;
    const seq = last + 1;
    const record: StoredRecord = { timeMs: timeMs ?? this.world.now(), body, ...(origin ? { origin } : {}) };
    if (origin) this.tables.origins.put(tx, [id, origin.board], { epoch: origin.epoch, seq: origin.seq });
    this.tables.records.add(tx, [id, seq], record);
    this.change(tx, { last: seq, bytes: bytes + body.length });
    return { seq, duplicate: false };
  }

  /** True when the origin's record was appended before. */
  private knows(tx: WriteTransaction, origin: Origin): boolean {
    checkOrigin(origin);
    const before = this.tables.origins.getIn(tx, [this.id, origin.board]);
    return before !== undefined && (origin.epoch < before.epoch || (origin.epoch === before.epoch && origin.seq <= before.seq));
  }

  /** Removes what history lets go to make room for `coming`; without it, never the newest record. */
  private trim(tx: WriteTransaction, coming?: Uint8Array): void {
    const { id, first: begin } = this.next;
    const { first, bytes } = this.plan(tx, coming);
    if (first === begin) return;
    for (let seq = begin; seq < first; seq++) this.tables.records.remove(tx, [id, seq]);
    this.change(tx, { first, bytes });
  }

  /** How far to trim; changes nothing. @throws GatewayError 2105 when a blocking trigger needs a record that must go */
  private plan(tx: WriteTransaction, coming?: Uint8Array): { first: number; bytes: number } {
    let { id, first, last, bytes, options: { history } } = this.next;
    const more = coming ? 1 : 0;
    const oldestMs = history.ageMs === undefined ? -Infinity : this.world.now() - history.ageMs;
    for (const end = Math.min(last + more, first + LOG_TRIM_RECORDS_MAX); first < end; first++) {
      const over = last - first + 1 + more > (history.records ?? Infinity) || bytes + (coming?.length ?? 0) > (history.bytes ?? Infinity);
      if (!over && oldestMs === -Infinity) break;
      const head = this.tables.heads.getIn(tx, [id, first]);
      if (!over && head && head.timeMs >= oldestMs) break;
      if (!this.mayGo(first)) break;
      bytes -= head?.bodyBytes ?? 0;
    }
    return { first, bytes };
  }

  /** Asks the triggers whether a record may go. @throws GatewayError 2105 when one blocks */
  private mayGo(seq: number): boolean {
    for (const hold of this.holds.values()) {
      const cursor = hold.cursor();
      if (cursor >= seq) continue;
      if (this.next.last - cursor <= hold.lagRecordsMax) return false;
      if (hold.onLag === "block") throw new GatewayError(2105, `the log ${this.name} is full and its trigger still needs record ${seq}; send the record again later`);
    }
    return true;
  }

  /** Gives the log other options; a shorter history holds when this resolves. */
  async configure(options: LogOptions): Promise<void> {
    if (sameOptions(this.next.options, options)) return;
    for (let first = 0; first !== this.next.first; ) {
      first = this.next.first;
      await this.store.write((tx) => {
        this.change(tx, { options });
        this.trim(tx);
      });
    }
  }

  private change(tx: WriteTransaction, change: Partial<State>): void {
    const before = this.next;
    this.next = { ...before, ...change };
    tx.onUndo(() => { this.next = before; });
    tx.beforeCommit(this, (end) => { if (!this.gone) this.tables.states.put(end, this.name, this.next); });
    tx.afterCommit(this, (durable) => this.committed(durable));
  }

  private committed(durable: boolean): void {
    if (!durable) { this.next = this.state; return; }
    const grew = this.next.last !== this.state.last;
    this.state = this.next;
    if (grew) this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }

  read(from: number, limit: number, bytesMax = Infinity): LogRecord[] {
    return this.scan(Math.max(from, this.state.first), limit, bytesMax, 1);
  }

  latest(count: number, bytesMax = Infinity): LogRecord[] {
    return this.scan(this.state.last, count, bytesMax, -1).reverse();
  }

  /** Records from `begin` on, upwards or downwards. A damaged one is an error only as the first: what lies before it is good. */
  private scan(begin: number, limit: number, bytesMax: number, step: 1 | -1): LogRecord[] {
    const { id, first, last } = this.state;
    const records: LogRecord[] = [];
    if (limit < 1 || begin > last || begin < first || this.gone) return records;
    const range = step === 1 ? { from: [id, begin], to: [id, last + 1], limit } : { from: [id, first], to: [id, begin + 1], limit, reverse: true };
    let bytes = 0;
    try {
      for (const { value } of this.tables.records.range(range)) {
        bytes += value.body.length;
        if (bytes > bytesMax && records.length > 0) break;
        records.push({ seq: begin + step * records.length, ...value });
      }
    } catch (cause) {
      if (!(cause instanceof GatewayError && cause.code === DAMAGED)) throw cause;
      if (records.length === 0) throw new GatewayError(DAMAGED, `record ${begin} of the log ${this.name}: ${cause.message}`, { cause });
    }
    return records;
  }

  async *tail(from: number, signal: AbortSignal): AsyncIterable<LogRecord> {
    let next = Math.max(1, from);
    while (!signal.aborted && !this.gone) {
      const records = this.read(next, LOG_READ_AHEAD_RECORDS, LOG_READ_BYTES_MAX);
      if (records.length === 0) await this.grown(next, signal);
      for (const record of records) {
        if (signal.aborted) return;
        yield record;
        next = record.seq + 1;
      }
    }
  }

  grown(seq: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.state.last < seq && !signal.aborted && !this.gone) return;
        this.listeners.delete(look);
        signal.removeEventListener("abort", look);
        resolve();
      };
      this.listeners.add(look);
      signal.addEventListener("abort", look);
      look();
    });
  }

  originOf(board: string): { epoch: number; seq: number } | undefined {
    return this.tables.origins.get([this.id, board]);
  }

  hold(trigger: string, hold: Hold & { readonly waiting?: boolean }): () => void {
    const before = this.holds.get(trigger);
    if (before && !before.waiting) throw new GatewayError(2108, `the log ${this.name} has a trigger ${trigger} already; give this one another name, or stop that one first`);
    this.holds.set(trigger, hold);
    return () => { if (this.holds.get(trigger) === hold) this.holds.delete(trigger); };
  }

  /** Holds what is behind each durable cursor until its trigger starts. */
  holdForCursors(): (() => void)[] {
    const cursors = [...this.tables.cursors.range({ from: [this.id], to: [this.id + 1] })];
    return cursors.map(({ key, value }) =>
      this.hold(String((key as (string | number)[])[1]), { cursor: () => value, onLag: "drop", lagRecordsMax: TRIGGER_LAG_RECORDS_MAX, waiting: true }));
  }

  /** Deletes the log as a part of a larger write: from here on it takes no record; what it held is removed by a sweep (see sweep.ts). */
  deleteIn(tx: WriteTransaction): void {
    this.gone = true;
    tx.onUndo(() => { this.gone = false; });
    tx.afterCommit({}, (durable) => { if (durable) this.tell(); else this.gone = false; });
    this.tables.states.remove(tx, this.name);
    this.tables.leftovers.put(tx, this.id, true);
  }
}
