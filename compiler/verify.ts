/**
 * Says whether a runtime may run an image (compiler/spec/verifier.md lists the rules): a flat list of numbered checks, in the same order and
 * with the same answers as device/vm/verify.c.
 */
import { BUILTINS, ROM_STRINGS, SPEC, TYPES } from "./builtins.ts";
import { crc32 } from "./crc.ts";
import { ENTRY_FUNCTION, HEADER_BYTES, MAGIC, NO_ENTRY } from "./image.ts";
import { codeOf } from "./verify-code.ts";
import { type FunctionRecord, type ImageView, isUtf8, readVarint, Rejected } from "./verify-read.ts";

/** The first rule that is broken, and where in the image. */
export interface Violation { readonly rule: number; readonly at: number }

export function verify(image: Uint8Array): Violation | undefined {
  try {
    const view = header(image);
    tables(view);
    twinsAndModules(view);
    const functions = Array.from({ length: view.functions }, (_, index) => functionRecord(view, index));
    functions.forEach((fn) => codeOf(view, functions, fn));
    return undefined;
  } catch (error) {
    if (error instanceof Rejected) return { rule: error.rule, at: error.at };
    throw error;
  }
}

function check(holds: boolean, rule: number, at: number): asserts holds {
  if (!holds) throw new Rejected(rule, at);
}

function header(image: Uint8Array): ImageView {
  const data = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const u16 = (at: number): number => data.getUint16(at, true);
  check(image.length >= HEADER_BYTES, 1001, 0);
  check(data.getUint32(0, true) === MAGIC, 1002, 0);
  check(data.getUint32(4, true) === image.length, 1003, 4);
  check(data.getUint32(8, true) === crc32(image.subarray(12)), 1004, 8);
  check(data.getUint32(12, true) === SPEC, 1005, 12);
  const [functions, strings, constants, globals, twins, modules, entry, stringData] = Array.from({ length: 8 }, (_, index) => u16(16 + index * 2)) as
    [number, number, number, number, number, number, number, number];
  check(functions > 0, 1006, 16);
  const stringTable = HEADER_BYTES + functions * 2;
  const constantTable = stringTable + strings * 2;
  const twinTable = constantTable + constants * 2;
  const moduleTable = twinTable + twins * 4;
  const end = moduleTable + modules * 2;
  check(end <= image.length, 1007, 16);
  check(stringData * 4 >= end && stringData * 4 <= image.length, 1007, 30);
  check(entry === NO_ENTRY || (entry >= ENTRY_FUNCTION ? entry - ENTRY_FUNCTION < functions : entry < globals), 1008, 28);
  return { image, data, functions, strings, constants, globals, twins, modules, stringTable, constantTable, twinTable, moduleTable, tablesEnd: end, stringData: stringData * 4 };
}

function tables(view: ImageView): void {
  const { image, data } = view;
  const u16 = (at: number): number => data.getUint16(at, true);
  for (let index = 0; index < view.functions; index++) {
    const at = HEADER_BYTES + index * 2;
    const start = u16(at) * 2;
    check(start >= view.tablesEnd && start + 6 <= image.length, 1101, at);
    check(start + 6 + u16(start + 4) <= image.length, 1101, at);
  }
  strings(view);
  let free = view.tablesEnd;
  for (let index = 0; index < view.constants; index++) {
    const at = view.constantTable + index * 2;
    const start = u16(at) * 4;
    check(start >= free && start + 4 <= image.length, 1104, at);
    free = constant(view, index);
  }
}

function strings(view: ImageView): void {
  for (let index = 0; index < view.strings; index++) {
    const at = view.stringTable + index * 2;
    const start = view.stringData + view.data.getUint16(at, true);
    const end = index + 1 < view.strings ? view.stringData + view.data.getUint16(at + 2, true) : view.image.length;
    check(start <= end && end <= view.image.length, 1102, at);
    check(isUtf8(view.image.subarray(start, end)), 1103, at);
  }
}

const TYPE = { float: 1, int: 2, bytes: 4, tuple: 7 };
const INTEGER_DIGITS_MAX = 2048;

/** Answers where the constant ends. */
function constant(view: ImageView, index: number): number {
  const { data, image } = view;
  const start = data.getUint16(view.constantTable + index * 2, true) * 4;
  const word = data.getUint32(start, true);
  const type = (word >>> 2) & 31;
  const flags = (word >>> 7) & 7;
  const words = word >>> 10;
  check((word & 3) === 1 && [TYPE.float, TYPE.int, TYPE.bytes, TYPE.tuple].includes(type) && words >= 1 && start + words * 4 <= image.length, 1105, start);
  check(type !== TYPE.float || words === 3, 1105, start);
  if (type === TYPE.int) {
    const digits = words - 1;
    check(digits >= 1 && digits <= INTEGER_DIGITS_MAX && (flags & ~2) === 0, 1106, start);
    const highest = data.getUint32(start + digits * 4, true);
    check(highest !== 0 && (digits > 1 || highest > ((flags & 2) !== 0 ? 0x40000000 : 0x3fffffff)), 1106, start);
  } else if (type === TYPE.bytes) {
    check((flags & 4) === 0 && (words > 1 || flags === 0), 1107, start);
  } else {
    check(flags === 0, 1107, start);
    if (type === TYPE.tuple) for (let item = 1; item < words; item++) tupleItem(view, index, start + item * 4);
  }
  return start + words * 4;
}

function tupleItem(view: ImageView, index: number, at: number): void {
  const word = view.data.getUint32(at, true);
  if ((word & 1) === 1) return;
  const kind = (word >>> 2) & 7;
  const payload = word >>> 5;
  const limits = [5, ROM_STRINGS.length + view.strings, 0, BUILTINS.length, TYPES.length, view.functions];
  const exists = kind === 2 ? isLowerConstant(view, index, payload) : payload < (limits[kind] ?? 0);
  check((word & 3) === 2 && exists, 1108, view.data.getUint16(view.constantTable + index * 2, true) * 4);
}

/** Offsets ascend, as rule 1104 has found. */
function isLowerConstant(view: ImageView, index: number, offset: number): boolean {
  let low = 0;
  let high = index;
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = view.data.getUint16(view.constantTable + middle * 2, true) * 4;
    if (candidate === offset) return true;
    if (candidate < offset) low = middle + 1;
    else high = middle;
  }
  return false;
}

function twinsAndModules(view: ImageView): void {
  const { image } = view;
  const record = (fn: number): number | undefined => (fn < view.functions ? view.data.getUint16(HEADER_BYTES + fn * 2, true) * 2 : undefined);
  let previous = -1;
  for (let index = 0; index < view.twins; index++) {
    const at = view.twinTable + index * 4;
    const builtin = view.data.getUint16(at, true);
    const fn = record(view.data.getUint16(at + 2, true));
    check(builtin > previous && builtin < BUILTINS.length && fn !== undefined, 1109, at);
    const extension = fn + 6 + view.data.getUint16(fn + 4, true);
    const extended = ((image[fn + 2] as number) & 8) !== 0;
    check(!extended || (extension + 4 <= image.length && image[extension + 1] === 0 && image[extension + 2] === 0), 1109, at);
    previous = builtin;
  }
  for (let index = 0; index < view.modules; index++) {
    const at = view.moduleTable + index * 2;
    const fn = record(view.data.getUint16(at, true));
    check(fn !== undefined && image[fn + 1] === 0 && image[fn + 2] === 0, 1110, at);
  }
  const entry = view.data.getUint16(28, true);
  const handler = entry === NO_ENTRY || entry < ENTRY_FUNCTION ? undefined : record(entry - ENTRY_FUNCTION);
  if (handler === undefined || ((image[handler + 2] as number) & 8) === 0) return;
  const extension = handler + 6 + view.data.getUint16(handler + 4, true);
  check(extension + 4 <= image.length && image[extension] === 0 && image[extension + 1] === 0 && image[extension + 2] === 0, 1111, 28);
}

function functionRecord(view: ImageView, index: number): FunctionRecord {
  const { image, data } = view;
  const at = data.getUint16(HEADER_BYTES + index * 2, true) * 2;
  const [registers, parameters, flags, handlers] = [image[at], image[at + 1], image[at + 2], image[at + 3]] as [number, number, number, number];
  const codeBytes = data.getUint16(at + 4, true);
  check(flags <= 15 && registers <= 250, 1201, at);
  const end = index + 1 < view.functions ? data.getUint16(HEADER_BYTES + (index + 1) * 2, true) * 2 : image.length;
  let next = at + 6 + codeBytes;
  check(next <= end, 1202, at);
  const extension = [0, 0, 0, 0];
  if ((flags & 8) !== 0) {
    check(next + 4 <= end, 1202, at);
    extension.forEach((_, place) => { extension[place] = image[next + place] as number; });
    next += 4;
  }
  const [keywordOnly, defaults, captures, positionalOnly] = extension as [number, number, number, number];
  for (let name = 0; name < 1 + parameters + keywordOnly; name++) {
    const read = readVarint(image, next, end);
    check(read !== undefined && isString(view, read.value), 1202, at);
    next = read.next;
  }
  check(next + handlers * 7 <= end, 1202, at);
  const stars = (flags & 1) + ((flags >> 1) & 1);
  check(registers >= parameters + keywordOnly + stars && defaults <= parameters && positionalOnly <= parameters, 1203, at);
  check(codeBytes > 0, 1204, at);
  return { at, registers, parameters, keywordOnly, flags, handlers, handlersAt: next, code: at + 6, codeBytes, defaults, captures };
}

const isString = (view: ImageView, operand: number): boolean => ((operand & 1) === 1 ? operand >> 1 < ROM_STRINGS.length : operand >> 1 < view.strings);
