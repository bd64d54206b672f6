/** Warm and cold invocations of a function through the Lambda API over loopback, at 1 and 16 connections, with an event of 1 KiB. */
import { Agent, request } from "node:http";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { strToU8, zipSync } from "fflate";
import { type LambdaGateway, startLambdaGateway } from "../api/lambda-gateway.ts";

const MEASURE_MS = 1500;
const COLD_STARTS = 100;
const EVENT = JSON.stringify({ text: "x".repeat(1011) });

/** The same function, an echo, in each language. */
const SOURCES: Readonly<Record<string, { file: string; text: string }>> = {
  nodejs: { file: "index.js", text: "exports.handler = async (event) => event;" },
  python: { file: "index.py", text: "def handler(event, context):\n    return event\n" },
};

export interface InvokeFigure {
  readonly perS: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

function summary(times: number[], totalMs: number): InvokeFigure {
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 1000) / 1000;
  return { perS: Math.round((times.length / totalMs) * 1000), p50Ms: at(0.5), p99Ms: at(0.99) };
}

function post(port: number, agent: Agent, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const path = `/2015-03-31/functions/${name}/invocations`;
    const sent = request({ agent, port, host: "127.0.0.1", method: "POST", path, headers: { "content-length": EVENT.length } }, (response) => {
      response.resume();
      const failed = response.statusCode !== 200 || response.headers["x-amz-function-error"] !== undefined;
      response.on("end", () => (failed ? reject(new Error(`the invocation was answered ${response.statusCode}`)) : resolve()));
    });
    sent.on("error", reject);
    sent.end(EVENT);
  });
}

/** Load from a thread of its own, so that the client takes nothing of the gateway's thread. */
async function measure(gateway: LambdaGateway, connections: number, name: string): Promise<InvokeFigure> {
  const head = `POST /2015-03-31/functions/${name}/invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${EVENT.length}\r\n\r\n`;
  const workerData = { port: gateway.port, connections, ms: MEASURE_MS, head, body: EVENT };
  const worker = new Worker(new URL("./http-load.mjs", import.meta.url), { workerData, execArgv: [] });
  const { times, totalMs } = await new Promise<{ times: number[]; totalMs: number }>((resolve, reject) => worker.once("message", resolve).once("error", reject));
  return summary(times, totalMs);
}

/** Each time new code is deployed and then invoked: that first invocation is timed. */
async function measureCold(gateway: LambdaGateway, deploy: (turn: number) => Promise<unknown>): Promise<InvokeFigure> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let turn = 1; turn <= COLD_STARTS; turn++) {
    await deploy(turn);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const beginMs = performance.now();
    await post(gateway.port, agent, "echo");
    times.push(performance.now() - beginMs);
  }
  agent.destroy();
  return summary(times, times.reduce((sum, time) => sum + time, 0));
}

/**
 * @param runtime such as `nodejs20.x`
 * @returns figures of `warm1`, `warm16` (by connections) and `cold`
 */
export async function benchInvoke(runtime: string): Promise<object> {
  const source = Object.entries(SOURCES).find(([prefix]) => runtime.startsWith(prefix))?.[1];
  if (!source) throw new Error(`there is no benchmark for ${runtime}`);
  const gateway = await startLambdaGateway();
  const comment = runtime.startsWith("python") ? "#" : "//";
  const deploy = (turn: number): Promise<unknown> => gateway.lambda.deploy({ name: "echo", runtime, handler: "index.handler", zip: zipSync({ [source.file]: strToU8(`${source.text}\n${comment} ${turn}`) }) });
  try {
    await deploy(0);
    await measure(gateway, 16, "echo"); // warms up the gateway itself
    const warm1 = await measure(gateway, 1, "echo");
    const warm16 = await measure(gateway, 16, "echo");
    return { warm1, warm16, cold: await measureCold(gateway, deploy), rssMb: Math.round(process.memoryUsage().rss / 1e6) };
  } finally {
    await gateway.remove();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(JSON.stringify(await benchInvoke(process.argv[2] ?? "nodejs20.x"), null, 2));
