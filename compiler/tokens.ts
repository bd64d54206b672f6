/**
 * Python's tokens, for what CPython's tokenizer refuses and tree-sitter's does not: indentation that does not line up, brackets that do not
 * match, strings that do not end, characters and numbers that are none. The parser does not use them; messages about its errors do.
 */
import { CompileError, position, type Source, type Span } from "./errors.ts";

export interface Token extends Span {
  readonly type: "name" | "number" | "string" | "operator" | "newline" | "indent" | "dedent" | "end";
  readonly text: string;
  /** Brackets open around it. */
  readonly depth: number;
}

interface Scan {
  readonly source: Source;
  readonly tokens: Token[];
  readonly brackets: { readonly text: string; readonly at: number }[];
  /** Columns of the blocks open, with tabs to 8 and with tabs as one. */
  readonly indents: { readonly column: number; readonly narrow: number }[];
  at: number;
}

/** CPython's own limits. */
const BRACKETS_MAX = 200;
const INDENTS_MAX = 100;

const NAME = /[\p{XID_Start}_][\p{XID_Continue}]*/uy;
const NUMBER = /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?[jJ]?/y;
const OPERATOR = /\*\*=|\/\/=|>>=|<<=|\.\.\.|\*\*|\/\/|>>|<<|<=|>=|==|!=|<>|->|:=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|@=|[+\-*/%@&|^~<>()[\]{},:.;=]/y;
const STRING = /(?:[rRbBuUfF]|[rR][bBfF]|[bBfF][rR])?(?:"""|'''|"|')/y;
const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

export function checkTokens(source: Source): readonly Token[] {
  const scan: Scan = { source, tokens: [], brackets: [], indents: [{ column: 0, narrow: 0 }], at: 0 };
  let lineStart = true;
  while (scan.at < source.text.length) {
    if (lineStart && scan.brackets.length === 0) { if (!indentation(scan)) continue; }
    lineStart = token(scan);
  }
  const open = scan.brackets.at(-1);
  if (open !== undefined) fail(scan, { start: open.at, end: open.at + 1 }, `'${open.text}' was never closed`);
  const last = scan.tokens.at(-1);
  if (last !== undefined && last.type !== "newline" && last.type !== "dedent") add(scan, "newline", scan.at, scan.at);
  for (let count = scan.indents.length; count > 1; count--) add(scan, "dedent", scan.at, scan.at);
  add(scan, "end", scan.at, scan.at);
  checkBlocks(scan);
  return scan.tokens;
}

function fail(scan: Scan, span: Span, message: string, hint?: string): never {
  throw new CompileError(scan.source, span, message, hint);
}

function add(scan: Scan, type: Token["type"], start: number, end: number): void {
  scan.tokens.push({ type, start, end, text: scan.source.text.slice(start, end), depth: scan.brackets.length });
  scan.at = end;
}

/** Reads the white space of a new line; false when the line is empty and was passed. */
function indentation(scan: Scan): boolean {
  const { text } = scan.source;
  let column = 0;
  let narrow = 0;
  const start = scan.at;
  for (; scan.at < text.length; scan.at++) {
    const c = text[scan.at];
    if (c === " ") { column++; narrow++; }
    else if (c === "\t") { column = (Math.floor(column / 8) + 1) * 8; narrow++; }
    else if (c === "\f") { column = 0; narrow = 0; }
    else break;
  }
  const next = text[scan.at];
  if (next === "#") { scan.at = lineEnd(text, scan.at); }
  if (text[scan.at] === "\n") { scan.at++; return false; }
  if (scan.at >= text.length) return false;
  const current = scan.indents.at(-1) as { column: number; narrow: number };
  const inconsistent = (): never => fail(scan, { start, end: lineEnd(text, start) }, "inconsistent use of tabs and spaces in indentation");
  if (column === current.column) { if (narrow !== current.narrow) inconsistent(); return true; }
  if (column > current.column) {
    if (narrow <= current.narrow) inconsistent();
    if (scan.indents.length >= INDENTS_MAX) fail(scan, { start, end: scan.at }, "too many levels of indentation");
    scan.indents.push({ column, narrow });
    add(scan, "indent", scan.at, scan.at);
    return true;
  }
  while ((scan.indents.at(-1) as { column: number }).column > column) { scan.indents.pop(); add(scan, "dedent", scan.at, scan.at); }
  const outer = scan.indents.at(-1) as { column: number; narrow: number };
  if (outer.column !== column) fail(scan, { start, end: lineEnd(text, start) }, "unindent does not match any outer indentation level");
  if (outer.narrow !== narrow) inconsistent();
  return true;
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Reads a token; true when it ends a line. */
function token(scan: Scan): boolean {
  const { text } = scan.source;
  const c = text[scan.at] as string;
  if (c === "\n") {
    if (scan.brackets.length > 0) { scan.at++; return false; }
    add(scan, "newline", scan.at, scan.at + 1);
    return true;
  }
  if (c === " " || c === "\t" || c === "\f") { scan.at++; return false; }
  if (c === "#") { scan.at = lineEnd(text, scan.at); return false; }
  if (c === "\\") return continuation(scan);
  const quote = match(STRING, text, scan.at);
  if (quote !== undefined) { string(scan, quote); return false; }
  const name = match(NAME, text, scan.at);
  if (name !== undefined) { add(scan, "name", scan.at, scan.at + name.length); return false; }
  if (/[0-9]/.test(c) || (c === "." && /[0-9]/.test(text[scan.at + 1] ?? ""))) { number(scan); return false; }
  const operator = match(OPERATOR, text, scan.at);
  if (operator === undefined) return character(scan);
  bracket(scan, operator);
  return false;
}

function continuation(scan: Scan): boolean {
  const { text } = scan.source;
  if (text[scan.at + 1] !== "\n") {
    fail(scan, { start: scan.at + 1, end: scan.at + 2 }, scan.at + 1 >= text.length ? "unexpected EOF while parsing" : "unexpected character after line continuation character");
  }
  if (scan.at + 2 >= text.length) fail(scan, { start: scan.at, end: scan.at + 1 }, "unexpected EOF while parsing");
  scan.at += 2;
  return false;
}

function character(scan: Scan): never {
  const point = scan.source.text.codePointAt(scan.at) as number;
  const c = String.fromCodePoint(point);
  const hex = point.toString(16).toUpperCase().padStart(4, "0");
  const span = { start: scan.at, end: scan.at + c.length };
  if (point < 128 && point >= 32 && point !== 127) return fail(scan, span, "invalid syntax");
  if (/[\p{Z}\p{C}]/u.test(c)) return fail(scan, span, `invalid non-printable character U+${hex}`);
  return fail(scan, span, `invalid character '${c}' (U+${hex})`);
}

function bracket(scan: Scan, text: string): void {
  const at = scan.at;
  const opening = PAIRS[text];
  if (opening !== undefined) {
    const open = scan.brackets.pop();
    if (open === undefined) fail(scan, { start: at, end: at + 1 }, `unmatched '${text}'`);
    if (open.text !== opening) {
      const line = position(scan.source.text, open.at).line;
      const where = line === position(scan.source.text, at).line ? "" : ` on line ${line}`;
      fail(scan, { start: at, end: at + 1 }, `closing parenthesis '${text}' does not match opening parenthesis '${open.text}'${where}`);
    }
  }
  add(scan, "operator", at, at + text.length);
  if (text === "(" || text === "[" || text === "{") {
    if (scan.brackets.length >= BRACKETS_MAX) fail(scan, { start: at, end: at + 1 }, "too many nested parentheses");
    scan.brackets.push({ text, at });
  }
}

const AFTER_NUMBER = new Set(["and", "else", "for", "if", "in", "is", "not", "or"]);

function number(scan: Scan): void {
  const { text } = scan.source;
  const start = scan.at;
  const found = match(NUMBER, text, start) ?? "";
  const end = start + found.length;
  const rest = match(NAME, text, end);
  const kind = { x: "hexadecimal", o: "octal", b: "binary" }[(text[start + 1] ?? "").toLowerCase()];
  const prefixed = text[start] === "0" && kind !== undefined;
  const literal = prefixed ? kind : "decimal";
  if (prefixed && /^0$/.test(found)) {
    const digit = text[start + 2] ?? "";
    fail(scan, { start, end: end + 1 }, /[0-9]/.test(digit) ? `invalid digit '${digit}' in ${literal} literal` : `invalid ${literal} literal`);
  }
  if (prefixed && /[0-9]/.test(text[end] ?? "")) fail(scan, { start: end, end: end + 1 }, `invalid digit '${text[end]}' in ${literal} literal`);
  if (rest !== undefined && !AFTER_NUMBER.has(rest)) fail(scan, { start, end: end + 1 }, `invalid ${/j$/i.test(found) ? "imaginary" : literal} literal`);
  if (!prefixed && /^0[0-9_]*[1-9]/.test(found) && /^[0-9_]+$/.test(found)) {
    fail(scan, { start, end }, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
  }
  add(scan, "number", start, end);
}

function string(scan: Scan, opening: string): void {
  const start = scan.at;
  const end = stringEnd(scan, start, opening, 0);
  add(scan, "string", start, end);
}

const FIELDS_DEPTH_MAX = 20;

/** Where the string that begins here ends. Replacement fields of f-strings may hold strings of their own. */
function stringEnd(scan: Scan, start: number, opening: string, depth: number): number {
  const { text } = scan.source;
  const quote = opening.replace(/^[a-zA-Z]*/, "");
  const formatted = /[fF]/.test(opening);
  let at = start + opening.length;
  while (at < text.length) {
    if (text.startsWith(quote, at)) return at + quote.length;
    const c = text[at];
    if (c === "\\") at += 2;
    else if (c === "\n" && quote.length === 1) break;
    else if (formatted && c === "{" && depth < FIELDS_DEPTH_MAX) at = text[at + 1] === "{" ? at + 2 : fieldEnd(scan, at + 1, quote, depth + 1);
    else at++;
  }
  const line = position(text, at >= text.length && text.endsWith("\n") ? text.length - 1 : Math.min(at, text.length)).line;
  if (quote.length === 3) return fail(scan, { start, end: start + opening.length }, `unterminated triple-quoted string literal (detected at line ${line})`);
  return fail(scan, { start, end: start + opening.length }, `unterminated string literal (detected at line ${line})`);
}

/** Where a replacement field ends: behind its `}`, or at what ends the string around it. */
function fieldEnd(scan: Scan, start: number, quote: string, depth: number): number {
  const { text } = scan.source;
  let at = start;
  let brackets = 0;
  let spec = false;
  while (at < text.length) {
    const c = text[at] as string;
    if (text.startsWith(quote, at) && (brackets === 0 || quote.length === 3)) return at;
    if (c === "\n" && quote.length === 1) return at;
    const opening = spec ? undefined : match(STRING, text, at);
    const word = spec ? undefined : match(NAME, text, at);
    if (opening !== undefined) at = stringEnd(scan, at, opening, depth);
    else if (word !== undefined) at += word.length;
    else if (c === "}" && brackets === 0) return at + 1;
    else if (c === "{" && spec) at = fieldEnd(scan, at + 1, quote, depth + 1);
    else {
      if ("([{".includes(c)) brackets++;
      if (")]}".includes(c)) brackets--;
      if (c === ":" && brackets === 0) spec = true;
      at++;
    }
  }
  return at;
}

const BLOCKS: Readonly<Record<string, string>> = {
  if: "'if' statement", elif: "'elif' statement", else: "'else' statement", for: "'for' statement", while: "'while' statement", try: "'try' statement",
  except: "'except' statement", finally: "'finally' statement", with: "'with' statement", def: "function definition", class: "class definition",
};

/** A block is where a line that ends in a colon says so, and nowhere else. */
function checkBlocks(scan: Scan): void {
  const { tokens } = scan;
  let first: Token | undefined;
  let opens = false;
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    if (token.type === "newline") { opens = previous?.text === ":" && first !== undefined; return; }
    if (token.type === "dedent" && !opens) return;
    const startsLine = previous === undefined || ["newline", "indent", "dedent"].includes(previous.type);
    if (token.type === "indent") {
      const end = tokens[index - 2]?.end ?? 0;
      if (!opens && first !== undefined && BLOCKS[first.text] !== undefined && previous?.type === "newline") fail(scan, { start: end, end: end + 1 }, "expected ':'");
      if (!opens) fail(scan, { start: token.start, end: lineEnd(scan.source.text, token.start) }, "unexpected indent");
      opens = false;
      return;
    }
    if (opens) {
      const block = BLOCKS[first?.text ?? ""];
      if (block !== undefined && first !== undefined) {
        const { line } = position(scan.source.text, first.start);
        fail(scan, { start: token.start, end: Math.max(token.end, token.start + 1) }, `expected an indented block after ${block} on line ${line}`);
      }
      opens = false;
    }
    if (startsLine && token.type !== "end") first = token;
  });
}
