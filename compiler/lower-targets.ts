/** What can be assigned to or deleted, and CPython's words for what cannot. */
import type { Expression, Target } from "./ast.ts";
import { fail, type Lowering } from "./lowering.ts";

/** How the target is used; part of the message when it cannot be. */
export type Use = "assign to" | "delete" | "assign to here";

/** CPython's name for an expression that is no target. */
export function nameOf(lowering: Lowering, node: Expression): string {
  switch (node.kind) {
    case "constant": {
      const names = { none: "None", ellipsis: "ellipsis", bool: "True", int: "literal", float: "literal", str: "literal", bytes: "literal", tuple: "tuple" };
      return node.value.type === "bool" && !node.value.value ? "False" : names[node.value.type];
    }
    case "fstring": return "f-string expression";
    case "call": return "function call";
    case "conditional": return "conditional expression";
    case "lambda": return "lambda";
    case "compare": return "comparison";
    case "dict": return "dict literal";
    case "set": return "set display";
    case "yield": case "yieldfrom": return "yield expression";
    case "comprehension": return node.result === "generator" ? "generator expression" : `${node.result} comprehension`;
    case "walrus": return "named expression";
    case "list": case "tuple": return node.kind;
    case "name": return node.id;
    case "attribute": case "subscript": return node.kind;
    case "starred": return "starred";
    default: return "expression";
  }
}

/** The target an expression stands for. `use` ends in `here` for the left side of `=`, where CPython suggests `==`. */
export function toTarget(lowering: Lowering, node: Expression, use: Use, inner = false): Target {
  switch (node.kind) {
    case "name":
      if (node.id === "__debug__") fail(lowering, node, `cannot ${use === "delete" ? "delete" : "assign to"} __debug__`);
      return node;
    case "attribute":
      if (node.name === "__debug__") fail(lowering, node, `cannot ${use === "delete" ? "delete" : "assign to"} __debug__`);
      return node;
    case "subscript": return node;
    case "slice": if (node.object !== undefined) return node; break;
    case "list": case "tuple": return { start: node.start, end: node.end, kind: "targets", items: toTargets(lowering, node.items, use) };
    case "starred":
      if (use === "delete") fail(lowering, node, "cannot delete starred");
      if (!inner) fail(lowering, node, "starred assignment target must be in a list or tuple");
      return { start: node.start, end: node.end, kind: "starredtarget", target: toTarget(lowering, node.value, use) };
    default:
  }
  return refuse(lowering, node, use, inner);
}

function toTargets(lowering: Lowering, items: readonly Expression[], use: Use): Target[] {
  const targets = items.map((item) => toTarget(lowering, item, use, true));
  const starred = targets.filter((target) => target.kind === "starredtarget");
  if (starred.length > 1) fail(lowering, starred[1] as Target, "multiple starred expressions in assignment");
  if (items.length > 200) fail(lowering, items[200] as Expression, "too many targets", "Assign a list and take its items.");
  return targets;
}

function refuse(lowering: Lowering, node: Expression, use: Use, inner: boolean): never {
  const name = nameOf(lowering, node);
  const keyword = node.kind === "constant" && ["None", "True", "False"].includes(name);
  if (use === "delete") return fail(lowering, node, `cannot delete ${name}`);
  if (use === "assign to here" && !inner && !keyword && node.kind !== "yield" && node.kind !== "yieldfrom") {
    return fail(lowering, node, `cannot assign to ${name} here. Maybe you meant '==' instead of '='?`);
  }
  if (use === "assign to here" && !inner && (node.kind === "yield" || node.kind === "yieldfrom")) {
    return fail(lowering, node, "assignment to yield expression not possible");
  }
  return fail(lowering, node, `cannot assign to ${name}`);
}
