/** Compiled functions to an image (compiler/spec/bytecode.md draws it) and its line table. */
import { ROM_STRINGS, SPEC } from "./builtins.ts";
import { optimize, type Optimized } from "./codegen/optimize.ts";
import { shapeOf } from "./codegen/emit.ts";
import type { CompiledFunction, Constant, Unit } from "./codegen/unit.ts";
import { newConstants, textsOf } from "./constants.ts";
import { crc32 } from "./crc.ts";
import { CompileError, position } from "./errors.ts";
import { type Encoded, encode, varint } from "./encode.ts";
import type { LineTable } from "./lines.ts";

export const MAGIC = 0x31494c4e; // "NLI1"
export const HEADER_BYTES = 32;
export const NO_ENTRY = 0xffff;
/** Added to the number of a function that is the entry. */
export const ENTRY_FUNCTION = 0x8000;

/** What the image says besides its functions. */
export interface ImageParts {
  readonly unit: Unit;
  /** Function of each module's top level. */
  readonly modules: readonly number[];
  readonly twins: readonly { readonly builtin: number; readonly function: number }[];
  /** A global slot, or a function. */
  readonly entry: { readonly slot: number } | { readonly function: number } | undefined;
}

export interface WrittenImage { readonly image: Uint8Array; readonly lines: LineTable }

const ROM_IDS = new Map(ROM_STRINGS.map((text, id) => [text, id]));

export function writeImage({ unit, modules, twins, entry }: ImageParts): WrittenImage {
  const functions = unit.functions as CompiledFunction[];
  const optimized = functions.map((fn) => optimize(fn.code, fn.handlers));
  const texts = orderTexts(functions, optimized);
  const ids = new Map(texts.map((text, index) => [text, index]));
  const operand = (text: string): number => { const rom = ROM_IDS.get(text); return rom === undefined ? 2 * (ids.get(text) as number) : 2 * rom + 1; };
  const constants = newConstants((text) => ROM_IDS.get(text) ?? ROM_STRINGS.length + (ids.get(text) as number));
  const encoded = functions.map((fn, index) => encodeFunction(fn, optimized[index] as Optimized, { string: operand, constant: constants.index }));
  const records = functions.map((fn, index) => record(fn, encoded[index] as Encoded, operand));

  const tables = HEADER_BYTES + 2 * (functions.length + texts.length + constants.count + 2 * twins.length + modules.length);
  const constantsAt = align(tables, 4);
  const { table, words } = constants.write(constantsAt);
  let at = constantsAt + words.length * 4;
  const functionTable: number[] = [];
  const bytes: number[] = [];
  for (const words32 of words) bytes.push(words32 & 255, (words32 >>> 8) & 255, (words32 >>> 16) & 255, words32 >>> 24);
  for (const one of records) {
    functionTable.push(at / 2);
    bytes.push(...one);
    at += one.length;
    if (at % 2 !== 0) { bytes.push(0); at++; }
  }
  while (at % 4 !== 0) { bytes.push(0); at++; }
  const stringsAt = at;
  const encoder = new TextEncoder();
  const stringTable: number[] = [];
  for (const text of texts) {
    stringTable.push(at - stringsAt);
    const utf8 = encoder.encode(text);
    bytes.push(...utf8);
    at += utf8.length;
  }
  const image = new Uint8Array(at);
  const view = new DataView(image.buffer);
  checkSizes(functions, functionTable, stringTable, table, texts);
  [MAGIC, at, 0, SPEC].forEach((value, index) => view.setUint32(index * 4, value, true));
  [functions.length, texts.length, constants.count, unit.globals.size, twins.length, modules.length, entryField(entry), stringsAt / 4].forEach((value, index) => view.setUint16(16 + index * 2, value, true));
  [...functionTable, ...stringTable, ...table, ...twins.flatMap((twin) => [twin.builtin, twin.function]), ...modules].forEach((value, index) => view.setUint16(HEADER_BYTES + index * 2, value, true));
  image.set(bytes, constantsAt);
  view.setUint32(8, crc32(image.subarray(12)), true);
  return { image, lines: lineTable(functions, encoded) };
}

const entryField = (entry: ImageParts["entry"]): number => (entry === undefined ? NO_ENTRY : "slot" in entry ? entry.slot : ENTRY_FUNCTION + entry.function);

const align = (value: number, to: number): number => Math.ceil(value / to) * to;

/** Tables hold 16 bits. */
function checkSizes(functions: readonly CompiledFunction[], ...tables: readonly (readonly (number | string)[])[]): void {
  const tooLarge = tables.some((table) => table.length > 65_000 || table.some((entry) => typeof entry === "number" && entry > 65_535));
  const first = functions[0] as CompiledFunction;
  if (tooLarge) throw new CompileError(first.module.source, { start: 0, end: 0 }, "the program is too large for an image", "Divide it into several functions of the gateway.");
}

/** The texts of the image, the most used first: the first 64 take one byte as an operand. */
function orderTexts(functions: readonly CompiledFunction[], optimized: readonly Optimized[]): string[] {
  const uses = new Map<string, number>();
  const count = (text: string): void => { if (!ROM_IDS.has(text)) uses.set(text, (uses.get(text) ?? 0) + 1); };
  functions.forEach((fn, index) => {
    count(fn.name);
    fn.parameterNames.forEach(count);
    for (const { op, operands } of (optimized[index] as Optimized).code) {
      const shape = shapeOf(op);
      operands.forEach((operand, place) => {
        if (shape[place] === "s") count(operand as string);
        if (shape[place] === "S") (operand as readonly string[]).forEach(count);
        if (shape[place] === "k") textsOf(operand as Constant).forEach(count);
      });
    }
  });
  return [...uses.keys()].sort((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0));
}

function encodeFunction(fn: CompiledFunction, { code, handlers }: Optimized, names: Parameters<typeof encode>[3]): Encoded {
  const encoded = encode(code, handlers, fn.constantsFrom, names);
  if (encoded !== undefined) return encoded;
  throw new CompileError(fn.module.source, { start: code[0]?.at ?? 0, end: code[0]?.at ?? 0 }, `the function '${fn.name}' is too long`, "Divide it.");
}

const EXTENDED = 8;

function record(fn: CompiledFunction, { code, handlers }: Encoded, operand: (text: string) => number): number[] {
  const extension = [fn.keywordOnly, fn.defaults, fn.captures, fn.positionalOnly];
  const extended = extension.some((count) => count > 0);
  const flags = (fn.rest ? 1 : 0) | (fn.keywords ? 2 : 0) | (fn.generator ? 4 : 0) | (extended ? EXTENDED : 0);
  const u16 = (value: number): number[] => [value & 255, value >> 8];
  return [
    fn.registers, fn.positional, flags, handlers.length, ...u16(code.length), ...code, ...(extended ? extension : []),
    ...varint(operand(fn.name)), ...fn.parameterNames.flatMap((name) => varint(operand(name))),
    ...handlers.flatMap((handler) => [...u16(handler.start), ...u16(handler.end), ...u16(handler.target), handler.register]),
  ];
}

function lineTable(functions: readonly CompiledFunction[], encoded: readonly Encoded[]): LineTable {
  const files = [...new Set(functions.map((fn) => fn.module.source.file))];
  return {
    files,
    functions: functions.map((fn, index) => {
      const lines: [number, number][] = [];
      for (const { pc, at } of (encoded[index] as Encoded).places) {
        const { line } = position(fn.module.source.text, at);
        if (lines.at(-1)?.[1] !== line) lines.push([pc, line]);
      }
      return { name: fn.name, file: files.indexOf(fn.module.source.file), lines };
    }),
  };
}
