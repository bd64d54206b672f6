import { BodyDigest, type Checksum } from "./checksums.ts";
import { checkWrite, notModified, rangeOf, type ByteRange } from "./conditions.ts";
import { binary, bucketOf, empty, keyOf, xml, type Operation, type S3Context } from "./context.ts";
import { S3Error } from "./error.ts";
import { checksumHeaders, describeVersion, objectHeaders } from "./headers.ts";
import { checkKey } from "./names.ts";
import type { IndexedVersion, ObjectHeaders } from "./objects.ts";
import type { S3Call } from "./request.ts";

export const putObject: Operation = async (s3, call) => {
  const [bucket, key] = [bucketOf(call), keyOf(call)];
  checkKey(key);
  const headers = objectHeaders(call.headers);
  s3.objects.bucket(bucket);
  // Asked twice: here to spare a body that would be refused, in the transaction because only there the answer is final.
  checkWrite(call.headers, s3.objects.get(bucket, key), key);
  const stored = await storeObject(s3, call, { bucket, key, headers });
  return empty(call, 200, { etag: `"${stored.etag}"`, ...checksumHeaders(stored) });
};

async function storeObject(
  s3: S3Context,
  call: S3Call,
  { bucket, key, headers }: { bucket: string; key: string; headers: ObjectHeaders },
): Promise<IndexedVersion> {
  const digest = new BodyDigest(call.headers, call.body);
  const draft = await s3.bodies.write(call.body.stream, (piece) => digest.update(piece), call.body.bytes);
  try {
    const { md5, checksum } = digest.finish();
    return await s3.objects.commit(bucket, key, (tx, current) => {
      checkWrite(call.headers, current, key);
      const modifiedMs = Math.floor(s3.world.now());
      const body = s3.bodies.adopt(tx, draft);
      return { version: { key, modifiedMs, etag: md5, headers, ...withChecksum(checksum), body } };
    });
  } catch (thrown) {
    s3.bodies.discard(draft);
    throw thrown;
  }
}

export function withChecksum(checksum: Checksum | undefined): { checksum?: Checksum } {
  return checksum ? { checksum } : {};
}

export const getObject: Operation = (s3, call) => {
  const answer = describe(s3, call);
  if (answer instanceof Response) return answer;
  const { version, status, headers, range } = answer;
  const refs = s3.objects.bodiesOf(version);
  const body = s3.bodies.readSmall(refs, range.start, range.end) ?? s3.bodies.read(refs, range.start, range.end);
  return binary(call, { status, headers, body, bytes: range.end - range.start });
};

export const headObject: Operation = (s3, call) => {
  const answer = describe(s3, call);
  if (answer instanceof Response) return answer;
  const { status, headers, range } = answer;
  return binary(call, { status, headers, body: null, bytes: range.end - range.start });
};

interface Description {
  readonly version: IndexedVersion;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly range: ByteRange;
}

/** What GET and HEAD have in common: all but the bytes. */
function describe(s3: S3Context, call: S3Call): Description | Response {
  const version = s3.objects.find(bucketOf(call), keyOf(call));
  const headers = describeVersion(version, call.query);
  if (notModified(call.headers, version)) {
    const { etag, "last-modified": modified } = headers;
    return empty(call, 304, { etag: etag ?? "", "last-modified": modified ?? "" });
  }
  const { bytes } = version.body;
  const asked = call.query.has("partNumber") ? partRange(s3, version, call) : rangeOf(call.headers.get("range"), bytes);
  if (version.parts !== undefined && call.query.has("partNumber")) headers["x-amz-mp-parts-count"] = String(version.parts);
  if (asked) return { version, status: 206, range: asked, headers: { ...headers, "content-range": `bytes ${asked.start}-${asked.end - 1}/${bytes}` } };
  const checksums = call.headers.get("x-amz-checksum-mode")?.toUpperCase() === "ENABLED" ? checksumHeaders(version) : {};
  return { version, status: 200, range: { start: 0, end: bytes }, headers: { ...headers, ...checksums } };
}

/** `?partNumber=N` asks for the bytes of the N-th part as they were uploaded; other objects have one part. */
function partRange(s3: S3Context, version: IndexedVersion, call: S3Call): ByteRange | undefined {
  const number = Number(call.query.get("partNumber"));
  const parts = s3.objects.bodiesOf(version);
  const part = parts[number - 1];
  if (!Number.isInteger(number) || !part) {
    throw new S3Error("InvalidPart", "The requested partnumber is not satisfiable", { fields: { PartNumberRequested: String(call.query.get("partNumber")) } });
  }
  const start = parts.slice(0, number - 1).reduce((sum, { bytes }) => sum + bytes, 0);
  return part.bytes === 0 ? undefined : { start, end: start + part.bytes };
}

export const deleteObject: Operation = async (s3, call) => {
  await s3.objects.remove(bucketOf(call), [keyOf(call)]);
  return empty(call, 204);
};

/** Objects have no tags here; `aws s3 cp` of a large object from bucket to bucket asks for them. */
export const getObjectTagging: Operation = (s3, call) => {
  s3.objects.find(bucketOf(call), keyOf(call));
  return xml(call, "Tagging", "<TagSet></TagSet>");
};
