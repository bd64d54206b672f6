/** The fields of a valid image: where a mutator changes one thing and leaves the rest in shape. */
import { HEADER_BYTES } from "../../../compiler/image.ts";
import { OPCODES } from "../../../compiler/opcodes.ts";

/** `kind` tells fields whose values may be exchanged: `u16`, `opcode`, an operand's letter, … */
export interface Field { readonly at: number; readonly bytes: number; readonly kind: string }

const SIZES: Readonly<Record<string, number>> = { r: 1, d: 1, w: 1, n: 1, i: 1, c: 1, h: 2, j: 2, l: 4 };

export function fieldsOf(image: Uint8Array): Field[] {
  const data = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const u16 = (at: number): number => data.getUint16(at, true);
  const [functions, strings, constants, , twins, modules] = [16, 18, 20, 22, 24, 26].map(u16) as [number, number, number, number, number, number];
  const fields: Field[] = [];
  const add = (at: number, bytes: number, kind: string): void => { fields.push({ at, bytes, kind }); };
  for (let at = 16; at < HEADER_BYTES; at += 2) add(at, 2, "u16");
  const tables = HEADER_BYTES + 2 * (functions + strings + constants + 2 * twins + modules);
  for (let at = HEADER_BYTES; at < tables; at += 2) add(at, 2, "u16");
  const starts = Array.from({ length: functions }, (_, index) => 2 * u16(HEADER_BYTES + 2 * index));
  const stringData = 4 * u16(30);
  for (let at = (tables + 3) & ~3; at + 4 <= Math.min(...starts); at += 4) add(at, 4, "constant");
  starts.forEach((start, index) => record(image, start, starts[index + 1] ?? stringData, add));
  for (let at = stringData; at < image.length; at++) add(at, 1, "text");
  return fields;
}

function record(image: Uint8Array, start: number, end: number, add: (at: number, bytes: number, kind: string) => void): void {
  for (let place = 0; place < 4; place++) add(start + place, 1, "head");
  add(start + 4, 2, "u16");
  const codeBytes = (image[start + 4] as number) | ((image[start + 5] as number) << 8);
  const codeEnd = start + 6 + codeBytes;
  for (let at = start + 6; at < codeEnd;) {
    add(at, 1, "opcode");
    at = operands(image, at, add);
  }
  for (let at = codeEnd; at < end; at++) add(at, 1, "trailer");
}

/** @returns where the next instruction begins */
function operands(image: Uint8Array, opcodeAt: number, add: (at: number, bytes: number, kind: string) => void): number {
  let at = opcodeAt + 1;
  let count = 0;
  const varint = (): void => {
    const from = at;
    while ((image[at++] as number) >= 128);
    add(from, at - from, "varint");
  };
  for (const letter of OPCODES[image[opcodeAt] as number]?.operands ?? "") {
    const size = SIZES[letter];
    if (letter === "R") for (; count > 0; count--) add(at++, 1, "r");
    else if (letter === "S") for (; count > 0; count--) varint();
    else if (size === undefined) varint();
    else {
      if (letter === "n") count = image[at] as number;
      add(at, size, size === 1 ? "r" : letter);
      at += size;
    }
  }
  return at;
}
