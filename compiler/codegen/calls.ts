/** Calls. Arguments lie behind the callable in consecutive registers; the result takes the callable's place. */
import type { Call, Expression, Keyword, Starred } from "../ast.ts";
import { BUILTINS, TYPES } from "../builtins.ts";
import { DIRECT_ARGUMENTS_MAX, placeArguments } from "../direct-calls.ts";
import { builtinId, knownExpression, type Known } from "../known.ts";
import { emit, type Gen, isScratch, refuse, scratch, temporary } from "./emit.ts";
import { builtinOf, foldIn, into, intoFor, LISTED, operand, operandBefore, operandFor, pushAll, refuseSuper } from "./expressions.ts";
import { functionNumber, superInto } from "./functions.ts";
import type { Consumer } from "./unit.ts";
import { literalKey, loadLiteral } from "./variables.ts";

const UNBOUND = 5;
/** Most arguments in registers; more are passed as a tuple. */
const WINDOW_ARGUMENTS_MAX = 60;

export function callInto(gen: Gen, node: Call, to: number): void {
  if (listedInto(gen, node, to)) return;
  scratch(gen, () => {
    const window = to === gen.top - 1 && isScratch(gen, to) ? to : temporary(gen);
    callWindow(gen, node, window);
    if (window !== to) emit(gen, "move", to, window);
  });
}

/** Built-ins whose default argument the runtime keeps behind the destination. */
const KEEP_DEFAULT = new Set([builtinId("next"), builtinId("getattr")]);

/**
 * Calls whose arguments lie in any registers: of functions of the program, of built-ins, and of methods. Variables need not be copied, and
 * the result goes where it is wanted. False when another form is better.
 */
function listedInto(gen: Gen, node: Call, to: number): boolean {
  const { callee, positional, keywords } = node;
  const known = knownExpression(gen.unit.linked, gen.module, callee);
  if (known?.kind === "function" && known.defaults !== undefined) return directInto(gen, node, known, to);
  if (positional.some((argument) => argument.kind === "starred") || keywords.some((keyword) => keyword.name === undefined) || positional.length + keywords.length > DIRECT_ARGUMENTS_MAX) return false;
  if (known === undefined && callee.kind === "attribute" && !isSuper(gen, callee.object)) return keywords.length === 0 && methodInto(gen, node, callee.object, callee.name, to);
  const builtin = callableBuiltin(known);
  if (builtin === undefined && known?.kind !== "function") return false;
  const places = keywords.length === 0 ? positional : byPlace(gen, known, positional, keywords);
  if (places === undefined) return false;
  scratch(gen, () => {
    const consumer = builtin === undefined ? "unknown" : { builtin };
    if (keywords.some((keyword) => keyword.name === "key")) gen.unit.keyed.add(builtin ?? "any");
    const list = listedArguments(gen, places, consumer);
    gen.at = node.start;
    if (known?.kind === "function") emit(gen, "callf", to, functionNumber(gen, known.node, known.module), list.length, list);
    else emit(gen, "callb", to, builtin as number, list.length, list);
  });
  return true;
}

/** A function that is only called: the linker has seen that each call can be placed. */
function directInto(gen: Gen, node: Call, known: Extract<Known, { kind: "function" }>, to: number): boolean {
  const places = placeArguments(known.node.parameters, known.defaults ?? [], node);
  if (places === undefined) throw new Error(`${known.node.name} is called in another way than the linker saw`);
  scratch(gen, () => {
    const list = listedArguments(gen, places, "unknown");
    gen.at = node.start;
    emit(gen, "callf", to, functionNumber(gen, known.node, known.module, true), list.length, list);
  });
  return true;
}

const isSuper = (gen: Gen, node: Expression): boolean => node.kind === "call" && node.callee.kind === "name" && node.callee.id === "super" && gen.module.scopes.references.get(node.callee) === undefined;

/** The built-in that a call runs, when it can be called by its number. */
function callableBuiltin(known: Known | undefined): number | undefined {
  if (known?.kind === "type" && (TYPES[known.id] as { name: string; construct: string }).name !== (TYPES[known.id] as { construct: string }).construct) return undefined;
  const builtin = builtinOf(known);
  return KEEP_DEFAULT.has(builtin) ? undefined : builtin;
}

function methodInto(gen: Gen, node: Call, object: Expression, name: string, to: number): boolean {
  scratch(gen, () => {
    const receiver = operandBefore(gen, object, node.positional);
    const list = listedArguments(gen, node.positional, { method: name });
    gen.at = node.start;
    emit(gen, "callo", to, receiver, name, list.length, list);
  });
  return true;
}

/** Registers of the arguments, computed in the order in which they are written; those left out are unbound. */
function listedArguments(gen: Gen, places: readonly (Expression | undefined)[], consumer: Consumer): number[] {
  const list: number[] = places.map(() => 0);
  const order = places.map((value, index) => ({ value, index })).sort((a, b) => (a.value?.start ?? 0) - (b.value?.start ?? 0));
  let missing: number | undefined;
  const literals = new Map<string, number>();
  order.forEach(({ value, index }, at) => {
    if (value !== undefined) {
      const literal = foldIn(gen, value);
      const key = literal && literalKey(literal);
      gen.consumer = consumer;
      list[index] = (key === undefined ? undefined : literals.get(key)) ?? operandBefore(gen, value, order.slice(at + 1).map((later) => later.value));
      if (key !== undefined) literals.set(key, list[index] as number);
      return;
    }
    if (missing === undefined) { missing = temporary(gen); emit(gen, "loadc", missing, UNBOUND); }
    list[index] = missing;
  });
  return list;
}

function callWindow(gen: Gen, node: Call, window: number): void {
  const { callee, positional, keywords } = node;
  const unpacked = positional.some((argument) => argument.kind === "starred") || keywords.some((keyword) => keyword.name === undefined);
  const many = unpacked || positional.length + keywords.length > WINDOW_ARGUMENTS_MAX;
  const known = knownExpression(gen.unit.linked, gen.module, callee);
  if (callee.kind === "name" && callee.id === "super" && gen.module.scopes.references.get(callee) === undefined) refuseSuper(gen, node);
  if (callee.kind === "attribute" && known === undefined) {
    if (superCall(gen, node, callee.object, callee.name, window, many)) return;
    if (!many && keywords.length === 0) {
      into(gen, callee.object, window);
      pushAll(gen, positional, { method: callee.name });
      return emit(gen, "callm", window, callee.name, positional.length);
    }
  }
  const placed = many ? undefined : byPlace(gen, known, positional, keywords);
  const builtin = builtinOf(known);
  const consumer = builtin === undefined ? "unknown" : { builtin };
  if (keywords.some((keyword) => keyword.name === "key" || keyword.name === undefined)) gen.unit.keyed.add(builtin ?? (callee.kind === "attribute" ? callee.name : "any"));
  intoFor(gen, callee, window, "call");
  if (placed !== undefined) return callPlaced(gen, window, placed, consumer);
  if (many) return callUnpacked(gen, node, window, []);
  pushAll(gen, positional, consumer);
  callWithKeywords(gen, window, positional.length, keywords);
}

function callWithKeywords(gen: Gen, window: number, positional: number, keywords: readonly Keyword[]): void {
  pushAll(gen, keywords.map((keyword) => keyword.value));
  if (keywords.length === 0) emit(gen, "call", window, positional);
  else emit(gen, "callkw", window, positional + keywords.length, { kind: "names", names: keywords.map((keyword) => keyword.name as string) });
}

/** `super().name(...)` and `super(Class, self).name(...)`. */
function superCall(gen: Gen, node: Call, object: Expression, name: string, window: number, many: boolean): boolean {
  if (object.kind !== "call" || object.callee.kind !== "name" || object.callee.id !== "super") return false;
  if (gen.module.scopes.references.get(object.callee) !== undefined) return false;
  const self = temporary(gen);
  if (object.positional.length === 2 && object.keywords.length === 0) {
    into(gen, object.positional[0] as Expression, window);
    into(gen, object.positional[1] as Expression, self);
  } else if (object.positional.length > 0 || object.keywords.length > 0) {
    refuse(gen, object, "super() with these arguments is not supported", "Write super().method(...).");
  } else if (!superInto(gen, object, window, self)) {
    refuse(gen, object, gen.frame.kind === "function" && gen.frame.parent?.kind === "class" ? "super(): no arguments" : "super(): __class__ cell not found", "Use super() in a method of a class.");
  }
  emit(gen, "super", window, name);
  if (many) callUnpacked(gen, node, window, [self]);
  else {
    pushAll(gen, node.positional);
    callWithKeywords(gen, window, node.positional.length + 1, node.keywords);
  }
  return true;
}

/**
 * Keyword arguments of a callable whose parameters are known go to their places at once. Undefined when there are none, or when the call
 * is left to the runtime, which knows how to complain.
 */
function byPlace(gen: Gen, known: Known | undefined, positional: readonly Expression[], keywords: readonly Keyword[]): (Expression | undefined)[] | undefined {
  if (keywords.length === 0 || known === undefined) return undefined;
  const names = parameterNames(known);
  if (names === undefined) return undefined;
  const places: (Expression | undefined)[] = [...positional];
  for (const keyword of keywords) {
    const place = keyword.name === "_" ? -1 : names.indexOf(keyword.name as string);
    if (place < positional.length || places[place] !== undefined) return undefined;
    places[place] = keyword.value;
  }
  const filled = Array.from(places, (value) => value);
  // A function of the program takes no unbound arguments; a built-in's are its missing ones.
  return known.kind === "function" && (filled.length !== names.length || filled.includes(undefined)) ? undefined : filled;
}

function parameterNames(known: Known): readonly string[] | undefined {
  if (known.kind === "function") {
    const { parameters } = known.node;
    if (parameters.rest !== undefined || parameters.keywords !== undefined || parameters.keywordOnly.length > 0) return undefined;
    return [...parameters.positionalOnly.map(() => ""), ...parameters.positional.map((parameter) => parameter.name)];
  }
  const id = known.kind === "builtin" ? known.id : known.kind === "type" ? builtinId((TYPES[known.id] as { construct: string }).construct) : undefined;
  const builtin = id === undefined ? undefined : BUILTINS[id];
  return builtin === undefined || builtin.keywords.includes("*") || builtin.keywords.includes("**") ? undefined : builtin.keywords;
}

/** Arguments are computed in the order in which they are written, each in its place. */
function callPlaced(gen: Gen, window: number, places: readonly (Expression | undefined)[], consumer: Consumer): void {
  const first = gen.top;
  places.forEach(() => temporary(gen));
  const order = places.map((value, index) => ({ value, index })).sort((a, b) => (a.value?.start ?? 0) - (b.value?.start ?? 0));
  for (const { value, index } of order) {
    if (value === undefined) emit(gen, "loadc", first + index, UNBOUND);
    else intoFor(gen, value, first + index, consumer);
  }
  emit(gen, "call", window, places.length);
}

/** With `*` or `**`: a tuple and a dict. `before` are arguments in registers that come first. */
function callUnpacked(gen: Gen, node: Call, window: number, before: readonly number[]): void {
  const { positional, keywords } = node;
  const tuple = before[0] ?? temporary(gen);
  const dict = temporary(gen);
  scratch(gen, () => {
    const list = temporary(gen);
    emit(gen, "list", list, before[0] ?? 0, before.length);
    for (const argument of positional) {
      scratch(gen, () => (argument.kind === "starred" ? emit(gen, "extend", list, operandFor(gen, (argument as Starred).value, LISTED)) : emit(gen, "append", list, operand(gen, argument))));
    }
    emit(gen, "totuple", tuple, list);
  });
  if (keywords.length === 0) emit(gen, "loadc", dict, 0);
  else {
    emit(gen, "dict", dict, 0, 0);
    for (const { name, value } of keywords) {
      scratch(gen, () => {
        if (name === undefined) return emit(gen, "update", dict, operand(gen, value));
        const key = temporary(gen);
        loadLiteral(gen, { type: "str", value: name }, key);
        return emit(gen, "dictput", dict, key, operand(gen, value));
      });
    }
  }
  emit(gen, "callx", window);
}
