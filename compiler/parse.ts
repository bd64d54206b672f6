/**
 * Text to a concrete syntax tree, by tree-sitter's Python grammar. The tree is copied out of WebAssembly at once, without recursion,
 * so that later stages see plain data and no input can exhaust the stack here.
 */
import { Language, Parser, type Tree, type TreeCursor } from "web-tree-sitter";
import { CompileError, type Source } from "./errors.ts";

/** A node of tree-sitter's tree: named nodes and the tokens between them; no comments. */
export interface SyntaxNode {
  readonly type: string;
  readonly named: boolean;
  /** Name of the grammar's field that holds the node in its parent. */
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  /** An error of the syntax lies here: the parser made a token up, or passed some over. */
  readonly missing: boolean;
  readonly children: readonly SyntaxNode[];
}

export type Parse = (source: Source) => SyntaxNode;

/** Longest source file: an image cannot hold more code than this gives. */
export const SOURCE_CHARACTERS_MAX = 1_000_000;
/** Deepest syntax tree; CPython's own parser gives up at 200 nested parentheses. */
export const SYNTAX_DEPTH_MAX = 600;
const PARSE_MS_MAX = 5_000;

/** Loads the parser: from the npm packages, or from the bytes of their two `.wasm` files. */
export async function loadParser(wasm?: { treeSitter: Uint8Array; python: Uint8Array }): Promise<Parse> {
  const bytes = wasm ?? (await import("./parser-files.ts")).parserFiles();
  await Parser.init({ wasmBinary: bytes.treeSitter });
  const parser = new Parser();
  parser.setLanguage(await Language.load(bytes.python));
  return (source) => parse(parser, source);
}

function parse(parser: Parser, source: Source): SyntaxNode {
  if (source.text.length > SOURCE_CHARACTERS_MAX) {
    throw new CompileError(source, { start: 0, end: 0 }, `the file has more than ${SOURCE_CHARACTERS_MAX} characters`, "Split it into modules.");
  }
  const deadline = Date.now() + PARSE_MS_MAX;
  parser.reset();
  const tree = parser.parse(source.text, null, { progressCallback: () => Date.now() > deadline });
  if (tree === null) throw new CompileError(source, { start: 0, end: 0 }, "the file takes too long to parse", "Split it into modules.");
  try {
    const copy = copyTree(source, tree);
    return tree.rootNode.hasError ? { ...copy, children: [...copy.children, hiddenError(tree)] } : copy;
  } finally {
    tree.delete();
  }
}

/** Tokens that the parser makes up are not always visible: the smallest node around the first error stands for them. */
function hiddenError(tree: Tree): SyntaxNode {
  let node = tree.rootNode;
  for (let next = node.children.find((child) => child.hasError); next !== undefined; next = node.children.find((child) => child.hasError)) node = next;
  return { type: "ERROR", named: true, field: undefined, start: node.startIndex, end: node.endIndex, missing: true, children: [] };
}

interface Building { node: { type: string; named: boolean; field: string | undefined; start: number; end: number; missing: boolean; children: SyntaxNode[] } }

function copyTree(source: Source, tree: Tree): SyntaxNode {
  const cursor = tree.walk();
  const open: Building[] = [building(cursor)];
  for (;;) {
    if (cursor.gotoFirstChild()) { open.push(building(cursor)); checkDepth(source, open); continue; }
    while (!closeAndAdvance(cursor, open)) {
      if (open.length === 1) { cursor.delete(); return (open[0] as Building).node; }
    }
  }
}

/** Puts the finished node into its parent and goes to its sibling; false when it was the last one (or the root). */
function closeAndAdvance(cursor: TreeCursor, open: Building[]): boolean {
  const done = open[open.length - 1] as Building;
  const parent = open[open.length - 2];
  if (parent === undefined) return false;
  if (done.node.type !== "comment" && done.node.type !== "line_continuation") parent.node.children.push(done.node);
  open.pop();
  if (cursor.gotoNextSibling()) { open.push(building(cursor)); return true; }
  cursor.gotoParent();
  return false;
}

function building(cursor: TreeCursor): Building {
  return {
    node: {
      type: cursor.nodeType, named: cursor.nodeIsNamed, field: cursor.currentFieldName ?? undefined,
      start: cursor.startIndex, end: cursor.endIndex, missing: cursor.nodeIsMissing, children: [],
    },
  };
}

function checkDepth(source: Source, open: readonly Building[]): void {
  if (open.length <= SYNTAX_DEPTH_MAX) return;
  const node = (open[open.length - 1] as Building).node;
  throw new CompileError(source, node, "the program is nested too deeply", "Give parts of the expression names of their own.");
}
