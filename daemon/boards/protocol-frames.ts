/** Frames of the link: COBS between zeros, header, CRC-32 (device/link/README.md, "Frames"). */
import { crc32 } from "node:zlib";
import { LINK_FRAME_BYTES_MAX } from "../limits.ts";

/** What a frame is; the number stands in its header. */
export const FRAME_KINDS = { hello: 1, welcome: 2, data: 3, ack: 4, beat: 5, reset: 6 } as const;
export type FrameKind = keyof typeof FRAME_KINDS;

export interface Frame {
  readonly kind: FrameKind;
  /** The gateway's random u32 of this session; 0 before there is one. */
  readonly session: number;
  /** Number of a data frame, 1..65,535 and then 0; 0 in all other frames. */
  readonly seq: number;
  /** The next data frame that the sender expects. */
  readonly ack: number;
  readonly body: Uint8Array;
}

/** Bytes of a body at most: leaves room for header, CRC, COBS and the security of a later suite. */
export const LINK_BODY_BYTES_MAX = 960;
const VERSION_AND_SUITE = 0x10;
const HEADER_BYTES = 10;
const CRC_BYTES = 4;
const KIND_NAMES = new Map<number, FrameKind>(Object.entries(FRAME_KINDS).map(([name, number]) => [number, name as FrameKind]));

/**
 * The bytes that carry a frame, with the zero before and after it.
 * @throws RangeError when the body is longer than LINK_BODY_BYTES_MAX
 */
export function encodeFrame(frame: Frame): Uint8Array {
  if (frame.body.length > LINK_BODY_BYTES_MAX) throw new RangeError(`a frame's body of ${frame.body.length} bytes is longer than ${LINK_BODY_BYTES_MAX}`);
  const raw = new Uint8Array(HEADER_BYTES + frame.body.length + CRC_BYTES);
  const view = new DataView(raw.buffer);
  raw[0] = VERSION_AND_SUITE;
  raw[1] = FRAME_KINDS[frame.kind];
  view.setUint16(2, frame.seq, true);
  view.setUint16(4, frame.ack, true);
  view.setUint32(6, frame.session, true);
  raw.set(frame.body, HEADER_BYTES);
  view.setUint32(raw.length - CRC_BYTES, crc32(raw.subarray(0, raw.length - CRC_BYTES)), true);
  return stuff(raw);
}

/** COBS: each zero becomes the distance to the next; 0xFF says 254 bytes without a zero. */
function stuff(raw: Uint8Array): Uint8Array {
  const out = new Uint8Array(raw.length + Math.ceil(raw.length / 254) + 3);
  let code = 1;  // after the leading zero
  let at = 2;
  const close = (): void => { out[code] = at - code; code = at++; };
  for (const byte of raw) {
    if (byte !== 0) out[at++] = byte;
    if (byte === 0 || at - code === 0xff) close();
  }
  out[code] = at - code;
  return out.subarray(0, at + 1);
}

/**
 * Turns a stream's bytes into frames, in whatever pieces they come. Never throws; damaged frames are dropped and counted.
 * @param onFrame is called for each whole frame; its body is the caller's to keep
 */
export function createFrameDecoder(onFrame: (frame: Frame) => void): { push(bytes: Uint8Array): void; readonly damaged: number } {
  const pending = new Uint8Array(LINK_FRAME_BYTES_MAX);
  let length = 0;
  let tooLong = false;
  let damaged = 0;
  function end(): void {
    const frame = tooLong ? undefined : decodeFrame(pending.subarray(0, length));
    const empty = length === 0 && !tooLong;
    length = 0;
    tooLong = false;
    if (frame) onFrame(frame);
    else if (!empty) damaged++;
  }
  return {
    push(bytes) {
      for (const byte of bytes) {
        if (byte === 0) end();
        else if (length < LINK_FRAME_BYTES_MAX - 2) pending[length++] = byte;
        else tooLong = true;
      }
    },
    get damaged() { return damaged; },
  };
}

function decodeFrame(stuffed: Uint8Array): Frame | undefined {
  const raw = unstuff(stuffed);
  if (raw === undefined || raw.length < HEADER_BYTES + CRC_BYTES) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const end = raw.length - CRC_BYTES;
  const kind = KIND_NAMES.get(view.getUint8(1));
  if (view.getUint8(0) !== VERSION_AND_SUITE || kind === undefined || end - HEADER_BYTES > LINK_BODY_BYTES_MAX) return undefined;
  if (crc32(raw.subarray(0, end)) !== view.getUint32(end, true)) return undefined;
  return { kind, seq: view.getUint16(2, true), ack: view.getUint16(4, true), session: view.getUint32(6, true), body: raw.subarray(HEADER_BYTES, end) };
}

function unstuff(stuffed: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(stuffed.length);
  let length = 0;
  let at = 0;
  while (at < stuffed.length) {
    const code = stuffed[at++] ?? 0;
    const run = code - 1;
    if (run > stuffed.length - at) return undefined;
    out.set(stuffed.subarray(at, at + run), length);
    length += run;
    at += run;
    if (code !== 0xff && at < stuffed.length) length++;  // the zero that the code stood for
  }
  return out.subarray(0, length);
}
