/** A gateway with S3 alone, in this process, over loopback: what the tests and the benchmark of S3 talk to. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../../daemon/http/app.ts";
import type { Credentials } from "../../daemon/http/authenticate.ts";
import { serve } from "../../daemon/http/serve.ts";
import { openLogs } from "../../daemon/log/index.ts";
import { createS3Api } from "../../daemon/s3/api.ts";
import { bytes, openStore } from "../../daemon/store.ts";
import { realWorld, silentLogger, type World } from "../../daemon/world.ts";

export interface S3Gateway {
  readonly url: string;
  readonly port: number;
  readonly dir: string;
  /** How many chunks of bodies are stored, whether or not an object has them. */
  chunks(): number;
  /** What the gateway logged as an error: empty unless something went wrong that should not. */
  readonly errors: readonly object[];
  /** Closes everything but the data. */
  stop(): Promise<void>;
  /** Stops and removes the data. */
  remove(): Promise<void>;
}

export interface S3GatewayOptions {
  readonly credentials?: readonly Credentials[];
  readonly dir?: string;
}

export async function startS3Gateway(options: S3GatewayOptions = {}): Promise<S3Gateway> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), "nanolambda-s3-")));
  const errors: object[] = [];
  const world: World = realWorld({ ...silentLogger, error: (fields) => void errors.push(fields) });
  const store = openStore({ dir });
  const logs = openLogs(store, world);
  const s3 = createS3Api({ store, logs, world, region: "us-east-1" });
  const lambda = async () => new Response("there is no Lambda here", { status: 404 });
  const app = createApp({ world, credentials: options.credentials ?? [], s3, lambda, routes: [] });
  const serving = await serve(app.fetch, { host: "127.0.0.1", port: 0 });
  let running = true;
  const stop = async (): Promise<void> => {
    if (!running) return;
    running = false;
    await serving.close({ graceMs: 100 });
    await s3.close();
    await store.close();
  };
  return {
    url: `http://127.0.0.1:${serving.port}`,
    port: serving.port,
    dir,
    chunks: () => [...store.table("s3.chunks", bytes).range()].length,
    errors,
    stop,
    async remove() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
