import * as fc from "fast-check";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createFrameDecoder, encodeFrame, LINK_BODY_BYTES_MAX, type Frame } from "../../daemon/boards/protocol.ts";

const folder = mkdtempSync(join(tmpdir(), "nanolambda-frames-"));
const echo = join(folder, "echo");
const root = fileURLToPath(new URL("../..", import.meta.url));
const hasCompiler = spawnSync("gcc", ["--version"]).status === 0;
const wanted = hasCompiler ? test : test.skip;

test.before(() => {
  if (!hasCompiler) return;
  const built = spawnSync("gcc", ["-std=c11", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-Wall", "-Wextra", "-o", echo, join(root, "test/boards/frame-echo.c"), join(root, "device/link/frame.c")], { encoding: "utf8" });
  assert.is(built.status, 0, built.stderr);
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: LINK_BODY_BYTES_MAX }),
  fc.array(fc.constantFrom(0, 0, 1, 255), { maxLength: LINK_BODY_BYTES_MAX }).map((items) => Uint8Array.from(items)),
  fc.nat(LINK_BODY_BYTES_MAX).map((length) => new Uint8Array(length).fill(9)),
);
const frame: fc.Arbitrary<Frame> = fc.record({
  kind: fc.constantFrom("hello", "welcome", "data", "ack", "beat", "reset"), session: fc.nat(0xffffffff), seq: fc.nat(0xffff), ack: fc.nat(0xffff), body: bytes,
}, { noNullPrototype: true });

function throughC(stream: Uint8Array): { frames: Frame[]; raw: Uint8Array; damaged: number } {
  const { stdout, stderr, status } = spawnSync(echo, { input: stream, maxBuffer: 1 << 26 });
  assert.is(status, 0, stderr.toString());
  const frames: Frame[] = [];
  createFrameDecoder((one) => frames.push(one)).push(stdout);
  return { frames, raw: stdout, damaged: Number(stderr.toString()) };
}

wanted("the board's decoder and encoder agree with the gateway's on every frame", () => {
  const frames = fc.sample(frame, { numRuns: 600, seed: 3 });
  assert.equal(throughC(Buffer.concat(frames.map(encodeFrame))).frames, frames);
  for (const length of [0, 1, 239, 240, 241, 253, 254, 255, 492, 493, 494, 495, 746, 747, 748, 749, LINK_BODY_BYTES_MAX]) {
    const one: Frame = { kind: "data", session: 0x01010101, seq: 0x0101, ack: 0x0101, body: new Uint8Array(length).fill(7) };
    assert.equal(throughC(encodeFrame(one)).frames, [one], `a body of ${length} bytes without zeros`);
  }
});

wanted("both decoders take the same frames out of a damaged stream, and count the same number of damaged ones", () => {
  const streams = fc.sample(fc.array(fc.oneof(frame.map((one) => encodeFrame(one)), fc.uint8Array({ maxLength: 1500 }), fc.tuple(frame, fc.nat(900), fc.nat(255)).map(([one, at, byte]) => {
    const changed = encodeFrame(one).slice();
    changed[at % changed.length] = byte;
    return changed;
  })), { maxLength: 12 }), { numRuns: 60, seed: 5 });
  for (const pieces of streams) {
    const stream = Buffer.concat(pieces);
    const expected: Frame[] = [];
    const decoder = createFrameDecoder((one) => expected.push(one));
    decoder.push(stream);
    const got = throughC(stream);
    assert.equal(got.frames, expected);
    assert.is(got.damaged, decoder.damaged);
  }
});

test.run();
