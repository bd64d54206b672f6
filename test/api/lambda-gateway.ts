/** A gateway with Lambda and S3 in this process, over loopback: what the tests and the benchmark of Lambda talk to. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asset } from "../../daemon/assets.ts";
import { createApp } from "../../daemon/http/app.ts";
import type { Credentials } from "../../daemon/http/authenticate.ts";
import { presign } from "../../daemon/http/presign.ts";
import { serve } from "../../daemon/http/serve.ts";
import { codeResponse, createLambdaApi, Lambda, nodejsRuntime, pythonRuntime } from "../../daemon/lambda/index.ts";
import { type Logs, openLogs } from "../../daemon/log/index.ts";
import { createSandbox, workersInTree } from "../../daemon/sandbox/index.ts";
import { openStore } from "../../daemon/store.ts";
import { realWorld, silentLogger, type World } from "../../daemon/world.ts";

export interface LambdaGateway {
  readonly url: string;
  readonly port: number;
  readonly dir: string;
  readonly lambda: Lambda;
  readonly logs: Logs;
  /** What the gateway logged as an error: empty unless something went wrong that should not. */
  readonly errors: readonly object[];
  /** Closes everything but the data. */
  stop(): Promise<void>;
  /** Stops and removes the data. */
  remove(): Promise<void>;
}

export interface LambdaGatewayOptions {
  readonly credentials?: readonly Credentials[];
  readonly dir?: string;
  /** Objects that the gateway's S3 is taken to hold, by `bucket/key`. */
  readonly objects?: Readonly<Record<string, Uint8Array>>;
  readonly eventBackoffMs?: number;
}

export async function startLambdaGateway(options: LambdaGatewayOptions = {}): Promise<LambdaGateway> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), "nanolambda-lambda-")));
  const errors: object[] = [];
  const world: World = realWorld({ ...silentLogger, error: (fields) => void errors.push(fields) });
  const store = openStore({ dir });
  const logs = openLogs(store, world);
  const sandbox = createSandbox({ world, startWorker: await workersInTree(), assets: { "quickjs.wasm": asset("quickjs.wasm"), "guest.js": asset("guest.js"), "iotpy.wasm": asset("iotpy.wasm") } });
  const [signer] = options.credentials ?? [];
  const lambda = new Lambda({
    store, logs, world, sandbox, region: "us-east-1", accountId: "000000000000", eventBackoffMs: options.eventBackoffMs ?? 5,
    readObject: async (bucket, key) => options.objects?.[`${bucket}/${key}`],
    ...(signer ? { signUrl: (url: string) => presign(url, { credentials: signer, region: "us-east-1", service: "lambda", expiresS: 600, nowMs: world.now() }) } : {}),
    runtimes: [nodejsRuntime, pythonRuntime(() => ({ treeSitter: asset("tree-sitter.wasm"), python: asset("python.wasm") }), asset("iotpy.wasm"))],
  });
  await lambda.start();
  const app = createApp({
    world, credentials: options.credentials ?? [], lambda: createLambdaApi(lambda),
    s3: async () => new Response("there is no S3 here", { status: 404 }),
    routes: [(gateway) => gateway.get("/_nanolambda/code/:hash", (context) => codeResponse(lambda, context.req.path))],
  });
  const serving = await serve(app.fetch, { host: "127.0.0.1", port: 0 });
  let running = true;
  const stop = async (): Promise<void> => {
    if (!running) return;
    running = false;
    await serving.close({ graceMs: 100 });
    await lambda.close();
    await sandbox.stop();
    await store.close();
  };
  return {
    url: `http://127.0.0.1:${serving.port}`, port: serving.port, dir, lambda, logs, errors, stop,
    async remove() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
