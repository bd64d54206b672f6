/** Assignment to names, attributes, items, slices and lists of targets; `del`; augmented assignment. */
import type { Assign, AugmentedAssign, Expression, Target, TargetList } from "../ast.ts";
import { knownExpression } from "../known.ts";
import { emit, type Gen, scratch, temporary } from "./emit.ts";
import { bindsInside, boundsWindow, foldIn, into, LISTED, operand, operandBefore, operandFor, refuseSuper } from "./expressions.ts";
import { augment } from "./operators.ts";
import { globalSlot } from "./unit.ts";
import { deleteName, loadGlobal, loadName, markBound, storeName, targetRegister } from "./variables.ts";

export function compileAssign(gen: Gen, node: Assign): void {
  const [target, ...more] = node.targets as [Target, ...Target[]];
  scratch(gen, () => {
    if (more.length === 0) return assignExpression(gen, target, node.value);
    const value = operand(gen, node.value);
    for (const each of node.targets) scratch(gen, () => assignRegister(gen, each, value));
  });
}

/** Computes a value straight into its target where that is possible. */
export function assignExpression(gen: Gen, target: Target, value: Expression): void {
  const register = fastTarget(gen, target);
  if (register !== undefined && target.kind === "name") {
    into(gen, value, register);
    return markBound(gen, target);
  }
  const items = target.kind === "targets" ? pairwise(target, value) : undefined;
  if (items !== undefined) return assignEach(gen, (target as TargetList).items, items);
  scratch(gen, () => assignRegister(gen, target, target.kind === "targets" ? operandFor(gen, value, LISTED) : operand(gen, value)));
}

/** The register of a plain local variable. */
export function fastTarget(gen: Gen, target: Target): number | undefined {
  return target.kind === "name" ? targetRegister(gen, target) : undefined;
}

/** `a, b = x, y`: no tuple is made. */
function pairwise(target: TargetList, value: Expression): readonly Expression[] | undefined {
  if (value.kind !== "tuple" || value.items.length !== target.items.length || value.items.length > 32) return undefined;
  const plain = value.items.every((item) => item.kind !== "starred") && target.items.every((item) => item.kind !== "starredtarget");
  return plain ? value.items : undefined;
}

function assignEach(gen: Gen, targets: readonly Target[], values: readonly Expression[]): void {
  scratch(gen, () => {
    const registers = values.map((value) => {
      if (foldIn(gen, value) !== undefined) return undefined;
      const register = temporary(gen);
      into(gen, value, register);
      return register;
    });
    targets.forEach((target, index) => {
      const register = registers[index];
      if (register === undefined) assignExpression(gen, target, values[index] as Expression);
      else scratch(gen, () => assignRegister(gen, target, register));
    });
  });
}

/** Assigns a value that is in a register. */
export function assignRegister(gen: Gen, target: Target, from: number): void {
  switch (target.kind) {
    case "name": return storeName(gen, target, from);
    case "attribute": {
      const known = moduleGlobal(gen, target);
      if (known !== undefined) return emit(gen, "storeg", from, known);
      refuseSuper(gen, target.object);
      return scratch(gen, () => emit(gen, "setattr", operand(gen, target.object), target.name, from));
    }
    case "subscript": return scratch(gen, () => emit(gen, "setitem", operandBefore(gen, target.object, [target.index]), operand(gen, target.index), from));
    case "slice": return scratch(gen, () => emit(gen, "setslice", operandBefore(gen, target.object as Expression, target.bounds), boundsWindow(gen, target.bounds), from));
    case "targets": return unpack(gen, target, from);
    case "starredtarget": return assignRegister(gen, target.target, from);
  }
}

function moduleGlobal(gen: Gen, target: Extract<Target, { kind: "attribute" }>): number | undefined {
  const known = knownExpression(gen.unit.linked, gen.module, target);
  return known?.kind === "global" ? globalSlot(gen.unit, known.variable) : undefined;
}

function unpack(gen: Gen, target: TargetList, from: number): void {
  const starred = target.items.findIndex((item) => item.kind === "starredtarget");
  const registers = target.items.map((item) => fastTarget(gen, item.kind === "starredtarget" ? item.target : item));
  const first = registers[0];
  // Variables that lie side by side are unpacked in place.
  const inPlace = first !== undefined && registers.every((register, index) => register === first + index);
  scratch(gen, () => {
    const window = inPlace ? first : gen.top;
    if (!inPlace) for (let count = target.items.length; count > 0; count--) temporary(gen);
    if (starred < 0) emit(gen, "unpack", target.items.length === 0 ? 0 : window, from, target.items.length);
    else emit(gen, "unpackx", window, from, starred, target.items.length - starred - 1);
    target.items.forEach((item, index) => scratch(gen, () => assignRegister(gen, item, window + index)));
  });
}

export function compileAugmented(gen: Gen, node: AugmentedAssign): void {
  const { target, operator, value } = node;
  scratch(gen, () => {
    if (target.kind === "name") {
      const register = targetRegister(gen, target);
      if (register !== undefined && !bindsInside(value)) {
        scratch(gen, () => operandOnly(gen, target));
        augment(gen, operator, register, value);
        return markBound(gen, target);
      }
      const current = temporary(gen);
      loadName(gen, target, current);
      augment(gen, operator, current, value);
      return storeName(gen, target, current);
    }
    if (target.kind === "attribute") {
      const object = operandBefore(gen, target.object, [value]);
      const known = moduleGlobal(gen, target);
      const current = temporary(gen);
      if (known === undefined) emit(gen, "getattr", current, object, target.name);
      else into(gen, { ...target }, current);
      augment(gen, operator, current, value);
      return known === undefined ? emit(gen, "setattr", object, target.name, current) : emit(gen, "storeg", current, known);
    }
    if (target.kind === "subscript") return augmentItem(gen, node, target.object, target.index);
    if (target.kind !== "slice") return;
    const object = operandBefore(gen, target.object as Expression, [...target.bounds, value]);
    const window = boundsWindow(gen, target.bounds);
    const current = temporary(gen);
    emit(gen, "getslice", current, object, window);
    augment(gen, operator, current, value);
    emit(gen, "setslice", object, window, current);
  });
}

/** Checks that the variable is bound. */
function operandOnly(gen: Gen, target: Extract<Target, { kind: "name" }>): void { operand(gen, target); }

function augmentItem(gen: Gen, node: AugmentedAssign, objectNode: Expression, index: Expression): void {
  const object = operandBefore(gen, objectNode, [index, node.value]);
  const key = operandBefore(gen, index, [node.value]);
  const current = temporary(gen);
  emit(gen, "getitem", current, object, key);
  augment(gen, node.operator, current, node.value);
  emit(gen, "setitem", object, key, current);
}

export function compileDelete(gen: Gen, target: Target): void {
  switch (target.kind) {
    case "name": return deleteName(gen, target);
    case "attribute": {
      const known = knownExpression(gen.unit.linked, gen.module, target);
      if (known?.kind === "global") { scratch(gen, () => loadGlobal(gen, known.variable, temporary(gen))); return emit(gen, "delg", globalSlot(gen.unit, known.variable)); }
      return scratch(gen, () => emit(gen, "delattr", operand(gen, target.object), target.name));
    }
    case "subscript": return scratch(gen, () => emit(gen, "delitem", operandBefore(gen, target.object, [target.index]), operand(gen, target.index)));
    case "slice": return scratch(gen, () => emit(gen, "delslice", operandBefore(gen, target.object as Expression, target.bounds), boundsWindow(gen, target.bounds)));
    case "targets": for (const item of target.items) compileDelete(gen, item); return;
    case "starredtarget": return compileDelete(gen, target.target);
  }
}
