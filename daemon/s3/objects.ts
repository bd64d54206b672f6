/**
 * Buckets and objects as layers on logs. Each bucket has a log `s3/BUCKET`; a version of an object, or its removal, is a record
 * of it. In the same transaction the index follows:
 *
 *     s3.buckets   name            -> when and where it was made
 *     s3.objects   [bucket, key]   -> the newest version, as in its record, and the record's sequence number
 *     s3.layouts   body            -> the bodies of the parts, for objects that were uploaded in parts
 *
 * LMDB keeps string keys in the order of their UTF-8 bytes, which is S3's order of keys.
 */
import { S3_BUCKET_HISTORY_RECORDS } from "../limits.ts";
import type { Log, Logs } from "../log/index.ts";
import { json, type Store, type Table, type WriteTransaction } from "../store.ts";
import type { World } from "../world.ts";
import type { Bodies, BodyRef } from "./bodies.ts";
import type { Checksum } from "./checksums.ts";
import { S3Error } from "./error.ts";

export interface BucketInfo {
  readonly createdMs: number;
  /** The LocationConstraint it was created with. */
  readonly region: string;
}

/** What is kept of an object besides its bytes. */
export interface ObjectHeaders {
  /** content-type, cache-control, …: lower-case names, as they are answered. */
  readonly standard: Readonly<Record<string, string>>;
  /** Names without `x-amz-meta-`. */
  readonly user: Readonly<Record<string, string>>;
}

export interface ObjectVersion {
  readonly key: string;
  readonly modifiedMs: number;
  /** Without quotes: MD5 in hexadecimal digits, or MD5 of the parts' MD5s and `-N`. */
  readonly etag: string;
  readonly headers: ObjectHeaders;
  readonly checksum?: Checksum;
  readonly body: BodyRef;
  /** Number of parts, for an object that was uploaded in parts: `body.id` then names a layout. */
  readonly parts?: number;
}

/** A version in the index. */
export interface IndexedVersion extends ObjectVersion {
  readonly seq: number;
}

export interface NewVersion {
  readonly version: ObjectVersion;
  /** Bodies of the parts, when there are several. */
  readonly layout?: readonly BodyRef[];
}

export class Objects {
  readonly #store: Store;
  readonly #logs: Logs;
  readonly #world: World;
  readonly #bodies: Bodies;
  readonly #buckets: Table<BucketInfo>;
  readonly #index: Table<IndexedVersion>;
  readonly #layouts: Table<readonly BodyRef[]>;
  /** Making and removing buckets is one after the other: a bucket's log and its row are two transactions. */
  #bucketWork: Promise<unknown>;

  constructor(options: { store: Store; logs: Logs; world: World; bodies: Bodies }) {
    this.#store = options.store;
    this.#logs = options.logs;
    this.#world = options.world;
    this.#bodies = options.bodies;
    this.#buckets = options.store.table("s3.buckets", json<BucketInfo>());
    this.#index = options.store.table("s3.objects", json<IndexedVersion>());
    this.#layouts = options.store.table("s3.layouts", json<readonly BodyRef[]>());
    this.#bucketWork = this.#removeOrphanedLogs().catch((thrown) => {
      this.#world.log.warn({ err: thrown }, "The log of a removed bucket could not be removed now; the next start tries again.");
    });
  }

  /** A crash between a bucket's row and its log leaves a log that nobody owns. */
  async #removeOrphanedLogs(): Promise<void> {
    for (const { name } of this.#logs.list()) {
      if (name.startsWith("s3/") && !this.#buckets.get(name.slice(3))) await this.#logs.delete(name);
    }
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#bucketWork.then(work, work);
    this.#bucketWork = result.catch(() => {});
    return result;
  }

  /** Waits for the making or removing of buckets under way. */
  async close(): Promise<void> {
    await this.#bucketWork;
  }

  buckets(): { name: string; info: BucketInfo }[] {
    return [...this.#buckets.range({})].map(({ key, value }) => ({ name: String(key), info: value }));
  }

  /** @throws S3Error NoSuchBucket */
  bucket(name: string): BucketInfo {
    return this.#buckets.get(name) ?? noSuchBucket(name);
  }

  /** @throws S3Error BucketAlreadyOwnedByYou */
  createBucket(name: string, region: string): Promise<void> {
    return this.#alone(async () => {
      if (this.#buckets.get(name)) {
        throw new S3Error("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", {
          fields: { BucketName: name },
        });
      }
      await this.#logs.create(logName(name), { history: { records: S3_BUCKET_HISTORY_RECORDS } });
      await this.#store.write((tx) => this.#buckets.put(tx, name, { createdMs: this.#world.now(), region }));
    });
  }

  /**
   * @param alsoIn removes what else belongs to the bucket, in the same transaction
   * @throws S3Error NoSuchBucket, BucketNotEmpty
   */
  deleteBucket(name: string, alsoIn: (tx: WriteTransaction) => void): Promise<void> {
    return this.#alone(async () => {
      await this.#store.write((tx) => {
        if (!this.#buckets.getIn(tx, name)) noSuchBucket(name);
        for (const { key } of this.#index.rangeIn(tx, { from: [name, ""], limit: 1 })) {
          if ((key as readonly string[])[0] === name) throw new S3Error("BucketNotEmpty", "The bucket you tried to delete is not empty", { fields: { BucketName: name } });
        }
        this.#buckets.remove(tx, name);
        alsoIn(tx);
      });
      await this.#logs.delete(logName(name));
    });
  }

  get(bucket: string, key: string): IndexedVersion | undefined {
    return this.#index.get([bucket, key]);
  }

  /** The newest version. @throws S3Error NoSuchBucket, NoSuchKey */
  find(bucket: string, key: string): IndexedVersion {
    const found = this.get(bucket, key);
    if (found) return found;
    this.bucket(bucket);
    throw new S3Error("NoSuchKey", "The specified key does not exist.", { fields: { Key: key } });
  }

  /** The bodies of a version, to be read end to end. */
  bodiesOf(version: ObjectVersion): readonly BodyRef[] {
    return version.parts === undefined ? [version.body] : (this.#layouts.get(version.body.id) ?? []);
  }

  /** Newest versions in order of key, from that key on (inclusive). */
  *versions(bucket: string, from: string): Generator<IndexedVersion> {
    for (const { key, value } of this.#index.range({ from: [bucket, from] })) {
      if ((key as readonly string[])[0] !== bucket) return;
      yield value;
    }
  }

  /**
   * Makes a version the newest one: its record, the index and the loosening of the one before are one transaction.
   * @param prepare runs in that transaction with the version there was; what it throws undoes all
   * @throws S3Error NoSuchBucket
   */
  async commit(
    bucket: string,
    key: string,
    prepare: (tx: WriteTransaction, current: IndexedVersion | undefined) => NewVersion,
  ): Promise<IndexedVersion> {
    const { stored, loosened } = await this.#store.write((tx) => {
      const log = this.#logIn(tx, bucket);
      const current = this.#index.getIn(tx, [bucket, key]);
      const { version, layout } = prepare(tx, current);
      const { seq } = log.appendIn(tx, encode({ type: "put", ...version }));
      if (layout) this.#layouts.put(tx, version.body.id, layout);
      this.#index.put(tx, [bucket, key], { ...version, seq });
      const replaced = current && current.body.id !== version.body.id ? this.#loosen(tx, current) : [];
      return { stored: { ...version, seq }, loosened: replaced };
    });
    this.#bodies.sweep(loosened);
    return stored;
  }

  /** Removes objects, all in one transaction; a key that holds none is no error. @throws S3Error NoSuchBucket */
  async remove(bucket: string, keys: readonly string[]): Promise<void> {
    const modifiedMs = this.#world.now();
    const loosened = await this.#store.write((tx) => {
      const log = this.#logIn(tx, bucket);
      return keys.flatMap((key) => {
        const current = this.#index.getIn(tx, [bucket, key]);
        if (!current) return [];
        log.appendIn(tx, encode({ type: "delete", key, modifiedMs }));
        this.#index.remove(tx, [bucket, key]);
        return this.#loosen(tx, current);
      });
    });
    this.#bodies.sweep(loosened);
  }

  #loosen(tx: WriteTransaction, version: ObjectVersion): readonly BodyRef[] {
    const refs = version.parts === undefined ? [version.body] : (this.#layouts.getIn(tx, version.body.id) ?? []);
    if (version.parts !== undefined) this.#layouts.remove(tx, version.body.id);
    this.#bodies.loosen(tx, refs);
    return refs;
  }

  #logIn(tx: WriteTransaction, bucket: string): Log {
    if (!this.#buckets.getIn(tx, bucket)) noSuchBucket(bucket);
    return this.#logs.get(logName(bucket)) ?? noSuchBucket(bucket);
  }
}

function logName(bucket: string): string {
  return `s3/${bucket}`;
}

function encode(record: object): Uint8Array {
  return Buffer.from(JSON.stringify(record));
}

function noSuchBucket(name: string): never {
  throw new S3Error("NoSuchBucket", "The specified bucket does not exist", { fields: { BucketName: name } });
}
