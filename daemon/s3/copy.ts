import { S3_OBJECT_BYTES_MAX } from "../limits.ts";
import { isoTime } from "./bucket-operations.ts";
import type { BodyRef, Draft } from "./bodies.ts";
import { algorithmNamed, BodyDigest, checksumElement, type Checksum, type ChecksumAlgorithm } from "./checksums.ts";
import { checkCopySource, checkWrite, rangeOf, type ByteRange } from "./conditions.ts";
import { bucketOf, keyOf, xml, type Operation, type S3Context } from "./context.ts";
import { S3Error } from "./error.ts";
import { objectHeaders, refuseUnsupported } from "./headers.ts";
import { checkKey } from "./names.ts";
import { withChecksum } from "./object-operations.ts";
import type { IndexedVersion, NewVersion } from "./objects.ts";
import type { S3Call } from "./request.ts";
import { element } from "./xml.ts";

export const copyObject: Operation = async (s3, call) => {
  const [bucket, key] = [bucketOf(call), keyOf(call)];
  checkKey(key);
  const source = copySource(s3, call);
  const replace = directiveOf(call.headers) === "REPLACE";
  const headers = replace ? objectHeaders(call.headers) : source.version.headers;
  if (!replace) refuseUnsupported(call.headers);
  s3.objects.bucket(bucket);
  const onItself = source.bucket === bucket && source.version.key === key;
  if (onItself && !replace) {
    throw new S3Error("InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata.");
  }
  const stored = onItself ? await renew(s3, call, source.version, headers) : await duplicate(s3, call, source.version, headers);
  return xml(call, "CopyObjectResult", resultOf(stored.etag, stored.modifiedMs, stored.checksum));
};

/** New headers for the same bytes: nothing is copied. */
function renew(s3: S3Context, call: S3Call, source: IndexedVersion, headers: IndexedVersion["headers"]): Promise<IndexedVersion> {
  return s3.objects.commit(bucketOf(call), source.key, (_tx, current): NewVersion => {
    checkWrite(call.headers, current, source.key);
    if (current?.body.id !== source.body.id) throw new S3Error("PreconditionFailed", "The object was replaced meanwhile; copy it again.");
    const { seq: _, ...version } = current;
    return { version: { ...version, headers, modifiedMs: Math.floor(s3.world.now()) } };
  });
}

async function duplicate(s3: S3Context, call: S3Call, source: IndexedVersion, headers: IndexedVersion["headers"]): Promise<IndexedVersion> {
  const [bucket, key] = [bucketOf(call), keyOf(call)];
  const asked = call.headers.get("x-amz-checksum-algorithm");
  const copied = await copyBytes(s3, s3.objects.bodiesOf(source), {
    range: { start: 0, end: source.body.bytes },
    algorithm: asked === null ? source.checksum?.algorithm : algorithmNamed(asked),
  });
  try {
    return await s3.objects.commit(bucket, key, (tx, current) => {
      checkWrite(call.headers, current, key);
      const modifiedMs = Math.floor(s3.world.now());
      const body = s3.bodies.adopt(tx, copied.draft);
      return { version: { key, modifiedMs, etag: copied.md5, headers, ...withChecksum(copied.checksum), body } };
    });
  } catch (thrown) {
    s3.bodies.discard(copied.draft);
    throw thrown;
  }
}

/** Writes a range of stored bodies as a new one. */
export async function copyBytes(
  s3: S3Context,
  refs: readonly BodyRef[],
  options: { range: ByteRange; algorithm: ChecksumAlgorithm | undefined },
): Promise<{ draft: Draft; md5: string; checksum?: Checksum }> {
  const { start, end } = options.range;
  if (end - start > S3_OBJECT_BYTES_MAX) {
    throw new S3Error("InvalidRequest", `The specified copy source is larger than the maximum allowable size for a copy source: ${S3_OBJECT_BYTES_MAX}`);
  }
  const noBody = { stream: (async function* () {})(), bytes: 0, trailers: new Map<string, string>(), trailerNames: [] };
  const digest = new BodyDigest(new Headers(), noBody, options.algorithm);
  const stream = s3.bodies.read(refs, start, end) as unknown as AsyncIterable<Uint8Array>;
  const draft = await s3.bodies.write(stream, (piece) => digest.update(piece), end - start);
  return { draft, ...digest.finish() };
}

/** The version that x-amz-copy-source names, when its conditions hold. @throws S3Error */
export function copySource(s3: S3Context, call: S3Call): { bucket: string; version: IndexedVersion } {
  const header = call.headers.get("x-amz-copy-source") ?? "";
  const [path = "", query] = header.split("?");
  if (query !== undefined) throw new S3Error("NotImplemented", "Copies of older versions (?versionId=) are not supported.");
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/.exec(decodeSource(path)) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new S3Error("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", { fields: { ArgumentName: "x-amz-copy-source" } });
  }
  const version = s3.objects.find(bucket, key);
  checkCopySource(call.headers, version);
  return { bucket, version };
}

function decodeSource(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new S3Error("InvalidArgument", "The percent-encoding of x-amz-copy-source is not UTF-8.", { cause });
  }
}

function directiveOf(headers: Headers): string {
  const directive = headers.get("x-amz-metadata-directive") ?? "COPY";
  if (directive === "COPY" || directive === "REPLACE") return directive;
  throw new S3Error("InvalidArgument", "Unknown metadata directive.", { fields: { ArgumentName: "x-amz-metadata-directive", ArgumentValue: directive } });
}

/** What x-amz-copy-source-range asks for: here, unlike in a GET, what cannot be had is an error. */
export function sourceRange(call: S3Call, bytes: number): ByteRange {
  const header = call.headers.get("x-amz-copy-source-range");
  if (header === null) return { start: 0, end: bytes };
  const range = /^bytes=\d+-\d+$/.test(header) ? rangeOf(header, bytes) : undefined;
  if (range && Number(header.split("-")[1]) < bytes) return range;
  throw new S3Error("InvalidArgument", "The x-amz-copy-source-range value must be of the form bytes=first-last and lie within the source object.");
}

export function resultOf(etag: string, modifiedMs: number, checksum: Checksum | undefined): string {
  return (
    element("LastModified", isoTime(modifiedMs)) +
    element("ETag", `"${etag}"`) +
    (checksum ? element(checksumElement(checksum.algorithm), checksum.value) : "")
  );
}
