/**
 * Logs over HTTP:
 *
 * ```
 * GET  /_nanolambda/logs                         every log: name, first, last, bytes, options
 * GET  /_nanolambda/logs/NAME?from=N&limit=M     records from a sequence number on; without `from` the newest
 * POST /_nanolambda/logs/NAME                    appends the body; answers {"seq"} when it is durable
 * GET  /_nanolambda/logs/NAME/tail?from=N        server-sent events, id = sequence number; resumes after Last-Event-ID
 * ```
 * A record's body that is JSON stands under `value`, any other under `base64`.
 */
import type { Context } from "hono";
import { GatewayError } from "../errors.ts";
import { LOG_READ_RECORDS_MAX, SSE_HEARTBEAT_MS } from "../limits.ts";
import type { Log, LogRecord, Logs } from "../log/index.ts";
import type { GatewayApp } from "./app.ts";

const READ_RECORDS_DEFAULT = 100;

/** Adds the routes of the logs. */
export function logRoutes(logs: Logs): (app: GatewayApp) => void {
  return (app) => {
    app.get("/_nanolambda/logs", (context) => context.json({ logs: logs.list() }));
    app.get("/_nanolambda/logs/:name", (context) => {
      const log = find(logs, context);
      const limit = natural(context, "limit", READ_RECORDS_DEFAULT);
      if (limit > LOG_READ_RECORDS_MAX) throw new GatewayError(6401, `limit is at most ${LOG_READ_RECORDS_MAX}; ask again from the last sequence number`);
      const from = natural(context, "from", 0);
      const records = from > 0 ? log.read(from, limit) : log.latest(limit);
      return context.json({ ...log.info(), records: records.map(describe) });
    });
    app.post("/_nanolambda/logs/:name", async (context) => {
      const log = find(logs, context);
      const body = new Uint8Array(await context.req.arrayBuffer());
      if ((context.req.header("content-type") ?? "").startsWith("application/json")) requireJson(body);
      const { seq } = await log.append(body);
      return context.json({ seq }, 201);
    });
    app.get("/_nanolambda/logs/:name/tail", (context) => tail(find(logs, context), context, logs));
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
  if (!/^\d{1,15}$/.test(text)) throw new GatewayError(6401, `${name} is a natural number, and ${JSON.stringify(text.slice(0, 40))} is none`);
  return Number(text);
}

function requireJson(body: Uint8Array): void {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new GatewayError(6402, "the body is not JSON, although its content type says so; send JSON, or another content type", { cause });
  }
}

/** A record as JSON shows it. */
export function describe({ seq, timeMs, origin, body }: LogRecord): object {
  return { seq, timeMs, ...(origin ? { origin } : {}), ...content(body) };
}

function content(body: Uint8Array): object {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown };
  } catch {
    return { base64: Buffer.from(body).toString("base64") };
  }
}

/** Server-sent events (WHATWG HTML, section 9.2): pulled, so that a slow reader holds nothing up but itself. */
function tail(log: Log, context: Context, logs: Logs): Response {
  const lastId = context.req.header("last-event-id");
  const from = lastId !== undefined && /^\d{1,15}$/.test(lastId) ? Number(lastId) + 1 : natural(context, "from", log.info().last + 1);
  const stopping = new AbortController();
  const records = log.tail(from, stopping.signal)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let waiting: Promise<IteratorResult<LogRecord>> | undefined;
  context.req.raw.signal.addEventListener("abort", () => stopping.abort(), { once: true });
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(": tail\n\n")),
    async pull(controller) {
      waiting ??= records.next();
      const beat = heartbeat(logs);
      const result = await Promise.race([waiting, beat.due]);
      beat.cancel();
      if (result === undefined) return controller.enqueue(encoder.encode(": still here\n\n"));
      waiting = undefined;
      if (result.done) return controller.close();
      controller.enqueue(encoder.encode(`id: ${result.value.seq}\ndata: ${JSON.stringify(describe(result.value))}\n\n`));
    },
    cancel: () => stopping.abort(),
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" } });
}

function heartbeat({ world }: Logs): { due: Promise<undefined>; cancel: () => void } {
  let cancel = (): void => undefined;
  const due = new Promise<undefined>((resolve) => { cancel = world.after(SSE_HEARTBEAT_MS, () => resolve(undefined)); });
  return { due, cancel };
}
