/** Logs against a model, and each promise of theirs by itself. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bytes, openStore } from "../store.ts";
import { realWorld, silentLogger, type World } from "../world.ts";
import { type LogRecord, type Logs, openLogs, type Origin } from "./index.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const text = (record: LogRecord): string => decoder.decode(record.body);

/** A world whose clock the test sets. */
function testWorld(): World & { nowMs: number } {
  return { ...realWorld(silentLogger), nowMs: 1_700_000_000_000, now() { return this.nowMs; } };
}

/** Logs in a folder of their own, which can be closed and opened again. */
class Bench {
  readonly dir = mkdtempSync(join(tmpdir(), "nanolambda-log-"));
  readonly world = testWorld();
  store = openStore({ dir: this.dir });
  logs: Logs = openLogs(this.store, this.world);

  async reopen(): Promise<void> {
    await this.store.close();
    this.store = openStore({ dir: this.dir });
    this.logs = openLogs(this.store, this.world);
  }

  async end(): Promise<void> {
    await this.store.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

async function withLogs(run: (bench: Bench) => Promise<void>): Promise<void> {
  const bench = new Bench();
  try {
    await run(bench);
  } finally {
    await bench.end();
  }
}

async function rejects(promise: Promise<unknown>, code: number): Promise<void> {
  try {
    await promise;
  } catch (error) {
    assert.is((error as { code?: unknown }).code, code, String(error));
    return;
  }
  assert.unreachable(`should have failed with ${code}`);
}

interface ModelRecord { seq: number; timeMs: number; body: string; origin?: Origin }
interface History { records?: number; bytes?: number; ageMs?: number }

/** What a log is, without a disk. */
class Model {
  records: ModelRecord[] = [];
  last = 0;
  readonly seen = new Map<string, Origin>();
  history: History;

  constructor(history: History) {
    this.history = history;
  }

  append(body: string, timeMs: number, origin?: Origin): { seq: number; duplicate: boolean } {
    const before = origin && this.seen.get(origin.board);
    if (origin && before && (origin.epoch < before.epoch || (origin.epoch === before.epoch && origin.seq <= before.seq))) return { seq: 0, duplicate: true };
    if (origin) this.seen.set(origin.board, origin);
    this.records.push({ seq: ++this.last, timeMs, body, ...(origin ? { origin } : {}) });
    this.trim(timeMs);
    return { seq: this.last, duplicate: false };
  }

  trim(nowMs: number): void {
    const { records = Infinity, bytes: bytesMax = Infinity, ageMs = Infinity } = this.history;
    const over = (): boolean => this.records.length > records || this.bytes() > bytesMax || nowMs - (this.records[0]?.timeMs ?? nowMs) > ageMs;
    while (this.records.length > 1 && over()) this.records.shift();
  }

  bytes(): number {
    return this.records.reduce((sum, { body }) => sum + encoder.encode(body).length, 0);
  }
}

type Step =
  | { kind: "append"; bodies: { body: string; origin?: Origin | undefined; fails: boolean }[]; laterMs: number }
  | { kind: "reopen" }
  | { kind: "history"; history: History };

const origins = fc.record({ board: fc.constantFrom("a", "ü"), epoch: fc.nat(2), seq: fc.nat(6) }, { noNullPrototype: true });
const histories: fc.Arbitrary<History> = fc.record({ records: fc.integer({ min: 1, max: 6 }), bytes: fc.integer({ min: 1, max: 60 }), ageMs: fc.integer({ min: 1, max: 50 }) }, { requiredKeys: [], noNullPrototype: true });
const appends = fc.array(fc.record({ body: fc.string({ maxLength: 20, unit: "grapheme" }), origin: fc.option(origins, { nil: undefined }), fails: fc.boolean() }), { minLength: 1, maxLength: 5 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("append" as const), bodies: appends, laterMs: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "reopen" as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("history" as const), history: histories }) },
);

/** Everything a reader can ask, of the log and of the model. */
function compare(bench: Bench, model: Model): void {
  const log = bench.logs.get("log");
  if (!log) throw new Error("the log is missing");
  const first = model.records[0]?.seq ?? model.last + 1;
  assert.equal(log.info(), { name: "log", first, last: model.last, records: model.records.length, bytes: model.bytes(), options: { recordBytesMax: 65536, history: model.history } });
  const plain = (records: LogRecord[]): ModelRecord[] => records.map((record) => ({ seq: record.seq, timeMs: record.timeMs, body: text(record), ...(record.origin ? { origin: record.origin } : {}) }));
  assert.equal(plain(log.read(0, Infinity)), model.records);
  const middle = first + 2;
  assert.equal(plain(log.read(middle, 2)), model.records.filter(({ seq }) => seq >= middle).slice(0, 2));
  assert.equal(plain(log.latest(3)), model.records.slice(-3));
  assert.equal(log.read(model.last + 1, 5), []);
  for (const board of ["a", "ü"]) {
    const seen = model.seen.get(board);
    assert.equal(log.originOf(board), seen && { epoch: seen.epoch, seq: seen.seq });
  }
}

async function play(step: Step, bench: Bench, model: Model): Promise<void> {
  if (step.kind === "reopen") return bench.reopen();
  if (step.kind === "history") {
    model.history = step.history;
    model.trim(bench.world.nowMs);
    return void (await bench.logs.create("log", { history: step.history }));
  }
  const log = bench.logs.get("log");
  if (!log) throw new Error("the log is missing");
  bench.world.nowMs += step.laterMs;
  const results = step.bodies.map(({ body, origin, fails }) => bench.store.write((tx) => {
    const appended = log.appendIn(tx, encoder.encode(body), origin ? { origin } : {});
    if (fails) throw new RangeError("taken back");
    return appended;
  }).catch((error: unknown) => { if (!(error instanceof RangeError)) throw error; return "failed"; }));
  const expected = step.bodies.map(({ body, origin, fails }) => (fails ? "failed" : model.append(body, bench.world.nowMs, origin)));
  assert.equal(await Promise.all(results), expected);
}

test("a log equals its model: appends, resent and failed appends, every kind of history, reopening", async () => {
  await fc.assert(fc.asyncProperty(histories, fc.array(steps, { maxLength: 25 }), (history, all) => withLogs(async (bench) => {
    const model = new Model(history);
    await bench.logs.create("log", { history });
    for (const step of all) {
      await play(step, bench, model);
      compare(bench, model);
    }
  })), { numRuns: 70 });
});

test("a tail gives history and then what is appended, each record once, and ends with its signal", () => withLogs(async ({ logs }) => {
  const log = await logs.create("log");
  const stopping = new AbortController();
  const seen: number[] = [];
  for (let n = 1; n <= 300; n++) void log.append(encoder.encode(String(n)));
  await log.append(encoder.encode("301"));
  const reading = (async () => {
    for await (const record of log.tail(290, stopping.signal)) {
      seen.push(record.seq);
      assert.is(text(record), String(record.seq));
      if (record.seq === 600) stopping.abort();
    }
  })();
  for (let n = 302; n <= 650; n++) {
    const done = log.append(encoder.encode(String(n)));
    if (n % 7 === 0) await done;
  }
  await reading;
  assert.equal(seen, Array.from({ length: 311 }, (_, index) => 290 + index));
}));

test("a tail whose records were trimmed goes on at the oldest there is", () => withLogs(async ({ logs }) => {
  const log = await logs.create("log", { history: { records: 3 } });
  for (let n = 1; n <= 10; n++) await log.append(encoder.encode(String(n)));
  const stopping = new AbortController();
  const seen: number[] = [];
  for await (const { seq } of log.tail(2, stopping.signal)) { seen.push(seq); if (seq === 10) stopping.abort(); }
  assert.equal(seen, [8, 9, 10]);
}));

test("a tail of a deleted log ends, appends to it fail, and a new log of its name is empty", () => withLogs(async (bench) => {
  const log = await bench.logs.create("log");
  for (let n = 0; n < 2500; n++) void log.append(encoder.encode("x"), { origin: { board: "b", epoch: 1, seq: n } });
  await log.append(encoder.encode("y"));
  const reading = (async () => { for await (const { seq } of log.tail(1, new AbortController().signal)) assert.ok(seq <= 2501); })();
  const late = bench.logs.delete("log").then(() => undefined);
  await rejects(log.append(encoder.encode("z")), 2106);
  await late;
  await reading;
  assert.is(bench.logs.get("log"), undefined);
  assert.equal([...bench.store.table("records", bytes).range()], []);
  const anew = await bench.logs.create("log");
  assert.is(anew.info().last, 0);
  assert.equal(await anew.append(encoder.encode("x"), { origin: { board: "b", epoch: 1, seq: 1 } }), { seq: 1, duplicate: false });
  await bench.reopen();
  assert.is(bench.logs.get("log")?.info().last, 1);
}));

test("a delete that a crash cut short is finished at the next start", () => withLogs(async (bench) => {
  const log = await bench.logs.create("log");
  for (let n = 0; n < 5; n++) await log.append(encoder.encode("x"));
  const half = bench.logs.delete("log").catch((error: { code: number }) => error.code);
  // Closed as soon as the log is marked, before its records are swept away.
  while (bench.logs.get("log")) await new Promise(setImmediate);
  await bench.store.close();
  assert.is(await half, 2002);
  bench.store = openStore({ dir: bench.dir });
  const records = bench.store.table("records", bytes);
  assert.is([...records.range()].length, 5);
  bench.logs = openLogs(bench.store, bench.world);
  await bench.store.write(() => undefined);
  await bench.store.write(() => undefined);
  assert.equal([...records.range()], []);
}));

test("a record whose bytes changed on disk is an error that names it, and those before it can be read", () => withLogs(async ({ logs, store }) => {
  const log = await logs.create("log", { history: { records: 4 } });
  for (let n = 1; n <= 4; n++) await log.append(encoder.encode(`body ${n}`));
  const raw = store.table("records", bytes);
  const [, , third] = [...raw.range()];
  if (!third) throw new Error("there is no third record");
  third.value[15] = (third.value[15] ?? 0) ^ 1;
  await store.write((tx) => raw.put(tx, third.key, third.value));
  assert.equal(log.read(1, 10).map(text), ["body 1", "body 2"]);
  assert.throws(() => log.read(3, 10), /record 3 of the log log: its checksum is wrong.*restore it from a copy/);
  assert.equal(log.latest(4).map(text), ["body 4"]);
  for (let n = 5; n <= 7; n++) await log.append(encoder.encode(`body ${n}`));
  assert.equal(log.read(1, 10).map(text), ["body 4", "body 5", "body 6", "body 7"], "a damaged record is trimmed like any other");
}));

test("a read stops at its limit of bytes, but gives at least one record", () => withLogs(async ({ logs }) => {
  const log = await logs.create("log");
  for (let n = 0; n < 5; n++) await log.append(new Uint8Array(100));
  assert.is(log.read(1, 10, 250).length, 2);
  assert.is(log.read(1, 10, 1).length, 1);
  assert.equal(log.latest(10, 250).map(({ seq }) => seq), [4, 5]);
}));

test("a history made shorter is trimmed at once, however long it was", () => withLogs(async ({ logs }) => {
  const log = await logs.create("log");
  for (let n = 0; n < 2999; n++) void log.append(encoder.encode("x"));
  await log.append(encoder.encode("x"));
  assert.is(await logs.create("log"), log);
  assert.is(log.info().records, 3000, "without options a log stays as it is");
  await logs.create("log", { history: { records: 2 } });
  assert.equal(log.info(), { name: "log", first: 2999, last: 3000, records: 2, bytes: 2, options: { recordBytesMax: 65536, history: { records: 2 } } });
}));

test("names, options, records and origins out of range are refused by number", () => withLogs(async ({ logs }) => {
  await rejects(logs.create(""), 2102);
  await rejects(logs.create("é".repeat(129)), 2102);
  await rejects(logs.create("log", { recordBytesMax: 0 }), 2102);
  await rejects(logs.create("log", { history: { records: 0 } }), 2102);
  const log = await logs.create("log", { recordBytesMax: 10 });
  await rejects(log.append(new Uint8Array(11)), 2103);
  for (const origin of [{ board: "", epoch: 1, seq: 1 }, { board: "b".repeat(256), epoch: 1, seq: 1 }, { board: "b", epoch: 2 ** 32, seq: 1 }, { board: "b", epoch: 1, seq: -1 }, { board: "b", epoch: 0.5, seq: 1 }]) {
    await rejects(log.append(new Uint8Array(1), { origin }), 2107);
  }
  assert.is(log.info().last, 0);
}));

test.run();
