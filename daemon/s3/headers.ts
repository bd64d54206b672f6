/** What a client says of an object in headers, and how it is answered. */
import { S3_USER_METADATA_BYTES_MAX } from "../limits.ts";
import { checksumHeader } from "./checksums.ts";
import { S3Error } from "./error.ts";
import type { ObjectHeaders, ObjectVersion } from "./objects.ts";

const STANDARD = ["cache-control", "content-disposition", "content-language", "content-type", "expires"] as const;
const USER_PREFIX = "x-amz-meta-";
const DEFAULT_TYPE = "binary/octet-stream";

/** @throws S3Error MetadataTooLarge, and for what the gateway does not have: NotImplemented, InvalidStorageClass */
export function objectHeaders(headers: Headers): ObjectHeaders {
  refuseUnsupported(headers);
  const standard: Record<string, string> = {};
  const user: Record<string, string> = {};
  for (const name of STANDARD) {
    const value = headers.get(name);
    if (value !== null && value !== "") standard[name] = value;
  }
  // aws-chunked is how the body travelled, not what it is.
  const encodings = (headers.get("content-encoding") ?? "").split(",").map((coding) => coding.trim());
  const encoding = encodings.filter((coding) => coding !== "" && coding.toLowerCase() !== "aws-chunked").join(",");
  if (encoding !== "") standard["content-encoding"] = encoding;
  standard["content-type"] ??= DEFAULT_TYPE;
  let bytes = 0;
  for (const [name, value] of headers) {
    if (!name.startsWith(USER_PREFIX)) continue;
    user[name.slice(USER_PREFIX.length)] = value;
    bytes += name.length - USER_PREFIX.length + Buffer.byteLength(value);
  }
  if (bytes > S3_USER_METADATA_BYTES_MAX) {
    throw new S3Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", {
      fields: { Size: String(bytes), MaxSizeAllowed: String(S3_USER_METADATA_BYTES_MAX) },
    });
  }
  return { standard, user };
}

/** Headers that ask for something the gateway does not do: silence would make the client believe it was done. */
const UNSUPPORTED = [
  "x-amz-grant-full-control",
  "x-amz-grant-read",
  "x-amz-grant-read-acp",
  "x-amz-grant-write",
  "x-amz-grant-write-acp",
  "x-amz-object-lock-legal-hold",
  "x-amz-object-lock-mode",
  "x-amz-object-lock-retain-until-date",
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-customer-algorithm",
  "x-amz-tagging",
  "x-amz-website-redirect-location",
  "x-amz-write-offset-bytes",
];

/** Canned ACLs that say what is so anyway: only who has the gateway's credentials may read and write. */
const PRIVATE_ACLS = new Set(["private", "bucket-owner-full-control", "bucket-owner-read"]);

export function refuseUnsupported(headers: Headers): void {
  const asked = UNSUPPORTED.find((name) => headers.has(name));
  if (asked !== undefined) throw new S3Error("NotImplemented", `The gateway does not do what the header ${asked} asks for; leave it out.`, { fields: { Header: asked } });
  const acl = headers.get("x-amz-acl");
  if (acl !== null && !PRIVATE_ACLS.has(acl)) {
    throw new S3Error("NotImplemented", "The gateway has no ACLs but private; use a presigned URL to share an object.", { fields: { Header: "x-amz-acl" } });
  }
  const storageClass = headers.get("x-amz-storage-class");
  if (storageClass !== null && storageClass !== "STANDARD") {
    throw new S3Error("InvalidStorageClass", "The storage class you specified is not valid; the gateway has STANDARD only.");
  }
}

/** Query values by which a signed GET overrides what is answered. */
const OVERRIDES = [...STANDARD, "content-encoding"] as const;

/** Headers of GET and HEAD that describe the object; Content-Length and -Range are the caller's. */
export function describeVersion(version: ObjectVersion, query: ReadonlyMap<string, string>): Record<string, string> {
  const headers: Record<string, string> = {
    "accept-ranges": "bytes",
    "last-modified": new Date(version.modifiedMs).toUTCString(),
    etag: `"${version.etag}"`,
    ...version.headers.standard,
  };
  for (const [name, value] of Object.entries(version.headers.user)) headers[USER_PREFIX + name] = value;
  for (const name of OVERRIDES) {
    const value = query.get(`response-${name}`);
    if (value !== undefined) headers[name] = headerSafe(value);
  }
  return headers;
}

function headerSafe(value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new S3Error("InvalidArgument", "A response- query value holds characters that cannot stand in a header.");
}

/** The checksum that a client asks for with x-amz-checksum-mode: ENABLED, for a whole object only. */
export function checksumHeaders(version: Pick<ObjectVersion, "checksum">): Record<string, string> {
  const { checksum } = version;
  return checksum ? { [checksumHeader(checksum.algorithm)]: checksum.value, "x-amz-checksum-type": checksum.type } : {};
}
