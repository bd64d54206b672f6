/**
 * A Python function as the sandbox loads it: the image and the table that names its frames.
 *
 * ```
 * 0  u32 bytes of the image, little-endian
 * 4  image
 *    line table, JSON
 * ```
 */
import type { LineTable } from "../../../compiler/index.ts";

export interface PythonPackage {
  readonly image: Uint8Array;
  readonly lines: LineTable;
}

export function packPython({ image, lines }: PythonPackage): Uint8Array {
  const table = new TextEncoder().encode(JSON.stringify(lines));
  const bytes = new Uint8Array(4 + image.length + table.length);
  new DataView(bytes.buffer).setUint32(0, image.length, true);
  bytes.set(image, 4);
  bytes.set(table, 4 + image.length);
  return bytes;
}

export function unpackPython(bytes: Uint8Array): PythonPackage {
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0, true);
  return { image: bytes.slice(4, end), lines: JSON.parse(new TextDecoder().decode(bytes.subarray(end))) as LineTable };
}
