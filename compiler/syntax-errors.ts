/** Where tree-sitter found an error: says what CPython would. */
import { CompileError, type Source } from "./errors.ts";
import type { SyntaxNode } from "./parse.ts";

export function refuseErrors(source: Source, tree: SyntaxNode): void {
  const stack = [tree];
  let first: SyntaxNode | undefined;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ((node.type === "ERROR" || node.missing) && (first === undefined || node.start < first.start)) first = node;
    stack.push(...node.children);
  }
  if (first !== undefined) throw new CompileError(source, first, "invalid syntax");
}
