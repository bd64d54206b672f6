/** Reading, writing and deleting what names stand for. */
import type { Literal, Name } from "../ast.ts";
import { builtinName, builtinNames, type Known, knownExpression, knownVariable } from "../known.ts";
import { nearest } from "../program.ts";
import { isDeleted, type Variable } from "../scopes.ts";
import { emit, type Gen, type Instruction, loopConstant, refuse, scratch, temporary } from "./emit.ts";
import { loadFunction } from "./functions.ts";
import { globalSlot } from "./unit.ts";

const UNBOUND = 5;

/** Where a variable lives, seen from the function under construction. */
type Location =
  | { readonly kind: "register"; readonly register: number }
  | { readonly kind: "cell"; readonly register: number }
  | { readonly kind: "captured"; readonly index: number }
  | { readonly kind: "global"; readonly slot: number }
  /** An attribute of a class whose body is running. */
  | { readonly kind: "class"; readonly register: number };

export function locate(gen: Gen, variable: Variable): Location {
  if (variable.scope.kind === "module") return { kind: "global", slot: globalSlot(gen.unit, variable) };
  const body = gen.classes.get(variable.scope);
  if (body !== undefined && variable.name !== "__class__") return { kind: "class", register: body };
  const register = gen.registers.get(variable);
  if (register !== undefined) return { kind: variable.captured ? "cell" : "register", register };
  const index = captures(gen).indexOf(variable);
  if (index < 0) throw new Error(`${variable.name} is in no register and in no cell`);
  return { kind: "captured", index };
}

/** Variables of functions around that the function's cells hold, in order. */
export function captures(gen: Gen): Variable[] {
  return gen.frame.free.filter((variable) => isCaptured(gen, variable));
}

/** Not a name that is known at compile time. */
export function isCaptured(gen: Gen, variable: Variable): boolean {
  if (variable.name === "__class__" && variable.scope.kind === "class" && stableClass(gen, variable) !== undefined) return false;
  return knownVariable(gen.unit.linked, variable) === undefined;
}

/** The global that always holds the class whose methods use this `__class__`. */
export function stableClass(gen: Gen, variable: Variable): Variable | undefined {
  const global = variable.scope.classVariable;
  return global !== undefined && global.bindings.length === 1 ? global : undefined;
}

/** The register of a variable that is known to be bound, for reading in place. */
export function registerOf(gen: Gen, node: Name): number | undefined {
  if (knownExpression(gen.unit.linked, gen.module, node) !== undefined) return undefined;
  const variable = gen.module.scopes.references.get(node);
  if (variable === undefined || variable.scope.kind === "module") return undefined;
  const location = readable(gen, variable) ? locate(gen, variable) : undefined;
  if (location?.kind !== "register") return undefined;
  checkBound(gen, variable, location.register);
  return location.register;
}

/** A name of a class body that is not bound yet means the name around the class. */
const readable = (gen: Gen, variable: Variable): boolean => variable.scope.kind !== "class" || variable.name === "__class__" || gen.bound === undefined || gen.bound.has(variable);

function checkBound(gen: Gen, variable: Variable, register: number): void {
  if (gen.bound === undefined || gen.bound.has(variable)) return;
  if (variable.scope.kind === "comprehension") refuse(gen, { start: gen.at, end: gen.at + 1 }, `'${variable.name}' is used before the comprehension has bound it`);
  emit(gen, "check", register, variable.name);
  gen.bound.add(variable);
}

export function loadName(gen: Gen, node: Name, to: number): void {
  const known = knownExpression(gen.unit.linked, gen.module, node);
  if (known !== undefined) return loadKnown(gen, known, node, to);
  const variable = gen.module.scopes.references.get(node);
  if (variable === undefined) {
    if (node.id === "NotImplemented") return emit(gen, "loadc", to, 4);
    return refuseName(gen, node);
  }
  if (readable(gen, variable)) return loadVariable(gen, variable, to);
  if (gen.classNames.has(variable)) refuse(gen, node, `'${node.id}' may not be bound yet in the body of the class`, "Give the name around the class another name.");
  loadOutside(gen, node, to);
}

/** A name of the class that is not bound yet means the one around the class. */
function loadOutside(gen: Gen, node: Name, to: number): void {
  const outer = gen.module.scopes.outside.get(node);
  const known = outer === undefined ? builtinName(node.id) : knownVariable(gen.unit.linked, outer);
  if (known !== undefined) return loadKnown(gen, known, node, to);
  if (outer === undefined) return refuseName(gen, node);
  loadVariable(gen, outer, to);
}

export function loadVariable(gen: Gen, variable: Variable, to: number): void {
  const global = variable.name === "__class__" && variable.scope.kind === "class" ? stableClass(gen, variable) : undefined;
  const location = locate(gen, global ?? variable);
  switch (location.kind) {
    case "register":
      checkBound(gen, variable, location.register);
      if (location.register !== to) emit(gen, "move", to, location.register);
      return;
    case "cell":
      if (gen.bound?.has(variable) !== false) return emit(gen, "loadcell", to, location.register);
      emit(gen, "loadcelln", to, location.register, variable.name);
      gen.bound.add(variable);
      return;
    case "captured": return gen.unit.unsure.has(variable) ? emit(gen, "loadfreen", to, location.index, variable.name) : emit(gen, "loadfree", to, location.index);
    case "global": return loadGlobal(gen, global ?? variable, to);
    case "class": return emit(gen, "getattr", to, location.register, variable.name);
  }
}

/** A global of this module or another. */
export function loadGlobal(gen: Gen, variable: Variable, to: number): void {
  const slot = globalSlot(gen.unit, variable);
  if (gen.unit.linked.sure.has(variable) || gen.bound?.has(variable) === true) return emit(gen, "loadg", to, slot);
  emit(gen, "loadgn", to, slot, variable.name);
  if (gen.frame.kind === "module" && !isDeleted(variable)) gen.bound?.add(variable);
}

export function loadKnown(gen: Gen, known: Known, node: { start: number; end: number }, to: number): void {
  switch (known.kind) {
    case "literal": return loadLiteral(gen, known.literal, to);
    case "builtin": return emit(gen, "loadb", to, known.id);
    case "type": return emit(gen, "loadt", to, known.id);
    case "function": return loadFunction(gen, known.node, known.module, to);
    case "global": return loadGlobal(gen, known.variable, to);
    case "module": return refuse(gen, node, `the module '${known.path}' cannot be used as a value`, `Name what you use of it: ${known.path}.name.`);
  }
}

function refuseName(gen: Gen, node: Name): never {
  const { scopes } = gen.module;
  const known = new Set(builtinNames());
  for (const scope of [scopes.module, gen.frame]) for (const name of scope.variables.keys()) known.add(name);
  const near = nearest(node.id, known);
  const isModule = gen.unit.linked.program.available.includes(node.id);
  const unsupported = UNSUPPORTED[node.id];
  if (unsupported !== undefined) refuse(gen, node, `'${node.id}' is not supported`, unsupported);
  const hint = isModule ? `Write import ${node.id} at the top of the file.` : near === undefined ? undefined : `Did you mean ${near}?`;
  return refuse(gen, node, `name '${node.id}' is not defined`, hint);
}

const UNSUPPORTED: Readonly<Record<string, string>> = {
  eval: "Programs are compiled when they are deployed. json.loads reads data.", exec: "Programs are compiled when they are deployed.",
  compile: "Programs are compiled when they are deployed.", open: "There are no files: device.append keeps records.", input: "There is no keyboard: a handler gets its event.",
  property: "Write a method and call it.", staticmethod: "Write a function of the module.", classmethod: "Write a function of the module that takes the class.",
  globals: "Name the variables.", locals: "Name the variables.", vars: "Name the attributes.", dir: "Name the attributes.", complex: "Keep the two parts in variables.",
  memoryview: "Use bytes or bytearray and slices.", __import__: "Write import at the top of the file.", help: "There is no console.", breakpoint: "There is no console.", exit: "Raise SystemExit.", quit: "Raise SystemExit.",
};

const isSmall = (value: bigint): boolean => value >= -(1n << 30n) && value < 1n << 30n;

/** The instruction that loads a literal; undefined for one that takes several. */
function literalLoad(gen: Gen, literal: Literal, to: number): Instruction {
  const { at } = gen;
  switch (literal.type) {
    case "none": return { op: "loadc", operands: [to, 0], at };
    case "bool": return { op: "loadc", operands: [to, literal.value ? 2 : 1], at };
    case "ellipsis": return { op: "loadc", operands: [to, 3], at };
    case "str": return { op: "loads", operands: [to, literal.value], at };
    case "int": {
      const value = Number(literal.value);
      if (value >= -128 && value <= 127) return { op: "loadi", operands: [to, value], at };
      if (value >= -32768 && value <= 32767) return { op: "loadh", operands: [to, value], at };
      if (isSmall(literal.value)) return { op: "loadw", operands: [to, value], at };
      return { op: "loadk", operands: [to, { kind: "literal", literal }], at };
    }
    case "tuple": if (literal.items.length === 0) return { op: "tuple", operands: [to, 0, 0], at }; break;
    default:
  }
  return { op: "loadk", operands: [to, { kind: "literal", literal }], at };
}

export function loadLiteral(gen: Gen, literal: Literal, to: number): void {
  const { op, operands } = literalLoad(gen, literal, to);
  if (op !== "label" && op !== "anchor") emit(gen, op, ...operands);
}

/** A register that holds a literal all through the loop around, if there is one. */
export function literalRegister(gen: Gen, literal: Literal): number | undefined {
  const key = literalKey(literal);
  return loopConstant(gen, key, (register) => literalLoad(gen, literal, register));
}

/** The same for equal literals of the same type only (`0.0` and `-0.0`, `1` and `True` differ). */
export function literalKey(literal: Literal): string {
  switch (literal.type) {
    case "none": case "ellipsis": return literal.type;
    case "tuple": return `(${literal.items.map(literalKey).join(",")})`;
    case "float": return `float ${Object.is(literal.value, -0) ? "-0" : literal.value}`;
    case "str": return JSON.stringify(literal.value);
    case "bytes": return `bytes ${literal.value.join(" ")}`;
    default: return `${literal.type} ${literal.value}`;
  }
}

/** The register to compute a variable's new value into, when it lives in one. */
export function targetRegister(gen: Gen, node: Name): number | undefined {
  const variable = gen.module.scopes.references.get(node);
  if (variable === undefined || variable.scope.kind === "module" || variable.scope.kind === "class") return undefined;
  const location = locate(gen, variable);
  return location.kind === "register" ? location.register : undefined;
}

/** The name was given its value in its own register. */
export function markBound(gen: Gen, node: Name): void {
  const variable = gen.module.scopes.references.get(node);
  if (variable !== undefined) gen.bound?.add(variable);
}

export function storeName(gen: Gen, node: Name, from: number): void {
  const variable = gen.module.scopes.references.get(node);
  if (variable !== undefined) storeVariable(gen, variable, from, node);
}

export function storeVariable(gen: Gen, variable: Variable, from: number, node: { start: number; end: number }): void {
  refuseModuleName(gen, variable, node);
  const location = locate(gen, variable);
  switch (location.kind) {
    case "register": if (location.register !== from) emit(gen, "move", location.register, from); break;
    case "cell": emit(gen, "storecell", location.register, from); break;
    case "captured": emit(gen, "storefree", location.index, from); break;
    case "global": emit(gen, "storeg", from, location.slot); break;
    case "class":
      emit(gen, "setattr", location.register, variable.name, from);
      gen.classNames.add(variable);
  }
  gen.bound?.add(variable);
}

function refuseModuleName(gen: Gen, variable: Variable, node: { start: number; end: number }): void {
  const known = knownVariable(gen.unit.linked, variable);
  if (known?.kind === "module") refuse(gen, node, `'${variable.name}' is a module and cannot be bound to something else`, "Use another name.");
}

/** A deleted global with the name of a built-in means the built-in again. */
function deleteGlobal(gen: Gen, variable: Variable, slot: number, node: Name): void {
  const builtin = builtinName(variable.name);
  scratch(gen, () => {
    const register = temporary(gen);
    loadVariable(gen, variable, register);
    if (builtin !== undefined) loadKnown(gen, builtin, node, register);
    if (builtin === undefined) emit(gen, "delg", slot);
    else emit(gen, "storeg", register, slot);
  });
}

export function deleteName(gen: Gen, node: Name): void {
  const variable = gen.module.scopes.references.get(node);
  if (variable === undefined) return;
  refuseModuleName(gen, variable, node);
  const location = locate(gen, variable);
  if (location.kind === "global") deleteGlobal(gen, variable, location.slot, node);
  else if (location.kind === "class") emit(gen, "delattr", location.register, variable.name);
  else if (location.kind === "register") { checkBound(gen, variable, location.register); emit(gen, "loadc", location.register, UNBOUND); }
  else {
    scratch(gen, () => {
      const empty = temporary(gen);
      loadVariable(gen, variable, empty);
      emit(gen, "loadc", empty, UNBOUND);
      if (location.kind === "cell") emit(gen, "storecell", location.register, empty);
      else emit(gen, "storefree", location.index, empty);
    });
  }
  gen.bound?.delete(variable);
}

/** Makes a variable unbound without a check, as the end of an `except ... as` clause does. */
export function forgetName(gen: Gen, node: Name): void {
  const variable = gen.module.scopes.references.get(node);
  if (variable === undefined) return;
  const location = locate(gen, variable);
  if (location.kind === "class") return emit(gen, "delattr", location.register, variable.name);
  scratch(gen, () => {
    const empty = location.kind === "register" ? location.register : temporary(gen);
    emit(gen, "loadc", empty, location.kind === "global" ? 0 : UNBOUND);
    if (location.kind === "cell") emit(gen, "storecell", location.register, empty);
    if (location.kind === "captured") emit(gen, "storefree", location.index, empty);
    if (location.kind === "global") { emit(gen, "storeg", empty, location.slot); emit(gen, "delg", location.slot); }
  });
  gen.bound?.delete(variable);
}
