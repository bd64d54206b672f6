/** How the command line speaks: colour only on terminals, plain words, machine-readable on request. */
import pino from "pino";
import pretty from "pino-pretty";
import picocolors from "picocolors";
import type { Logger } from "../world.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Colours for stdout: on terminals only (picocolors alone would colour the log files of build servers), and never when NO_COLOR is set. */
export const pc = picocolors.createColors(process.stdout.isTTY === true && picocolors.isColorSupported);

/** The gateway's own log on stderr: for people on a terminal, one JSON object a line otherwise. */
export function terminalLogger(level: LogLevel): Logger {
  const stream = process.stderr.isTTY ? pretty({ destination: 2, sync: true, colorize: picocolors.isColorSupported, ignore: "pid,hostname", translateTime: "HH:MM:ss" }) : pino.destination({ dest: 2, sync: true });
  return pino({ level }, stream);
}

/** A line for people. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Rows in aligned columns under a header. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd();
  return [pc.bold(line(header)), ...rows.map(line)].join("\n");
}
