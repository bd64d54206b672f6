/**
 * The durable key-value store under everything, and the only importer of lmdb.
 *
 * One writer: callers hand in synchronous pieces of work; all that wait are run, in call order, in one LMDB transaction (group commit),
 * and each is acknowledged only after that transaction is synced to disk. A piece that throws takes only its own writes back.
 */
import { mkdirSync, statfsSync } from "node:fs";
import { type Database, open, type RootDatabase } from "lmdb";
import { GatewayError, messageOf } from "./errors.ts";
import { STORE_FREE_BYTES_MIN, STORE_MAP_BYTES, STORE_TABLES_MAX, STORE_WORKS_PER_COMMIT_MAX } from "./limits.ts";

/** Keys sort as lmdb-js orders them: numbers before strings, arrays element by element. */
export type Key = string | number | readonly (string | number)[];

/** The same, as lmdb-js types it. */
type LmdbKey = string | number | (string | number)[];

/** How a table turns its values into bytes. */
export interface Codec<V> {
  encode(value: V): Uint8Array;
  decode(bytes: Uint8Array): V;
}

export interface RangeOptions {
  /** First key, inclusive; in reverse too this is the lower end. */
  readonly from?: Key;
  /** End, exclusive. */
  readonly to?: Key;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** What a piece of work may do besides writing to tables. */
export interface WriteTransaction {
  /** Runs when this piece of work throws, newest first: takes back what it changed in memory. */
  onUndo(undo: () => void): void;
  /** Runs once for each `owner` at the end of the group, still inside the transaction. */
  beforeCommit(owner: object, run: (tx: WriteTransaction) => void): void;
  /** Runs once for each `owner` when the group is durable, or when it failed. */
  afterCommit(owner: object, run: (durable: boolean) => void): void;
}

/** A named, ordered set of keys and values. Reads outside a write see what is committed. */
export interface Table<V> {
  get(key: Key): V | undefined;
  range(options?: RangeOptions): Iterable<{ key: Key; value: V }>;
  getIn(tx: WriteTransaction, key: Key): V | undefined;
  rangeIn(tx: WriteTransaction, options?: RangeOptions): Iterable<{ key: Key; value: V }>;
  put(tx: WriteTransaction, key: Key, value: V): void;
  remove(tx: WriteTransaction, key: Key): boolean;
}

export interface Store {
  /** Runs `work` inside the next group commit; resolves with its result once that is synced. @throws GatewayError 2002 closed, 2003 disk full, 2004 other failures of the disk */
  write<T>(work: (tx: WriteTransaction) => T): Promise<T>;
  table<V>(name: string, codec: Codec<V>): Table<V>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly dir: string;
  /** Most bytes the database may take on disk; default 64 GiB of address space, used only as far as there is data. */
  readonly mapBytesMax?: number;
}

interface Work { run(tx: WriteTransaction): void; settle(failure: GatewayError | undefined): void }

/**
 * Opens (or makes) the store of a folder.
 * @throws GatewayError 2001 when it cannot be opened, with what to do
 */
export function openStore(options: StoreOptions): Store {
  const root = openRoot(options);
  const waiting: Work[] = [];
  let committing: Promise<void> | undefined;
  let closed = false;

  async function commitAll(): Promise<void> {
    while (waiting.length > 0) await commitGroup(root, options.dir, waiting.splice(0, STORE_WORKS_PER_COMMIT_MAX));
    committing = undefined;
  }

  return {
    write<T>(work: (tx: WriteTransaction) => T): Promise<T> {
      if (closed) return Promise.reject(new GatewayError(2002, "the store is closed; start the gateway again"));
      return new Promise<T>((resolve, reject) => {
        let outcome: () => void = () => undefined;
        waiting.push({
          run(tx) {
            const result = work(tx);
            outcome = () => resolve(result);
          },
          settle: (failure) => (failure ? reject(failure.cause instanceof WorkFailed ? failure.cause.cause : failure) : outcome()),
        });
        committing ??= commitAll();
      });
    },
    table: (name, codec) => openTable(root.openDB<Uint8Array, LmdbKey>({ name, encoding: "binary" }), codec),
    async close() {
      closed = true;
      await committing;
      await root.close();
    },
  };
}

/** Marks a failure as the piece of work's own, to be handed back as it was thrown. */
class WorkFailed extends Error {}

function openRoot({ dir, mapBytesMax = STORE_MAP_BYTES }: StoreOptions): RootDatabase<Uint8Array, LmdbKey> {
  try {
    mkdirSync(dir, { recursive: true });
    return open<Uint8Array, LmdbKey>({
      path: dir, encoding: "binary", maxDbs: STORE_TABLES_MAX, mapSize: mapBytesMax,
      overlappingSync: false, // a commit is over when it is synced; see the store's test
      eventTurnBatching: false, // groups are made here; lmdb-js's own leave a promise that rejects unheard when the disk is full
    });
  } catch (cause) {
    throw new GatewayError(2001, `the data folder ${dir} cannot be opened: ${messageOf(cause)}; check that it exists, is writable and has room`, { cause });
  }
}

async function commitGroup(root: RootDatabase<Uint8Array, LmdbKey>, dir: string, group: readonly Work[]): Promise<void> {
  const commit = new Group();
  const failures = new Map<Work, GatewayError>();
  let failure: GatewayError | undefined;
  try {
    await root.transaction(() => {
      for (const work of group) {
        const piece = new Piece(commit);
        try {
          work.run(piece);
        } catch (cause) {
          piece.undo();
          failures.set(work, new GatewayError(2004, "the work failed", { cause: new WorkFailed("work", { cause }) }));
        }
      }
      commit.finish();
    });
  } catch (cause) {
    failure = await diskFailure(cause, dir);
  }
  commit.settled(failure === undefined);
  for (const work of group) work.settle(failures.get(work) ?? failure);
}

/** What a failed commit means. LMDB calls a write cut short an input/output error, so the free space decides. */
async function diskFailure(thrown: unknown, dir: string): Promise<GatewayError> {
  const cause = thrown instanceof Error && "commitError" in thrown ? await Promise.resolve(thrown.commitError).catch((reason: unknown) => reason) : thrown;
  const reason = messageOf(cause);
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize < STORE_FREE_BYTES_MIN || /MAP_FULL|No space|Disk quota|File too large/i.test(reason)
    ? new GatewayError(2003, "the disk is full: nothing more is acknowledged until there is room; free some space or shorten the logs' history", { cause })
    : new GatewayError(2004, `the disk refused a write: ${reason}; check the disk, then send the request again`, { cause });
}

/** What the pieces of one group share. */
class Group {
  private readonly atEnd = new Map<object, (tx: WriteTransaction) => void>();
  private readonly after = new Map<object, (durable: boolean) => void>();

  beforeCommit(owner: object, run: (tx: WriteTransaction) => void): void {
    if (!this.atEnd.has(owner)) this.atEnd.set(owner, run);
  }

  afterCommit(owner: object, run: (durable: boolean) => void): void {
    if (!this.after.has(owner)) this.after.set(owner, run);
  }

  finish(): void {
    const piece = new Piece(this);
    for (const run of this.atEnd.values()) run(piece);
  }

  settled(durable: boolean): void {
    for (const run of this.after.values()) run(durable);
  }
}

/** One piece of work's transaction: remembers how to take its writes back. */
class Piece implements WriteTransaction {
  private readonly undos: (() => void)[] = [];
  private readonly group: Group;

  constructor(group: Group) {
    this.group = group;
  }

  onUndo(undo: () => void): void {
    this.undos.push(undo);
  }

  beforeCommit(owner: object, run: (tx: WriteTransaction) => void): void {
    this.group.beforeCommit(owner, run);
  }

  afterCommit(owner: object, run: (durable: boolean) => void): void {
    this.group.afterCommit(owner, run);
  }

  undo(): void {
    for (const undo of this.undos.reverse()) undo();
  }
}

function openTable<V>(db: Database<Uint8Array, LmdbKey>, codec: Codec<V>): Table<V> {
  const get = (key: Key): V | undefined => {
    const found = db.get(key as LmdbKey);
    return found === undefined ? undefined : codec.decode(found);
  };
  const range = function* ({ from, to, reverse = false, limit }: RangeOptions = {}): Iterable<{ key: Key; value: V }> {
    // lmdb-js walks from `start` (inclusive) to `end` (exclusive) in the walk's own direction, so a reverse walk swaps and shifts the ends.
    const bounds = reverse ? { reverse, start: to, end: from, exclusiveStart: to !== undefined, inclusiveEnd: from !== undefined } : { start: from, end: to };
    for (const { key, value } of db.getRange({ ...bounds, ...(limit === undefined ? {} : { limit }) } as Parameters<typeof db.getRange>[0])) yield { key, value: codec.decode(value) };
  };
  return {
    get,
    range,
    getIn: (_tx, key) => get(key),
    rangeIn: (_tx, options) => range(options),
    put(tx, where, value) {
      const key = where as LmdbKey;
      const before = db.get(key);
      const copy = before === undefined ? undefined : Uint8Array.from(before);
      tx.onUndo(() => void (copy === undefined ? db.removeSync(key) : db.putSync(key, copy)));
      db.putSync(key, codec.encode(value));
    },
    remove(tx, where) {
      const key = where as LmdbKey;
      const before = db.get(key);
      if (before === undefined) return false;
      const copy = Uint8Array.from(before);
      tx.onUndo(() => void db.putSync(key, copy));
      return db.removeSync(key);
    },
  };
}

/** Values as JSON text. */
export function json<V>(): Codec<V> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return { encode: (value) => encoder.encode(JSON.stringify(value)), decode: (bytes) => JSON.parse(decoder.decode(bytes)) as V };
}

/** Values as bytes, copied on the way out. */
export const bytes: Codec<Uint8Array> = { encode: (value) => value, decode: (stored) => Uint8Array.from(stored) };
