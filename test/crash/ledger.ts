/** What the outside knows was acknowledged, and whether a reopened store keeps its word. */
import type { Log, Logs } from "../../daemon/log/index.ts";

const decoder = new TextDecoder();

export interface Ledger {
  /** Bodies acknowledged, by sequence number of the log `plain`. */
  readonly plain: Map<number, string>;
  /** Highest record of the board acknowledged. */
  board: number;
}

/** Takes in a line of the appender (see appender.ts). */
export function note(ledger: Ledger, line: string): void {
  const [kind, , first = "", body = ""] = line.split(" ");
  if (kind === "a") ledger.plain.set(Number(first), body);
  if (kind === "s") ledger.board = Math.max(ledger.board, Number(first));
}

/** Every way in which the logs break their promises, in words; empty when they keep them. */
export function breaches(ledger: Ledger, logs: Logs): string[] {
  const found: string[] = [];
  const plain = bodies(logs, "plain", found);
  for (const [seq, body] of ledger.plain) if (plain[seq - 1] !== body) found.push(`plain ${seq} was acknowledged as ${body} and is ${plain[seq - 1] ?? "missing"}`);
  if (new Set(plain).size !== plain.length) found.push("plain holds a record twice");
  found.push(...disorder(plain));
  const board = bodies(logs, "board", found);
  if (board.some((body, index) => Number(body) !== index + 1)) found.push("the board's records are doubled, missing or out of order");
  if (board.length < ledger.board) found.push(`the board's record ${ledger.board} was acknowledged and is missing`);
  const effects = bodies(logs, "effects", found);
  if (effects.some((body, index) => Number(body) !== index + 1)) found.push("the trigger's effects are doubled, missing or out of order");
  return found;
}

/** Bodies of a log; sequence numbers must rise by one from 1. */
function bodies(logs: Logs, name: string, found: string[]): string[] {
  const log: Log | undefined = logs.get(name);
  const records = log?.read(1, Infinity) ?? [];
  if (records.some(({ seq }, index) => seq !== index + 1)) found.push(`${name} has a gap`);
  return records.map(({ body }) => decoder.decode(body));
}

/** Each writer of each life appended 0, 1, 2, ...; nothing may come earlier than what it followed. */
function disorder(plain: readonly string[]): string[] {
  const next = new Map<string, number>();
  const found: string[] = [];
  for (const body of plain) {
    const [life, writer, n] = body.split(".");
    const key = `${life}.${writer}`;
    if (Number(n) !== (next.get(key) ?? 0)) found.push(`${body} is out of order`);
    next.set(key, Number(n) + 1);
  }
  return found.slice(0, 3);
}
