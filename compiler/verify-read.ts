/** What the two files of the verifier share: the shape of an image, and reading it. */

export class Rejected extends Error {
  readonly rule: number;
  readonly at: number;
  constructor(rule: number, at: number) { super(`rule ${rule} at ${at}`); this.rule = rule; this.at = at; }
}

export interface ImageView {
  readonly image: Uint8Array;
  readonly data: DataView;
  readonly functions: number;
  readonly strings: number;
  readonly constants: number;
  readonly globals: number;
  readonly twins: number;
  readonly modules: number;
  readonly stringTable: number;
  readonly constantTable: number;
  readonly twinTable: number;
  readonly moduleTable: number;
  readonly tablesEnd: number;
  readonly stringData: number;
}

export interface FunctionRecord {
  readonly at: number;
  readonly registers: number;
  readonly parameters: number;
  readonly keywordOnly: number;
  readonly flags: number;
  readonly handlers: number;
  readonly handlersAt: number;
  readonly code: number;
  readonly codeBytes: number;
  readonly defaults: number;
  readonly captures: number;
}

/** A varint in its shortest form, at most three bytes, that ends before `end`. */
export function readVarint(image: Uint8Array, at: number, end: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let count = 0; count < 3 && at + count < end; count++) {
    const byte = image[at + count] as number;
    value |= (byte & 127) << (7 * count);
    if (byte < 128) return count > 0 && byte === 0 ? undefined : { value, next: at + count + 1 };
  }
  return undefined;
}

/** Well-formed UTF-8: shortest forms, no surrogates, nothing beyond U+10FFFF. */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at++] as number;
    if (first < 0x80) continue;
    const more = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
    if (more === 0) return false;
    let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    for (let count = 0; count < more; count++) {
      const byte = bytes[at++] ?? 0;
      if (byte < low || byte > high) return false;
      low = 0x80;
      high = 0xbf;
    }
  }
  return true;
}
