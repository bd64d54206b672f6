/** The logs' routes, called without a server; a client that goes away needs a real one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SSE_HEARTBEAT_MS } from "../limits.ts";
import { type Log, type Logs, openLogs } from "../log/index.ts";
import { bytes, openStore, type Store } from "../store.ts";
import { realWorld, silentLogger, type World } from "../world.ts";
import { createApp, type GatewayApp } from "./app.ts";
import { logRoutes } from "./logs.ts";
import { serve } from "./serve.ts";

const encoder = new TextEncoder();

/** A world whose clock stands still and whose timers the test fires. */
interface HandWorld extends World {
  readonly timers: Map<() => void, number>;
}

function handWorld(): HandWorld {
  const timers = new Map<() => void, number>();
  return { ...realWorld(silentLogger), timers, now: () => 1_700_000_000_000, after: (ms, run) => { timers.set(run, ms); return () => void timers.delete(run); } };
}

interface Bench { readonly app: GatewayApp; readonly logs: Logs; readonly store: Store; readonly world: HandWorld }

function appOf(logs: Logs, world: World): GatewayApp {
  const nothing = (): Promise<Response> => Promise.resolve(new Response());
  return createApp({ world, credentials: [], s3: nothing, lambda: nothing, routes: [logRoutes(logs)] });
}

async function withApp(run: (bench: Bench) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-http-logs-"));
  const store = openStore({ dir });
  const world = handWorld();
  const logs = openLogs(store, world);
  try {
    await run({ app: appOf(logs, world), logs, store, world });
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

const at = (path: string): string => `http://localhost/_nanolambda/logs${path}`;
const get = (app: GatewayApp, path: string, headers: Record<string, string> = {}): Promise<Response> => Promise.resolve(app.fetch(new Request(at(path), { headers })));
const post = (app: GatewayApp, path: string, body: BodyInit, type?: string): Promise<Response> =>
  Promise.resolve(app.fetch(new Request(at(path), { method: "POST", body, headers: type ? { "content-type": type } : {} })));

async function refused(answer: Response, status: number, code: number, message: RegExp): Promise<void> {
  const { error } = (await answer.json()) as { error: { code: number; message: string } };
  assert.equal([answer.status, error.code], [status, code]);
  assert.match(error.message, message);
}

test("what is posted is durable when answered and can be read by number or as the newest", () => withApp(async ({ app, logs }) => {
  await logs.create("log");
  for (let n = 1; n <= 5; n++) {
    const answer = await post(app, "/log", `{"n":${n}}`, "application/json");
    assert.equal([answer.status, await answer.json()], [201, { seq: n }]);
  }
  const from = (await (await get(app, "/log?from=2&limit=2")).json()) as { records: object[] };
  assert.equal(from.records, [{ seq: 2, timeMs: 1_700_000_000_000, value: { n: 2 } }, { seq: 3, timeMs: 1_700_000_000_000, value: { n: 3 } }]);
  const newest = (await (await get(app, "/log?limit=1")).json()) as { last: number; records: { value: object }[] };
  assert.equal([newest.last, newest.records.map(({ value }) => value)], [5, [{ n: 5 }]]);
  const list = (await (await get(app, "")).json()) as { logs: object[] };
  assert.equal(list.logs, [{ name: "log", first: 1, last: 5, records: 5, bytes: 35, options: { recordBytesMax: 65536, history: {} } }]);
}));

test("a body that is no JSON comes back as base64, and JSON comes back with every digit", () => withApp(async ({ app, logs }) => {
  await logs.create("s3/bücket");
  const path = `/${encodeURIComponent("s3/bücket")}`;
  await post(app, path, new Uint8Array([255, 0, 1]));
  await post(app, path, '[12345678901234567890,\r\n 1.10]', "application/json; charset=utf-8");
  const text = await (await get(app, path)).text();
  assert.match(text, /"base64":"\/wAB"/);
  assert.match(text, /"value":\[12345678901234567890,\s+1\.10\]/);
}));

test("what cannot be served is refused with what to do", () => withApp(async ({ app, logs }) => {
  const log = await logs.create("log", { recordBytesMax: 10, history: { records: 1 } });
  await refused(await get(app, "/nolog"), 404, 6404, /no log nolog.*GET \/_nanolambda\/logs lists them/);
  await refused(await post(app, "/nolog", "1"), 404, 6404, /no log/);
  await refused(await get(app, "/log?from=-1"), 400, 6400, /from is a natural number/);
  await refused(await get(app, "/log?limit=0"), 400, 6400, /limit is 1 to 1000/);
  await refused(await get(app, "/log?limit=1001"), 400, 6400, /ask again after the last sequence number/);
  await refused(await get(app, "/log/tail?from=x"), 400, 6400, /from is a natural number/);
  await refused(await post(app, "/log", "{", "application/json"), 400, 6400, /is not JSON/);
  await refused(await post(app, "/log", new Uint8Array([34, 255, 34]), "application/json"), 400, 6400, /is not JSON/);
  await refused(await post(app, "/log", "12345678901"), 413, 6413, /11 bytes, and the log log takes 10/);
  log.hold("slow", { cursor: () => 0, lagRecordsMax: 0, onLag: "block" });
  await post(app, "/log", "1");
  await refused(await post(app, "/log", "2"), 429, 6429, /send the record again later/);
}));

/** Reads events off a tail; comments count as events of their own. */
function eventsOf(answer: Response): { next(): Promise<string>; cancel(): Promise<void> } {
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  return {
    async next() {
      while (!rest.includes("\n\n")) {
        const { value, done } = await reader.read();
        if (done) return "end";
        rest += value;
      }
      const end = rest.indexOf("\n\n");
      const event = rest.slice(0, end);
      rest = rest.slice(end + 2);
      return event;
    },
    cancel: () => reader.cancel(),
  };
}

test("a tail sends history, then what is appended, and goes on after Last-Event-ID", () => withApp(async ({ app, logs }) => {
  const log = await logs.create("log");
  for (const body of ["1", "[\n2]", "3"]) await log.append(encoder.encode(body));
  const answer = await get(app, "/log/tail?from=2");
  assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
  const events = eventsOf(answer);
  assert.is(await events.next(), ": tail");
  assert.is(await events.next(), 'id: 2\ndata: {"seq":2,"timeMs":1700000000000,"value":[ 2]}');
  assert.match(await events.next(), /^id: 3\n/);
  const fourth = events.next();
  await log.append(encoder.encode("4"));
  assert.match(await fourth, /^id: 4\n/);
  await events.cancel();
  const resumed = eventsOf(await get(app, "/log/tail?from=1", { "last-event-id": "3" }));
  await resumed.next();
  assert.match(await resumed.next(), /^id: 4\n/);
  await logs.delete("log");
  assert.is(await resumed.next(), "end");
}));

test("a silent tail shows that it lives, and an ended one leaves no timer behind", () => withApp(async ({ app, logs, world }) => {
  await logs.create("log");
  const events = eventsOf(await get(app, "/log/tail"));
  await events.next();
  for (let beats = 0; beats < 2; beats++) {
    const beat = events.next();
    await new Promise(setImmediate);
    const [[run, ms] = [() => assert.unreachable("no timer is set"), 0]] = world.timers;
    assert.is(ms, SSE_HEARTBEAT_MS);
    world.timers.delete(run);
    run();
    assert.is(await beat, ": still here");
  }
  await events.cancel();
  await new Promise(setImmediate);
  assert.is(world.timers.size, 0);
}));

test("a slow reader of a tail holds back the tail, not the memory", () => withApp(async ({ app, logs, store }) => {
  const log = await logs.create("log", { recordBytesMax: 200_000 });
  for (let n = 0; n < 30; n++) await log.append(new Uint8Array(200_000));
  const raw = store.table("records", bytes);
  const events = eventsOf(await get(app, "/log/tail?from=1"));
  await events.next();
  await events.next();
  for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
  // The tail reads LOG_READ_BYTES_MAX ahead at most, so records far behind are still on disk only: damage to the last is met late.
  const last = [...raw.range()].at(-1);
  if (!last) throw new Error("there is no record");
  await store.write((tx) => raw.put(tx, last.key, Uint8Array.from(last.value, (byte, index) => (index === 20 ? 1 : byte))));
  const rest: string[] = [];
  for (let event = await events.next(); event !== "end"; event = await events.next()) rest.push(event.slice(0, 100));
  assert.is(rest.length, 29);
  assert.match(rest.at(-1) ?? "", /^event: error\ndata: {"error":{"code":2101,"message":"record 30/);
}));

/** The logs, with a count of the tails that run. */
function countTails(logs: Logs): { logs: Logs; running(): number } {
  let running = 0;
  const counted = (log: Log): Log => Object.assign(Object.create(log) as Log, {
    async *tail(from: number, signal: AbortSignal) { running++; try { yield* log.tail(from, signal); } finally { running--; } },
  });
  return { logs: { ...logs, get(name) { const log = logs.get(name); return log && counted(log); } }, running: () => running };
}

test("a client that goes away ends its tail", () => withApp(async ({ logs }) => {
  const log = await logs.create("log");
  const counted = countTails(logs);
  const app = appOf(counted.logs, realWorld(silentLogger));
  const serving = await serve((request, transport) => app.fetch(request, transport), { host: "127.0.0.1", port: 0 });
  try {
    const leaving = new AbortController();
    const answer = await fetch(`http://127.0.0.1:${serving.port}/_nanolambda/logs/log/tail`, { signal: leaving.signal });
    const events = eventsOf(answer);
    await events.next();
    const first = events.next();
    await log.append(encoder.encode("1"));
    await first;
    assert.is(counted.running(), 1);
    const gone = events.next().catch(() => "gone");
    leaving.abort();
    await gone;
    while (counted.running() > 0) await new Promise(setImmediate);
  } finally {
    await serving.close();
  }
}));

test.run();
