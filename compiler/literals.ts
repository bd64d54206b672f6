/** What number and string literals mean, and what CPython refuses in them. */
import type { Literal } from "./ast.ts";
import { CompileError, type Source, type Span } from "./errors.ts";

/** Largest integer that the runtime holds (IOTPY_INT_DIGITS_MAX). */
const INTEGER_BITS_MAX = 65_536;
const DECIMAL_DIGITS_MAX = 4_300;

export function numberLiteral(source: Source, span: Span): Literal {
  const text = source.text.slice(span.start, span.end).toLowerCase();
  if (/j$/.test(text)) throw new CompileError(source, span, "complex numbers are not supported", "Keep the two parts in variables of their own.");
  const prefixed = /^0([xob])/.exec(text);
  if (prefixed !== null) return prefixedInteger(source, span, text, prefixed[1] as "x" | "o" | "b");
  if (/^\d[\d_]*l?$/.test(text)) return decimalInteger(source, span, text);
  if (/__|_$|_[.e]|[.e]_|[+-]_/.test(text)) throw new CompileError(source, span, "invalid decimal literal");
  return { type: "float", value: Number(text.replaceAll("_", "")) };
}

function prefixedInteger(source: Source, span: Span, text: string, base: "x" | "o" | "b"): Literal {
  if (/__|_$|l$/.test(text)) throw new CompileError(source, span, `invalid ${{ x: "hexadecimal", o: "octal", b: "binary" }[base]} literal`);
  return integer(source, span, BigInt(text.replaceAll("_", "")));
}

function decimalInteger(source: Source, span: Span, text: string): Literal {
  if (/__|_$|l$/.test(text)) throw new CompileError(source, span, "invalid decimal literal");
  const digits = text.replaceAll("_", "");
  if (/^0+[1-9]/.test(digits)) {
    throw new CompileError(source, span, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
  }
  if (digits.length > DECIMAL_DIGITS_MAX) {
    throw new CompileError(source, span, `Exceeds the limit (${DECIMAL_DIGITS_MAX} digits) for integer string conversion: value has ${digits.length} digits`, "Write it in hexadecimal.");
  }
  return integer(source, span, BigInt(digits));
}

function integer(source: Source, span: Span, value: bigint): Literal {
  if (value >> BigInt(INTEGER_BITS_MAX) !== 0n) throw new CompileError(source, span, `the integer has more than ${INTEGER_BITS_MAX} bits`);
  return { type: "int", value };
}

/** What stands before a string's first quote. */
export interface StringPrefix { readonly raw: boolean; readonly bytes: boolean; readonly formatted: boolean; readonly quote: string }

export function stringPrefix(source: Source, span: Span): StringPrefix {
  const match = /^([a-z]*)("""|'''|"|')$/.exec(source.text.slice(span.start, span.end).toLowerCase());
  const letters = match?.[1] ?? "";
  if (match === null || !["", "r", "b", "u", "f", "br", "rb", "fr", "rf"].includes(letters)) throw new CompileError(source, span, "invalid syntax");
  return { raw: letters.includes("r"), bytes: letters.includes("b"), formatted: letters.includes("f"), quote: match[2] ?? "" };
}

const SIMPLE: Readonly<Record<string, string>> = { "\\": "\\", "'": "'", '"': '"', a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\n": "" };
const ESCAPE = /\\(x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|N(?:\{[^}]*\}?)?|[0-7]{1,3}|[^])/g;

/** The text of a piece of a `str` literal, its escapes replaced. */
export function decodeText(source: Source, span: Span, prefix: StringPrefix): string {
  const raw = source.text.slice(span.start, span.end);
  const text = prefix.raw ? raw : raw.replace(ESCAPE, (whole, escape: string, at: number) => {
    const simple = SIMPLE[escape];
    if (simple !== undefined) return simple;
    if (/^[0-7]/.test(escape)) return String.fromCodePoint(Number.parseInt(escape, 8));
    const digits = { x: 2, u: 4, U: 8 }[escape[0] as "x" | "u" | "U"];
    const where: Span = { start: span.start + at, end: span.start + at + whole.length };
    if (digits !== undefined) return codePoint(source, where, raw, at, escape, digits);
    if (escape[0] === "N") throw new CompileError(source, where, "\\N{...} escapes are not supported", "Write the character itself or its number as \\uXXXX.");
    return whole;
  });
  if (/\p{Surrogate}/u.test(text)) throw new CompileError(source, span, "a string with a lone surrogate is not supported", "Text is kept as UTF-8, which has none.");
  return text;
}

function codePoint(source: Source, where: Span, raw: string, at: number, escape: string, digits: number): string {
  // CPython counts positions in a text whose other characters beyond ASCII are escapes of ten.
  const position = [...raw.slice(0, at)].reduce((sum, c) => sum + (c > "\x7f" ? 10 : 1), 0);
  const fail = (what: string): never => {
    throw new CompileError(source, where, `(unicode error) 'unicodeescape' codec can't decode bytes in position ${position}-${position + escape.length}: ${what}`);
  };
  if (escape.length <= digits) fail(`truncated \\${escape[0]}${"X".repeat(digits)} escape`);
  const code = Number.parseInt(escape.slice(1), 16);
  return code > 0x10ffff ? fail("illegal Unicode character") : String.fromCodePoint(code);
}

/** The bytes of a `bytes` literal. */
export function decodeBytes(source: Source, span: Span, prefix: StringPrefix): Uint8Array {
  const raw = source.text.slice(span.start, span.end);
  const beyond = /[^\0-\x7f]/.exec(raw);
  if (beyond !== null) throw new CompileError(source, { start: span.start + beyond.index, end: span.start + beyond.index + 1 }, "bytes can only contain ASCII literal characters");
  if (prefix.raw) return new TextEncoder().encode(raw);
  const text = raw.replace(ESCAPE, (whole, escape: string, at: number) => {
    const simple = SIMPLE[escape];
    if (simple !== undefined) return simple;
    if (/^[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8) & 255);
    if (escape[0] !== "x") return whole;
    if (escape.length < 3) throw new CompileError(source, { start: span.start + at, end: span.start + at + whole.length }, `(value error) invalid \\x escape at position ${at}`);
    return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  });
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** A literal piece of an f-string: `{{` and `}}` stand for one brace. */
export function decodeFormatted(source: Source, span: Span, prefix: StringPrefix): string {
  return decodeText(source, span, prefix).replaceAll("{{", "{").replaceAll("}}", "}");
}
