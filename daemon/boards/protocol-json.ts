/**
 * Values of the link <-> JSON text, without loss: 1 stays an integer and 1.0 a float, integers have any size. The text is that of CPython's
 * `json.dumps` with default settings. (Decoding to JavaScript numbers in between would lose both.)
 */
import { GatewayError } from "../errors.ts";

/** Lists in lists in values: as deep as the boards' own limit allows (device/vm/limits.h, IOTPY_NEST_MAX), and some more. */
const DEPTH_MAX = 64;

/**
 * The JSON text of one CBOR item.
 * @throws GatewayError 5002 when it is not exactly one item of JSON's kind (no bytes, keys are text, definite lengths)
 */
export function cborToJson(cbor: Uint8Array): string {
  const reader = { view: new DataView(cbor.buffer, cbor.byteOffset, cbor.length), at: 0 };
  let json: string;
  try {
    json = item(reader, 0);
  } catch (cause) {
    if (cause instanceof RangeError) throw notJson("it ends in the middle");
    throw cause;
  }
  if (reader.at !== cbor.length) throw notJson("bytes follow it");
  return json;
}

interface Reader { readonly view: DataView; at: number }

function item(reader: Reader, depth: number): string {
  if (depth > DEPTH_MAX) throw notJson("it is nested too deeply");
  const initial = reader.view.getUint8(reader.at++);
  const major = initial >> 5;
  if (major === 7) return simple(reader, initial & 31);
  const n = count(reader, initial & 31);
  switch (major) {
    case 0: return String(n);
    case 1: return String(-1n - n);
    case 3: return quote(textOf(reader, n));
    case 4: return `[${times(reader, n, () => item(reader, depth + 1)).join(", ")}]`;
    case 5: return `{${times(reader, n, () => `${key(reader)}: ${item(reader, depth + 1)}`).join(", ")}}`;
    case 6: return bignum(reader, n);
    default: throw notJson("JSON has no bytes");
  }
}

function count(reader: Reader, info: number): bigint {
  const { view, at } = reader;
  if (info < 24) return BigInt(info);
  if (info > 27) throw notJson("a length is not definite");
  reader.at += 1 << (info - 24);
  if (info === 24) return BigInt(view.getUint8(at));
  if (info === 25) return BigInt(view.getUint16(at));
  return info === 26 ? BigInt(view.getUint32(at)) : view.getBigUint64(at);
}

function simple(reader: Reader, info: number): string {
  if (info === 20) return "false";
  if (info === 21) return "true";
  if (info === 22 || info === 23) return "null";
  if (info === 26) { reader.at += 4; return floatText(reader.view.getFloat32(reader.at - 4)); }
  if (info === 27) { reader.at += 8; return floatText(reader.view.getFloat64(reader.at - 8)); }
  if (info === 25) { reader.at += 2; return floatText(half(reader.view.getUint16(reader.at - 2))); }
  throw notJson(`JSON has no simple value ${info}`);
}

function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : exponent === 31 ? (fraction ? Number.NaN : Infinity) : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

/** CPython's repr of a float: exponents from 1e16 and below 1e-4, always a point or an exponent. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  if (Object.is(value, -0)) return "-0.0";
  const [digits = "0", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  const plain = exponent < 0 ? small(digits, exponent) : String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

/** JavaScript writes 0.0001 plain too, but not below 1e-6; written out here for all of them. */
function small(digits: string, exponent: number): string {
  const negative = digits.startsWith("-");
  return `${negative ? "-" : ""}0.${"0".repeat(-exponent - 1)}${digits.replace(/[-.]/g, "")}`;
}

function textOf(reader: Reader, length: bigint): string {
  const start = reader.at;
  if (length > BigInt(reader.view.byteLength - start)) throw new RangeError("text");
  reader.at += Number(length);
  return new TextDecoder().decode(new Uint8Array(reader.view.buffer, reader.view.byteOffset + start, Number(length)));
}

function key(reader: Reader): string {
  const initial = reader.view.getUint8(reader.at);
  if (initial >> 5 !== 3) throw notJson("a key is no text");
  return item(reader, 0);
}

function times(reader: Reader, n: bigint, read: () => string): string[] {
  if (n > BigInt(reader.view.byteLength)) throw new RangeError("items");
  return Array.from({ length: Number(n) }, read);
}

function bignum(reader: Reader, tag: bigint): string {
  const initial = reader.view.getUint8(reader.at++);
  if ((tag !== 2n && tag !== 3n) || initial >> 5 !== 2) throw notJson(`JSON has no tag ${tag}`);
  const length = Number(count(reader, initial & 31));
  let value = 0n;
  for (let i = 0; i < length; i++) value = (value << 8n) | BigInt(reader.view.getUint8(reader.at++));
  return String(tag === 2n ? value : -1n - value);
}

/** As `json.dumps` writes it: ASCII only, the rest escaped. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => (char === "\u007f" ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

function notJson(detail: string): GatewayError {
  return new GatewayError(5002, `a value from a board cannot be written as JSON: ${detail}; let the handler return or append numbers, text, lists and dicts with text keys`);
}

/**
 * The CBOR of a JSON text: numbers with a point or an exponent are floats, others integers.
 * @throws GatewayError 5003 when it is not JSON or nested deeper than 64
 */
export function jsonToCbor(json: string): Uint8Array {
  const out: Uint8Array[] = [];
  const scanner = new RegExp(/\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|(-?(?:0|[1-9]\d*))(\.\d+)?([eE][+-]?\d+)?|(true|false|null|NaN|-?Infinity))\s*/y);
  const next = (): RegExpExecArray => {
    const match = scanner.exec(json);
    if (!match) throw badJson(scanner.lastIndex, json);
    return match;
  };
  writeItem(next(), next, out, 0);
  if (scanner.lastIndex !== json.length) throw badJson(scanner.lastIndex, json);
  return Buffer.concat(out);
}

function writeItem(token: RegExpExecArray, next: () => RegExpExecArray, out: Uint8Array[], depth: number): void {
  const [, mark, string, digits, fraction, exponent, word] = token;
  if (depth > DEPTH_MAX || (mark !== undefined && mark !== "[" && mark !== "{")) throw badJson(token.index, token.input);
  if (mark !== undefined) writeItems(mark === "{", next, out, depth);
  else if (string !== undefined) writeText(string, token, out);
  else if (word !== undefined) writeWord(word, out);
  else if (fraction !== undefined || exponent !== undefined) out.push(float(Number(`${digits}${fraction ?? ""}${exponent ?? ""}`)));
  else writeInteger(BigInt(digits ?? 0), out);
}

function writeItems(map: boolean, next: () => RegExpExecArray, out: Uint8Array[], depth: number): void {
  const place = out.push(new Uint8Array()) - 1;  // the count is known at the end
  const end = map ? "}" : "]";
  let length = 0;
  for (let token = next(); token[1] !== end || length > 0; token = next()) {
    if (map) {
      if (token[2] === undefined) throw badJson(token.index, token.input);
      writeText(token[2], token, out);
      if (next()[1] !== ":") throw badJson(token.index, token.input);
      token = next();
    }
    writeItem(token, next, out, depth + 1);
    length++;
    const after = next();
    if (after[1] === end) break;
    if (after[1] !== ",") throw badJson(after.index, after.input);
  }
  out[place] = head(map ? 5 : 4, BigInt(length));
}

function writeText(string: string, token: RegExpExecArray, out: Uint8Array[]): void {
  let text: string;
  try { text = JSON.parse(string) as string; } catch { throw badJson(token.index, token.input); }
  const utf8 = new TextEncoder().encode(text);
  out.push(head(3, BigInt(utf8.length)), utf8);
}

function writeWord(word: string, out: Uint8Array[]): void {
  if (word === "true" || word === "false" || word === "null") out.push(Uint8Array.of({ false: 0xf4, true: 0xf5, null: 0xf6 }[word]));
  else out.push(float(Number(word)));
}

function writeInteger(value: bigint, out: Uint8Array[]): void {
  const magnitude = value < 0n ? -1n - value : value;
  if (magnitude < 1n << 64n) {
    out.push(head(value < 0n ? 1 : 0, magnitude));
    return;
  }
  const hex = magnitude.toString(16);
  const digits = Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
  out.push(Uint8Array.of(value < 0n ? 0xc3 : 0xc2), head(2, BigInt(digits.length)), digits);
}

function float(value: number): Uint8Array {
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function head(major: number, n: bigint): Uint8Array {
  if (n < 24n) return Uint8Array.of((major << 5) | Number(n));
  const size = n < 0x100n ? 1 : n < 0x10000n ? 2 : n < 0x100000000n ? 4 : 8;
  const bytes = Buffer.alloc(1 + size);
  bytes[0] = (major << 5) | (24 + Math.log2(size));
  bytes.set(Buffer.from(n.toString(16).padStart(2 * size, "0"), "hex"), 1);
  return bytes;
}

function badJson(at: number, json: string): GatewayError {
  return new GatewayError(5003, `an event for a board is not JSON at character ${at}: ${JSON.stringify(json.slice(at, at + 20))}; send valid JSON, at most ${DEPTH_MAX} deep`);
}
