/** Bodies as they arrive: bounded in size and in silence, decoded, and checked against the hash that was signed. */
import { createHash } from "node:crypto";
import { HTTP_BODY_IDLE_MS_MAX, S3_OBJECT_BYTES_MAX } from "../limits.ts";
import { S3Error } from "../s3/error.ts";
import type { S3Body } from "../s3/request.ts";
import type { World } from "../world.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import type { ChunkSigner } from "./sigv4.ts";

export interface PayloadOptions {
  readonly source: AsyncIterable<Uint8Array>;
  readonly headers: Headers;
  readonly world: World;
  /** Given when the request's signature has been verified and its chunks are signed. */
  readonly signer?: ChunkSigner;
}

/**
 * The body of an S3 request: what is stored is the decoded one.
 * @throws S3Error EntityTooLarge, InvalidArgument, MissingContentLength at once; while it is read also IncompleteBody,
 *   RequestTimeout, XAmzContentSHA256Mismatch and what `decodeAwsChunked` throws
 */
export function openPayload(options: PayloadOptions): S3Body {
  const { headers, world } = options;
  const hash = headers.get("x-amz-content-sha256") ?? "UNSIGNED-PAYLOAD";
  const source = bounded(options.source, { world, bytes: lengthOf(headers, "content-length") });
  if (hash.startsWith("STREAMING-") || isAwsChunked(headers)) return chunkedPayload(source, options, hash);
  const bytes = lengthOf(headers, "content-length");
  if (bytes !== undefined && bytes > S3_OBJECT_BYTES_MAX) throw tooLarge();
  const body = { bytes, trailers: new Map<string, string>(), trailerNames: [] };
  const limited = bytes === undefined ? limit(source, S3_OBJECT_BYTES_MAX) : source;
  if (hash === "UNSIGNED-PAYLOAD") return { ...body, stream: limited };
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    throw new S3Error("InvalidArgument", "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING-… name, or a valid sha256 value.");
  }
  return { ...body, stream: hashed(limited, hash) };
}

const STREAMING = new Set([
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
]);

function chunkedPayload(source: AsyncIterable<Uint8Array>, options: PayloadOptions, hash: string): S3Body {
  const { headers } = options;
  if (hash.startsWith("STREAMING-") && !STREAMING.has(hash)) throw new S3Error("NotImplemented", `Bodies signed as ${hash} are not supported.`);
  const decodedBytes = lengthOf(headers, "x-amz-decoded-content-length");
  if (decodedBytes === undefined) throw new S3Error("MissingContentLength", "You must provide the x-amz-decoded-content-length header.");
  if (decodedBytes > S3_OBJECT_BYTES_MAX) throw tooLarge();
  const trailers = new Map<string, string>();
  const announced = hash === "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" ? "" : (headers.get("x-amz-trailer") ?? "");
  const trailerNames = announced.split(",").map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
  const decoding = { decodedBytes, trailerNames, trailers, ...(options.signer ? { signer: options.signer } : {}) };
  return { stream: decodeAwsChunked(source, decoding), bytes: decodedBytes, trailers, trailerNames };
}

function isAwsChunked(headers: Headers): boolean {
  return (headers.get("content-encoding") ?? "").split(",").some((coding) => coding.trim().toLowerCase() === "aws-chunked");
}

function tooLarge(): S3Error {
  return new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size; send it as a multipart upload.", {
    fields: { MaxSizeAllowed: String(S3_OBJECT_BYTES_MAX) },
  });
}

/** The number a length header holds; undefined when there is none. @throws S3Error InvalidArgument */
export function lengthOf(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new S3Error("InvalidArgument", `${name} must be a number of bytes.`);
  return Number(text);
}

/** Reads a body whole. @throws S3Error EntityTooLarge beyond `bytesMax` */
export async function readWhole(source: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of limit(source, bytesMax)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* limit(source: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.length;
    if (bytes > bytesMax) throw new S3Error("EntityTooLarge", `The body of this request may have ${bytesMax} bytes at most.`);
    yield piece;
  }
}

async function* hashed(source: AsyncIterable<Uint8Array>, expected: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
  const computed = hash.digest("hex");
  if (computed === expected) return;
  throw new S3Error("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.", {
    fields: { ClientComputedContentSHA256: expected, S3ComputedContentSHA256: computed },
  });
}

/** Gives up a body that falls silent or ends early; its client has gone, or will never send the rest. */
export async function* bounded(
  source: AsyncIterable<Uint8Array>,
  options: { world: World; bytes: number | undefined },
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const watch = watchSilence(options.world);
  let bytes = 0;
  try {
    for (;;) {
      const next = await watch.race(iterator.next());
      if (next.done) break;
      bytes += next.value.length;
      yield next.value;
    }
  } catch (cause) {
    if (cause instanceof S3Error) throw cause;
    throw new S3Error("IncompleteBody", "The connection closed before the whole body had arrived.", { cause });
  } finally {
    watch.stop();
    // Not awaited: it would wait for the very bytes that do not come. A server can then drain what is left, and answer.
    void iterator.return?.();
  }
  if (options.bytes !== undefined && bytes !== options.bytes) {
    throw new S3Error("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header.");
  }
}

/** One timer for a whole body: it fires when nothing has been read for HTTP_BODY_IDLE_MS_MAX. */
function watchSilence(world: World): { race<T>(pending: Promise<T>): Promise<T>; stop(): void } {
  let waitingSinceMs = Number.POSITIVE_INFINITY;
  let giveUp: (error: S3Error) => void = () => {};
  const check = (): void => {
    const silentMs = world.monotonic() - waitingSinceMs;
    if (silentMs >= HTTP_BODY_IDLE_MS_MAX) {
      giveUp(new S3Error("RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period."));
    } else cancel = world.after(Math.min(HTTP_BODY_IDLE_MS_MAX, HTTP_BODY_IDLE_MS_MAX - silentMs), check);
  };
  let cancel = world.after(HTTP_BODY_IDLE_MS_MAX, check);
  return {
    race: (pending) =>
      new Promise((resolve, reject) => {
        waitingSinceMs = world.monotonic();
        giveUp = reject;
        pending.then(resolve, reject).finally(() => (waitingSinceMs = Number.POSITIVE_INFINITY));
      }),
    stop: () => cancel(),
  };
}
