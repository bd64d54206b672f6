import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CHECKSUM_ALGORITHMS, checksumOfParts, hasherOf, type ChecksumAlgorithm } from "./checksums.ts";

function hash(algorithm: ChecksumAlgorithm, ...pieces: readonly (string | Uint8Array)[]): string {
  const hasher = hasherOf(algorithm);
  for (const piece of pieces) hasher.update(Buffer.from(piece));
  return Buffer.from(hasher.digest()).toString("base64");
}

test("every algorithm gives its published check value for 123456789", () => {
  const hex = (algorithm: ChecksumAlgorithm) => Buffer.from(hash(algorithm, "123456789"), "base64").toString("hex");
  assert.is(hex("CRC32"), "cbf43926");
  assert.is(hex("CRC32C"), "e3069283");
  assert.is(hex("CRC64NVME"), "ae8b14860a799888");
  assert.is(hex("SHA1"), "f7c3bc1d808e04732adf679965ccc34ca7ae3441");
  assert.is(hex("SHA256"), "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
});

test("the CRC32C of the chunked upload that AWS publishes is the published one", () => {
  assert.is(hash("CRC32C", "a".repeat(66_560)), "sOO8/Q==");
});

test("a checksum does not depend on how the data is cut", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }), (pieces) => {
      for (const algorithm of CHECKSUM_ALGORITHMS) assert.is(hash(algorithm, ...pieces), hash(algorithm, Buffer.concat(pieces)));
    }),
  );
});

test("the CRCs of parts combine to the CRC of the whole", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), (parts) => {
      for (const algorithm of ["CRC32", "CRC32C", "CRC64NVME"] as const) {
        const described = parts.map((part) => ({ value: hash(algorithm, part), bytes: part.length }));
        assert.is(checksumOfParts("FULL_OBJECT", algorithm, described).value, hash(algorithm, Buffer.concat(parts)));
      }
    }),
  );
});

test.run();
