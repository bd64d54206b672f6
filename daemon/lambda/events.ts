/**
 * Event invocations: durable in a log of their function before they are acknowledged, then run with retries; what still fails goes
 * to the log `lambda.dead-letters`. A record is a line of JSON about the invocation, a line feed, and the event as it was sent.
 */
import { messageOf } from "../errors.ts";
import { DEAD_LETTER_BYTES_MAX, DEAD_LETTER_RECORDS, EVENT_ATTEMPTS, EVENT_BACKOFF_MS, EVENT_BATCH, INVOKE_EVENT_BYTES_MAX } from "../limits.ts";
import { type Log, type LogRecord, type Logs, startTrigger, type Trigger } from "../log/index.ts";
import type { InvokeResult } from "../sandbox/index.ts";
import type { WriteTransaction } from "../store.ts";
import type { FunctionRecord, Functions } from "./functions.ts";
import { errorOf, type Invocation, type Invocations } from "./invocations.ts";

export const DEAD_LETTERS = "lambda.dead-letters";
/** Room for the line about the invocation: its id and a client context. */
const HEAD_BYTES_MAX = 8 * 1024;

interface Queue {
  readonly log: Log;
  readonly trigger: Trigger;
}

export interface EventsOptions {
  readonly functions: Functions;
  readonly invocations: Invocations;
  readonly logs: Logs;
  /** Between the tries of one event. */
  readonly backoffMs?: number;
}

export class Events {
  private readonly options: EventsOptions;
  /** By the function's uid. */
  private readonly queues = new Map<string, Promise<Queue>>();
  private readonly letters: Promise<Log>;

  constructor(options: EventsOptions) {
    this.options = options;
    this.letters = options.logs.create(DEAD_LETTERS, { recordBytesMax: DEAD_LETTER_BYTES_MAX, history: { records: DEAD_LETTER_RECORDS } });
  }

  /** What an earlier run of the gateway acknowledged goes on. */
  resume(): void {
    const { functions, logs } = this.options;
    for (const record of functions.list()) if (logs.get(queueName(record))) this.queueOf(record).catch(() => {});
  }

  /** Resolves when the invocation is durable. @throws GatewayError 2105 too many wait */
  async add(record: FunctionRecord, { event, requestId, clientContext = "" }: Invocation): Promise<void> {
    const { log } = await this.queueOf(record);
    await log.append(Buffer.from(`${JSON.stringify({ requestId, clientContext })}\n${event}`));
  }

  /** The function is gone: what waits for it goes too. */
  async drop(record: FunctionRecord): Promise<void> {
    const queue = await this.queues.get(record.uid);
    this.queues.delete(record.uid);
    await queue?.trigger.stop();
    await this.options.logs.delete(queueName(record));
  }

  async stop(): Promise<void> {
    for (const queue of this.queues.values()) await (await queue.catch(() => undefined))?.trigger.stop();
  }

  private queueOf(record: FunctionRecord): Promise<Queue> {
    let queue = this.queues.get(record.uid);
    if (!queue) this.queues.set(record.uid, (queue = this.openQueue(record)));
    return queue;
  }

  private async openQueue(record: FunctionRecord): Promise<Queue> {
    const { logs } = this.options;
    await this.letters;
    const log = await logs.create(queueName(record), { recordBytesMax: INVOKE_EVENT_BYTES_MAX + HEAD_BYTES_MAX, history: { records: 1 } });
    const trigger = startTrigger({
      store: logs.store, world: logs.world, log, name: "events", batch: EVENT_BATCH, startAt: "earliest", onLag: "block",
      // A try of the whole batch fails only for the gateway's own reasons; those of the functions are counted in `settle`.
      retry: { attempts: Number.MAX_SAFE_INTEGER, backoffMs: EVENT_BACKOFF_MS, backoffMsMax: 30_000 },
      handle: (records, signal) => this.handle(record.name, records, signal),
    });
    return { log, trigger };
  }

  private async handle(name: string, records: LogRecord[], signal: AbortSignal): Promise<(tx: WriteTransaction) => void> {
    const effects = await Promise.all(records.map((one) => this.settle(name, one, signal)));
    return (tx) => { for (const effect of effects) effect(tx); };
  }

  /** Tries one event until it succeeds or is given up; returns what that writes. */
  private async settle(name: string, { seq, timeMs, body }: LogRecord, signal: AbortSignal): Promise<(tx: WriteTransaction) => void> {
    const { functions, invocations, backoffMs = EVENT_BACKOFF_MS } = this.options;
    const { event, ...head } = parseRecord(body);
    for (let attempt = 1; ; attempt++) {
      const record = functions.find(name);
      if (!record) return () => {};
      const result = await invocations.run(record, { event, ...head });
      if (!result.functionError) return (tx) => invocations.commit(tx, result);
      if (attempt >= EVENT_ATTEMPTS) return await this.giveUp({ name, seq, timeMs, attempts: attempt, event, ...head }, result);
      await this.pause(backoffMs * 2 ** (attempt - 1), signal);
    }
  }

  private async giveUp(letter: { name: string; seq: number; timeMs: number; attempts: number; event: string; requestId: string }, result: InvokeResult): Promise<(tx: WriteTransaction) => void> {
    const { event, name, ...rest } = letter;
    const letters = await this.letters;
    this.options.logs.world.log.warn({ function: name, requestId: rest.requestId, reason: messageOf(errorOf(result)) }, "an event invocation was given up");
    const head = JSON.stringify({ function: name, ...rest }).slice(0, -1);
    return (tx) => void letters.appendIn(tx, Buffer.from(`${head},"error":${(result.payload ?? "null").slice(0, DEAD_LETTER_BYTES_MAX / 2)},"event":${event}}`));
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => { cancel(); reject(new Error("stopping; the event is tried again after the next start")); };
      const cancel = this.options.logs.world.after(ms, () => { signal.removeEventListener("abort", stop); resolve(); });
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) stop();
    });
  }
}

/** A later function of the same name begins with an empty queue. */
function queueName({ name, uid }: FunctionRecord): string {
  return `lambda.events.${name}.${uid}`;
}

function parseRecord(body: Uint8Array): { requestId: string; clientContext: string; event: string } {
  const text = Buffer.from(body).toString();
  const end = text.indexOf("\n");
  return { ...(JSON.parse(text.slice(0, end)) as { requestId: string; clientContext: string }), event: text.slice(end + 1) };
}
