/**
 * The durable key-value store under everything, and the only importer of lmdb.
 *
 * One writer: callers hand in synchronous pieces of work; all that wait are run, in call order, in one LMDB transaction (group commit),
 * and each is acknowledged only after that transaction is synced to disk. A piece that throws takes only its own writes back.
 */
import { mkdirSync, realpathSync, statfsSync } from "node:fs";
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
  /** A put under a key that the caller knows to be new: spares looking for what it replaces. */
  add(tx: WriteTransaction, key: Key, value: V): void;
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
  /** Address space reserved at start, in bytes; it takes disk only as far as there is data, and grows when data outgrow it. Default 64 GiB. */
  readonly mapBytes?: number;
}

interface Work { run(tx: WriteTransaction): void; settle(failure: GatewayError | undefined): void }

/** Folders that this process has open. */
const openFolders = new Set<string>();

/**
 * Opens (or makes) the store of a folder, for this process alone.
 * @throws GatewayError 2001 when it cannot be opened, 2005 when a gateway has it open, with what to do
 */
export function openStore(options: StoreOptions): Store {
  const folder = makeFolder(options.dir);
  if (openFolders.has(folder)) throw inUse(options.dir, process.pid);
  const root = openRoot(options);
  refuseOthers(root, options.dir);
  openFolders.add(folder);
  const databases = new Map<string, Database<Uint8Array, LmdbKey>>();
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
    table(name, codec) {
      const database = databases.get(name) ?? root.openDB<Uint8Array, LmdbKey>({ name, encoding: "binary" });
      databases.set(name, database);
      return openTable(database, codec);
    },
    async close() {
      closed = true;
      await committing;
      await root.close();
      openFolders.delete(folder);
    },
  };
}

/** Marks a failure as the piece of work's own, to be handed back as it was thrown. */
class WorkFailed extends Error {}

/** Marks a failure of LMDB inside a piece of work: the whole transaction is lost. */
class WriteRefused extends Error {}

function cannotOpen(dir: string, cause: unknown): GatewayError {
  return new GatewayError(2001, `the data folder ${dir} cannot be opened: ${messageOf(cause)}; check that it exists, is writable and has room`, { cause });
}

function inUse(dir: string, pid: number): GatewayError {
  return new GatewayError(2005, `the data folder ${dir} is in use by process ${pid}; stop that gateway first, or give this one another folder with --data`);
}

/** Makes the folder where it is missing; its true path. */
function makeFolder(dir: string): string {
  try {
    mkdirSync(dir, { recursive: true });
    return realpathSync(dir);
  } catch (cause) {
    throw cannotOpen(dir, cause);
  }
}

/**
 * Throws when another living process has the folder open. Every process that read something stands in LMDB's table of readers until it ends, and
 * LMDB tells the dead from the living by a lock of the kernel's on the file, so nothing is left over after a crash.
 */
function refuseOthers(root: RootDatabase<Uint8Array, LmdbKey>, dir: string): void {
  root.get("");
  root.readerCheck();
  const pids = [...root.readerList().matchAll(/^\s*(\d+)\s/gm)].map((row) => Number(row[1]));
  const other = pids.find((pid) => pid !== process.pid);
  if (other === undefined) return;
  void root.close();
  throw inUse(dir, other);
}

function openRoot({ dir, mapBytes = STORE_MAP_BYTES }: StoreOptions): RootDatabase<Uint8Array, LmdbKey> {
  try {
    return open<Uint8Array, LmdbKey>({
      path: dir, encoding: "binary", maxDbs: STORE_TABLES_MAX, mapSize: mapBytes,
      overlappingSync: false, // a commit is over when it is synced; see the store's test
      eventTurnBatching: false, // groups are made here; lmdb-js's own leave a promise that rejects unheard when the disk is full
    });
  } catch (cause) {
    throw cannotOpen(dir, cause);
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
          if (cause instanceof WriteRefused) throw cause;
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
  for (const work of group) work.settle(failure ?? failures.get(work));
}

/** What a failed commit means. LMDB calls a write cut short an input/output error, so the free space decides. */
async function diskFailure(thrown: unknown, dir: string): Promise<GatewayError> {
  const cause = thrown instanceof Error && "commitError" in thrown ? await Promise.resolve(thrown.commitError).catch((reason: unknown) => reason) : thrown;
  const reason = messageOf(cause instanceof WriteRefused ? cause.cause : cause);
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
      const encoded = codec.encode(value);
      const before = db.get(key);
      const copy = before === undefined ? undefined : Uint8Array.from(before);
      writing(() => db.putSync(key, encoded));
      tx.onUndo(() => void (copy === undefined ? db.removeSync(key) : db.putSync(key, copy)));
    },
    add(tx, where, value) {
      const key = where as LmdbKey;
      const encoded = codec.encode(value);
      writing(() => db.putSync(key, encoded));
      tx.onUndo(() => void db.removeSync(key));
    },
    remove(tx, where) {
      const key = where as LmdbKey;
      const before = db.get(key);
      if (before === undefined) return false;
      const copy = Uint8Array.from(before);
      writing(() => db.removeSync(key));
      tx.onUndo(() => void db.putSync(key, copy));
      return true;
    },
  };
}

/** LMDB's code for a key or value that is too long: the caller's mistake, not the disk's. */
const MDB_BAD_VALSIZE = -30781;

/** Runs one write of LMDB; once one fails for the disk's sake, the transaction takes no other. */
function writing<T>(write: () => T): T {
  try {
    return write();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    throw typeof code === "number" && code !== MDB_BAD_VALSIZE ? new WriteRefused("LMDB refused a write", { cause }) : cause;
  }
}

/** Values as JSON text. */
export function json<V>(): Codec<V> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return { encode: (value) => encoder.encode(JSON.stringify(value)), decode: (bytes) => JSON.parse(decoder.decode(bytes)) as V };
}

/** Values as bytes, copied on the way out. */
export const bytes: Codec<Uint8Array> = { encode: (value) => value, decode: (stored) => Uint8Array.from(stored) };
