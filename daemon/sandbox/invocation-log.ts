/** The log text of one invocation: bounded, the newest kept (AWS: "Lambda function logs in Node.js"). */
import { INVOCATION_LOG_BYTES_MAX } from "../limits.ts";

export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly initMs: number | undefined;
  readonly memoryMb: number;
  readonly memoryUsedBytes: number;
  /** What stopped the function, such as `timeout`; undefined when nothing did. */
  readonly status: string | undefined;
}

const MIB = 1024 * 1024;

export class InvocationLog {
  printed = false;
  private readonly requestId: string;
  private text = "";
  private dropped = false;

  constructor(requestId: string) {
    this.requestId = requestId;
  }

  write(text: string): void {
    this.printed = true;
    this.text += text.slice(-INVOCATION_LOG_BYTES_MAX);
    if (this.text.length <= 2 * INVOCATION_LOG_BYTES_MAX) return;
    this.text = this.text.slice(-INVOCATION_LOG_BYTES_MAX);
    this.dropped = true;
  }

  finish(report: Report): string {
    const cut = this.text.length > INVOCATION_LOG_BYTES_MAX ? this.text.slice(-INVOCATION_LOG_BYTES_MAX) : this.text;
    const lost = this.dropped || cut.length < this.text.length ? `... the log was longer than ${INVOCATION_LOG_BYTES_MAX} characters; its beginning is left out\n` : "";
    const body = cut === "" || cut.endsWith("\n") ? cut : `${cut}\n`;
    return `START RequestId: ${this.requestId} Version: $LATEST\n${lost}${body}END RequestId: ${this.requestId}\n${reportLine(report)}`;
  }
}

export function reportLine({ requestId, durationMs, initMs, memoryMb, memoryUsedBytes, status }: Report): string {
  const usedMb = Math.ceil(memoryUsedBytes / MIB);
  const init = initMs === undefined ? "" : `Init Duration: ${initMs.toFixed(2)} ms\t`;
  const ended = status === undefined ? "" : `Status: ${status}\t`;
  const billedMs = Math.max(1, Math.ceil(durationMs));
  return `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billedMs} ms\tMemory Size: ${memoryMb} MB\tMax Memory Used: ${usedMb} MB\t${init}${ended}\n`;
}
