/**
 * Where logs lie in the store:
 *
 * ```
 * logs       name                    -> id, first, last, bytes, options                 (JSON)
 * records    [id, sequence number]   -> record, layout in record.ts
 * origins    [id, board]             -> newest epoch and sequence number taken           (JSON)
 * cursors    [id, trigger]           -> last record that the trigger is done with        (JSON)
 * leftovers  id                      -> true: of a deleted log, still to be swept away   (JSON)
 * log-ids    "next"                  -> id given last; an id is never given twice        (JSON)
 * ```
 */
import { json, type Store, type Table, type WriteTransaction } from "../store.ts";
import { LOG_TRIM_RECORDS_MAX } from "../limits.ts";
import type { LogOptions } from "./index.ts";
import { type RecordHead, recordCodec, recordHeadCodec, type StoredRecord } from "./record.ts";

/** A log's row. The history holds the records first..last; an empty log has first = last + 1. */
export interface State {
  readonly id: number;
  readonly first: number;
  readonly last: number;
  /** Bodies of the history together. */
  readonly bytes: number;
  readonly options: LogOptions;
}

export interface Tables {
  readonly states: Table<State>;
  readonly records: Table<StoredRecord>;
  /** The same records, read without their bodies. */
  readonly heads: Table<RecordHead>;
  readonly origins: Table<{ epoch: number; seq: number }>;
  readonly cursors: Table<number>;
  readonly leftovers: Table<true>;
  readonly ids: Table<number>;
}

export function openTables(store: Store): Tables {
  return {
    states: store.table("logs", json()),
    records: store.table("records", recordCodec),
    heads: store.table("records", recordHeadCodec),
    origins: store.table("origins", json()),
    cursors: store.table("cursors", json()),
    leftovers: store.table("leftovers", json()),
    ids: store.table("log-ids", json()),
  };
}

/** A new id, never given before. */
export function nextId(tables: Tables, tx: WriteTransaction): number {
  const id = (tables.ids.getIn(tx, "next") ?? 0) + 1;
  tables.ids.put(tx, "next", id);
  return id;
}

export function sameOptions(a: LogOptions, b: LogOptions): boolean {
  return a.recordBytesMax === b.recordBytesMax && a.history.records === b.history.records && a.history.bytes === b.history.bytes && a.history.ageMs === b.history.ageMs;
}

/** Removes what deleted logs left, some records a transaction, so that nobody waits long behind it. */
export async function sweepLeftovers(tables: Tables, store: Store): Promise<void> {
  for (const { key } of [...tables.leftovers.range()]) {
    const id = Number(key);
    while (await store.write((tx) => sweepSome(tables, tx, id)));
  }
}

/** True while something is left. */
function sweepSome(tables: Tables, tx: WriteTransaction, id: number): boolean {
  for (const table of [tables.heads, tables.origins, tables.cursors]) {
    const keys = [...table.rangeIn(tx, { from: [id], to: [id + 1], limit: LOG_TRIM_RECORDS_MAX })].map(({ key }) => key);
    for (const key of keys) table.remove(tx, key);
    if (keys.length > 0) return true;
  }
  tables.leftovers.remove(tx, id);
  return false;
}
