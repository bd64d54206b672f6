import { isIPv4 } from "node:net";
import { S3_KEY_BYTES_MAX } from "../limits.ts";
import { S3Error } from "./error.ts";

/**
 * S3's rules for the names of general purpose buckets, and one of the gateway's own: a bucket named like a date would be the
 * beginning of a Lambda path (`/2015-03-31/functions`).
 * @throws S3Error InvalidBucketName
 */
export function checkBucketName(name: string): void {
  const wellFormed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes("..") && !isIPv4(name);
  if (wellFormed && !name.startsWith("xn--") && !name.endsWith("-s3alias") && !/^\d{4}-\d\d-\d\d$/.test(name)) return;
  throw new S3Error("InvalidBucketName", "The specified bucket is not valid: 3 to 63 lower-case letters, digits, dots and hyphens; no IP address, no date.", {
    fields: { BucketName: name },
  });
}

/** @throws S3Error KeyTooLongError */
export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes <= S3_KEY_BYTES_MAX) return;
  throw new S3Error("KeyTooLongError", "Your key is too long", { fields: { Size: String(bytes), MaxSizeAllowed: String(S3_KEY_BYTES_MAX) } });
}
