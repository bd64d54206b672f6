/** Operations per second of S3 over loopback: PUT and GET of 1 KiB and 8 MiB and LIST of 1,000 keys, at 1 and 16 connections. */
import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { pathToFileURL } from "node:url";
import { startS3Gateway } from "../api/s3-gateway.ts";

export interface S3Figure {
  readonly opsPerS: number;
  readonly mbPerS?: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const MEASURE_MS = 1500;

interface Client {
  call(method: string, path: string, body?: Buffer): Promise<void>;
  close(): void;
}

/** A keep-alive client that reads answers to the end and throws on anything but 200. */
function clientOf(port: number, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const sent = request({ agent, port, host: "127.0.0.1", method, path, headers: body ? { "content-length": body.length } : {} }, (response) => {
          response.resume();
          response.on("error", reject);
          response.on("end", () => (response.statusCode === 200 ? resolve() : reject(new Error(`${method} ${path}: ${response.statusCode}`))));
        });
        sent.on("error", reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

async function measure(connections: number, bytes: number | undefined, once: (turn: number) => Promise<void>): Promise<S3Figure> {
  const times: number[] = [];
  const startMs = performance.now();
  let turn = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - startMs < MEASURE_MS) {
      const beginMs = performance.now();
      await once(turn++);
      times.push(performance.now() - beginMs);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const opsPerS = (times.length / (performance.now() - startMs)) * 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 100) / 100;
  const throughput = bytes === undefined ? {} : { mbPerS: Math.round((opsPerS * bytes) / 1e6) };
  return { opsPerS: Math.round(opsPerS * 10) / 10, ...throughput, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** @returns figures by operation and number of connections, such as `put1KiB.connections16` */
export async function benchS3(): Promise<object> {
  const gateway = await startS3Gateway();
  try {
    const setUp = clientOf(gateway.port, 16);
    await setUp.call("PUT", "/bench");
    const sizes = { "1KiB": randomBytes(1024), "8MiB": randomBytes(8 * 1024 * 1024) };
    for (const [name, body] of Object.entries(sizes)) await setUp.call("PUT", `/bench/get-${name}`, body);
    await setUp.call("PUT", "/many");
    await Promise.all(Array.from({ length: 1000 }, (_, index) => setUp.call("PUT", `/many/key-${index}`, Buffer.from("x"))));
    setUp.close();
    const figures: Record<string, Record<string, S3Figure>> = {};
    for (const connections of [1, 16]) {
      const client = clientOf(gateway.port, connections);
      const add = async (name: string, bytes: number | undefined, once: (turn: number) => Promise<void>): Promise<void> => {
        (figures[name] ??= {})[`connections${connections}`] = await measure(connections, bytes, once);
      };
      for (const [name, body] of Object.entries(sizes)) {
        await add(`put${name}`, body.length, (turn) => client.call("PUT", `/bench/put-${name}-${turn % 64}`, body));
        await add(`get${name}`, body.length, () => client.call("GET", `/bench/get-${name}`));
      }
      await add("list1000", undefined, () => client.call("GET", "/many?list-type=2"));
      client.close();
    }
    return figures;
  } finally {
    await gateway.remove();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(JSON.stringify(await benchS3(), null, 1));
