/** The processes that fuzzing talks to: IoTPy reading images from a stream (device/fuzz/stream.c), and CPython reading programs. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

const REQUEST = { verify: 0, run: 1, fail: 2 };
const ANSWER_BYTES = 16;

export interface Answer { readonly outcome: number; readonly place: number; readonly printed: Buffer; readonly error: string }
export interface Request { readonly image: Uint8Array; readonly arenaBytes?: number; readonly fuel?: number; readonly step?: number }

interface Waiting<T> { resolve(answer: T): void; reject(error: Error): void }

/** Ends a process and fails what waits for it. */
function onEnd<T>(child: ChildProcessWithoutNullStreams, waiting: Waiting<T>[]): () => string {
  let errors = "";
  child.stdin.on("error", () => {});
  child.stderr.setEncoding("utf8").on("data", (text: string) => { errors = (errors + text).slice(-8000); });
  child.once("close", (code, signal) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the process ended: ${signal ?? code}\n${errors}`));
  });
  return () => errors;
}

export interface Stream {
  /** Its requests are answered in order. Rejected when the process ends, as a sanitizer ends it. */
  ask(what: keyof typeof REQUEST, request: Request): Promise<Answer>;
  close(): void;
}

/** @param build a folder of build/: `stream`, or `stream-fail` with sanitizers */
export function openStream(build: "stream" | "stream-fail"): Stream {
  const child = spawn(fileURLToPath(new URL(`../../build/${build}/iotpy`, import.meta.url)), { stdio: "pipe" });
  const waiting: Waiting<Answer>[] = [];
  onEnd(child, waiting);
  let pending: Buffer = Buffer.alloc(0);
  child.stdout.on("data", (data: Buffer) => {
    pending = pending.length === 0 ? data : Buffer.concat([pending, data]);
    let at = 0;
    for (; pending.length - at >= ANSWER_BYTES;) {
      const [outcome = 0, place = 0, printed = 0, error = 0] = [0, 4, 8, 12].map((offset) => pending.readUInt32LE(at + offset));
      const end = at + ANSWER_BYTES + printed + error;
      if (pending.length < end) break;
      waiting.shift()?.resolve({ outcome, place, printed: Buffer.from(pending.subarray(at + ANSWER_BYTES, end - error)), error: pending.toString("utf8", end - error, end) });
      at = end;
    }
    pending = pending.subarray(at);
  });
  return {
    ask: (what, { image, arenaBytes = 1 << 20, fuel = 1_000_000, step = 1 }) => new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(new Uint8Array(Uint32Array.of(REQUEST[what], image.length, arenaBytes, fuel, step).buffer));
      child.stdin.write(image);
    }),
    close: () => { child.kill("SIGKILL"); },
  };
}

export interface CPython { run(source: string): Promise<{ printed: string; error: string | null }>; close(): void }

export function openCPython(): CPython {
  const child = spawn("python3", [fileURLToPath(new URL("programs/cpython.py", import.meta.url))], { stdio: "pipe", env: { ...process.env, PYTHONHASHSEED: "0" } });
  const waiting: Waiting<{ printed: string; error: string | null }>[] = [];
  onEnd(child, waiting);
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(JSON.parse(line) as { printed: string; error: string | null }));
  return {
    run: (source) => new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify({ source })}\n`);
    }),
    close: () => { child.kill("SIGKILL"); },
  };
}
