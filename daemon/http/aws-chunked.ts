/**
 * The `aws-chunked` content encoding, in which SDKs send bodies with chunk signatures or trailing checksums:
 *
 *     400;chunk-signature=<64 hex>\r\n <1024 bytes> \r\n      (the signature only with STREAMING-AWS4-HMAC-SHA256-PAYLOAD…)
 *     0;chunk-signature=<64 hex>\r\n
 *     x-amz-checksum-crc32c:sOO8/Q==\r\n                      (only with …-TRAILER)
 *     x-amz-trailer-signature:<64 hex>\r\n                    (only with STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER)
 *     \r\n
 *
 * Source: S3 API Reference, "Signature calculations … transferring payload in multiple chunks (chunked upload)".
 */
import { createHash } from "node:crypto";
import { AWS_CHUNK_LINE_BYTES_MAX, AWS_CHUNK_TRAILERS_MAX } from "../limits.ts";
import { S3Error } from "../s3/error.ts";
import { equalText } from "./authenticate.ts";
import type { ChunkSigner } from "./sigv4.ts";

export interface ChunkedOptions {
  /** Length of the decoded body (x-amz-decoded-content-length). */
  readonly decodedBytes: number;
  /** Given when the chunks are signed and the signatures are to be verified. */
  readonly signer?: ChunkSigner;
  /** Lower-case names that x-amz-trailer announced; each must arrive. */
  readonly trailerNames: readonly string[];
  /** Filled with the trailers when the body has been read to its end. */
  readonly trailers: Map<string, string>;
}

/**
 * Decodes a body piece by piece. A chunk's bytes come out before its signature is checked, so nothing of the body may be kept
 * until the generator has ended.
 * @throws S3Error IncompleteBody, InvalidRequest (not in this encoding), MalformedTrailerError, SignatureDoesNotMatch
 */
export async function* decodeAwsChunked(source: AsyncIterable<Uint8Array>, options: ChunkedOptions): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  try {
    yield* decodeFrom(reader, options);
  } finally {
    await reader.close();
  }
}

async function* decodeFrom(reader: ByteReader, options: ChunkedOptions): AsyncGenerator<Uint8Array> {
  let decoded = 0;
  for (;;) {
    const header = parseChunkHeader(await reader.line());
    decoded += header.bytes;
    if (decoded > options.decodedBytes) throw wrongLength(`more than ${options.decodedBytes}`);
    const hash = options.signer && createHash("sha256");
    for (let left = header.bytes; left > 0; ) {
      const piece = await reader.some(left);
      hash?.update(piece);
      left -= piece.length;
      yield piece;
    }
    if (hash) checkChunk(options.signer?.chunk(hash.digest("hex")), header.signature);
    if (header.bytes === 0) break;
    const end = await reader.line();
    if (end === undefined) throw endsEarly();
    if (end !== "") throw malformed("a chunk is longer than its size says");
  }
  if (decoded !== options.decodedBytes) throw wrongLength(String(decoded));
  await readTrailers(reader, options);
  if (!(await reader.atEnd())) throw malformed("bytes follow its last chunk");
}

function malformed(why: string): S3Error {
  return new S3Error("InvalidRequest", `The body is not a well-formed aws-chunked body: ${why}.`);
}

function endsEarly(): S3Error {
  return new S3Error("IncompleteBody", "The aws-chunked body ends before its last chunk has ended.");
}

function wrongLength(found: string): S3Error {
  return new S3Error("IncompleteBody", `The body decodes to ${found} bytes, which is not what x-amz-decoded-content-length says.`);
}

function parseChunkHeader(line: string | undefined): { bytes: number; signature?: string } {
  if (line === undefined) throw endsEarly();
  const parts = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
  if (!parts) throw malformed("a chunk does not begin with its size in hexadecimal digits");
  return { bytes: Number.parseInt(parts[1] ?? "", 16), ...(parts[2] ? { signature: parts[2] } : {}) };
}

function checkChunk(expected: string | undefined, given: string | undefined): void {
  if (expected !== undefined && given !== undefined && equalText(expected, given)) return;
  throw new S3Error("SignatureDoesNotMatch", "The signature of a chunk or of the trailer does not match the one we calculated.");
}

async function readTrailers(reader: ByteReader, options: ChunkedOptions): Promise<void> {
  let lines = "";
  let trailerSignature: string | undefined;
  for (let count = 0; ; count += 1) {
    const line = await reader.line();
    // The last empty line may be missing: nothing that matters can be lost with it.
    if (line === undefined || line === "") break;
    if (count >= AWS_CHUNK_TRAILERS_MAX) throw new S3Error("MalformedTrailerError", "The body has too many trailers.");
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "");
    if (name === "x-amz-trailer-signature") trailerSignature = value;
    else {
      if (!options.trailerNames.includes(name)) throw new S3Error("MalformedTrailerError", "A trailer was not announced in x-amz-trailer.");
      lines += `${name}:${value}\n`;
      options.trailers.set(name, value);
    }
  }
  const missing = options.trailerNames.find((name) => !options.trailers.has(name));
  if (missing !== undefined) throw new S3Error("MalformedTrailerError", `The trailer ${missing} was announced and did not arrive.`);
  if (options.signer && options.trailerNames.length > 0) checkChunk(options.signer.trailer(lines), trailerSignature);
}

/** Lines and runs of bytes out of pieces that are cut anywhere. */
class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** The next line without its CR LF; undefined when the body has ended. */
  async line(): Promise<string | undefined> {
    let line = "";
    while (!(await this.atEnd())) {
      const feed = this.#piece.indexOf(0x0a, this.#at);
      const end = feed === -1 ? this.#piece.length : feed;
      if (line.length + end - this.#at > AWS_CHUNK_LINE_BYTES_MAX) throw malformed("a line is too long");
      line += Buffer.from(this.#piece.buffer, this.#piece.byteOffset + this.#at, end - this.#at).toString("latin1");
      this.#at = feed === -1 ? end : feed + 1;
      if (feed !== -1) return line.endsWith("\r") ? line.slice(0, -1) : line;
    }
    if (line !== "") throw endsEarly();
    return undefined;
  }

  /** At least one byte and at most `bytesMax`. */
  async some(bytesMax: number): Promise<Uint8Array> {
    if (await this.atEnd()) throw endsEarly();
    const piece = this.#piece.subarray(this.#at, this.#at + bytesMax);
    this.#at += piece.length;
    return piece;
  }

  /** Lets the source release what it holds. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async atEnd(): Promise<boolean> {
    while (this.#at >= this.#piece.length) {
      const next = await this.#iterator.next();
      if (next.done) return true;
      this.#piece = next.value;
      this.#at = 0;
    }
    return false;
  }
}
