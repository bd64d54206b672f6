/** Runs functions in the sandbox, and makes what they leave behind durable: their appends, and what they printed. */
import { GatewayError, messageOf } from "../errors.ts";
import { FUNCTION_LOG_RECORD_BYTES_MAX, FUNCTION_LOG_RECORDS, FUNCTION_LOG_WAITING_MAX } from "../limits.ts";
import type { Log, Logs } from "../log/index.ts";
import type { InvokeResult, Sandbox } from "../sandbox/index.ts";
import type { WriteTransaction } from "../store.ts";
import type { FunctionRecord, Functions } from "./functions.ts";
import { logGroupOf } from "./functions.ts";

export interface Invocation {
  /** JSON text. */
  readonly event: string;
  readonly requestId: string;
  /** JSON text, or "". */
  readonly clientContext?: string;
}

export class Invocations {
  private readonly functions: Functions;
  private readonly sandbox: Sandbox;
  private readonly logs: Logs;
  private logsWaiting = 0;

  constructor(options: { functions: Functions; sandbox: Sandbox; logs: Logs }) {
    this.functions = options.functions;
    this.sandbox = options.sandbox;
    this.logs = options.logs;
  }

  /**
   * Runs a function; its appends are left to the caller, who commits them with `commit`.
   * @throws GatewayError 4001 too many invocations at once
   */
  async run(record: FunctionRecord, { event, requestId, clientContext = "" }: Invocation): Promise<InvokeResult> {
    const ran = await this.sandbox.invoke(this.functions.sandboxed(record), { event, requestId, clientContext, timeoutMs: record.timeoutS * 1000 });
    const result = ran.appends.length > 0 ? this.checkAppends(ran) : ran;
    if (ran.printed || ran.functionError) void this.keepLog(record.name, ran.logText);
    return result;
  }

  /** Runs a function and makes its appends durable; an append that fails is the function's error. */
  async runAndCommit(record: FunctionRecord, invocation: Invocation): Promise<InvokeResult> {
    const result = await this.run(record, invocation);
    if (result.appends.length === 0) return result;
    try {
      await this.logs.store.write((tx) => this.commit(tx, result));
      return result;
    } catch (thrown) {
      return failedAppend(result, messageOf(thrown));
    }
  }

  /** Appends what the function asked for, inside a transaction. */
  commit(tx: WriteTransaction, { appends }: InvokeResult): void {
    for (const { log, json } of appends) this.logs.get(log)?.appendIn(tx, Buffer.from(json));
  }

  private checkAppends(result: InvokeResult): InvokeResult {
    const missing = result.appends.find(({ log }) => !this.logs.get(log));
    return missing ? failedAppend(result, `There is no log ${missing.log} to append to; name it under logs in the configuration.`) : result;
  }

  /** Nobody waits for this: an invocation is not slower because it prints. */
  private async keepLog(name: string, text: string): Promise<void> {
    if (this.logsWaiting >= FUNCTION_LOG_WAITING_MAX) return;
    this.logsWaiting++;
    try {
      const log = this.logs.get(logGroupOf(name)) ?? (await this.makeLog(name));
      await log.append(Buffer.from(text));
    } catch (thrown) {
      this.logs.world.log.warn({ function: name, reason: messageOf(thrown) }, "what a function printed could not be kept");
    } finally {
      this.logsWaiting--;
    }
  }

  private makeLog(name: string): Promise<Log> {
    return this.logs.create(logGroupOf(name), { recordBytesMax: FUNCTION_LOG_RECORD_BYTES_MAX, history: { records: FUNCTION_LOG_RECORDS } });
  }
}

function failedAppend(result: InvokeResult, errorMessage: string): InvokeResult {
  return { ...result, appends: [], functionError: "Unhandled", payload: JSON.stringify({ errorType: "NanoLambda.AppendFailed", errorMessage }) };
}

/** The error that a failed result stands for. */
export function errorOf(result: InvokeResult): GatewayError {
  return new GatewayError(4003, result.payload ?? "the event is not JSON");
}
