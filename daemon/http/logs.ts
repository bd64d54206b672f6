/**
 * Logs over HTTP:
 *
 * ```
 * GET  /_nanolambda/logs                         every log: name, first, last, records, bytes, options
 * GET  /_nanolambda/logs/NAME?from=N&limit=M     records from a sequence number on; without `from` the newest
 * POST /_nanolambda/logs/NAME                    appends the body; answers {"seq"} when it is durable
 * GET  /_nanolambda/logs/NAME/tail?from=N        server-sent events, id = sequence number; resumes after Last-Event-ID
 * ```
 * A record's body that is JSON stands under `value`, any other under `base64`. A read ends early when its bodies reach
 * LOG_READ_BYTES_MAX: go on after the last sequence number it gave. Errors are {"error": {"code", "message"}}.
 */
import type { Context } from "hono";
import { GatewayError, messageOf } from "../errors.ts";
import { LOG_READ_BYTES_MAX, LOG_READ_RECORDS_MAX, SSE_HEARTBEAT_MS } from "../limits.ts";
import type { Log, LogRecord, Logs } from "../log/index.ts";
import type { World } from "../world.ts";
import type { GatewayApp } from "./app.ts";

const READ_RECORDS_DEFAULT = 100;

/** Adds the routes of the logs. */
export function logRoutes(logs: Logs): (app: GatewayApp) => void {
  return (app) => {
    app.get("/_nanolambda/logs", (context) => context.json({ logs: logs.list() }));
    app.get("/_nanolambda/logs/:name", (context) => read(find(logs, context), context));
    app.post("/_nanolambda/logs/:name", (context) => append(find(logs, context), context));
    app.get("/_nanolambda/logs/:name/tail", (context) => tail(find(logs, context), context, logs.world));
  };
}

function find(logs: Logs, context: Context): Log {
  const name = context.req.param("name") ?? "";
  const log = logs.get(name);
  if (!log) throw new GatewayError(6404, `There is no log ${name}; the configuration's logs and boards make logs, and GET /_nanolambda/logs lists them.`);
  return log;
}

function natural(context: Context, name: string, otherwise: number): number {
  const text = context.req.query(name);
  if (text === undefined) return otherwise;
  if (!/^\d{1,15}$/.test(text)) throw new GatewayError(6400, `${name} is a natural number, and ${JSON.stringify(text.slice(0, 40))} is none`);
  return Number(text);
}

function read(log: Log, context: Context): Response {
  const limit = natural(context, "limit", READ_RECORDS_DEFAULT);
  if (limit < 1 || limit > LOG_READ_RECORDS_MAX) throw new GatewayError(6400, `limit is 1 to ${LOG_READ_RECORDS_MAX}; for more, ask again after the last sequence number`);
  const from = natural(context, "from", 0);
  const records = from > 0 ? log.read(from, limit, LOG_READ_BYTES_MAX) : log.latest(limit, LOG_READ_BYTES_MAX);
  const { name, first, last, bytes, options } = log.info();
  const head = JSON.stringify({ name, first, last, bytes, options }).slice(0, -1);
  return new Response(`${head},"records":[${records.map(recordText).join(",")}]}`, { headers: { "content-type": "application/json" } });
}

async function append(log: Log, context: Context): Promise<Response> {
  const body = new Uint8Array(await context.req.arrayBuffer());
  if (/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(context.req.header("content-type") ?? "")) requireJson(body);
  try {
    const { seq } = await log.append(body);
    return context.json({ seq }, 201);
  } catch (error) {
    throw asHttp(error);
  }
}

/** What the log refuses, as what HTTP calls it: too large, too many, gone. */
const STATUS_CODES: Record<number, number> = { 2103: 6413, 2105: 6429, 2106: 6404 };

function asHttp(error: unknown): unknown {
  const code = error instanceof GatewayError ? STATUS_CODES[error.code] : undefined;
  return code === undefined ? error : new GatewayError(code, messageOf(error), { cause: error });
}

function parseJson(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
}

function requireJson(body: Uint8Array): void {
  try {
    parseJson(body);
  } catch (cause) {
    throw new GatewayError(6400, `the body is not JSON, although its content type says so (${messageOf(cause)}); send JSON, or another content type`, { cause });
  }
}

/** A record as one line of JSON text. Its value stands as it was written, so that no digit is lost. */
function recordText({ seq, timeMs, origin, body }: LogRecord): string {
  const head = JSON.stringify({ seq, timeMs, ...(origin ? { origin } : {}) }).slice(0, -1);
  return `${head},${contentText(body)}}`;
}

function contentText(body: Uint8Array): string {
  try {
    parseJson(body);
  } catch {
    return `"base64":"${Buffer.from(body).toString("base64")}"`;
  }
  // Between its tokens JSON may have line ends, which would end an event's line; in strings it has none.
  return `"value":${Buffer.from(body).toString().replace(/[\r\n]+/g, " ")}`;
}

/** Server-sent events (WHATWG HTML, section 9.2): pulled, so that a slow reader holds nothing up but itself. */
function tail(log: Log, context: Context, world: World): Response {
  const lastId = context.req.header("last-event-id");
  const from = lastId !== undefined && /^\d{1,15}$/.test(lastId) ? Number(lastId) + 1 : natural(context, "from", log.info().last + 1);
  const stopping = new AbortController();
  const { signal } = stopping;
  const encoder = new TextEncoder();
  const records = log.tail(from, signal)[Symbol.asyncIterator]();
  let waiting: Promise<IteratorResult<LogRecord>> | undefined;
  const next = async (): Promise<string | undefined> => {
    waiting ??= records.next();
    const result = await withinBeat(waiting, world);
    if (result === "beat") return ": still here\n\n";
    waiting = undefined;
    return result.done ? undefined : event(result.value);
  };
  const stop = (): void => stopping.abort();
  context.req.raw.signal.addEventListener("abort", stop, { once: true });
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(": tail\n\n")),
    async pull(controller) {
      const text = await next().catch((error: unknown) => { stop(); return failure(error); });
      if (text !== undefined) controller.enqueue(encoder.encode(text));
      if (text === undefined || signal.aborted) controller.close();
    },
    cancel: stop,
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" } });
}

function event(record: LogRecord): string {
  return `id: ${record.seq}\ndata: ${recordText(record)}\n\n`;
}

/** The last event of a tail that cannot go on. */
function failure(error: unknown): string {
  return `event: error\ndata: ${JSON.stringify({ error: { code: error instanceof GatewayError ? error.code : 6000, message: messageOf(error) } })}\n\n`;
}

/** What was waited for, or "beat" after a silence that proxies would take for death. */
async function withinBeat<T>(waiting: Promise<T>, world: World): Promise<T | "beat"> {
  let cancel = (): void => undefined;
  const beat = new Promise<"beat">((resolve) => { cancel = world.after(SSE_HEARTBEAT_MS, () => resolve("beat")); });
  try {
    return await Promise.race([waiting, beat]);
  } finally {
    cancel();
  }
}
