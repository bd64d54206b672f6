import { S3_LIST_KEYS_MAX } from "../limits.ts";
import { isoTime, OWNER } from "./bucket-operations.ts";
import { bucketOf, xml, type Operation, type S3Context } from "./context.ts";
import { S3Error } from "./error.ts";
import { listPage, type ListPage, type ListQuery } from "./list.ts";
import type { IndexedVersion } from "./objects.ts";
import type { S3Call } from "./request.ts";
import { element, parent } from "./xml.ts";

/** ListObjectsV2. Its continuation token is the last key of the page before, made opaque. */
export const listObjectsV2: Operation = (s3, call) => {
  const { query } = call;
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  const after = token === undefined ? (startAfter ?? "") : readToken(token);
  const { page, common } = list(s3, call, after);
  const owner = query.get("fetch-owner") === "true";
  const write = keyWriter(call);
  return xml(
    call,
    "ListBucketResult",
    common +
      element("KeyCount", page.versions.length + page.commonPrefixes.length) +
      element("ContinuationToken", token) +
      element("NextContinuationToken", page.truncated ? writeToken(page.last) : undefined) +
      element("StartAfter", startAfter === undefined ? undefined : write(startAfter)) +
      contents(page, write, owner),
  );
};

/** ListObjects, the first version, which older tools use. */
export const listObjects: Operation = (s3, call) => {
  const marker = call.query.get("marker") ?? "";
  const { page, common } = list(s3, call, marker);
  const write = keyWriter(call);
  return xml(
    call,
    "ListBucketResult",
    common +
      element("Marker", write(marker)) +
      // S3 says it only with a delimiter; saying it always spares clients the case distinction.
      element("NextMarker", page.truncated ? write(page.last) : undefined) +
      contents(page, write, true),
  );
};

/** How keys are written: as they are, or percent-encoded with `encoding-type=url` (XML cannot hold every character). */
export function keyWriter(call: S3Call): (key: string) => string {
  const encoding = call.query.get("encoding-type");
  if (encoding === undefined) return (key) => key;
  if (encoding !== "url") throw new S3Error("InvalidArgument", "Invalid Encoding Method specified in Request", { fields: { ArgumentName: "encoding-type" } });
  return (key) => encodeURIComponent(key).replace(/%2F/g, "/");
}

/** A number of items per page, as S3 bounds it. @throws S3Error InvalidArgument */
export function pageSize(call: S3Call, name: string): number {
  const text = call.query.get(name);
  if (text === undefined || text === "") return S3_LIST_KEYS_MAX;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2 ** 31 - 1) {
    throw new S3Error("InvalidArgument", `Argument ${name} must be an integer between 0 and 2147483647`, { fields: { ArgumentName: name, ArgumentValue: text } });
  }
  return Math.min(Number(text), S3_LIST_KEYS_MAX);
}

function list(s3: S3Context, call: S3Call, after: string): { page: ListPage; common: string } {
  const bucket = bucketOf(call);
  s3.objects.bucket(bucket);
  const query: ListQuery = {
    prefix: call.query.get("prefix") ?? "",
    delimiter: call.query.get("delimiter") ?? "",
    after,
    max: pageSize(call, "max-keys"),
  };
  const write = keyWriter(call);
  const page = listPage((key) => s3.objects.versions(bucket, key), query);
  const common =
    element("Name", bucket) +
    element("Prefix", write(query.prefix)) +
    element("Delimiter", query.delimiter === "" ? undefined : write(query.delimiter)) +
    element("MaxKeys", query.max) +
    element("EncodingType", call.query.get("encoding-type")) +
    element("IsTruncated", page.truncated);
  return { page, common };
}

function contents(page: ListPage, write: (key: string) => string, owner: boolean): string {
  const objects = page.versions.map((version) => parent("Contents", describe(version, write) + (owner ? OWNER : "")));
  const prefixes = page.commonPrefixes.map((prefix) => parent("CommonPrefixes", element("Prefix", write(prefix))));
  return objects.join("") + prefixes.join("");
}

function describe(version: IndexedVersion, write: (key: string) => string): string {
  const { checksum } = version;
  return (
    element("Key", write(version.key)) +
    element("LastModified", isoTime(version.modifiedMs)) +
    element("ETag", `"${version.etag}"`) +
    (checksum ? element("ChecksumAlgorithm", checksum.algorithm) + element("ChecksumType", checksum.type) : "") +
    element("Size", version.body.bytes) +
    element("StorageClass", "STANDARD")
  );
}

function writeToken(last: string): string {
  return Buffer.from(last).toString("base64url");
}

function readToken(token: string): string {
  const last = Buffer.from(token, "base64url").toString("utf8");
  if (last !== "" && writeToken(last) === token) return last;
  throw new S3Error("InvalidArgument", "The continuation token provided is incorrect", { fields: { ArgumentName: "continuation-token" } });
}
