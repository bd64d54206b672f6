/** The virtual board and the gateway's session over a cable that loses and damages bytes and is pulled out, in simulated time. */
import { readFileSync } from "node:fs";
import { duplexPair, type Duplex } from "node:stream";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runLink, type Session } from "../../daemon/boards/session.ts";
import { silentLogger, type World } from "../../daemon/world.ts";
import { startVirtualBoard } from "../../device/ports/wasm/virtual-board.ts";

const module = new WebAssembly.Module(readFileSync(new URL("../../device/ports/wasm/iotpy.wasm", import.meta.url)));
const READING_MS = 100;
const RUN_MS = 100_000;

interface Simulation extends World { run(untilMs: number): Promise<void>; random(): number }

/** A world whose time goes from timer to timer. */
function simulate(seed: number): Simulation {
  let now = 0;
  let state = seed;
  let timers: { at: number; run: () => void }[] = [];
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
  return {
    now: () => 1_700_000_000_000 + now,
    monotonic: () => now,
    randomBytes: (length) => Uint8Array.from({ length }, () => random() * 256),
    log: silentLogger,
    random,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => { timers = timers.filter((one) => one !== timer); };
    },
    async run(untilMs) {
      while (now < untilMs) {
        for (let i = 0; i < 4; i++) await new Promise(setImmediate);  // streams deliver in turns of the event loop
        const next = timers.reduce((a, b) => (b.at < a.at ? b : a));
        timers = timers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.run();
      }
    },
  };
}

/** Two ends of a cable on which one piece in ten is lost, damaged or cut. */
function cable(random: () => number): [Duplex, Duplex] {
  const [gateway, left] = duplexPair();
  const [right, board] = duplexPair();
  const carry = (from: Duplex, to: Duplex): void => {
    from.on("data", (piece: Buffer) => {
      const fate = random();
      const bytes = Buffer.from(piece);
      if (fate < 0.04) return;
      if (fate < 0.08) bytes[Math.floor(random() * bytes.length)] = random() * 256;
      if (to.writable) to.write(fate < 0.1 && fate >= 0.08 ? bytes.subarray(0, random() * bytes.length) : bytes);
    });
    from.once("close", () => to.destroy());
  };
  carry(left, right);
  carry(right, left);
  return [gateway, board];
}

for (const seed of [1, 2, 3]) {
  test(`no record is lost or doubled on a bad cable that is pulled out many times (seed ${seed})`, async () => {
    const world = simulate(seed);
    const board = startVirtualBoard({ module, name: "motor-1", clock: world, outboxBytes: 64 * 1024, sensors: { accel: (ms) => ms } });
    const durable: { seq: number; timeMs: number }[] = [];
    let epoch = 0;
    let sessions = 0;
    const last = (): number => durable.at(-1)?.seq ?? 0;
    const configure = (session: Session): void => {
      session.send({ type: "configure", revision: 5 });
      session.send({ type: "log", name: "vibration", history: 8, recordBytes: 16, uplink: true });
      session.send({ type: "sensor", sensor: "accel", log: "vibration", everyMs: READING_MS });
      session.send({ type: "run", revision: 5 });
    };
    function plug(): void {
      const [stream, end] = cable(world.random);
      void board.connect(end);
      void runLink(stream, "cable", {
        welcome: (hello) => ({ epoch: hello.epoch || ++epoch, saved: last() }),
        opened(session, hello) {
          sessions++;
          assert.ok(hello.epoch <= 1, "the board never reboots");
          if (hello.revision !== 5) configure(session);
        },
        received(session, message) {
          if (message.type !== "out") return;
          for (const [i, record] of message.records.entries()) {
            if (message.seq + i > last()) durable.push({ seq: message.seq + i, timeMs: record.timeMs });
          }
          const saved = last();
          if (world.random() < 0.8) world.after(world.random() * 50, () => session.send({ type: "saved", seq: saved }));
        },
        beat: () => undefined,
        closed: () => undefined,
      }, world);
      world.after(500 + world.random() * 8000, () => {
        stream.destroy();
        world.after(world.random() * 2000, plug);
      });
    }
    plug();
    await world.run(RUN_MS);
    board.stop();
    assert.equal(durable.map(({ seq }) => seq), durable.map((_, i) => i + 1), "every number once and in order");
    assert.ok(durable.length > RUN_MS / READING_MS * 0.85, `${durable.length} readings arrived`);
    assert.ok(sessions > 10, `${sessions} sessions`);
    const steps = durable.slice(1).map(({ timeMs }, i) => timeMs - (durable[i]?.timeMs ?? 0));
    assert.ok(steps.every((step) => Math.abs(step - READING_MS) < 60), "each reading has its own time, however late it arrived");
  });
}

test.run();
