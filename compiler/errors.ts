/** Why a program cannot be deployed, at the place where it stands. */

/** A piece of a file, in UTF-16 offsets: `start` up to and without `end`. */
export interface Span { readonly start: number; readonly end: number }

/** One file of a program. */
export interface Source { readonly file: string; readonly text: string }

/** A refused program: message as CPython words it where CPython refuses it too, and what to write instead where it does not. */
export class CompileError extends Error {
  override readonly name = "CompileError";
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** The line of the source and a line that marks the place below it. */
  readonly caret: string;
  readonly hint: string | undefined;

  constructor(source: Source, span: Span, message: string, hint?: string) {
    super(message);
    const place = position(source.text, span.start);
    this.file = source.file;
    this.line = place.line;
    this.column = place.column;
    this.caret = caretText(source.text, span);
    this.hint = hint;
  }
}

/** The whole report as a terminal shows it. */
export function reportOf(error: CompileError): string {
  const hint = error.hint === undefined ? "" : `\n  ${error.hint}`;
  return `${error.file}:${error.line}:${error.column}: ${error.message}\n${error.caret}${hint}`;
}

/** Line and column, both from 1, of an offset. */
export function position(text: string, offset: number): { line: number; column: number } {
  const at = Math.min(Math.max(offset, 0), text.length);
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", start)) { line++; start = next + 1; }
  return { line, column: [...text.slice(start, at)].length + 1 };
}

const CARET_WIDTH_MAX = 120;

function caretText(text: string, span: Span): string {
  const at = Math.min(Math.max(span.start, 0), text.length);
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const newline = text.indexOf("\n", at);
  const lineEnd = newline < 0 ? text.length : newline;
  const from = at - lineStart > CARET_WIDTH_MAX ? at - CARET_WIDTH_MAX / 2 : lineStart;
  const shown = text.slice(from, Math.min(lineEnd, from + CARET_WIDTH_MAX)).replace(/\r$/, "");
  const before = text.slice(from, at).replace(/[^\t]/gu, " ");
  const width = Math.max(1, [...text.slice(at, Math.min(span.end, lineEnd, from + CARET_WIDTH_MAX))].length);
  return `    ${shown}\n    ${before}${"^".repeat(width)}`;
}
