/** Lists, tuples, sets and dicts written out. */
import type { DictDisplay, Expression, Starred } from "../ast.ts";
import { emit, type Gen, isScratch, scratch, temporary } from "./emit.ts";
import { foldIn, into, LISTED, operand, operandFor, pushAll } from "./expressions.ts";
import { loadLiteral } from "./variables.ts";

/** Longer displays are filled item by item, so that they need few registers. */
const WINDOW_ITEMS_MAX = 32;
/** From this many constants on a list is made from a constant tuple. */
const CONSTANTS_MIN = 12;

const isPlain = (items: readonly Expression[]): boolean => items.length <= WINDOW_ITEMS_MAX && items.every((item) => item.kind !== "starred");

/** A register that may be filled step by step: `to` itself when it holds no variable. */
function building(gen: Gen, to: number, fill: (register: number) => void): void {
  scratch(gen, () => {
    const register = isScratch(gen, to) ? to : temporary(gen);
    fill(register);
    if (register !== to) emit(gen, "move", to, register);
  });
}

export function listInto(gen: Gen, items: readonly Expression[], to: number): void {
  const literals = items.length >= CONSTANTS_MIN ? items.map((item) => (item.kind === "starred" ? undefined : foldIn(gen, item))) : [undefined];
  if (literals.every((literal) => literal !== undefined)) {
    return building(gen, to, (list) => {
      emit(gen, "list", list, 0, 0);
      const tuple = temporary(gen);
      loadLiteral(gen, { type: "tuple", items: literals }, tuple);
      emit(gen, "extend", list, tuple);
    });
  }
  if (isPlain(items)) return windowInto(gen, "list", items, to);
  building(gen, to, (list) => fillList(gen, items, list));
}

function windowInto(gen: Gen, op: "list" | "tuple" | "set", items: readonly Expression[], to: number): void {
  scratch(gen, () => {
    const window = items.length === 0 ? 0 : gen.top;
    pushAll(gen, items);
    emit(gen, op, to, window, items.length);
  });
}

/** Makes a list of the items in the register. */
export function fillList(gen: Gen, items: readonly Expression[], list: number): void {
  const starred = items.findIndex((item) => item.kind === "starred");
  const first = items.slice(0, Math.min(WINDOW_ITEMS_MAX, starred < 0 ? items.length : starred));
  windowInto(gen, "list", first, list);
  for (const item of items.slice(first.length)) {
    scratch(gen, () => (item.kind === "starred" ? emit(gen, "extend", list, operandFor(gen, (item as Starred).value, LISTED)) : emit(gen, "append", list, operand(gen, item))));
  }
}

export function tupleInto(gen: Gen, items: readonly Expression[], to: number): void {
  if (isPlain(items)) return windowInto(gen, "tuple", items, to);
  scratch(gen, () => {
    const list = temporary(gen);
    fillList(gen, items, list);
    emit(gen, "totuple", to, list);
  });
}

export function setInto(gen: Gen, items: readonly Expression[], to: number): void {
  if (isPlain(items)) return windowInto(gen, "set", items, to);
  building(gen, to, (set) => {
    emit(gen, "set", set, 0, 0);
    for (const item of items) {
      scratch(gen, () => (item.kind === "starred" ? emit(gen, "update", set, operandFor(gen, item.value, LISTED)) : emit(gen, "setadd", set, operand(gen, item))));
    }
  });
}

export function dictInto(gen: Gen, entries: DictDisplay["entries"], to: number): void {
  const unpacked = entries.findIndex((entry) => entry.key === undefined);
  const first = entries.slice(0, Math.min(WINDOW_ITEMS_MAX / 2, unpacked < 0 ? entries.length : unpacked));
  const keys = first.map((entry) => foldIn(gen, entry.key as Expression)).map((literal) => (literal?.type === "str" ? literal.value : undefined));
  const named = first.length > 0 && keys.every((key) => key !== undefined);
  const window = (register: number): void => scratch(gen, () => {
    if (named) {
      const values = gen.top;
      pushAll(gen, first.map((entry) => entry.value));
      return emit(gen, "dicts", register, values, first.length, keys);
    }
    const start = first.length === 0 ? 0 : gen.top;
    pushAll(gen, first.flatMap((entry) => [entry.key as Expression, entry.value]));
    return emit(gen, "dict", register, start, first.length);
  });
  if (first.length === entries.length) return window(to);
  building(gen, to, (dict) => {
    window(dict);
    for (const { key, value } of entries.slice(first.length)) {
      scratch(gen, () => {
        if (key === undefined) return emit(gen, "update", dict, operand(gen, value));
        const keyRegister = temporary(gen);
        into(gen, key, keyRegister);
        return emit(gen, "dictput", dict, keyRegister, operand(gen, value));
      });
    }
  });
}
