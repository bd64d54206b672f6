/** Triggers: every record in order, effects once, whatever fails in between. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { GatewayError } from "../errors.ts";
import { bytes, openStore, type Store } from "../store.ts";
import { realWorld, silentLogger, type World } from "../world.ts";
import { type Log, type LogRecord, type Logs, openLogs, startTrigger, type Trigger, type TriggerOptions } from "./index.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A world in which a pause is over at once, and noted. */
function hastyWorld(): World & { readonly pauses: number[] } {
  const pauses: number[] = [];
  return { ...realWorld(silentLogger), pauses, after(ms, run) { pauses.push(ms); const soon = setImmediate(run); return () => clearImmediate(soon); } };
}

interface Bench { readonly dir: string; readonly store: Store; readonly logs: Logs; readonly world: ReturnType<typeof hastyWorld>; readonly input: Log; readonly output: Log }

async function withLogs(run: (bench: Bench) => Promise<void>, dir = mkdtempSync(join(tmpdir(), "nanolambda-trigger-"))): Promise<void> {
  const store = openStore({ dir });
  const world = hastyWorld();
  const logs = openLogs(store, world);
  try {
    await run({ dir, store, logs, world, input: await logs.create("input"), output: await logs.create("output") });
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A trigger that copies `input` to `output`, unless told otherwise. */
function start({ store, world, input, output }: Bench, options: Partial<TriggerOptions> = {}): Trigger {
  return startTrigger({
    store, world, log: input, name: "copy", batch: 1, startAt: "earliest", onLag: "block", retry: { attempts: 3, backoffMs: 10, backoffMsMax: 25 },
    handle: (records) => Promise.resolve((tx) => { for (const { body } of records) output.appendIn(tx, body); }), ...options,
  });
}

const text = ({ body }: LogRecord): string => decoder.decode(body);
const texts = (log: Log): string[] => log.read(1, Infinity).map(text);
const numbers = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

async function fill(log: Log, from: number, to: number): Promise<void> {
  await Promise.all(numbers(from, to).map((body) => log.append(encoder.encode(body))));
}

/** Resolves when the log's newest record is at least `seq`. */
const reached = (log: Log, seq: number): Promise<void> => log.grown(seq, new AbortController().signal);

test("a trigger sees every record once and in order, in batches no longer than asked", () => withLogs(async (bench) => {
  await fill(bench.input, 1, 400);
  const sizes: number[] = [];
  const trigger = start(bench, { batch: 7, handle: (records) => { sizes.push(records.length); return Promise.resolve((tx) => { for (const { body } of records) bench.output.appendIn(tx, body); }); } });
  await fill(bench.input, 401, 1000);
  await reached(bench.output, 1000);
  await trigger.stop();
  assert.equal(texts(bench.output), numbers(1, 1000));
  assert.ok(Math.max(...sizes) <= 7);
  assert.equal(trigger.state(), { cursor: 1000, lag: 0, failures: 0, dropped: 0 });
}));

test("handlers do not wait for the commits of those before them", () => withLogs(async (bench) => {
  await fill(bench.input, 1, 200);
  let ahead = 0;
  const trigger = start(bench, { handle: (records) => { ahead = Math.max(ahead, (records[0]?.seq ?? 0) - bench.output.info().last); return Promise.resolve((tx) => void bench.output.appendIn(tx, encoder.encode("x"))); } });
  await reached(bench.output, 200);
  await trigger.stop();
  assert.ok(ahead > 10, `only ${ahead} batches were under way at once`);
}));

test("an unsteady handler: whatever throws, in the handler or in its effects, and whenever it is stopped, effects happen once and in order", async () => {
  const plans = fc.record({ batch: fc.integer({ min: 1, max: 5 }), handler: fc.infiniteStream(fc.boolean()), effects: fc.infiniteStream(fc.nat(3)), stops: fc.array(fc.nat(40), { maxLength: 4 }) });
  await fc.assert(fc.asyncProperty(plans, ({ batch, handler, effects, stops }) => withLogs(async (bench) => {
    const options: Partial<TriggerOptions> = {
      batch, retry: { attempts: Infinity, backoffMs: 1, backoffMsMax: 1 },
      async handle(records) {
        if (handler.next().value) await new Promise(setImmediate);
        if (handler.next().value && handler.next().value) throw new Error("the handler fails");
        const fate = effects.next().value;
        return (tx) => {
          for (const { body } of records) bench.output.appendIn(tx, body);
          if (fate === 0) throw new Error("the effects fail");
          if (fate === 1) throw new GatewayError(2003, "the disk is full");
        };
      },
    };
    const filling = fill(bench.input, 1, 60);
    for (const seq of stops) {
      const trigger = start(bench, options);
      await reached(bench.output, seq);
      await trigger.stop();
      assert.is(trigger.state().cursor, bench.output.info().last, "the cursor and the effects are one");
    }
    const trigger = start(bench, options);
    await filling;
    await reached(bench.output, 60);
    await trigger.stop();
    assert.equal(texts(bench.output), numbers(1, 60));
  })), { numRuns: 20 });
});

test("a batch that keeps failing is tried again with growing pauses, put aside with its error, and the next goes on", () => withLogs(async (bench) => {
  const letters = await bench.logs.create("letters");
  let tries = 0;
  const trigger = start(bench, { deadLetter: letters, retry: { attempts: 4, backoffMs: 10, backoffMsMax: 25 }, handle: (records) => {
    const [record] = records;
    if (record && text(record) === "2") { tries++; return Promise.reject(new Error("two is too much")); }
    return Promise.resolve((tx) => { for (const { body } of records) bench.output.appendIn(tx, body); });
  } });
  await fill(bench.input, 1, 3);
  await reached(bench.output, 2);
  await trigger.stop();
  assert.equal(texts(bench.output), ["1", "3"]);
  assert.is(tries, 4);
  assert.equal(bench.world.pauses, [10, 20, 25]);
  assert.is(trigger.state().failures, 4);
  const [letter] = letters.read(1, 9).map((record) => JSON.parse(text(record)) as Record<string, unknown>);
  assert.equal({ ...letter, timeMs: 0 }, { log: "input", trigger: "copy", seq: 2, timeMs: 0, error: "two is too much", body: btoa("2") });
}));

test("a record too large for the dead-letter log leaves a letter without its body", () => withLogs(async (bench) => {
  const letters = await bench.logs.create("letters", { recordBytesMax: 200 });
  const trigger = start(bench, { deadLetter: letters, handle: () => Promise.reject(new Error("no")) });
  await bench.input.append(new Uint8Array(500));
  await reached(letters, 1);
  await trigger.stop();
  assert.match(letters.read(1, 1).map(text).join(""), /"seq":1,.*"bodyBytes":500/);
}));

test("a full disk costs a batch no try", () => withLogs(async (bench) => {
  let tries = 0;
  const trigger = start(bench, { retry: { attempts: 1, backoffMs: 1, backoffMsMax: 1 }, handle: (records) => Promise.resolve((tx) => {
    if (++tries < 5) throw new GatewayError(2003, "the disk is full");
    for (const { body } of records) bench.output.appendIn(tx, body);
  }) });
  await fill(bench.input, 1, 1);
  await reached(bench.output, 1);
  await trigger.stop();
  assert.is(tries, 5);
}));

test("a trigger that starts at the latest record keeps that place when it ends before its first one", () => withLogs(async (bench) => {
  await fill(bench.input, 1, 5);
  await start(bench, { startAt: "latest" }).stop();
  await fill(bench.input, 6, 8);
  const trigger = start(bench, { startAt: "latest" });
  await reached(bench.output, 3);
  await trigger.stop();
  assert.equal(texts(bench.output), ["6", "7", "8"]);
}));

/** A trigger whose handler waits until it is let go. */
function startHeld(bench: Bench, options: Partial<TriggerOptions>): { trigger: Trigger; go: () => void } {
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => { go = resolve; });
  const trigger = start(bench, { ...options, async handle(records) { await gate; return (tx) => { for (const { body } of records) bench.output.appendIn(tx, body); }; } });
  return { trigger, go };
}

test("history is kept for a trigger that lags, and when it lags too far a blocking trigger refuses appends", () => withLogs(async (bench) => {
  await bench.logs.create("input", { history: { records: 2 } });
  const { trigger, go } = startHeld(bench, { onLag: "block", lagRecordsMax: 5 });
  await fill(bench.input, 1, 6);
  assert.is(bench.input.info().records, 6);
  try { await fill(bench.input, 7, 7); assert.unreachable(); } catch (error) { assert.match(String(error), /is full and its trigger still needs record 1; send the record again later/); }
  assert.is(bench.input.info().last, 6);
  go();
  await reached(bench.output, 6);
  await fill(bench.input, 7, 7);
  await reached(bench.output, 7);
  await trigger.stop();
  assert.equal(texts(bench.output), numbers(1, 7));
  assert.is(bench.input.info().records, 2);
}));

test("a trigger that may drop lets appends go on and counts the records it never saw", () => withLogs(async (bench) => {
  await bench.logs.create("input", { history: { records: 2 } });
  const { trigger, go } = startHeld(bench, { onLag: "drop", lagRecordsMax: 5 });
  await fill(bench.input, 1, 1);
  await new Promise(setImmediate);
  await fill(bench.input, 2, 20);
  go();
  await reached(bench.output, 2);
  await fill(bench.input, 21, 21);
  while (texts(bench.output).at(-1) !== "21") await reached(bench.output, bench.output.info().last + 1);
  await trigger.stop();
  const seen = texts(bench.output).map(Number);
  assert.equal([...seen].sort((a, b) => a - b), seen);
  assert.is(trigger.state().dropped, 21 - seen.length);
  assert.ok(trigger.state().dropped > 5);
}));

test("what is appended before a trigger is started again trims nothing that it still needs", async () => {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-trigger-"));
  const store = openStore({ dir });
  const logs = openLogs(store, hastyWorld());
  const before = { dir, store, logs, world: hastyWorld(), input: await logs.create("input", { history: { records: 2 } }), output: await logs.create("output") };
  const first = start(before);
  await fill(before.input, 1, 3);
  await reached(before.output, 3);
  await first.stop();
  await start(before, { name: "forgotten", startAt: "latest" }).stop();
  await store.close();
  await withLogs(async (bench) => {
    await bench.logs.create("input", { history: { records: 2 } });
    await fill(bench.input, 4, 9);
    const trigger = start(bench);
    bench.logs.triggersStarted();
    await reached(bench.output, 9);
    await fill(bench.input, 10, 10);
    await reached(bench.output, 10);
    await trigger.stop();
    assert.equal(texts(bench.output), numbers(1, 10));
    assert.is(bench.input.info().records, 2, "a cursor whose trigger did not start holds nothing");
  }, dir);
});

test("a log has one running trigger of a name", () => withLogs(async (bench) => {
  const trigger = start(bench);
  assert.throws(() => start(bench), /has a trigger copy already/);
  await trigger.stop();
  await start(bench).stop();
}));

test("a trigger of a deleted log ends, and one of a new log of that name begins anew", () => withLogs(async (bench) => {
  const { trigger, go } = startHeld(bench, {});
  await fill(bench.input, 1, 5);
  const deleted = bench.logs.delete("input");
  go();
  await deleted;
  await trigger.stop();
  assert.ok(bench.output.info().last <= 5);
  const before = bench.output.info().last;
  const input = await bench.logs.create("input");
  const anew = start({ ...bench, input });
  await fill(input, 1, 2);
  await reached(bench.output, before + 2);
  await anew.stop();
  assert.is(anew.state().cursor, 2);
}));

test("a damaged record stops its trigger there, and only there, without ending the process", () => withLogs(async (bench) => {
  await fill(bench.input, 1, 3);
  const raw = bench.store.table("records", bytes);
  const [, second] = [...raw.range()];
  if (!second) throw new Error("there is no second record");
  const good = Uint8Array.from(second.value);
  const bad = Uint8Array.from(second.value, (byte, index) => (index === 13 ? byte ^ 1 : byte));
  await bench.store.write((tx) => raw.put(tx, second.key, bad));
  const trigger = start(bench);
  await reached(bench.output, 1);
  while (trigger.state().failures < 4) await new Promise(setImmediate);
  assert.equal(texts(bench.output), ["1"]);
  await bench.store.write((tx) => raw.put(tx, second.key, good));
  await reached(bench.output, 3);
  await trigger.stop();
  assert.equal(texts(bench.output), ["1", "2", "3"]);
}));

test.run();
