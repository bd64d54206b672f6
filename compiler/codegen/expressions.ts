/** Code that computes a value. */
import type { Expression, FormattedString, Literal, Replacement, Slice } from "../ast.ts";
import { fold } from "../fold.ts";
import { TYPES } from "../builtins.ts";
import { builtinId, type Known, knownExpression, typeId } from "../known.ts";
import { literalOf } from "../link.ts";
import { callInto } from "./calls.ts";
import { comprehensionInto } from "./comprehensions.ts";
import { dictInto, listInto, setInto, tupleInto } from "./displays.ts";
import { emit, type Gen, isScratch, newLabel, place, refuse, scratch, temporary } from "./emit.ts";
import { functionInto } from "./functions.ts";
import type { Consumer } from "./unit.ts";
import { binaryInto, compareInto, jumpIf, logicalInto } from "./operators.ts";
import { literalRegister, loadKnown, loadLiteral, loadName, registerOf, storeName, targetRegister, markBound } from "./variables.ts";

export const foldIn = (gen: Gen, node: Expression): Literal | undefined => fold(node, (part) => literalOf(gen.unit.linked, gen.module, part));

/** Computes a value into a register. A register that holds a variable is written last of all, and only when nothing can fail any more. */
export function into(gen: Gen, node: Expression, to: number, spare?: number): void {
  trackFlow(gen, node);
  const literal = foldIn(gen, node);
  if (literal !== undefined) return loadLiteral(gen, literal, to);
  const at = gen.at;
  gen.at = node.start;
  compute(gen, node, to, spare);
  gen.at = at;
}

function compute(gen: Gen, node: Expression, to: number, spare: number | undefined): void {
  switch (node.kind) {
    case "constant": return loadLiteral(gen, node.value, to);
    case "name": return loadName(gen, node, to);
    case "fstring": return formattedInto(gen, node, to);
    case "binary": return binaryInto(gen, node, to, spare);
    case "unary": return scratch(gen, () => emit(gen, node.operator === "-" ? "neg" : node.operator === "+" ? "pos" : "inv", to, operand(gen, node.operand)));
    case "not": return scratch(gen, () => emit(gen, "not", to, operand(gen, node.operand)));
    case "logical": return logicalInto(gen, node, to);
    case "compare": return compareInto(gen, node, to);
    case "conditional": return conditionalInto(gen, node.test, node.then, node.otherwise, to);
    case "call": return callInto(gen, node, to);
    case "attribute": {
      const known = knownExpression(gen.unit.linked, gen.module, node);
      if (known !== undefined) return loadKnown(gen, known, node, to);
      refuseSuper(gen, node.object);
      return scratch(gen, () => emit(gen, "getattr", to, operand(gen, node.object), node.name));
    }
    case "subscript": return subscriptInto(gen, node.object, node.index, to);
    case "slice": return sliceInto(gen, node, to);
    case "list": return listInto(gen, node.items, to);
    case "tuple": return tupleInto(gen, node.items, to);
    case "set": return setInto(gen, node.items, to);
    case "dict": return dictInto(gen, node.entries, to);
    case "starred": return refuse(gen, node, "can't use starred expression here");
    case "lambda": return functionInto(gen, node.function, to);
    case "comprehension": return comprehensionInto(gen, node, to);
    case "yield": return scratch(gen, () => emit(gen, "yield", to, operand(gen, node.value ?? { ...node, kind: "constant", value: { type: "none" } })));
    case "yieldfrom": return refuse(gen, node, "the value of 'yield from' is not supported", "Write yield from as a statement of its own.");
    case "walrus": {
      const register = targetRegister(gen, node.target);
      if (register !== undefined) { into(gen, node.value, register); markBound(gen, node.target); if (register !== to) emit(gen, "move", to, register); return; }
      scratch(gen, () => {
        const value = isScratch(gen, to) ? to : temporary(gen);
        into(gen, node.value, value);
        storeName(gen, node.target, value);
        if (value !== to) emit(gen, "move", to, value);
      });
    }
  }
}

/** `super` is only a way to call a method. */
export function refuseSuper(gen: Gen, node: Expression): void {
  if (node.kind === "call" && node.callee.kind === "name" && node.callee.id === "super" && gen.module.scopes.references.get(node.callee) === undefined) {
    refuse(gen, node, "super() can only be used to call a method", "Write super().method(...).");
  }
}

/** Instructions that go through an iterable use the twin of `list`. */
export const LISTED: Consumer = { builtin: builtinId("list") as number };

/** Computes an expression for a consumer that is known. */
export function intoFor(gen: Gen, node: Expression, to: number, consumer: Consumer): void {
  gen.consumer = consumer;
  into(gen, node, to);
}

export function operandFor(gen: Gen, node: Expression, consumer: Consumer): number {
  gen.consumer = consumer;
  return operand(gen, node);
}

/** Notes where generators and what may be generators go. */
function trackFlow(gen: Gen, node: Expression): void {
  const consumer = gen.consumer ?? "unknown";
  gen.consumer = undefined;
  const { flows } = gen.unit;
  if (node.kind === "comprehension" && node.result === "generator") flows.push({ source: "generator", consumer });
  const called = node.kind === "call" ? knownExpression(gen.unit.linked, gen.module, node.callee) : undefined;
  const known = called ?? (node.kind === "name" || node.kind === "attribute" ? knownExpression(gen.unit.linked, gen.module, node) : undefined);
  if (known?.kind === "function" && known.node.generator && (called !== undefined || consumer !== "call")) flows.push({ source: "generator", consumer: called === undefined ? "unknown" : consumer });
  const builtin = builtinOf(known);
  if (builtin !== undefined && (called !== undefined || consumer !== "call")) flows.push({ source: builtin, consumer: called === undefined ? "unknown" : consumer });
}

/** The built-in that a call of this runs. */
export function builtinOf(known: Known | undefined): number | undefined {
  if (known?.kind === "builtin") return known.id;
  return known?.kind === "type" ? builtinId((TYPES[known.id] as { construct: string }).construct) : undefined;
}

/** A register that holds the value: a variable's own, a constant's, or a new temporary. Read it before anything else is stored. */
export function operand(gen: Gen, node: Expression): number {
  const literal = foldIn(gen, node);
  const register = literal !== undefined ? literalRegister(gen, literal) : node.kind === "name" ? registerOf(gen, node) : undefined;
  if (register !== undefined) { gen.consumer = undefined; return register; }
  const made = temporary(gen);
  into(gen, node, made);
  return made;
}

/** As `operand`, for one that is read only after `later` has been computed, which may bind the variable anew. */
export function operandBefore(gen: Gen, node: Expression, later: readonly (Expression | undefined)[]): number {
  if (node.kind === "name" && later.some((other) => other !== undefined && bindsInside(other))) {
    const made = temporary(gen);
    into(gen, node, made);
    return made;
  }
  return operand(gen, node);
}

/** Is there a `:=` in the expression? */
export function bindsInside(node: Expression): boolean {
  const any = (nodes: readonly (Expression | undefined)[]): boolean => nodes.some((part) => part !== undefined && bindsInside(part));
  switch (node.kind) {
    case "walrus": return true;
    case "binary": return any([node.left, node.right]);
    case "unary": case "not": return any([node.operand]);
    case "logical": return any(node.values);
    case "compare": return any(node.operands);
    case "conditional": return any([node.test, node.then, node.otherwise]);
    case "call": return any([node.callee, ...node.positional, ...node.keywords.map((keyword) => keyword.value)]);
    case "attribute": return any([node.object]);
    case "subscript": return any([node.object, node.index]);
    case "slice": return any([node.object, ...node.bounds]);
    case "list": case "tuple": case "set": return any(node.items);
    case "dict": return any(node.entries.flatMap((entry) => [entry.key, entry.value]));
    case "starred": case "yield": case "yieldfrom": return any([node.value]);
    case "fstring": return any(node.parts.flatMap((part) => (typeof part === "string" ? [] : [part.value, part.spec])));
    case "comprehension": return any([node.key, node.value, ...node.clauses.flatMap((clause) => [clause.iterable, ...clause.conditions])]);
    default: return false;
  }
}

/** Computes values into consecutive new temporaries. */
export function pushAll(gen: Gen, nodes: readonly Expression[], consumer?: Consumer): void {
  for (const node of nodes) {
    gen.consumer = consumer;
    into(gen, node, temporary(gen));
  }
}

function conditionalInto(gen: Gen, test: Expression, then: Expression, otherwise: Expression, to: number): void {
  const elseLabel = newLabel();
  const end = newLabel();
  jumpIf(gen, test, false, elseLabel);
  into(gen, then, to);
  emit(gen, "jmp", end);
  place(gen, elseLabel);
  into(gen, otherwise, to);
  place(gen, end);
}

function subscriptInto(gen: Gen, object: Expression, index: Expression, to: number): void {
  scratch(gen, () => {
    const from = operandBefore(gen, object, [index]);
    const literal = foldIn(gen, index);
    if (literal?.type === "str") return emit(gen, "getitems", to, from, literal.value);
    if (literal?.type === "int" && literal.value >= -128n && literal.value <= 127n) emit(gen, "getitemi", to, from, Number(literal.value));
    else emit(gen, "getitem", to, from, operand(gen, index));
  });
}

function sliceInto(gen: Gen, node: Slice, to: number): void {
  scratch(gen, () => {
    if (node.object === undefined) {
      const window = temporary(gen);
      loadKnown(gen, { kind: "type", id: typeId("slice") as number }, node, window);
      boundsWindow(gen, node.bounds);
      emit(gen, "call", window, 3);
      return emit(gen, "move", to, window);
    }
    const from = operandBefore(gen, node.object, node.bounds);
    emit(gen, "getslice", to, from, boundsWindow(gen, node.bounds));
  });
}

/** start, stop, step in three new temporaries. */
export function boundsWindow(gen: Gen, bounds: readonly (Expression | undefined)[]): number {
  const window = gen.top;
  for (const bound of bounds) {
    const register = temporary(gen);
    if (bound === undefined) emit(gen, "loadc", register, 0);
    else into(gen, bound, register);
  }
  return window;
}

/** Most parts joined at once: each takes a register. */
const JOINED_MAX = 60;

function formattedInto(gen: Gen, node: FormattedString, to: number): void {
  const [only] = node.parts;
  if (node.parts.length === 1 && only !== undefined && typeof only !== "string") return replacementInto(gen, only, to);
  scratch(gen, () => {
    const window = gen.top;
    for (let at = 0; at < node.parts.length; at += JOINED_MAX) {
      const parts = node.parts.slice(at, at + JOINED_MAX);
      const first = gen.top;
      for (const part of parts) {
        const register = temporary(gen);
        if (typeof part === "string") loadLiteral(gen, { type: "str", value: part }, register);
        else replacementInto(gen, part, register);
      }
      if (node.parts.length <= JOINED_MAX) return emit(gen, "joinstr", to, first, parts.length);
      emit(gen, "joinstr", first, first, parts.length);
      gen.top = first + 1;
    }
    emit(gen, "joinstr", to, window, gen.top - window);
  });
}

function replacementInto(gen: Gen, part: Replacement, to: number): void {
  scratch(gen, () => {
    const later = part.spec === undefined ? [] : [part.spec];
    const value = operandBefore(gen, part.value, later);
    if (part.spec === undefined) return emit(gen, "format", to, value, part.conversion, value);
    const spec = temporary(gen);
    into(gen, part.spec.parts.every((piece) => typeof piece === "string")
      ? { ...part.spec, kind: "constant", value: { type: "str", value: part.spec.parts.join("") } } : part.spec, spec);
    emit(gen, "format", to, value, part.conversion, spec);
  });
}
