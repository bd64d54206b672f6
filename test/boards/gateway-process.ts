/** The gateway as people run it: `nanolambda up` in a process of its own that may be killed and started again on the same data. */
import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BoardEvent } from "../../daemon/boards/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface LoggedRecord { readonly seq: number; readonly timeMs: number; readonly origin?: { readonly board: string; readonly epoch: number; readonly seq: number }; readonly value: unknown }
export interface Answer { readonly payload?: string; readonly error?: { readonly code: number; readonly errorType: string; readonly message: string; readonly frames: readonly { file: string; line: number; function: string }[] }; readonly log: string }

export interface GatewayProcess {
  /** Starts the process, again after `kill`; resolves when it listens. */
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** What happened on boards, as the terminal showed it, over all lives. */
  readonly events: readonly BoardEvent[];
  /** The log on stderr over all lives. */
  logged(): string;
  /** Everything that a log holds. */
  records(log: string): Promise<LoggedRecord[]>;
  /** Calls a function on a board with an event (JSON text). */
  invoke(board: string, fn: string, event: string, timeoutMs?: number): Promise<Answer>;
}

/** A gateway whose configuration file has the given text and which keeps its data in the folder; not started yet. */
export function gatewayProcess(folder: string, config: string): GatewayProcess {
  const file = join(folder, "nanolambda.config.ts");
  writeFileSync(file, config);
  const events: BoardEvent[] = [];
  let child: ChildProcess | undefined;
  let url = "";
  let stderr = "";
  async function answer<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
  return {
    events,
    logged: () => stderr,
    start: () => new Promise((resolve, reject) => {
      const started = spawn(process.execPath, ["--import", "tsx", "daemon/main.ts", "up", "--json", "--config", file], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
      child = started;
      let rest = "";
      started.stderr.setEncoding("utf8").on("data", (text: string) => { stderr += text; });
      started.stdout.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          const [, listening] = /^listening on (\S+)$/.exec(line) ?? [];
          if (listening !== undefined) { url = listening; resolve(); }
          if (line.startsWith('{"type"')) events.push(JSON.parse(line) as BoardEvent);
        }
      });
      started.once("close", (code) => reject(new Error(`the gateway ended by itself with ${code}: ${stderr}`)));
    }),
    kill: () => new Promise((resolve) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("close", () => resolve());
      child.kill("SIGKILL");
    }),
    async records(log) {
      const found: LoggedRecord[] = [];
      for (;;) {
        const { records } = await answer<{ records: LoggedRecord[] }>(`/_nanolambda/logs/${log}?from=${found.length + 1}&limit=1000`);
        if (records.length === 0) return found;
        found.push(...records);
      }
    },
    invoke: (board, fn, event, timeoutMs = 5000) => answer(`/_nanolambda/boards/${board}/invoke/${fn}?timeoutMs=${timeoutMs}`, { method: "POST", body: event }),
  };
}

/** A port that is free now, so that a gateway can have the same one in each life. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const bound = server.address();
      server.close(() => resolve(bound !== null && typeof bound === "object" ? bound.port : 0));
    });
  });
}

/** Waits for a condition; the error says what was waited for. */
export async function until(what: string | (() => string), holds: () => boolean | Promise<boolean>, msMax = 60_000): Promise<void> {
  const end = performance.now() + msMax;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${msMax} ms: ${typeof what === "string" ? what : what()}`);
    await pause(20);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
