import { createHash } from "node:crypto";
import { S3_PART_BYTES_MIN, S3_PARTS_MAX, S3_XML_BYTES_MAX } from "../limits.ts";
import { isoTime, OWNER } from "./bucket-operations.ts";
import {
  algorithmNamed, BodyDigest, checksumElement, checksumHeader, checksumOfParts,
  type Checksum, type ChecksumType,
} from "./checksums.ts";
import { checkWrite } from "./conditions.ts";
import { bucketOf, empty, keyOf, xml, type Operation, type S3Context } from "./context.ts";
import { copyBytes, copySource, resultOf, sourceRange } from "./copy.ts";
import { S3Error } from "./error.ts";
import { objectHeaders } from "./headers.ts";
import { keyWriter, pageSize } from "./list-operations.ts";
import { checkKey } from "./names.ts";
import { withChecksum } from "./object-operations.ts";
import type { IndexedVersion } from "./objects.ts";
import { readText, type S3Call } from "./request.ts";
import type { Part, Upload, UploadKey } from "./uploads.ts";
import { childText, children, element, parent, parseXml, type XmlNode } from "./xml.ts";

export const createMultipartUpload: Operation = async (s3, call) => {
  const [bucket, key] = [bucketOf(call), keyOf(call)];
  checkKey(key);
  s3.objects.bucket(bucket);
  const checksum = uploadChecksum(call.headers);
  const uploadId = await s3.uploads.start(bucket, key, { headers: objectHeaders(call.headers), ...(checksum ? { checksum } : {}) });
  const headers: Record<string, string> = checksum
    ? { "x-amz-checksum-algorithm": checksum.algorithm, "x-amz-checksum-type": checksum.type }
    : {};
  return xml(call, "InitiateMultipartUploadResult", element("Bucket", bucket) + element("Key", key) + element("UploadId", uploadId), headers);
};

/** CRC-64/NVME is always of the whole object; the others are of the parts unless the client asks otherwise. */
function uploadChecksum(headers: Headers): Upload["checksum"] {
  const name = headers.get("x-amz-checksum-algorithm");
  if (name === null) return undefined;
  const algorithm = algorithmNamed(name);
  const type = headers.get("x-amz-checksum-type") ?? (algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE");
  const sha = algorithm === "SHA1" || algorithm === "SHA256";
  if ((type === "FULL_OBJECT" && !sha) || (type === "COMPOSITE" && algorithm !== "CRC64NVME")) return { algorithm, type };
  throw new S3Error("InvalidRequest", `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`);
}

function uploadKey(call: S3Call): UploadKey {
  return { bucket: bucketOf(call), key: keyOf(call), uploadId: call.query.get("uploadId") ?? "" };
}

function partNumber(call: S3Call): number {
  const number = Number(call.query.get("partNumber"));
  if (Number.isInteger(number) && number >= 1 && number <= S3_PARTS_MAX) return number;
  throw new S3Error("InvalidArgument", `Part number must be an integer between 1 and ${S3_PARTS_MAX}, inclusive`, { fields: { ArgumentName: "partNumber" } });
}

export const uploadPart: Operation = async (s3, call) => {
  const [at, number] = [uploadKey(call), partNumber(call)];
  const upload = s3.uploads.find(at);
  const digest = new BodyDigest(call.headers, call.body, upload.checksum?.algorithm);
  const draft = await s3.bodies.write(call.body.stream, (piece) => digest.update(piece), call.body.bytes);
  try {
    const { md5, checksum } = digest.finish();
    checkPartAlgorithm(upload, checksum);
    const part = await s3.uploads.putPart(at, draft, { number, etag: md5, ...withChecksum(checksum) });
    return empty(call, 200, { etag: `"${part.etag}"`, ...(checksum ? { [checksumHeader(checksum.algorithm)]: checksum.value } : {}) });
  } catch (thrown) {
    s3.bodies.discard(draft);
    throw thrown;
  }
};

function checkPartAlgorithm(upload: Upload, checksum: Checksum | undefined): void {
  if (!upload.checksum || upload.checksum.algorithm === checksum?.algorithm) return;
  throw new S3Error("InvalidRequest", `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksum.algorithm}, actual checksum Type: ${checksum?.algorithm}`);
}

export const uploadPartCopy: Operation = async (s3, call) => {
  const [at, number] = [uploadKey(call), partNumber(call)];
  const upload = s3.uploads.find(at);
  const { version } = copySource(s3, call);
  const range = sourceRange(call, version.body.bytes);
  const { draft, md5, checksum } = await copyBytes(s3, s3.objects.bodiesOf(version), { range, algorithm: upload.checksum?.algorithm });
  try {
    const part = await s3.uploads.putPart(at, draft, { number, etag: md5, ...withChecksum(checksum) });
    return xml(call, "CopyPartResult", resultOf(part.etag, part.modifiedMs, part.checksum));
  } catch (thrown) {
    s3.bodies.discard(draft);
    throw thrown;
  }
};

export const abortMultipartUpload: Operation = async (s3, call) => {
  await s3.uploads.abort(uploadKey(call));
  return empty(call, 204);
};

export const completeMultipartUpload: Operation = async (s3, call) => {
  const at = uploadKey(call);
  const request = parseXml(await readText(call.body, S3_XML_BYTES_MAX), "CompleteMultipartUpload");
  const upload = s3.uploads.find(at);
  const parts = chosenParts(s3, at, children(request, "Part"));
  const checksum = upload.checksum && wholeChecksum(upload.checksum, parts);
  checkExpectedWhole(call.headers, checksum, parts);
  const stored = await completed(s3, call, { at, upload, parts, checksum });
  return xml(
    call,
    "CompleteMultipartUploadResult",
    element("Location", `http://${call.host}/${at.bucket}/${at.key.split("/").map(encodeURIComponent).join("/")}`) +
      element("Bucket", at.bucket) +
      element("Key", at.key) +
      element("ETag", `"${stored.etag}"`) +
      (checksum ? element(checksumElement(checksum.algorithm), checksum.value) + element("ChecksumType", checksum.type) : ""),
  );
};

/** The stored parts that the client lists, each as the client says it is. @throws S3Error InvalidPart, InvalidPartOrder, EntityTooSmall */
function chosenParts(s3: S3Context, at: UploadKey, listed: readonly XmlNode[]): Part[] {
  const stored = new Map(s3.uploads.parts(at.uploadId).map((part) => [part.number, part]));
  if (listed.length === 0 || listed.length > S3_PARTS_MAX) throw new S3Error("MalformedXML", `A multipart upload has from 1 to ${S3_PARTS_MAX} parts.`);
  const numbers = listed.map((node) => Number(childText(node, "PartNumber")));
  if (numbers.some((number, index) => number <= (numbers[index - 1] ?? 0))) {
    throw new S3Error("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");
  }
  const parts = listed.map((node, index) => {
    const part = stored.get(numbers[index] as number);
    if (part && agrees(part, node)) return part;
    throw new S3Error("InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", {
      fields: { UploadId: at.uploadId, PartNumber: String(numbers[index]) },
    });
  });
  const small = parts.slice(0, -1).find((part) => part.body.bytes < S3_PART_BYTES_MIN);
  if (!small) return parts;
  throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    fields: { ProposedSize: String(small.body.bytes), MinSizeAllowed: String(S3_PART_BYTES_MIN), PartNumber: String(small.number), ETag: small.etag },
  });
}

function agrees(part: Part, node: XmlNode): boolean {
  if ((childText(node, "ETag") ?? "").replace(/^"|"$/g, "") !== part.etag) return false;
  const sent = part.checksum && childText(node, checksumElement(part.checksum.algorithm));
  return sent === undefined || sent === part.checksum?.value;
}

function wholeChecksum({ algorithm, type }: { algorithm: Checksum["algorithm"]; type: ChecksumType }, parts: readonly Part[]): Checksum {
  return checksumOfParts(type, algorithm, parts.map((part) => ({ value: part.checksum?.value ?? "", bytes: part.body.bytes })));
}

/** A client may send the checksum and the size of the whole with the completion. @throws S3Error BadDigest, InvalidRequest */
function checkExpectedWhole(headers: Headers, checksum: Checksum | undefined, parts: readonly Part[]): void {
  const sent = checksum && headers.get(checksumHeader(checksum.algorithm));
  if (checksum && sent && sent.replace(/-\d+$/, "") !== checksum.value.replace(/-\d+$/, "")) {
    throw new S3Error("BadDigest", `The ${checksum.algorithm} you specified did not match the calculated checksum.`);
  }
  const size = headers.get("x-amz-mp-object-size");
  if (size !== null && Number(size) !== sizeOf(parts)) {
    throw new S3Error("InvalidRequest", `The provided x-amz-mp-object-size header value ${size} does not match what was computed: ${sizeOf(parts)}`);
  }
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.body.bytes, 0);
}

/** No byte is copied: the object's layout lists the bodies of its parts. */
async function completed(
  s3: S3Context,
  call: S3Call,
  { at, upload, parts, checksum }: { at: UploadKey; upload: Upload; parts: readonly Part[]; checksum: Checksum | undefined },
): Promise<IndexedVersion> {
  const md5s = createHash("md5");
  for (const part of parts) md5s.update(Buffer.from(part.etag, "hex"));
  const layout = parts.map((part) => part.body);
  const kept = new Set(layout.map((ref) => ref.id));
  const body = { id: layout[0]?.id ?? 0, bytes: sizeOf(parts) };
  const etag = `${md5s.digest("hex")}-${parts.length}`;
  let dropped: readonly Part["body"][] = [];
  const stored = await s3.objects.commit(at.bucket, at.key, (tx, current) => {
    checkWrite(call.headers, current, at.key);
    dropped = s3.uploads.endIn(tx, at, kept);
    const modifiedMs = Math.floor(s3.world.now());
    return { layout, version: { key: at.key, modifiedMs, etag, headers: upload.headers, ...withChecksum(checksum), body, parts: parts.length } };
  });
  s3.bodies.sweep(dropped);
  return stored;
}

export const listParts: Operation = (s3, call) => {
  const at = uploadKey(call);
  const upload = s3.uploads.find(at);
  const marker = Number(call.query.get("part-number-marker") ?? 0) || 0;
  const max = pageSize(call, "max-parts");
  const found = s3.uploads.parts(at.uploadId, marker + 1);
  const page = found.slice(0, max);
  const write = keyWriter(call);
  return xml(
    call,
    "ListPartsResult",
    element("Bucket", at.bucket) +
      element("Key", write(at.key)) +
      element("UploadId", at.uploadId) +
      OWNER +
      element("StorageClass", "STANDARD") +
      (upload.checksum ? element("ChecksumAlgorithm", upload.checksum.algorithm) + element("ChecksumType", upload.checksum.type) : "") +
      element("PartNumberMarker", marker) +
      element("NextPartNumberMarker", page.at(-1)?.number ?? 0) +
      element("MaxParts", max) +
      element("IsTruncated", found.length > page.length) +
      page.map(describePart).join(""),
  );
};

function describePart(part: Part): string {
  return parent(
    "Part",
    element("PartNumber", part.number) + resultOf(part.etag, part.modifiedMs, part.checksum) + element("Size", part.body.bytes),
  );
}

/** All uploads of the bucket under way that begin with the prefix, up to a page of them. */
export const listMultipartUploads: Operation = (s3, call) => {
  const bucket = bucketOf(call);
  s3.objects.bucket(bucket);
  const prefix = call.query.get("prefix") ?? "";
  const max = pageSize(call, "max-uploads");
  const [keyMarker, idMarker] = [call.query.get("key-marker") ?? "", call.query.get("upload-id-marker") ?? ""];
  const write = keyWriter(call);
  const found = [...s3.uploads.list(bucket)].filter(
    ({ key, uploadId }) => key.startsWith(prefix) && (key > keyMarker || (key === keyMarker && idMarker !== "" && uploadId > idMarker)),
  );
  const page = found.slice(0, max);
  const truncated = found.length > page.length;
  const last = truncated ? page.at(-1) : undefined;
  return xml(
    call,
    "ListMultipartUploadsResult",
    element("Bucket", bucket) +
      element("KeyMarker", write(keyMarker)) +
      element("UploadIdMarker", idMarker) +
      (last ? element("NextKeyMarker", write(last.key)) + element("NextUploadIdMarker", last.uploadId) : "") +
      element("Prefix", write(prefix)) +
      element("MaxUploads", max) +
      element("IsTruncated", truncated) +
      page.map(({ key, uploadId, upload }) =>
        parent("Upload", element("Key", write(key)) + element("UploadId", uploadId) + OWNER + element("StorageClass", "STANDARD") + element("Initiated", isoTime(upload.startedMs))),
      ).join(""),
  );
};
