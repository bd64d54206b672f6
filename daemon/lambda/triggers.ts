/** Functions that run on appends to a log. Event: {"log", "board", "records": [{"seq", "timeMs", "value"}], "window": […]}. */
import { type Log, type LogRecord, type Logs, startTrigger, type Trigger } from "../log/index.ts";
import type { WriteTransaction } from "../store.ts";
import type { Functions } from "./functions.ts";
import { errorOf, type Invocations } from "./invocations.ts";

export interface LogTriggerOptions {
  readonly functionName: string;
  readonly log: Log;
  /** Values of the log in the event's `window`, the new ones included; 0: none. */
  readonly window: number;
  readonly batch: number;
  readonly startAt: "earliest" | "latest";
  readonly onLag: "block" | "drop";
  readonly retry: { readonly attempts: number; readonly backoffMs: number; readonly backoffMsMax: number };
  /** Gets each result, unless it is null. */
  readonly resultLog?: Log | undefined;
  readonly deadLetter?: Log | undefined;
}

/** Starts a trigger: the function's appends, its result and the cursor commit together. */
export function attachLogTrigger(parts: { functions: Functions; invocations: Invocations; logs: Logs }, options: LogTriggerOptions): Trigger {
  const { functionName, log, window, resultLog, ...rest } = options;
  const { functions, invocations, logs } = parts;
  return startTrigger({
    ...rest, store: logs.store, world: logs.world, log, name: `function ${functionName}`,
    async handle(records) {
      const effects: ((tx: WriteTransaction) => void)[] = [];
      for (const run of runsOfOneBoard(records)) {
        const event = eventOf(log, run, window);
        const result = await invocations.run(functions.get(functionName), { event, requestId: functions.newId() });
        if (result.functionError) throw errorOf(result);
        effects.push((tx) => {
          invocations.commit(tx, result);
          if (resultLog && result.payload !== undefined && result.payload !== "null") resultLog.appendIn(tx, Buffer.from(result.payload));
        });
      }
      return (tx) => { for (const effect of effects) effect(tx); };
    },
  });
}

/** An event names one board: a batch is cut where the board changes. */
function runsOfOneBoard(records: readonly LogRecord[]): LogRecord[][] {
  const runs: LogRecord[][] = [];
  for (const record of records) {
    const run = runs.at(-1);
    if (run && run[0]?.origin?.board === record.origin?.board) run.push(record);
    else runs.push([record]);
  }
  return runs;
}

/** The event's JSON text; values stay as they were written, so that no digit is lost. */
export function eventOf(log: Log, records: readonly LogRecord[], window: number): string {
  const board = JSON.stringify(records[0]?.origin?.board ?? null);
  const values = records.map(({ seq, timeMs, body }) => `{"seq":${seq},"timeMs":${timeMs},"value":${valueOf(body)}}`);
  const last = records.at(-1)?.seq ?? 0;
  const recent = window === 0 ? [] : log.read(Math.max(1, last - window + 1), window).filter(({ seq }) => seq <= last);
  const tail = window === 0 ? "" : `,"window":[${recent.map(({ body }) => valueOf(body)).join(",")}]`;
  return `{"log":${JSON.stringify(log.name)},"board":${board},"records":[${values.join(",")}]${tail}}`;
}

/** A body that is no JSON becomes a string. */
function valueOf(body: Uint8Array): string {
  const text = Buffer.from(body).toString();
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}
