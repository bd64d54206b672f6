/** What the files that lower the syntax tree share: the place in the program, refusals, and small readers of nodes. */
import type { Name } from "./ast.ts";
import { CompileError, type Source, type Span } from "./errors.ts";
import type { SyntaxNode } from "./parse.ts";

/** The function, class or comprehension that is being lowered. */
export interface Place {
  readonly kind: "module" | "class" | "function" | "lambda" | "list comprehension" | "set comprehension" | "dict comprehension" | "generator expression";
  /** Set when a `yield` is met. */
  yields: boolean;
  /** Loops open in this function. */
  loops: number;
}

export interface Lowering {
  readonly source: Source;
  place: Place;
  /** The class around, for names that begin with two underscores. */
  className: string | undefined;
  /** Functions of the library that the syntax needs: hidden variable, `module.name`. */
  readonly library: Map<string, string>;
}

/** A use of a function of the library; no program can write the variable's name. */
export function libraryName(lowering: Lowering, path: string, at: Span): Name {
  const id = `<${path}>`;
  lowering.library.set(id, path);
  return { start: at.start, end: at.end, kind: "name", id };
}

export function fail(lowering: Lowering, span: Span, message: string, hint?: string): never {
  throw new CompileError(lowering.source, { start: span.start, end: span.end }, message, hint);
}

export const field = (node: SyntaxNode, name: string): SyntaxNode | undefined => node.children.find((child) => child.field === name);
export const fields = (node: SyntaxNode, name: string): SyntaxNode[] => node.children.filter((child) => child.field === name && child.named);
export const named = (node: SyntaxNode): SyntaxNode[] => node.children.filter((child) => child.named);
export const child = (node: SyntaxNode, type: string): SyntaxNode | undefined => node.children.find((candidate) => candidate.type === type);
export const hasToken = (node: SyntaxNode, token: string): boolean => node.children.some((candidate) => !candidate.named && candidate.type === token);
export const textOf = (lowering: Lowering, node: Span): string => lowering.source.text.slice(node.start, node.end);

/** A child that the grammar promises. */
export function required(lowering: Lowering, node: SyntaxNode, name: string): SyntaxNode {
  return field(node, name) ?? fail(lowering, node, "invalid syntax");
}

/** Identifiers are compared in Unicode's NFKC form; in a class, `__name` stands for `_Class__name`. */
export function identifier(lowering: Lowering, node: Span): string {
  const name = textOf(lowering, node).normalize("NFKC");
  // The grammar takes these for names.
  if (name === "async" || name === "await") fail(lowering, node, "invalid syntax");
  const { className } = lowering;
  const isPrivate = name.startsWith("__") && !name.endsWith("__") && !name.includes(".");
  return className === undefined || !isPrivate || /^_*$/.test(className) ? name : `_${className.replace(/^_+/, "")}${name}`;
}

/** Runs `work` inside another function, class or comprehension. */
export function inside<T>(lowering: Lowering, kind: Place["kind"], work: (place: Place) => T): T {
  const outer = lowering.place;
  const place: Place = { kind, yields: false, loops: 0 };
  lowering.place = place;
  try { return work(place); } finally { lowering.place = outer; }
}
