/** Images that are nearly valid: a real one with a few of its fields changed, cut, stretched or exchanged, then sealed with its size and checksum. */
import { crc32 } from "../../../compiler/crc.ts";
import { OPCODES } from "../../../compiler/opcodes.ts";
import type { Random } from "../random.ts";
import { type Field, fieldsOf } from "./fields.ts";

export interface Original { readonly image: Uint8Array; readonly fields: readonly Field[]; readonly byKind: ReadonlyMap<string, readonly Field[]> }

export function originalOf(image: Uint8Array): Original {
  const fields = fieldsOf(image);
  const byKind = new Map<string, Field[]>();
  for (const field of fields) byKind.set(field.kind, [...(byKind.get(field.kind) ?? []), field]);
  return { image, fields, byKind };
}

/** Opcodes with the same operands as each. */
const ALIKE = OPCODES.map(({ operands }) => OPCODES.flatMap((other, code) => (other.operands === operands ? [code] : [])));
const SIZE_CHANGES = 0.04;
const BROKEN_SEALS = 0.01;

export function mutate(original: Original, random: Random): Uint8Array {
  let image: Uint8Array = original.image.slice();
  for (let changes = 1 + random.below(random.chance(0.2) ? 6 : 2); changes > 0; changes--) change(image, original, random);
  if (random.chance(SIZE_CHANGES)) image = resize(image, random);
  if (image.length >= 32 && !random.chance(BROKEN_SEALS)) seal(image);
  return image;
}

/** Sets the size and the checksum right. */
function seal(image: Uint8Array): void {
  const data = new DataView(image.buffer, image.byteOffset, image.byteLength);
  data.setUint32(4, image.length, true);
  data.setUint32(8, crc32(image.subarray(12)), true);
}

function change(image: Uint8Array, { fields, byKind }: Original, random: Random): void {
  const kind = random.chance(0.5) ? random.pick([...byKind.keys()]) : random.pick(fields).kind;
  const field = random.pick(byKind.get(kind) as readonly Field[]);
  if (kind === "opcode" && random.chance(0.8)) {
    image[field.at] = random.pick(ALIKE[image[field.at] as number] ?? [0]);
    return;
  }
  const data = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const old = read(data, field);
  const limit = 2 ** (8 * field.bytes);
  switch (random.below(6)) {
    case 0: write(data, field, old + 1); break;
    case 1: write(data, field, old - 1); break;
    case 2: write(data, field, random.pick([0, 1, 127, 128, 255, limit / 2 - 1, limit / 2, limit - 1, limit - 4])); break;
    case 3: write(data, field, old ^ (1 << random.below(Math.min(31, 8 * field.bytes)))); break;
    case 4: write(data, field, read(data, random.pick(byKind.get(kind) as readonly Field[]))); break;
    default: write(data, field, random.below(limit));
  }
}

function read(data: DataView, { at, bytes }: Field): number {
  return bytes === 4 ? data.getUint32(at, true) : bytes >= 2 ? data.getUint16(at, true) : data.getUint8(at);
}

function write(data: DataView, { at, bytes }: Field, value: number): void {
  if (bytes === 4) data.setUint32(at, value, true);
  else if (bytes >= 2) data.setUint16(at, value, true);
  else data.setUint8(at, value);
}

/** Cuts the end off, stretches it, or takes some bytes out or puts some in. */
function resize(image: Uint8Array, random: Random): Uint8Array {
  const at = random.below(image.length);
  switch (random.below(4)) {
    case 0: return image.slice(0, at);
    case 1: return Uint8Array.from([...image, ...Array.from({ length: 1 + random.below(9) }, () => random.below(256))]);
    case 2: return Uint8Array.from([...image.subarray(0, at), ...image.subarray(at + 1 + random.below(4))]);
    default: return Uint8Array.from([...image.subarray(0, at), random.below(256), random.below(256), ...image.subarray(at)]);
  }
}
