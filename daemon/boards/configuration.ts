/** What a board is told to do: the messages that describe its configuration, and a number that changes when they do. */
import { createHash } from "node:crypto";
import type { BoardConfig } from "../config.ts";
import { LINK_CHUNK_BYTES, type ToBoard } from "./protocol.ts";

/** A function in the form that boards run. */
export interface BoardImage {
  readonly image: Uint8Array;
  /** SHA-256 of the image. */
  readonly hash: Uint8Array;
  /** Names the frames of a traceback: file, line, function. */
  symbolize(frames: readonly (readonly [number, number])[]): { file: string; line: number; function: string }[];
}

/** Bytes that a board sets aside for one record of a log: a CBOR float, a short map. */
const RECORD_BYTES = 64;

/** The configuration's revision (u32, never 0) and its messages. Functions that are not deployed yet are left out. */
export function describeBoard(config: BoardConfig, imageOf: (name: string) => BoardImage | undefined): { revision: number; messages: ToBoard[] } {
  const body: ToBoard[] = [];
  for (const [name, { history, uplink }] of Object.entries(config.logs)) body.push({ type: "log", name, history, recordBytes: RECORD_BYTES, uplink });
  for (const [sensor, { log, everyMs }] of Object.entries(config.sensors)) body.push({ type: "sensor", sensor, log, everyMs });
  for (const [name, wanted] of Object.entries(config.functions)) {
    const code = imageOf(name);
    if (!code) continue;
    body.push({
      type: "function", name, image: code.hash, imageBytes: code.image.length, arenaBytes: wanted.arenaBytes ?? 0, fuel: 0, timeoutMs: wanted.timeoutMs,
      triggerLog: wanted.trigger?.log ?? null, window: wanted.trigger?.window ?? 0, resultLog: wanted.resultLog ?? null,
    });
  }
  const text = JSON.stringify(body, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value));
  const revision = createHash("sha256").update(text).digest().readUInt32BE(0) || 1;
  return { revision, messages: [{ type: "configure", revision }, ...body, { type: "run", revision }] };
}

/** The piece of an image that a board asks for. */
export function chunkOf(code: BoardImage | undefined, hash: Uint8Array, offset: number): ToBoard {
  return { type: "chunk", image: hash, offset, bytes: code?.image.subarray(offset, offset + LINK_CHUNK_BYTES) ?? new Uint8Array() };
}
