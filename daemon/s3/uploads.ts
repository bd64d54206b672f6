/**
 * Multipart uploads under way. They survive a restart, as S3's do; only what no part row refers to is swept.
 *
 *     s3.uploads   [bucket, key, upload]  -> what the object will be
 *     s3.parts     [upload, part number]  -> its body
 */
import { S3_PARTS_MAX } from "../limits.ts";
import { json, type Store, type Table, type WriteTransaction } from "../store.ts";
import type { World } from "../world.ts";
import type { Bodies, BodyRef, Draft } from "./bodies.ts";
import type { Checksum, ChecksumAlgorithm, ChecksumType } from "./checksums.ts";
import { S3Error } from "./error.ts";
import type { ObjectHeaders } from "./objects.ts";

export interface Upload {
  readonly startedMs: number;
  readonly headers: ObjectHeaders;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
}

export interface Part {
  readonly number: number;
  readonly modifiedMs: number;
  /** MD5 in hexadecimal digits. */
  readonly etag: string;
  readonly checksum?: Checksum;
  readonly body: BodyRef;
}

export interface UploadKey {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
}

export class Uploads {
  readonly #store: Store;
  readonly #world: World;
  readonly #bodies: Bodies;
  readonly #uploads: Table<Upload>;
  readonly #parts: Table<Part>;

  constructor(options: { store: Store; world: World; bodies: Bodies }) {
    this.#store = options.store;
    this.#world = options.world;
    this.#bodies = options.bodies;
    this.#uploads = options.store.table("s3.uploads", json<Upload>());
    this.#parts = options.store.table("s3.parts", json<Part>());
  }

  async start(bucket: string, key: string, upload: Omit<Upload, "startedMs">): Promise<string> {
    const uploadId = Buffer.from(this.#world.randomBytes(24)).toString("base64url");
    await this.#store.write((tx) => this.#uploads.put(tx, [bucket, key, uploadId], { ...upload, startedMs: this.#world.now() }));
    return uploadId;
  }

  /** @throws S3Error NoSuchUpload */
  find({ bucket, key, uploadId }: UploadKey): Upload {
    return this.#uploads.get([bucket, key, uploadId]) ?? noSuchUpload();
  }

  /** Stores a part, in place of one of the same number. @throws S3Error NoSuchUpload */
  async putPart(at: UploadKey, draft: Draft, part: Omit<Part, "body" | "modifiedMs">): Promise<Part> {
    const { stored, replaced } = await this.#store.write((tx) => {
      if (!this.#uploads.getIn(tx, [at.bucket, at.key, at.uploadId])) noSuchUpload();
      const before = this.#parts.getIn(tx, [at.uploadId, part.number]);
      const now: Part = { ...part, modifiedMs: this.#world.now(), body: this.#bodies.adopt(tx, draft) };
      this.#parts.put(tx, [at.uploadId, part.number], now);
      if (before) this.#bodies.loosen(tx, [before.body]);
      return { stored: now, replaced: before ? [before.body] : [] };
    });
    this.#bodies.sweep(replaced);
    return stored;
  }

  /** Parts in order of their numbers, from that number on. */
  parts(uploadId: string, fromNumber = 1): Part[] {
    const range = { from: [uploadId, fromNumber], to: [uploadId, S3_PARTS_MAX + 1] };
    return [...this.#parts.range(range)].map(({ value }) => value);
  }

  /** Uploads of a bucket in order of key. */
  *list(bucket: string): Generator<{ key: string; uploadId: string; upload: Upload }> {
    for (const { key, value } of this.#uploads.range({ from: [bucket, ""] })) {
      const [owner, name, uploadId] = key as readonly string[];
      if (owner !== bucket || name === undefined || uploadId === undefined) return;
      yield { key: name, uploadId, upload: value };
    }
  }

  /**
   * Ends an upload inside the transaction that completes or aborts it. Bodies that are not kept become loose.
   * @returns the bodies to sweep when it has committed
   * @throws S3Error NoSuchUpload
   */
  endIn(tx: WriteTransaction, at: UploadKey, kept: ReadonlySet<number>): BodyRef[] {
    if (!this.#uploads.getIn(tx, [at.bucket, at.key, at.uploadId])) noSuchUpload();
    this.#uploads.remove(tx, [at.bucket, at.key, at.uploadId]);
    const dropped: BodyRef[] = [];
    const parts = [...this.#parts.rangeIn(tx, { from: [at.uploadId, 0], to: [at.uploadId, S3_PARTS_MAX + 1] })];
    for (const { key, value } of parts) {
      this.#parts.remove(tx, key);
      if (!kept.has(value.body.id)) dropped.push(value.body);
    }
    this.#bodies.loosen(tx, dropped);
    return dropped;
  }

  async abort(at: UploadKey): Promise<void> {
    this.#bodies.sweep(await this.#store.write((tx) => this.endIn(tx, at, new Set())));
  }
}

function noSuchUpload(): never {
  throw new S3Error("NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");
}
