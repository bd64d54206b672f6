import type { World } from "../world.ts";
import type { Bodies } from "./bodies.ts";
import { S3Error } from "./error.ts";
import type { Objects } from "./objects.ts";
import type { S3Call } from "./request.ts";
import type { Uploads } from "./uploads.ts";
import { document } from "./xml.ts";

/** What the operations work on. */
export interface S3Context {
  readonly world: World;
  /** The gateway's region, which buckets without a LocationConstraint are in. */
  readonly region: string;
  readonly bodies: Bodies;
  readonly objects: Objects;
  readonly uploads: Uploads;
}

/** One S3 operation. */
export type Operation = (s3: S3Context, call: S3Call) => Response | Promise<Response>;

/** The call's bucket; operations on buckets are only reached with one. */
export function bucketOf(call: S3Call): string {
  if (call.bucket === undefined) throw new S3Error("InvalidRequest", "This operation needs a bucket.");
  return call.bucket;
}

export function keyOf(call: S3Call): string {
  if (call.key === undefined) throw new S3Error("InvalidRequest", "This operation needs a key.");
  return call.key;
}

function idHeaders(call: S3Call): Record<string, string> {
  return { "x-amz-request-id": call.requestId, "x-amz-id-2": call.requestId };
}

/** An answer without a body. */
export function empty(call: S3Call, status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...idHeaders(call), ...headers } });
}

/** An answer of bytes; `content-length` is always said, so that clients need not guess. */
export function binary(
  call: S3Call,
  answer: { status: number; headers: Record<string, string>; body: Uint8Array | ReadableStream<Uint8Array> | null; bytes: number },
): Response {
  const headers = { ...idHeaders(call), ...answer.headers, "content-length": String(answer.bytes) };
  return new Response(answer.body as BodyInit | null, { status: answer.status, headers });
}

/** An answer in XML, in S3's namespace. */
export function xml(call: S3Call, root: string, inner: string, headers: Record<string, string> = {}): Response {
  return new Response(document(root, inner), { status: 200, headers: { ...idHeaders(call), "content-type": "application/xml", ...headers } });
}
