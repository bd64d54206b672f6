/** CRC-32C (RFC 3720, Castagnoli) and CRC-64/NVME, which Node's zlib has not, and how CRCs of parts make that of the whole. */

const CRC32C_POLYNOMIAL = 0x82f63b78;
const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ CRC32C_POLYNOMIAL : crc >>> 1;
  return crc >>> 0;
});

export class Crc32c {
  #crc = 0xffffffff;

  update(data: Uint8Array): void {
    let crc = this.#crc;
    for (let i = 0; i < data.length; i += 1) crc = (crc >>> 8) ^ (CRC32C_TABLE[(crc ^ (data[i] as number)) & 0xff] as number);
    this.#crc = crc;
  }

  /** Big-endian, as S3 writes it. */
  digest(): Uint8Array {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(~this.#crc >>> 0);
    return bytes;
  }
}

const CRC64_POLYNOMIAL = 0x9a6c9329ac4bc9b5n;
const CRC64_HIGH = new Uint32Array(256);
const CRC64_LOW = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ CRC64_POLYNOMIAL : crc >> 1n;
  CRC64_HIGH[byte] = Number(crc >> 32n);
  CRC64_LOW[byte] = Number(crc & 0xffffffffn);
}

/** Kept as two halves of 32 bits: BigInt would be fifty times slower. */
export class Crc64Nvme {
  #high = 0xffffffff;
  #low = 0xffffffff;

  update(data: Uint8Array): void {
    let high = this.#high;
    let low = this.#low;
    for (let i = 0; i < data.length; i += 1) {
      const index = (low ^ (data[i] as number)) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (CRC64_LOW[index] as number);
      high = (high >>> 8) ^ (CRC64_HIGH[index] as number);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): Uint8Array {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.#high >>> 0, 0);
    bytes.writeUInt32BE(~this.#low >>> 0, 4);
    return bytes;
  }
}

const POLYNOMIALS = {
  CRC32: { polynomial: 0xedb88320n, bits: 32n },
  CRC32C: { polynomial: BigInt(CRC32C_POLYNOMIAL), bits: 32n },
  CRC64NVME: { polynomial: CRC64_POLYNOMIAL, bits: 64n },
} as const;

/** Product of two polynomials modulo the CRC's, bits reversed as in the CRC itself (zlib's `multmodp`). */
function multiply(a: bigint, b: bigint, { polynomial, bits }: { polynomial: bigint; bits: bigint }): bigint {
  let product = 0n;
  for (let mask = 1n << (bits - 1n); mask > 0n; mask >>= 1n) {
    if (a & mask) product ^= b;
    b = b & 1n ? (b >> 1n) ^ polynomial : b >> 1n;
  }
  return product;
}

/** x^(8·bytes) modulo the polynomial, by squaring. */
function shiftBy(bytes: number, field: { polynomial: bigint; bits: bigint }): bigint {
  let result = 1n << (field.bits - 1n);
  let power = 1n << (field.bits - 9n);
  for (let left = BigInt(bytes); left > 0n; left >>= 1n) {
    if (left & 1n) result = multiply(result, power, field);
    power = multiply(power, power, field);
  }
  return result;
}

/** The CRC of the concatenation of parts of which only CRC and length are known: crc(AB) = crc(A)·x^(8|B|) + crc(B). */
export function combineCrcs(
  algorithm: keyof typeof POLYNOMIALS,
  parts: readonly { readonly digest: Uint8Array; readonly bytes: number }[],
): Uint8Array {
  const field = POLYNOMIALS[algorithm];
  let crc = 0n;
  for (const part of parts) {
    const next = BigInt(`0x${Buffer.from(part.digest).toString("hex") || "0"}`);
    crc = multiply(shiftBy(part.bytes, field), crc, field) ^ next;
  }
  return Buffer.from(crc.toString(16).padStart(Number(field.bits) / 4, "0"), "hex");
}
