/** The image's constant table: objects laid out as in the runtime's arena (device/vm/value.h). */
import type { Literal } from "./ast.ts";
import type { Constant } from "./codegen/unit.ts";
import { literalKey } from "./codegen/variables.ts";

export const OBJECT = { float: 1, int: 2, bytes: 4, tuple: 7 } as const;
const KIND = { singleton: 0, string: 1, constant: 2 } as const;

export interface Constants {
  /** Index of a constant, added when it is new. */
  index(constant: Constant): number;
  /** Table entries (offset / 4 from the image's start) and the objects, when the objects begin at an offset. */
  write(offset: number): { readonly table: readonly number[]; readonly words: readonly number[] };
  readonly count: number;
}

/** `stringId` gives the id of a text in values. */
export function newConstants(stringId: (text: string) => number): Constants {
  const indexes = new Map<string, number>();
  const literals: Literal[] = [];
  const add = (literal: Literal): number => {
    const key = literalKey(literal);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    if (literal.type === "tuple") for (const item of literal.items) if (isObject(item)) add(item);
    const index = literals.push(literal) - 1;
    indexes.set(key, index);
    return index;
  };
  return {
    get count() { return literals.length; },
    index: (constant) => add(constant.kind === "literal" ? constant.literal : { type: "tuple", items: constant.names.map((value) => ({ type: "str", value })) }),
    write(offset) {
      const table: number[] = [];
      const words: number[] = [];
      const place = (literal: Literal): number => (table[indexes.get(literalKey(literal)) as number] as number) * 4;
      for (const literal of literals) {
        table.push((offset + words.length * 4) / 4);
        words.push(...objectWords(literal, stringId, place));
      }
      return { table, words };
    },
  };
}

/** The texts in a constant, which must be in the image's string table. */
export function textsOf(constant: Constant): string[] {
  if (constant.kind === "names") return [...constant.names];
  const texts = (literal: Literal): string[] => (literal.type === "str" ? [literal.value] : literal.type === "tuple" ? literal.items.flatMap(texts) : []);
  return texts(constant.literal);
}

const isSmall = (value: bigint): boolean => value >= -(1n << 30n) && value < 1n << 30n;
const isObject = (literal: Literal): boolean => literal.type === "float" || literal.type === "bytes" || literal.type === "tuple" || (literal.type === "int" && !isSmall(literal.value));
const constantWord = (kind: number, payload: number): number => ((payload << 5) | (kind << 2) | 2) >>> 0;
const header = (type: number, flags: number, words: number): number => ((words << 10) | (flags << 7) | (type << 2) | 1) >>> 0;

function objectWords(literal: Literal, stringId: (text: string) => number, place: (literal: Literal) => number): number[] {
  switch (literal.type) {
    case "float": {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, literal.value, true);
      return [header(OBJECT.float, 0, 3), view.getUint32(0, true), view.getUint32(4, true)];
    }
    case "int": return integerWords(literal.value);
    case "bytes": return bytesWords(literal.value);
    case "tuple": return [header(OBJECT.tuple, 0, literal.items.length + 1), ...literal.items.map((item) => valueWord(item, stringId, place))];
    default: throw new Error(`${literal.type} is no object`);
  }
}

function integerWords(value: bigint): number[] {
  const digits: number[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 32n) digits.push(Number(rest & 0xffffffffn));
  return [header(OBJECT.int, value < 0n ? 2 : 0, digits.length + 1), ...digits];
}

function bytesWords(bytes: Uint8Array): number[] {
  const length = Math.ceil(bytes.length / 4);
  const padded = new Uint8Array(length * 4);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  return [header(OBJECT.bytes, padded.length - bytes.length, length + 1), ...Array.from({ length }, (_, index) => view.getUint32(index * 4, true))];
}

function valueWord(literal: Literal, stringId: (text: string) => number, place: (literal: Literal) => number): number {
  switch (literal.type) {
    case "none": return constantWord(KIND.singleton, 0);
    case "bool": return constantWord(KIND.singleton, literal.value ? 2 : 1);
    case "ellipsis": return constantWord(KIND.singleton, 3);
    case "str": return constantWord(KIND.string, stringId(literal.value));
    case "int": if (isSmall(literal.value)) return ((Number(literal.value) << 1) | 1) >>> 0; break;
    default:
  }
  return constantWord(KIND.constant, place(literal));
}
