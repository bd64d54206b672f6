/**
 * The log's figures: durable appends, one awaited append against a bare fdatasync of the same disk in the same run, lmdb-js's own
 * batched puts, reads, and the time from an append to the start of its handler.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { open } from "lmdb";
import { type Log, type Logs, openLogs, startTrigger } from "../../daemon/log/index.ts";
import { openStore, type Store } from "../../daemon/store.ts";
import { realWorld, silentLogger } from "../../daemon/world.ts";

const BATCHED = 40_000;
/** Appends under way at once, as many connections and boards make them. */
const AT_ONCE = 4096;
const SINGLE = 1000;
const ROUNDS = 3;
const BODY_BYTES = [64, 1024];

const world = realWorld(silentLogger);

interface Percentiles { readonly p50Us: number; readonly p99Us: number }

function percentiles(timesMs: number[]): Percentiles {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 1000);
  return { p50Us: at(0.5), p99Us: at(0.99) };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Operations a second, the median of some rounds. */
async function rate(count: number, run: () => Promise<void> | void): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    await run();
    rates.push((count / (performance.now() - startMs)) * 1000);
  }
  return Math.round(median(rates));
}

/** Many durable writes, `AT_ONCE` under way at once. */
async function batched(write: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < BATCHED; ) {
    const waiting: Promise<unknown>[] = [];
    for (const end = Math.min(n + AT_ONCE, BATCHED); n < end; n++) waiting.push(write(n));
    await Promise.all(waiting);
  }
}

async function benchBatched(dir: string, logs: Logs, bytes: number): Promise<object> {
  const body = new Uint8Array(bytes).fill(7);
  const log = await logs.create(`batched-${bytes}`);
  const ring = await logs.create(`ring-${bytes}`, { history: { records: 32 } });
  const plain = open<Uint8Array, number>({ path: join(dir, `lmdb-${bytes}`), encoding: "binary", overlappingSync: false });
  let key = 0;
  const appendsPerS = await rate(BATCHED, () => batched(() => log.append(body)));
  const ringAppendsPerS = await rate(BATCHED, () => batched(() => ring.append(body)));
  const lmdbPutsPerS = await rate(BATCHED, () => batched(() => plain.put(key++, body)));
  await plain.close();
  return { appendsPerS, ringAppendsPerS, lmdbPutsPerS, ofLmdb: round(appendsPerS / lmdbPutsPerS), readsPerS: await rate(log.info().records, () => readAll(log)) };
}

const round = (value: number): number => Math.round(value * 100) / 100;

function readAll(log: Log): void {
  for (let from = 1; from <= log.info().last; ) from += log.read(from, 1000).length;
}

/** Single appends and bare syncs by turns, so that both meet the same moods of the disk. */
async function benchSingle(dir: string, logs: Logs): Promise<object> {
  const log = await logs.create("single");
  const body = new Uint8Array(64).fill(7);
  const file = openSync(join(dir, "bare"), "w");
  const appends: number[] = [];
  const syncs: number[] = [];
  for (let n = -100; n < SINGLE; n++) {
    const startMs = performance.now();
    await log.append(body);
    const betweenMs = performance.now();
    writeSync(file, body);
    fdatasyncSync(file);
    const endMs = performance.now();
    if (n < 0) continue; // warm
    appends.push(betweenMs - startMs);
    syncs.push(endMs - betweenMs);
  }
  closeSync(file);
  const append = percentiles(appends);
  const fdatasync = percentiles(syncs);
  return { append, fdatasync, ratioP50: round(append.p50Us / fdatasync.p50Us) };
}

/** From the call of append to the start of its handler, one at a time; and how many handlers run a second when many appends are there. */
async function benchTrigger(store: Store, logs: Logs): Promise<object> {
  const log = await logs.create("triggering");
  const output = await logs.create("triggered");
  const body = new Uint8Array(64).fill(7);
  let started = (): void => undefined;
  let seen = 0;
  let inOrder = true;
  const trigger = startTrigger({
    store, world, log, name: "bench", batch: 1, startAt: "earliest", onLag: "block", retry: { attempts: 1, backoffMs: 1, backoffMsMax: 1 },
    handle([record]) {
      inOrder &&= record?.seq === ++seen;
      started();
      return Promise.resolve((tx) => void output.appendIn(tx, body));
    },
  });
  const toHandler: number[] = [];
  for (let n = -100; n < SINGLE; n++) {
    const startMs = performance.now();
    const handled = new Promise<void>((resolve) => { started = resolve; });
    const appended = log.append(body);
    await handled;
    if (n >= 0) toHandler.push(performance.now() - startMs);
    await appended;
    await output.grown(log.info().last, new AbortController().signal); // the handler's own append, so that the next one is alone
  }
  started = () => undefined;
  const handlersPerS = await rate(BATCHED, async () => {
    await Promise.all([batched(() => log.append(body)), output.grown(log.info().last + BATCHED, new AbortController().signal)]);
  });
  await trigger.stop();
  if (!inOrder || output.info().last !== log.info().last) throw new Error("the handlers were not in order, or not once each");
  return { appendToHandler: percentiles(toHandler), handlersPerS };
}

/** Measures in a folder of its own, which is removed afterwards. @returns figures by name; rates are medians of three rounds */
export async function benchLog(): Promise<object> {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-bench-"));
  const store = openStore({ dir: join(dir, "store") });
  const logs = openLogs(store, world);
  try {
    const single = await benchSingle(dir, logs);
    const trigger = await benchTrigger(store, logs);
    const many: Record<string, object> = {};
    for (const bytes of BODY_BYTES) many[`bytes${bytes}`] = await benchBatched(dir, logs, bytes);
    return { single, trigger, batched: many };
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(JSON.stringify(await benchLog(), null, 2));
