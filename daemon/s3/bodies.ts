/**
 * Bodies of objects: runs of chunks of S3_CHUNK_BYTES (the last one shorter) in one table.
 *
 *     s3.chunks   [body, 0] [body, 1] …   -> bytes
 *     s3.loose    body                    -> how many chunks it has
 *
 * A loose body belongs to no object: it is being written, or its object has gone. Its row is written with its first chunk and
 * removed in the transaction that makes it part of an object, so after a crash everything loose is rubbish, and is swept.
 */
import { GatewayError } from "../errors.ts";
import { S3_BATCH_CHUNKS, S3_BATCHES_MAX, S3_CHUNK_BYTES, S3_SPARE_CHUNKS, S3_SWEEP_CHUNKS } from "../limits.ts";
import { bytes, json, type Store, type Table, type WriteTransaction } from "../store.ts";
import type { World } from "../world.ts";

/** A stored body. Empty ones have no chunk. */
export interface BodyRef {
  readonly id: number;
  readonly bytes: number;
}

/** A body written but for its last chunks, which are stored in the transaction that adopts it: a small object is one commit. */
export interface Draft {
  readonly ref: BodyRef;
  /** Chunks stored already; loose. */
  readonly stored: number;
  readonly rest: readonly Uint8Array[];
}

export class Bodies {
  readonly #store: Store;
  readonly #world: World;
  readonly #chunks: Table<Uint8Array>;
  readonly #loose: Table<number>;
  readonly #pins = new Map<number, number>();
  readonly #rubbish = new Set<number>();
  readonly #spare = new SpareChunks();
  #nextId: number;
  #sweeping: Promise<void> | undefined;
  #closed = false;

  constructor(store: Store, world: World) {
    this.#store = store;
    this.#world = world;
    this.#chunks = store.table("s3.chunks", bytes);
    this.#loose = store.table("s3.loose", json<number>());
    for (const { key } of this.#loose.range({})) this.#rubbish.add(key as number);
    const [last] = this.#chunks.range({ reverse: true, limit: 1 });
    this.#nextId = 1 + Math.max(0, last ? (last.key as readonly number[])[0] as number : 0, ...this.#rubbish);
    this.#sweepSoon();
  }

  /**
   * Writes a body as it comes, S3_BATCHES_MAX batches of chunks ahead of the store at most.
   * @param observe sees every piece in order
   * @param expectedBytes sizes the buffer of a small body
   * @throws whatever the stream or the store throws; nothing is left behind then
   */
  async write(stream: AsyncIterable<Uint8Array>, observe: (piece: Uint8Array) => void, expectedBytes?: number): Promise<Draft> {
    const id = this.#nextId++;
    const buffer = new ChunkBuffer(this.#spare, expectedBytes);
    const batches: Promise<void>[] = [];
    let chunks = 0;
    try {
      for await (const piece of stream) {
        observe(piece);
        buffer.add(piece);
        if (buffer.full.length < S3_BATCH_CHUNKS) continue;
        if (batches.length >= S3_BATCHES_MAX) await batches[batches.length - S3_BATCHES_MAX];
        const batch = buffer.full.splice(0, S3_BATCH_CHUNKS);
        batches.push(this.#writeBatch(id, chunks, batch));
        chunks += batch.length;
      }
      await Promise.all(batches);
    } catch (thrown) {
      await Promise.allSettled(batches);
      if (chunks > 0) this.#sweepSoon([id]);
      throw thrown;
    }
    return { ref: { id, bytes: buffer.bytes }, stored: chunks, rest: buffer.rest() };
  }

  #writeBatch(id: number, first: number, batch: readonly Uint8Array[]): Promise<void> {
    const written = this.#store.write((tx) => {
      for (const [index, chunk] of batch.entries()) this.#chunks.put(tx, [id, first + index], chunk);
      this.#loose.put(tx, id, first + batch.length);
      tx.afterCommit(batch, () => this.#spare.give(batch));
    });
    // Awaited later; until then a failure must not count as unhandled.
    written.catch(() => {});
    return written;
  }

  /** Makes a draft part of something, in the transaction that stores what refers to it. */
  adopt(tx: WriteTransaction, draft: Draft): BodyRef {
    for (const [index, chunk] of draft.rest.entries()) this.#chunks.put(tx, [draft.ref.id, draft.stored + index], chunk);
    if (draft.stored > 0) this.#loose.remove(tx, draft.ref.id);
    tx.afterCommit(draft, () => this.#spare.give(draft.rest));
    return draft.ref;
  }

  /** Throws away a draft that nothing adopted. */
  discard(draft: Draft): void {
    if (draft.stored > 0) this.#sweepSoon([draft.ref.id]);
  }

  /** In the transaction that removes the last reference; `sweep` the same bodies when it has committed. */
  loosen(tx: WriteTransaction, refs: readonly BodyRef[]): void {
    for (const ref of refs) if (ref.bytes > 0) this.#loose.put(tx, ref.id, chunkCount(ref));
  }

  /** Removes loose bodies in the background, each when its last reader has gone. */
  sweep(refs: readonly BodyRef[]): void {
    this.#sweepSoon(refs.filter((ref) => ref.bytes > 0).map((ref) => ref.id));
  }

  /** The bytes from `from` up to, not including, `to` of bodies laid end to end. The bodies stay until the stream ends. */
  read(refs: readonly BodyRef[], from: number, to: number): ReadableStream<Uint8Array> {
    const unpin = this.#pin(refs);
    const pieces = this.#pieces(refs, from, to);
    return new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          try {
            const next = pieces.next();
            if (!next.done) return controller.enqueue(next.value);
            unpin();
            controller.close();
          } catch (thrown) {
            unpin();
            controller.error(thrown);
          }
        },
        cancel: unpin,
      },
      { highWaterMark: 1 },
    );
  }

  /** The same at once, for ranges within one chunk; undefined when it is longer. */
  readSmall(refs: readonly BodyRef[], from: number, to: number): Uint8Array | undefined {
    if (to - from > S3_CHUNK_BYTES) return undefined;
    const pieces = [...this.#pieces(refs, from, to)];
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  }

  *#pieces(refs: readonly BodyRef[], from: number, to: number): Generator<Uint8Array> {
    let base = 0;
    for (const ref of refs) {
      const end = Math.min(to - base, ref.bytes);
      for (let at = Math.max(from - base, 0); at < end; ) {
        const index = Math.floor(at / S3_CHUNK_BYTES);
        const start = index * S3_CHUNK_BYTES;
        yield this.#chunk(ref, index).subarray(at - start, end - start);
        at = start + S3_CHUNK_BYTES;
      }
      base += ref.bytes;
    }
  }

  #chunk(ref: BodyRef, index: number): Uint8Array {
    const chunk = this.#chunks.get([ref.id, index]);
    const expected = Math.min(S3_CHUNK_BYTES, ref.bytes - index * S3_CHUNK_BYTES);
    if (chunk?.length === expected) return chunk;
    throw new GatewayError(6201, `Chunk ${index} of body ${ref.id} is missing or damaged; upload the object again, and check the disk.`);
  }

  #pin(refs: readonly BodyRef[]): () => void {
    const ids = refs.map((ref) => ref.id);
    for (const id of ids) this.#pins.set(id, (this.#pins.get(id) ?? 0) + 1);
    let pinned = true;
    return () => {
      if (!pinned) return;
      pinned = false;
      for (const id of ids) {
        const left = (this.#pins.get(id) ?? 1) - 1;
        if (left > 0) this.#pins.set(id, left);
        else this.#pins.delete(id);
      }
      this.#sweepSoon();
    };
  }

  #sweepSoon(ids: readonly number[] = []): void {
    for (const id of ids) this.#rubbish.add(id);
    if (this.#sweeping || this.#closed || !this.#sweepable()) return;
    this.#sweeping = this.#sweepAll().catch((thrown) => {
      this.#world.log.warn({ err: thrown }, "Chunks of removed objects could not be reclaimed now; the next removal or start tries again.");
    }).finally(() => (this.#sweeping = undefined));
  }

  #sweepable(): boolean {
    return [...this.#rubbish].some((id) => !this.#pins.has(id));
  }

  async #sweepAll(): Promise<void> {
    while (!this.#closed && this.#sweepable()) {
      const gone = await this.#store.write((tx) => this.#sweepSome(tx));
      for (const id of gone) this.#rubbish.delete(id);
    }
  }

  /** Removes up to S3_SWEEP_CHUNKS chunks, from the ends of bodies; returns those that are gone. */
  #sweepSome(tx: WriteTransaction): number[] {
    const gone: number[] = [];
    let budget = S3_SWEEP_CHUNKS;
    for (const id of this.#rubbish) {
      if (budget <= 0) break;
      if (this.#pins.has(id)) continue;
      let left = this.#loose.getIn(tx, id) ?? 0;
      for (; left > 0 && budget > 0; budget -= 1) this.#chunks.remove(tx, [id, --left]);
      if (left > 0) this.#loose.put(tx, id, left);
      else {
        this.#loose.remove(tx, id);
        gone.push(id);
      }
    }
    return gone;
  }

  /** Waits for a sweep under way and begins no other. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#sweeping;
  }
}

function chunkCount(ref: BodyRef): number {
  return Math.ceil(ref.bytes / S3_CHUNK_BYTES);
}

/** Pieces cut anywhere in, chunks out. */
class ChunkBuffer {
  bytes = 0;
  /** Chunks that are complete; the caller takes them away. */
  readonly full: Uint8Array[] = [];
  readonly #spare: SpareChunks;
  #buffer: Uint8Array;
  #used = 0;

  constructor(spare: SpareChunks, expectedBytes: number | undefined) {
    this.#spare = spare;
    const small = expectedBytes !== undefined && expectedBytes < S3_CHUNK_BYTES;
    this.#buffer = small ? Buffer.allocUnsafeSlow(expectedBytes) : spare.take();
  }

  add(piece: Uint8Array): void {
    this.bytes += piece.length;
    for (let at = 0; at < piece.length; ) {
      if (this.#used === this.#buffer.length) this.#makeRoom();
      const run = piece.subarray(at, at + this.#buffer.length - this.#used);
      this.#buffer.set(run, this.#used);
      this.#used += run.length;
      at += run.length;
    }
  }

  /** Begins the next chunk; a body longer than expected (or of unknown length) gets a whole chunk's room for its first. */
  #makeRoom(): void {
    const next = this.#spare.take();
    if (this.#used < S3_CHUNK_BYTES) next.set(this.#buffer);
    else {
      this.full.push(this.#buffer);
      this.#used = 0;
    }
    this.#buffer = next;
  }

  /** What is left when the body has ended. */
  rest(): Uint8Array[] {
    return this.#used > 0 ? [...this.full, this.#buffer.subarray(0, this.#used)] : [...this.full];
  }
}

/** Chunks' memory that is used again: fresh memory for every chunk would keep the garbage collector busy for a fifth of the time. */
class SpareChunks {
  readonly #spare: ArrayBufferLike[] = [];

  take(): Uint8Array {
    const memory = this.#spare.pop();
    return memory ? new Uint8Array(memory) : Buffer.allocUnsafeSlow(S3_CHUNK_BYTES);
  }

  /** Takes back chunks (or parts of them) that the store has copied. */
  give(chunks: readonly Uint8Array[]): void {
    for (const { buffer } of chunks) {
      if (buffer.byteLength === S3_CHUNK_BYTES && this.#spare.length < S3_SPARE_CHUNKS) this.#spare.push(buffer);
    }
  }
}
