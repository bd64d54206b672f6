/** The commands that ask a running gateway: functions, boards, logs, tail, invoke, deploy, doctor. */
import { existsSync } from "node:fs";
import { GatewayError, messageOf } from "../errors.ts";
import { zipOf } from "../zip.ts";
import { request, type ClientOptions } from "./client.ts";
import { say, table } from "./terminal.ts";

export interface RemoteOptions extends ClientOptions {
  /** Print the gateway's own JSON. */
  readonly json?: boolean;
}

const FUNCTIONS = "/2015-03-31/functions";

interface FunctionView { FunctionName: string; Runtime: string; Handler: string; CodeSize: number; LastModified: string }

/** Lists the deployed functions. */
export async function functions(options: RemoteOptions): Promise<void> {
  const { Functions } = (await (await request(options, `${FUNCTIONS}/`)).json()) as { Functions: FunctionView[] };
  if (options.json) return say(JSON.stringify(Functions));
  say(table(["NAME", "RUNTIME", "HANDLER", "BYTES", "CHANGED"], Functions.map((fn) => [fn.FunctionName, fn.Runtime, fn.Handler, String(fn.CodeSize), fn.LastModified.slice(0, 19)])));
}

interface BoardView { name: string; attached: boolean; running: boolean; label?: string; port?: string; rttMs: number; dropped: number; missed: number; functions: string[] }

/** Lists the boards that the configuration knows. */
export async function boards(options: RemoteOptions): Promise<void> {
  const { boards: list } = (await (await request(options, "/_nanolambda/boards")).json()) as { boards: BoardView[] };
  if (options.json) return say(JSON.stringify(list));
  const state = (board: BoardView): string => (board.running ? "running" : board.attached ? "attached" : "away");
  say(table(["BOARD", "STATE", "PORT", "LINK", "RTT MS", "DROPPED", "MISSED", "FUNCTIONS"],
    list.map((board) => [board.name, state(board), board.port ?? "", board.label ?? "", String(board.rttMs), String(board.dropped), String(board.missed), board.functions.join(" ")])));
}

interface LogView { name: string; first: number; last: number; bytes: number }

/** Lists the logs. */
export async function logs(options: RemoteOptions): Promise<void> {
  const { logs: list } = (await (await request(options, "/_nanolambda/logs")).json()) as { logs: LogView[] };
  if (options.json) return say(JSON.stringify(list));
  say(table(["LOG", "FIRST", "LAST", "BYTES"], list.map((log) => [log.name, String(log.first), String(log.last), String(log.bytes)])));
}

/** Prints a log's records as they come, from a sequence number on or from now. */
export async function tail(name: string, options: RemoteOptions & { from?: number; signal?: AbortSignal }): Promise<void> {
  const from = options.from === undefined ? "" : `?from=${options.from}`;
  const response = await request(options, `/_nanolambda/logs/${encodeURIComponent(name)}/tail${from}`, options.signal ? { signal: options.signal } : {});
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (rest + String(chunk)).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data) showRecord(data.slice(6), options.json === true);
    }
  }
}

function showRecord(text: string, json: boolean): void {
  if (json) return say(text);
  const record = JSON.parse(text) as { seq: number; timeMs: number; origin?: { board: string }; value?: unknown; base64?: string };
  say(`${new Date(record.timeMs).toISOString()}  ${record.seq}  ${record.origin?.board ?? "-"}  ${record.value === undefined ? (record.base64 ?? "") : JSON.stringify(record.value)}`);
}

/** Calls a function; prints its result, its log on stderr; the exit code is 1 when the handler failed. */
export async function invoke(name: string, options: RemoteOptions & { event: string; async?: boolean }): Promise<void> {
  const headers = { "content-type": "application/json", "x-amz-invocation-type": options.async ? "Event" : "RequestResponse", ...(options.async ? {} : { "x-amz-log-type": "Tail" }) };
  const response = await request(options, `${FUNCTIONS}/${encodeURIComponent(name)}/invocations`, { method: "POST", body: options.event, headers });
  const log = response.headers.get("x-amz-log-result");
  if (log) process.stderr.write(Buffer.from(log, "base64"));
  if (!options.async) say(await response.text());
  if (response.headers.has("x-amz-function-error")) process.exitCode = 1;
}

/** Creates a function from a file, folder or zip, or puts new code (and the settings that are given) in place of its old. */
export async function deploy(name: string, options: RemoteOptions & { code: string; handler?: string; runtime?: string }): Promise<void> {
  if (!existsSync(options.code)) throw new GatewayError(1010, `${options.code} does not exist; name a .py or .js file, a folder, or a .zip`);
  const zip = Buffer.from(zipOf(options.code)).toString("base64");
  const path = `${FUNCTIONS}/${encodeURIComponent(name)}`;
  const exists = await request(options, `${path}/configuration`).then(() => true, () => false);
  const json = { "content-type": "application/json" };
  if (exists) {
    const coded = await request(options, `${path}/code`, { method: "PUT", headers: json, body: JSON.stringify({ ZipFile: zip }) });
    const given = { ...(options.handler === undefined ? {} : { Handler: options.handler }), ...(options.runtime === undefined ? {} : { Runtime: options.runtime }) };
    const last = Object.keys(given).length === 0 ? coded : await request(options, `${path}/configuration`, { method: "PUT", headers: json, body: JSON.stringify(given) });
    return sayDeployed(await last.json(), `${name} runs the new code`);
  }
  const file = options.code.replace(/^.*\//, "").replace(/\.(py|m?js)$/, "");
  const python = options.runtime ? options.runtime.startsWith("python") : options.code.endsWith(".py");
  const settings = { FunctionName: name, Runtime: options.runtime ?? (python ? "python3.12" : "nodejs20.x"), Handler: options.handler ?? `${file}.handler`, Role: "arn:aws:iam::000000000000:role/none", Code: { ZipFile: zip } };
  const made = await request(options, FUNCTIONS, { method: "POST", headers: json, body: JSON.stringify(settings) });
  sayDeployed(await made.json(), `${name} is deployed; call it with nanolambda invoke ${name}`);
}

/** A handler that is not in the code is no error of Lambda's at deployment: its reason is said, and the exit code is 1. */
function sayDeployed(answer: unknown, sentence: string): void {
  const { StateReason, StateReasonCode } = answer as { StateReason?: string; StateReasonCode?: string };
  const cannotRun = StateReasonCode === "InvalidConfiguration";
  say(cannotRun ? `deployed, but it cannot run: ${StateReason}` : sentence);
  if (cannotRun) process.exitCode = 1;
}

/** Looks for what is commonly wrong and says what to do; the exit code is 1 when something is. */
export async function doctor(options: RemoteOptions): Promise<void> {
  const checks: { name: string; run(): Promise<string> }[] = [
    { name: "Node.js", run: async () => process.versions.node },
    { name: "gateway", run: async () => { await request(options, "/_nanolambda/health"); return `answers at ${options.endpoint}`; } },
    { name: "boards", run: async () => boardsHealth((await (await request(options, "/_nanolambda/boards")).json()) as { boards: BoardView[] }) },
  ];
  for (const { name, run } of checks) {
    const [mark, text] = await run().then((found) => ["ok  ", found] as const, (error: unknown) => ["FAIL", messageOf(error)] as const);
    if (mark === "FAIL") process.exitCode = 1;
    say(`${mark} ${name}: ${text}`);
  }
}

async function boardsHealth({ boards: list }: { boards: BoardView[] }): Promise<string> {
  const away = list.filter((board) => !board.attached).map((board) => board.name);
  if (away.length > 0) throw new GatewayError(5014, `not attached: ${away.join(", ")}; check the cable, the board's name and the plugins of the configuration`);
  return list.length === 0 ? "none in the configuration" : `${list.length} attached`;
}
