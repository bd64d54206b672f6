import { S3Error } from "./error.ts";

/** The body of a request: decoded, bounded, verified as it is read (an error of the stream is an S3Error; keep nothing then). */
export interface S3Body {
  readonly stream: AsyncIterable<Uint8Array>;
  /** Length of the decoded body, when the client says it. */
  readonly bytes: number | undefined;
  /** Trailing headers by lower-case name; complete when the stream has ended. */
  readonly trailers: ReadonlyMap<string, string>;
  /** Lower-case names of the trailers that will arrive. */
  readonly trailerNames: readonly string[];
}

/** A request as the HTTP edge hands it over: authenticated, its target as the client sent it. */
export interface S3Request {
  readonly method: string;
  /** Value of the Host header. */
  readonly host: string;
  /** Percent-encoded path as sent. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Headers;
  readonly body: S3Body;
  readonly requestId: string;
}

/** A request whose bucket and key are known. */
export interface S3Call extends Omit<S3Request, "query"> {
  readonly query: ReadonlyMap<string, string>;
  /** Absent: the request is about the service itself. */
  readonly bucket: string | undefined;
  /** Absent: the request is about the bucket. */
  readonly key: string | undefined;
}

/** The bucket that a virtual-host style name says: `photos` for `photos.localhost:8787`; undefined for path style. */
export function bucketOfHost(host: string): string | undefined {
  return /^(.+)\.localhost(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase();
}

/** @throws S3Error InvalidURI when the path's percent-encoding is not UTF-8 */
export function callOf(request: S3Request): S3Call {
  const hostBucket = bucketOfHost(request.host);
  const path = request.path.slice(1);
  const slash = path.indexOf("/");
  const bucket = hostBucket ?? decode(slash === -1 ? path : path.slice(0, slash));
  const key = decode(hostBucket === undefined ? (slash === -1 ? "" : path.slice(slash + 1)) : path);
  return { ...request, query: new Map(request.query), bucket: bucket === "" ? undefined : bucket, key: key === "" ? undefined : key };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI: its percent-encoding is not UTF-8.", { cause });
  }
}

/** Reads a small body whole. @throws S3Error MaxMessageLengthExceeded beyond `bytesMax` */
export async function readText(body: S3Body, bytesMax: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body.stream) {
    bytes += piece.length;
    if (bytes > bytesMax) throw new S3Error("MaxMessageLengthExceeded", `Your request was too big: its body may have ${bytesMax} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
