/** Messages, records, hello and welcome of the link as CBOR (device/link/README.md). One table says what each consists of. */
import { decode, encode } from "cborg";
import { GatewayError, messageOf } from "../errors.ts";
import { LINK_NAME_BYTES_MAX } from "../limits.ts";

export { createFrameDecoder, encodeFrame, LINK_BODY_BYTES_MAX, type Frame, type FrameKind } from "./protocol-frames.ts";

export const LINK_PROTOCOL = 1;
/** DATA is sent again after this time without progress, then after twice as long, up to the maximum. */
export const LINK_RETRY_MS = 250;
export const LINK_RETRY_MS_MAX = 2000;
/** The gateway's beat, and how long a side may be silent before the session counts as lost. */
export const LINK_BEAT_MS = 1000;
export const LINK_SILENCE_MS = 5000;
/** Bytes of an image or event in one `chunk` or `invoke`: what a body holds beside the longest other fields (a name of 64 bytes). */
export const LINK_CHUNK_BYTES = 840;

/** One field: what it may be. */
interface Field<T> { readonly name: string; test(value: unknown): value is T }
type Fields = Readonly<Record<string, Field<unknown>>>;
type Values<F extends Fields> = { -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

const isUint = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isText = (value: unknown): value is string => typeof value === "string";
const isArray = (value: unknown): value is unknown[] => Array.isArray(value);

const uint: Field<number> = { name: "a natural number", test: isUint };
const number: Field<number> = { name: "a number", test: (value): value is number => typeof value === "number" };
const bool: Field<boolean> = { name: "a boolean", test: (value): value is boolean => typeof value === "boolean" };
const text: Field<string> = { name: "a text", test: isText };
const name: Field<string> = { name: `a name of 1 to ${LINK_NAME_BYTES_MAX} bytes`, test: (value): value is string => isText(value) && value !== "" && Buffer.byteLength(value) <= LINK_NAME_BYTES_MAX };
const nameOrNull: Field<string | null> = { name: "a name or null", test: (value): value is string | null => value === null || name.test(value) };
const bytes: Field<Uint8Array> = { name: "bytes", test: isBytes };
const hash: Field<Uint8Array> = { name: "a hash of 32 bytes", test: (value): value is Uint8Array => isBytes(value) && value.length === 32 };
const names: Field<string[]> = { name: "names", test: (value): value is string[] => isArray(value) && value.every(name.test) };
const hashes: Field<Uint8Array[]> = { name: "hashes", test: (value): value is Uint8Array[] => isArray(value) && value.every(hash.test) };
/** Function number and offset of the instruction, outermost frame first. */
const frames: Field<[number, number][]> = { name: "frames", test: (value): value is [number, number][] => isArray(value) && value.every((pair) => isArray(pair) && pair.length === 2 && pair.every(isUint)) };

const TO_BOARD = {
  configure: [1, { revision: uint }],
  log: [2, { name, history: uint, recordBytes: uint, uplink: bool }],
  sensor: [3, { sensor: name, log: name, everyMs: uint }],
  function: [4, { name, image: hash, imageBytes: uint, arenaBytes: uint, fuel: uint, timeoutMs: uint, triggerLog: nameOrNull, window: uint, resultLog: nameOrNull }],
  run: [5, { revision: uint }],
  chunk: [6, { image: hash, offset: uint, bytes }],
  invoke: [7, { request: uint, function: name, timeoutMs: uint, total: uint, offset: uint, bytes }],
  saved: [8, { seq: uint }],
  reading: [9, { sensor: name, value: number }],
} as const;

const FROM_BOARD = {
  get: [32, { image: hash, offset: uint }],
  out: [33, { seq: uint }],  // and records, see below
  part: [34, { seq: uint, total: uint, offset: uint, bytes }],
  running: [35, { revision: uint, memoryFree: uint }],
} as const;

const RECORDS = {
  append: [0, { log: name, value: bytes }],
  result: [1, { request: uint, function: name, log: nameOrNull, value: bytes, fuel: uint, ms: uint, peak: uint }],
  error: [2, { request: uint, function: text, code: uint, errorType: text, message: text, frames, fuel: uint, ms: uint, peak: uint }],
  print: [3, { request: uint, function: text, text }],
} as const;

type Table = Readonly<Record<string, readonly [number, Fields]>>;
type Union<T extends Table> = { [K in keyof T]: { type: K } & Values<T[K][1]> }[keyof T];

/** A message to a board; fields in the order of the page. */
export type ToBoard = Union<typeof TO_BOARD>;
/** A message from a board. `records` of `out` have consecutive numbers from `seq`. */
export type FromBoard = Exclude<Union<typeof FROM_BOARD>, { type: "out" }> | { type: "out"; seq: number; records: BoardRecord[] };
/** A record of a board's outbox. `value` holds CBOR; `protocol-json.ts` turns it into JSON text. */
export type BoardRecord = { timeMs: number } & Union<typeof RECORDS>;

const HELLO = {
  name, protocol: uint, suite: uint, epoch: uint, nonce: uint, port: text, spec: uint, window: uint, frame: uint, memory: uint, outbox: uint,
  last: uint, dropped: uint, invoked: uint, revision: uint, sensors: names, images: hashes,
} as const;
/** How a board introduces itself. */
export type Hello = Values<typeof HELLO>;

const WELCOME = { nonce: uint, timeMs: uint, epoch: uint, saved: uint, window: uint, beatMs: uint } as const;
export type Welcome = Values<typeof WELCOME>;

const GATEWAY_BEAT = { timeMs: uint, rttMs: uint } as const;
export type GatewayBeat = Values<typeof GATEWAY_BEAT>;
const BOARD_BEAT = { timeMs: uint, outboxBytes: uint, dropped: uint, missed: uint } as const;
export type BoardBeat = Values<typeof BOARD_BEAT>;
const REFUSAL = { code: uint, message: text } as const;
export type Refusal = Values<typeof REFUSAL>;

/** All `decode…` of this file throw GatewayError 5001 for bytes that are not what the page says. */
export const decodeToBoard = (body: Uint8Array): ToBoard => fromTable(TO_BOARD, parse(body)) as ToBoard;
export const encodeToBoard = (message: ToBoard): Uint8Array => encode(toTable(TO_BOARD, message));
export const decodeHello = (body: Uint8Array): Hello => fromMap(HELLO, parse(body));
export const encodeHello = (hello: Hello): Uint8Array => encode(hello);
export const decodeWelcome = (body: Uint8Array): Welcome => fromArray(WELCOME, parse(body));
export const encodeWelcome = (welcome: Welcome): Uint8Array => encode(toArray(WELCOME, welcome));
export const decodeGatewayBeat = (body: Uint8Array): GatewayBeat => fromArray(GATEWAY_BEAT, parse(body));
export const encodeGatewayBeat = (beat: GatewayBeat): Uint8Array => encode(toArray(GATEWAY_BEAT, beat));
export const decodeBoardBeat = (body: Uint8Array): BoardBeat => fromArray(BOARD_BEAT, parse(body));
export const encodeBoardBeat = (beat: BoardBeat): Uint8Array => encode(toArray(BOARD_BEAT, beat));
export const decodeRefusal = (body: Uint8Array): Refusal => fromArray(REFUSAL, parse(body));
export const encodeRefusal = (refusal: Refusal): Uint8Array => encode(toArray(REFUSAL, refusal));

export function encodeFromBoard(message: FromBoard): Uint8Array {
  return encode(message.type === "out" ? [FROM_BOARD.out[0], message.seq, ...message.records.map(recordItems)] : toTable(FROM_BOARD, message));
}

export function decodeFromBoard(body: Uint8Array): FromBoard {
  const items = parse(body);
  if (!isArray(items) || items[0] !== FROM_BOARD.out[0]) return fromTable(FROM_BOARD, items) as FromBoard;
  return { type: "out", ...fromArray(FROM_BOARD.out[1], items.slice(1, 2)), records: items.slice(2).map(recordOf) };
}

/** One record alone: what the pieces of `part` make together. */
export const decodeRecord = (body: Uint8Array): BoardRecord => recordOf(parse(body));
export const encodeRecord = (record: BoardRecord): Uint8Array => encode(recordItems(record));

function recordOf(items: unknown): BoardRecord {
  if (!isArray(items) || !isUint(items[0])) throw malformed("a record does not begin with its time");
  return { timeMs: items[0], ...fromTable(RECORDS, items.slice(1)) } as BoardRecord;
}

const recordItems = (record: BoardRecord): unknown[] => [record.timeMs, ...toTable(RECORDS, record)];

function parse(body: Uint8Array): unknown {
  try {
    return decode(body, { strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false });
  } catch (cause) {
    throw malformed(messageOf(cause), cause);
  }
}

function fromTable(table: Table, items: unknown): { type: string } {
  if (!isArray(items)) throw malformed("a message is no array");
  const found = Object.entries(table).find(([, [id]]) => id === items[0]);
  if (!found) throw malformed(`${String(items[0])} is no message`);
  const [type, [, fields]] = found;
  return { type, ...fromArray(fields, items.slice(1), type) };
}

function toTable(table: Table, message: { type: string }): unknown[] {
  const [id, fields] = table[message.type] as readonly [number, Fields];
  return [id, ...toArray(fields, message as unknown as Values<Fields>, message.type)];
}

function fromArray<F extends Fields>(fields: F, items: unknown, what = "body"): Values<F> {
  const keys = Object.keys(fields);
  if (!isArray(items) || items.length !== keys.length) throw malformed(`${what} has not ${keys.length} fields`);
  return checked(fields, Object.fromEntries(keys.map((key, i) => [key, items[i]])), what);
}

function toArray<F extends Fields>(fields: F, values: Values<F>, what = "body"): unknown[] {
  checked(fields, values, what);
  return Object.keys(fields).map((key) => values[key as keyof F]);
}

function fromMap<F extends Fields>(fields: F, map: unknown): Values<F> {
  if (typeof map !== "object" || map === null || isArray(map) || isBytes(map)) throw malformed("hello is no map");
  return checked(fields, Object.fromEntries(Object.keys(fields).map((key) => [key, (map as Record<string, unknown>)[key]])), "hello");
}

function checked<F extends Fields>(fields: F, values: Record<string, unknown>, what: string): Values<F> {
  for (const [key, field] of Object.entries(fields)) {
    if (!field.test(values[key])) throw malformed(`${key} of ${what} is not ${field.name}`);
  }
  return values as Values<F>;
}

function malformed(detail: string, cause?: unknown): GatewayError {
  return new GatewayError(5001, `a message of the link is malformed: ${detail}; update the board's firmware to this gateway's version`, { cause });
}
