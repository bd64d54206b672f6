/**
 * How a record lies in the store, under the key [log id, sequence number]:
 *
 * ```
 * 0     u32  CRC-32 of everything after it
 * 4     f64  time, milliseconds since 1970
 * 12    u8   length b of the origin board's name in UTF-8; 0: no origin
 * 13    b bytes name, then u32 epoch, u32 sequence (only when b > 0)
 * ...   body
 * ```
 * Numbers are big-endian. The checksum is verified at every read.
 */
import { crc32 } from "../crc32.ts";
import { GatewayError } from "../errors.ts";
import { ORIGIN_BOARD_BYTES_MAX, ORIGIN_NUMBER_MAX } from "../limits.ts";
import type { Codec } from "../store.ts";

/** Who appended a record from afar: a board's own epoch (boot) and sequence number, which make repeated sending harmless. */
export interface Origin {
  /** 1..255 bytes of UTF-8. */
  readonly board: string;
  /** 0..2^32-1; a higher one starts the sequence anew. */
  readonly epoch: number;
  /** 0..2^32-1, rising within an epoch. */
  readonly seq: number;
}

export interface LogRecord {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  readonly origin?: Origin;
  readonly body: Uint8Array;
}

export type StoredRecord = Omit<LogRecord, "seq">;

/** What trimming wants to know of a record. */
export interface RecordHead {
  readonly timeMs: number;
  readonly bodyBytes: number;
}

/** The error code of a record whose checksum is wrong. */
export const DAMAGED = 2101;

const HEAD_BYTES = 13;
const ORIGIN_BYTES = 8;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Records as drawn above. @throws GatewayError 2101 on a wrong checksum */
export const recordCodec: Codec<StoredRecord> = { encode, decode };

/** Reads a record's head and leaves its body where it lies, its checksum unproved: what is trimmed may be damaged. */
export const recordHeadCodec: Codec<RecordHead> = {
  encode: () => { throw new TypeError("a record is written whole"); },
  decode(stored) {
    if (stored.length < HEAD_BYTES) return { timeMs: 0, bodyBytes: 0 };
    const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    const boardBytes = view.getUint8(12);
    return { timeMs: view.getFloat64(4), bodyBytes: stored.length - HEAD_BYTES - (boardBytes === 0 ? 0 : boardBytes + ORIGIN_BYTES) };
  },
};

/** @throws GatewayError 2107 when an origin cannot be stored as it is */
export function checkOrigin({ board, epoch, seq }: Origin): void {
  const bytes = encoder.encode(board).length;
  const fits = (number: number): boolean => Number.isInteger(number) && number >= 0 && number <= ORIGIN_NUMBER_MAX;
  if (bytes >= 1 && bytes <= ORIGIN_BOARD_BYTES_MAX && fits(epoch) && fits(seq)) return;
  throw new GatewayError(2107, `an origin is a board's name of 1 to ${ORIGIN_BOARD_BYTES_MAX} bytes with epoch and seq of 0 to ${ORIGIN_NUMBER_MAX}; ${JSON.stringify({ board: board.slice(0, 40), epoch, seq })} is none`);
}

function encode({ timeMs, origin, body }: StoredRecord): Uint8Array {
  const board = origin ? encoder.encode(origin.board) : undefined;
  const bodyAt = HEAD_BYTES + (board ? board.length + ORIGIN_BYTES : 0);
  const bytes = new Uint8Array(bodyAt + body.length);
  const view = new DataView(bytes.buffer);
  view.setFloat64(4, timeMs);
  if (origin && board) {
    view.setUint8(12, board.length);
    bytes.set(board, HEAD_BYTES);
    view.setUint32(HEAD_BYTES + board.length, origin.epoch);
    view.setUint32(HEAD_BYTES + board.length + 4, origin.seq);
  }
  bytes.set(body, bodyAt);
  view.setUint32(0, crc32(bytes.subarray(4)));
  return bytes;
}

function decode(stored: Uint8Array): StoredRecord {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  if (stored.length < HEAD_BYTES || view.getUint32(0) !== crc32(stored.subarray(4))) {
    throw new GatewayError(DAMAGED, "its checksum is wrong: the data folder was damaged; restore it from a copy, or delete the log");
  }
  const timeMs = view.getFloat64(4);
  const length = view.getUint8(12);
  if (length === 0) return { timeMs, body: stored.slice(HEAD_BYTES) };
  const after = HEAD_BYTES + length;
  const board = decoder.decode(stored.subarray(HEAD_BYTES, after));
  return { timeMs, origin: { board, epoch: view.getUint32(after), seq: view.getUint32(after + 4) }, body: stored.slice(after + ORIGIN_BYTES) };
}
