/** Checksums that SDKs send with an object: in a header, or in a trailer after the body. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { Crc32c, Crc64Nvme, combineCrcs } from "./crc.ts";
import { S3Error } from "./error.ts";
import type { S3Body } from "./request.ts";

export const CHECKSUM_ALGORITHMS = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];
/** Of the whole object, or of its parts' checksums (`value-N`). */
export type ChecksumType = "FULL_OBJECT" | "COMPOSITE";

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** Base64, big-endian; a composite one ends with `-` and the number of parts. */
  readonly value: string;
}

export interface Hasher {
  update(data: Uint8Array): void;
  digest(): Uint8Array;
}

export function hasherOf(algorithm: ChecksumAlgorithm): Hasher {
  switch (algorithm) {
    case "CRC32":
      return crc32Hasher();
    case "CRC32C":
      return new Crc32c();
    case "CRC64NVME":
      return new Crc64Nvme();
    case "SHA1":
    case "SHA256": {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (data) => void hash.update(data), digest: () => hash.digest() };
    }
  }
}

function crc32Hasher(): Hasher {
  let crc = 0;
  return {
    update(data) {
      crc = crc32(data, crc);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(crc);
      return bytes;
    },
  };
}

/** The name of the header, trailer or (without `x-amz-`) query value that carries a checksum. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The element that carries it in XML: `ChecksumCRC32`. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

/** @throws S3Error InvalidRequest when the name is none of S3's */
export function algorithmNamed(name: string): ChecksumAlgorithm {
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name.toUpperCase());
  if (found === undefined) throw new S3Error("InvalidRequest", `The checksum algorithm must be one of ${CHECKSUM_ALGORITHMS.join(", ")}.`);
  return found;
}

/** What a request says about the checksum of its body. */
export interface ExpectedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Undefined until the body has been read, when it comes in a trailer. */
  value(): string | undefined;
}

/** @throws S3Error InvalidRequest when there are several or the value is no checksum */
export function expectedChecksum(headers: Headers, body: S3Body): ExpectedChecksum | undefined {
  const inHeader = CHECKSUM_ALGORITHMS.filter((algorithm) => headers.has(checksumHeader(algorithm)));
  const inTrailer = CHECKSUM_ALGORITHMS.filter((algorithm) => body.trailerNames.includes(checksumHeader(algorithm)));
  const algorithm = inHeader[0] ?? inTrailer[0];
  if (inHeader.length + inTrailer.length > 1) throw new S3Error("InvalidRequest", "Expecting a single x-amz-checksum- header.");
  if (algorithm === undefined) return undefined;
  const name = checksumHeader(algorithm);
  const sent = headers.get(name);
  if (sent !== null) checkForm(algorithm, sent);
  return { algorithm, value: () => sent ?? body.trailers.get(name) };
}

function checkForm(algorithm: ChecksumAlgorithm, value: string): void {
  const bytes = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 }[algorithm];
  const decoded = Buffer.from(value, "base64");
  if (decoded.length === bytes && decoded.toString("base64") === value) return;
  throw new S3Error("InvalidRequest", `Value for ${checksumHeader(algorithm)} header is invalid.`);
}

/** The MD5 that Content-MD5 asks for, in hexadecimal digits. @throws S3Error InvalidDigest */
export function expectedMd5(headers: Headers): string | undefined {
  const sent = headers.get("content-md5");
  if (sent === null) return undefined;
  const decoded = Buffer.from(sent, "base64");
  if (decoded.length !== 16) throw new S3Error("InvalidDigest", "The Content-MD5 you specified is not valid.");
  return decoded.toString("hex");
}

/** Hashes a body while it is read: its ETag, its checksum, and whether both are what the client said. */
export class BodyDigest {
  readonly #md5 = createHash("md5");
  readonly #md5Expected: string | undefined;
  readonly #expected: ExpectedChecksum | undefined;
  readonly #algorithm: ChecksumAlgorithm | undefined;
  readonly #hasher: Hasher | undefined;

  /** @param fallback what to compute when the client sends no checksum */
  constructor(headers: Headers, body: S3Body, fallback?: ChecksumAlgorithm) {
    this.#md5Expected = expectedMd5(headers);
    this.#expected = expectedChecksum(headers, body);
    const algorithm = this.#expected?.algorithm ?? fallback;
    this.#hasher = algorithm && hasherOf(algorithm);
    this.#algorithm = algorithm;
  }

  update(data: Uint8Array): void {
    this.#md5.update(data);
    this.#hasher?.update(data);
  }

  /** @throws S3Error BadDigest */
  finish(): { md5: string; checksum?: Checksum } {
    const md5 = this.#md5.digest("hex");
    if (this.#md5Expected !== undefined && md5 !== this.#md5Expected) {
      throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.", {
        fields: { ExpectedDigest: this.#md5Expected, CalculatedDigest: md5 },
      });
    }
    if (!this.#hasher || !this.#algorithm) return { md5 };
    const value = Buffer.from(this.#hasher.digest()).toString("base64");
    const sent = this.#expected?.value();
    if (sent !== undefined && sent !== value) {
      throw new S3Error("BadDigest", `The ${this.#algorithm} you specified did not match the calculated checksum.`);
    }
    return { md5, checksum: { algorithm: this.#algorithm, type: "FULL_OBJECT", value } };
  }
}

/** The checksum of an object out of those of its parts, in order. */
export function checksumOfParts(
  type: ChecksumType,
  algorithm: ChecksumAlgorithm,
  parts: readonly { readonly value: string; readonly bytes: number }[],
): Checksum {
  const digests = parts.map((part) => ({ digest: Buffer.from(part.value, "base64"), bytes: part.bytes }));
  if (type === "COMPOSITE") {
    const hasher = hasherOf(algorithm);
    for (const { digest } of digests) hasher.update(digest);
    return { algorithm, type, value: `${Buffer.from(hasher.digest()).toString("base64")}-${parts.length}` };
  }
  if (algorithm === "SHA1" || algorithm === "SHA256") {
    throw new S3Error("InvalidRequest", `The FULL_OBJECT checksum type cannot be used with ${algorithm}.`);
  }
  return { algorithm, type, value: Buffer.from(combineCrcs(algorithm, digests)).toString("base64") };
}
