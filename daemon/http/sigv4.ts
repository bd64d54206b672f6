/**
 * AWS Signature Version 4, the pure part: texts, hashes and keys.
 * Sources: AWS General Reference "Create a signed AWS API request"; S3 API Reference "Signature calculations: transferring
 * payload in a single chunk / in multiple chunks / including trailing headers".
 */
import { createHash, createHmac } from "node:crypto";

/** SHA-256 of nothing, which stands in every chunk's string to sign. */
export const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** `20130524/us-east-1/s3/aws4_request`, in its parts. */
export interface Scope {
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** What of a request is signed. */
export interface SignedRequest {
  readonly method: string;
  /** Path as it stood in the request line, percent-encoded. */
  readonly path: string;
  /** Decoded names and values, without X-Amz-Signature. */
  readonly query: readonly (readonly [string, string])[];
  readonly header: (name: string) => string;
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the payload or one of the `UNSIGNED-PAYLOAD`, `STREAMING-…` names. */
  readonly payloadHash: string;
  readonly service: string;
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Uint8Array, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

/** Percent-encodes everything but A–Z a–z 0–9 - . _ ~, as AWS does (`encodeURIComponent` leaves ! ' ( ) * alone). */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Undoes percent-encoding; bytes that are not UTF-8, and a `%` that begins no escape, stay as they are. */
export function uriDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The path of a canonical request: S3 encodes once, every other service encodes the encoded path again. */
function canonicalPath(path: string, service: string): string {
  const segments = path.split("/");
  return segments.map((segment) => uriEncode(service === "s3" ? uriDecode(segment) : segment)).join("/");
}

function canonicalQuery(query: SignedRequest["query"]): string {
  const pairs = query.map(([name, value]) => [uriEncode(name), uriEncode(value)] as const);
  pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

export function canonicalRequest(request: SignedRequest): string {
  const headers = request.signedHeaders.map((name) => `${name}:${request.header(name).trim().replace(/ +/g, " ")}\n`);
  return [
    request.method,
    canonicalPath(request.path, request.service),
    canonicalQuery(request.query),
    headers.join(""),
    request.signedHeaders.join(";"),
    request.payloadHash,
  ].join("\n");
}

export function scopeText(scope: Scope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

/** @param timestamp `YYYYMMDDTHHMMSSZ` */
export function stringToSign(timestamp: string, scope: Scope, canonical: string): string {
  return `AWS4-HMAC-SHA256\n${timestamp}\n${scopeText(scope)}\n${sha256Hex(canonical)}`;
}

export function signingKey(secretAccessKey: string, scope: Scope): Uint8Array {
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, scope.date), scope.region), scope.service), "aws4_request");
}

export function signature(key: Uint8Array, text: string): string {
  return hmac(key, text).toString("hex");
}

/** Signs the chunks of one `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` body: each signature covers the one before it. */
export class ChunkSigner {
  readonly #key: Uint8Array;
  readonly #middle: string;
  #previous: string;

  constructor(options: { key: Uint8Array; timestamp: string; scope: Scope; seedSignature: string }) {
    this.#key = options.key;
    this.#middle = `${options.timestamp}\n${scopeText(options.scope)}`;
    this.#previous = options.seedSignature;
  }

  /** The signature of the next chunk, by the hex SHA-256 of its data. */
  chunk(dataSha256: string): string {
    return this.#next(`AWS4-HMAC-SHA256-PAYLOAD\n${this.#middle}\n${this.#previous}\n${EMPTY_SHA256}\n${dataSha256}`);
  }

  /** The signature of the trailing headers, written `name:value\n` each. */
  trailer(lines: string): string {
    return this.#next(`AWS4-HMAC-SHA256-TRAILER\n${this.#middle}\n${this.#previous}\n${sha256Hex(lines)}`);
  }

  #next(text: string): string {
    this.#previous = signature(this.#key, text);
    return this.#previous;
  }
}

/** `20130524T000000Z` as milliseconds since 1970; undefined when it is not such a time. */
export function timestampMs(timestamp: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (!parts) return undefined;
  const ms = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
