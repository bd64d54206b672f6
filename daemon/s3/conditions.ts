/** Conditional requests (RFC 9110, section 13, in the order of its section 13.2.2) and ranges (section 14). */
import { S3Error } from "./error.ts";

export interface Current {
  /** Without quotes. */
  readonly etag: string;
  readonly modifiedMs: number;
}

/** Names of the four headers: `if-match` or `x-amz-copy-source-if-match`. */
function conditionsOf(headers: Headers, prefix: string) {
  return {
    match: headers.get(`${prefix}if-match`),
    noneMatch: headers.get(`${prefix}if-none-match`),
    modifiedSinceMs: dateOf(headers.get(`${prefix}if-modified-since`)),
    unmodifiedSinceMs: dateOf(headers.get(`${prefix}if-unmodified-since`)),
  };
}

/** Seconds are all that HTTP dates have; what is not a date is no condition. */
function dateOf(text: string | null): number | undefined {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? undefined : ms;
}

function matches(list: string, etag: string): boolean {
  return list.split(",").some((item) => {
    const wanted = item.trim().replace(/^W\//, "").replace(/^"(.*)"$/, "$1");
    return wanted === "*" || wanted === etag;
  });
}

function failed(condition: string): S3Error {
  return new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", { fields: { Condition: condition } });
}

/** Whether to answer 304. @throws S3Error PreconditionFailed */
export function notModified(headers: Headers, current: Current, prefix = ""): boolean {
  const conditions = conditionsOf(headers, prefix);
  const modifiedMs = Math.floor(current.modifiedMs / 1000) * 1000;
  if (conditions.match !== null) {
    if (!matches(conditions.match, current.etag)) throw failed("If-Match");
  } else if (conditions.unmodifiedSinceMs !== undefined && modifiedMs > conditions.unmodifiedSinceMs) throw failed("If-Unmodified-Since");
  if (conditions.noneMatch !== null) return matches(conditions.noneMatch, current.etag);
  return conditions.modifiedSinceMs !== undefined && modifiedMs <= conditions.modifiedSinceMs;
}

/** The same for the source of a copy, where "not modified" is a failure. @throws S3Error PreconditionFailed */
export function checkCopySource(headers: Headers, current: Current): void {
  if (notModified(headers, current, "x-amz-copy-source-")) throw failed("x-amz-copy-source-If-None-Match");
}

/** Conditional writes: create only (`If-None-Match: *`) or replace only what one has read (`If-Match`). */
export function checkWrite(headers: Headers, current: Current | undefined, key: string): void {
  const { match, noneMatch } = conditionsOf(headers, "");
  if (noneMatch !== null && noneMatch.trim() !== "*") throw new S3Error("NotImplemented", "If-None-Match of a write can only be *.");
  if (noneMatch !== null && current) throw failed("If-None-Match");
  if (match === null) return;
  if (!current) throw new S3Error("NoSuchKey", "The specified key does not exist.", { fields: { Key: key } });
  if (!matches(match, current.etag)) throw failed("If-Match");
}

/** From `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The range that a Range header asks for; undefined for none, for several and for what is no byte range: the whole is answered then.
 * @throws S3Error InvalidRange when it begins behind the last byte
 */
export function rangeOf(header: string | null, bytes: number): ByteRange | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  const first = parts?.[1] ?? "";
  const last = parts?.[2] ?? "";
  if (first === "" && last === "") return undefined;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  const start = first === "" ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? bytes : Math.min(bytes, Number(last) + 1);
  if (start < end) return { start, end };
  throw new S3Error("InvalidRange", "The requested range is not satisfiable", {
    fields: { RangeRequested: header ?? "", ActualObjectSize: String(bytes) },
    headers: { "content-range": `bytes */${bytes}` },
  });
}
