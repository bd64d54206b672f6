/** `match`: each case is a chain of tests that jumps to the next case when one fails. Names are bound when all of a pattern has matched. */
import type { Case, Expression, Match, Name, Pattern } from "../ast.ts";
import { builtinId, knownExpression, typeId } from "../known.ts";
import { emit, type Gen, type Label, newLabel, place, scratch, temporary } from "./emit.ts";
import { foldIn, into, operand } from "./expressions.ts";
import { functionNumber } from "./functions.ts";
import { immediate, jumpIf } from "./operators.ts";
import { compileBlock } from "./statements.ts";
import { loadLiteral, storeName } from "./variables.ts";

/** Where the value of each name lies that the pattern binds. */
type Captures = Map<string, { readonly name: Name; readonly register: number }>;

export function compileMatch(gen: Gen, node: Match): void {
  scratch(gen, () => {
    const subject = temporary(gen);
    into(gen, node.subject, subject);
    const end = newLabel();
    for (const one of node.cases) compileCase(gen, one, subject, end);
    place(gen, end);
  });
}

function compileCase(gen: Gen, { pattern, guard, body, start }: Case, subject: number, end: Label): void {
  const next = newLabel();
  scratch(gen, () => {
    const captures: Captures = new Map();
    gen.at = start;
    test(gen, pattern, subject, next, captures);
    for (const { name, register } of captures.values()) storeName(gen, name, register);
  });
  if (guard !== undefined) jumpIf(gen, guard, false, next);
  compileBlock(gen, body);
  emit(gen, "jmp", end);
  place(gen, next);
}

/** Goes on when the value in the register matches, else jumps to `fail`. Temporaries are kept: captures may lie in them. */
function test(gen: Gen, pattern: Pattern, subject: number, fail: Label, captures: Captures): void {
  const capture = (name: Name | undefined, register: number): void => { if (name !== undefined) captures.set(name.id, { name, register }); };
  switch (pattern.kind) {
    case "value": return testValue(gen, pattern.value, subject, fail);
    case "capture": case "star": return capture(pattern.name, subject);
    case "sequence": return testSequence(gen, pattern, subject, fail, captures);
    case "mapping": return testMapping(gen, pattern, subject, fail, captures);
    case "class": return testClass(gen, pattern, subject, fail, captures);
    case "or": return testAlternatives(gen, pattern.patterns, subject, fail, captures);
    case "as": test(gen, pattern.pattern, subject, fail, captures); return capture(pattern.name, subject);
  }
}

/** `None`, `True` and `False` by identity, others by equality. */
function testValue(gen: Gen, node: Expression, subject: number, fail: Label): void {
  scratch(gen, () => {
    const literal = foldIn(gen, node);
    if (node.kind === "constant" && literal?.type === "none") return emit(gen, "jnotnone", subject, fail);
    const small = immediate(gen, node);
    if (small !== undefined) return emit(gen, "jnei", subject, small, fail);
    const value = operand(gen, node);
    if (node.kind !== "constant" || literal?.type !== "bool") return emit(gen, "jneq", subject, value, fail);
    const same = temporary(gen);
    emit(gen, "is", same, subject, value);
    emit(gen, "jf", same, fail);
  });
}

function testSequence(gen: Gen, { items, test: isSequence }: Extract<Pattern, { kind: "sequence" }>, subject: number, fail: Label, captures: Captures): void {
  const star = items.findIndex((item) => item.kind === "star");
  const least = items.length - (star < 0 ? 0 : 1);
  scratch(gen, () => {
    const answer = temporary(gen);
    callLibrary(gen, isSequence, answer, [subject]);
    emit(gen, "jf", answer, fail);
    if (star >= 0 && least === 0) return;
    emit(gen, "callb", answer, builtinId("len") as number, 1, [subject]);
    if (least <= 127) return emit(gen, star < 0 ? "jnei" : "jlti", answer, least, fail);
    const count = temporary(gen);
    loadLiteral(gen, { type: "int", value: BigInt(least) }, count);
    emit(gen, star < 0 ? "jneq" : "jlt", answer, count, fail);
  });
  if (items.every((item) => (item.kind === "capture" || item.kind === "star") && item.name === undefined)) return;
  const window = gen.top;
  items.forEach(() => temporary(gen));
  if (star < 0) emit(gen, "unpack", window, subject, items.length);
  else emit(gen, "unpackx", window, subject, star, items.length - star - 1);
  items.forEach((item, index) => test(gen, item, window + index, fail, captures));
}

function testMapping(gen: Gen, { entries, rest, without }: Extract<Pattern, { kind: "mapping" }>, subject: number, fail: Label, captures: Captures): void {
  testType(gen, subject, fail, (register) => emit(gen, "loadt", register, typeId("dict") as number));
  const values = gen.top;
  entries.forEach(() => temporary(gen));
  const keys = gen.top;
  for (const { key } of entries) into(gen, key, temporary(gen));
  entries.forEach((_, index) => {
    scratch(gen, () => {
      const found = temporary(gen);
      emit(gen, "in", found, keys + index, subject);
      emit(gen, "jf", found, fail);
    });
    emit(gen, "getitem", values + index, subject, keys + index);
  });
  entries.forEach(({ pattern }, index) => test(gen, pattern, values + index, fail, captures));
  if (rest === undefined || without === undefined) return;
  const remaining = temporary(gen);
  emit(gen, "tuple", remaining, keys, entries.length);
  callLibrary(gen, without, remaining, [subject, remaining]);
  captures.set(rest.id, { name: rest, register: remaining });
}

function testType(gen: Gen, subject: number, fail: Label, type: (register: number) => void): void {
  scratch(gen, () => {
    const register = temporary(gen);
    type(register);
    emit(gen, "callb", register, builtinId("isinstance") as number, 2, [subject, register]);
    emit(gen, "jf", register, fail);
  });
}

/** Built-in types whose one positional pattern is for the value itself. */
const WHOLE = new Set(["bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"].map(typeId));

function testClass(gen: Gen, pattern: Extract<Pattern, { kind: "class" }>, subject: number, fail: Label, captures: Captures): void {
  const { positional, keywords, values } = pattern;
  const known = knownExpression(gen.unit.linked, gen.module, pattern.type);
  const type = temporary(gen);
  into(gen, pattern.type, type);
  testType(gen, subject, fail, (register) => emit(gen, "move", register, type));
  if (known?.kind === "type" && WHOLE.has(known.id) && positional.length === 1) test(gen, positional[0] as Pattern, subject, fail, captures);
  else if (values !== undefined) {
    const list = temporary(gen);
    loadLiteral(gen, { type: "int", value: BigInt(positional.length) }, list);
    callLibrary(gen, values, list, [subject, type, list]);
    emit(gen, "jnone", list, fail);
    const window = gen.top;
    positional.forEach(() => temporary(gen));
    emit(gen, "unpack", window, list, positional.length);
    positional.forEach((inner, index) => test(gen, inner, window + index, fail, captures));
  }
  for (const { name, pattern: inner } of keywords) {
    const value = temporary(gen);
    attribute(gen, subject, name, value, fail);
    test(gen, inner, value, fail, captures);
  }
}

/** An attribute that may be missing; what no attribute can be is the default. */
function attribute(gen: Gen, subject: number, name: string, to: number, fail: Label): void {
  scratch(gen, () => {
    const [object, text, missing] = [temporary(gen), temporary(gen), temporary(gen)];
    const getattr = builtinId("getattr") as number;
    emit(gen, "loadb", to, getattr);
    emit(gen, "move", object, subject);
    emit(gen, "loads", text, name);
    emit(gen, "loadb", missing, getattr);
    emit(gen, "call", to, 3);
    emit(gen, "loadb", missing, getattr);
    emit(gen, "is", missing, missing, to);
    emit(gen, "jt", missing, fail);
  });
}

/** Each alternative binds the same names; they are brought to the same registers. */
function testAlternatives(gen: Gen, patterns: readonly Pattern[], subject: number, fail: Label, captures: Captures): void {
  const matched = newLabel();
  const registers = new Map<string, number>();
  patterns.forEach((pattern, index) => {
    const last = index === patterns.length - 1;
    const next = last ? fail : newLabel();
    const own: Captures = new Map();
    if (index === 0) for (const name of namesOf(pattern)) registers.set(name, temporary(gen));
    scratch(gen, () => {
      test(gen, pattern, subject, next, own);
      for (const [id, { name, register }] of own) {
        const common = registers.get(id) as number;
        emit(gen, "move", common, register);
        captures.set(id, { name, register: common });
      }
    });
    if (last) return;
    emit(gen, "jmp", matched);
    place(gen, next);
  });
  place(gen, matched);
}

function namesOf(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case "value": return [];
    case "capture": case "star": return pattern.name === undefined ? [] : [pattern.name.id];
    case "sequence": return pattern.items.flatMap(namesOf);
    case "mapping": return [...pattern.entries.flatMap((entry) => namesOf(entry.pattern)), ...(pattern.rest === undefined ? [] : [pattern.rest.id])];
    case "class": return [...pattern.positional, ...pattern.keywords.map((keyword) => keyword.pattern)].flatMap(namesOf);
    case "or": return namesOf(pattern.patterns[0] as Pattern);
    case "as": return [...namesOf(pattern.pattern), pattern.name.id];
  }
}

/** Calls a function of lib/modules/_match.py. */
function callLibrary(gen: Gen, name: Name, to: number, registers: readonly number[]): void {
  const known = knownExpression(gen.unit.linked, gen.module, name);
  if (known?.kind !== "function") throw new Error(`no function ${name.id}`);
  emit(gen, "callf", to, functionNumber(gen, known.node, known.module), registers.length, [...registers]);
}
