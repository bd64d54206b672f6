import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { LINK_FRAME_BYTES_MAX } from "../limits.ts";
import {
  createFrameDecoder, decodeBoardBeat, decodeFromBoard, decodeGatewayBeat, decodeHello, decodeRecord, decodeRefusal, decodeToBoard, decodeWelcome, encodeBoardBeat, encodeFrame,
  encodeFromBoard, encodeGatewayBeat, encodeHello, encodeRecord, encodeRefusal, encodeToBoard, encodeWelcome, LINK_BODY_BYTES_MAX, type BoardRecord, type Frame, type FromBoard, type Hello, type ToBoard,
} from "./protocol.ts";

const u16 = fc.nat(0xffff);
const u32 = fc.nat(0xffffffff);
const body = fc.uint8Array({ maxLength: LINK_BODY_BYTES_MAX });
const mostlyZeros = fc.array(fc.constantFrom(0, 0, 0, 1, 255), { maxLength: LINK_BODY_BYTES_MAX }).map((items) => Uint8Array.from(items));
const frame: fc.Arbitrary<Frame> = fc.record({ kind: fc.constantFrom("hello", "welcome", "data", "ack", "beat", "reset"), session: u32, seq: u16, ack: u16, body: fc.oneof(body, mostlyZeros) }, { noNullPrototype: true });

function decodeAll(...pieces: Uint8Array[]): Frame[] {
  const frames: Frame[] = [];
  const decoder = createFrameDecoder((one) => frames.push(one));
  for (const piece of pieces) decoder.push(piece);
  return frames;
}

test("frames come out as they went in, however the stream is cut", () => {
  fc.assert(fc.property(fc.array(frame, { maxLength: 4 }), fc.array(fc.nat(4096), { maxLength: 6 }), (frames, cuts) => {
    const stream = Buffer.concat(frames.map(encodeFrame));
    const at = [0, ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b), stream.length];
    const pieces = at.slice(1).map((end, i) => stream.subarray(at[i], end));
    assert.equal(decodeAll(...pieces), frames);
  }));
});

test("a frame has zeros only at its ends and at most LINK_FRAME_BYTES_MAX bytes", () => {
  fc.assert(fc.property(frame, (one) => {
    const bytes = encodeFrame(one);
    assert.ok(bytes.length <= LINK_FRAME_BYTES_MAX);
    assert.equal(bytes.indexOf(0), 0);
    assert.equal(bytes.indexOf(0, 1), bytes.length - 1);
  }));
  assert.throws(() => encodeFrame({ kind: "data", session: 1, seq: 1, ack: 1, body: new Uint8Array(LINK_BODY_BYTES_MAX + 1) }), /longer/);
});

test("after any garbage the next frame is received", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), frame, (garbage, one) => {
    assert.equal(decodeAll(garbage, encodeFrame(one)).at(-1), one);
  }));
});

test("a changed byte never makes another frame", () => {
  fc.assert(fc.property(frame, u16, fc.integer({ min: 1, max: 255 }), (one, place, change) => {
    const bytes = encodeFrame(one).slice();
    const at = 1 + (place % (bytes.length - 2));
    bytes[at] = (bytes[at] ?? 0) ^ change;
    assert.equal(decodeAll(bytes), []);
  }), { numRuns: 1000 });
});

const hash = new Uint8Array(32).fill(7);
const toBoard: ToBoard[] = [
  { type: "configure", revision: 0xffffffff }, { type: "log", name: "vibration", history: 32, recordBytes: 24, uplink: true }, { type: "sensor", sensor: "accel", log: "vibration", everyMs: 200 },
  { type: "function", name: "f", image: hash, imageBytes: 900, arenaBytes: 0, fuel: 0, timeoutMs: 5000, triggerLog: "vibration", window: 32, resultLog: null }, { type: "run", revision: 1 },
  { type: "chunk", image: hash, offset: 840, bytes: new Uint8Array(840) }, { type: "invoke", request: 1_700_000_000_000_000, function: "f", timeoutMs: 0, total: 3, offset: 0, bytes: Uint8Array.of(1, 2, 3) },
  { type: "saved", seq: 70_000 }, { type: "reading", sensor: "accel", value: 0.25 },
];
const records: BoardRecord[] = [
  { timeMs: 1_700_000_000_000, type: "append", log: "vibration", value: Uint8Array.of(0xf9, 0x3c, 0) }, { timeMs: 0, type: "result", request: 0, function: "f", log: "verdicts", value: Uint8Array.of(1), fuel: 3, ms: 4, peak: 5 },
  { timeMs: 1, type: "error", request: 9, function: "f", code: 5100, errorType: "ValueError", message: "no", frames: [[0, 12], [3, 4]], fuel: 1, ms: 2, peak: 3 }, { timeMs: 2, type: "print", request: 0, function: "f", text: "hello\n" },
];
const fromBoard: FromBoard[] = [
  { type: "get", image: hash, offset: 0 }, { type: "out", seq: 41, records }, { type: "out", seq: 1, records: [] }, { type: "part", seq: 2, total: 5000, offset: 900, bytes: Uint8Array.of(0) }, { type: "running", revision: 3, memoryFree: 4 },
];
const hello: Hello = {
  name: "motor-1", protocol: 1, suite: 0, epoch: 0, nonce: 77, port: "lm3s6965evb", spec: 0x010716c4, window: 1, frame: 1024, memory: 50_000, outbox: 4096, last: 0, dropped: 0, invoked: 0, revision: 0, sensors: ["accel"], images: [hash],
};

test("every message, record, hello, welcome and beat comes out as it went in", () => {
  for (const message of toBoard) assert.equal(decodeToBoard(encodeToBoard(message)), message);
  for (const message of fromBoard) assert.equal(decodeFromBoard(encodeFromBoard(message)), message);
  for (const record of records) assert.equal(decodeRecord(encodeRecord(record)), record);
  assert.equal(decodeHello(encodeHello(hello)), hello);
  const welcome = { nonce: 77, timeMs: 1_700_000_000_000, epoch: 1_700_000_000, saved: 12, window: 8, beatMs: 1000 };
  assert.equal(decodeWelcome(encodeWelcome(welcome)), welcome);
  assert.equal(decodeGatewayBeat(encodeGatewayBeat({ timeMs: 5, rttMs: 6 })), { timeMs: 5, rttMs: 6 });
  assert.equal(decodeBoardBeat(encodeBoardBeat({ timeMs: 1, outboxBytes: 2, dropped: 3, missed: 4 })), { timeMs: 1, outboxBytes: 2, dropped: 3, missed: 4 });
  assert.equal(decodeRefusal(encodeRefusal({ code: 5002, message: "unknown board" })), { code: 5002, message: "unknown board" });
});

test("a chunk of the agreed size fits a frame with the longest names", () => {
  const name = "n".repeat(64);
  assert.ok(encodeToBoard({ type: "invoke", request: 2 ** 53 - 1, function: name, timeoutMs: 2 ** 32, total: 2 ** 31, offset: 2 ** 31, bytes: new Uint8Array(840) }).length <= LINK_BODY_BYTES_MAX);
  assert.ok(encodeToBoard({ type: "chunk", image: hash, offset: 2 ** 31, bytes: new Uint8Array(840) }).length <= LINK_BODY_BYTES_MAX);
});

test("garbage in a body is GatewayError 5001, never another error", () => {
  const decoders = [decodeToBoard, decodeFromBoard, decodeHello, decodeWelcome, decodeBoardBeat, decodeRecord];
  const mangled = fc.constantFrom(...fromBoard.map(encodeFromBoard), encodeHello(hello), ...records.map(encodeRecord)).chain((bytes) =>
    fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)).map(([at, byte]) => Uint8Array.from(bytes, (old, i) => (i === at ? byte : old))));
  fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), mangled), fc.constantFrom(...decoders), (bytes, decode) => {
    try { decode(bytes); } catch (error) { assert.is((error as { code?: number }).code, 5001); }
  }), { numRuns: 3000 });
});

test("a name that is empty or longer than 64 bytes is refused", () => {
  assert.throws(() => encodeToBoard({ type: "reading", sensor: "", value: 1 }), /sensor of reading is not a name/);
  assert.throws(() => encodeToBoard({ type: "reading", sensor: "ä".repeat(33), value: 1 }), /name of 1 to 64 bytes/);
});

test.run();
