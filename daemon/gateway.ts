/** Puts the gateway together from a configuration, and takes it apart again. */
import { resolve } from "node:path";
import { symbolize } from "../compiler/index.ts";
import { asset } from "./assets.ts";
import { openBoards, type BoardEvent, type BoardImage, type Boards } from "./boards/index.ts";
import type { Config, FunctionConfig, LogTriggerConfig } from "./config.ts";
import { GatewayError, messageOf } from "./errors.ts";
import { createApp, type GatewayApp } from "./http/app.ts";
import { assertListenAllowed } from "./http/local-only.ts";
import { logRoutes } from "./http/logs.ts";
import { openPayload } from "./http/payload.ts";
import { presign } from "./http/presign.ts";
import { serve } from "./http/serve.ts";
import { codeResponse, createLambdaApi, Lambda, nodejsRuntime, pythonImage, pythonRuntime } from "./lambda/index.ts";
import { FUNCTION_TIMEOUT_S_MAX } from "./limits.ts";
import { openLogs, type Log, type Logs } from "./log/index.ts";
import type { Plugin, PluginHost } from "./plugin.ts";
import { createS3Api, type S3Api } from "./s3/api.ts";
import { createSandbox } from "./sandbox/index.ts";
import { openStore } from "./store.ts";
import type { World } from "./world.ts";
import { startSandboxWorkers } from "./worker-source.ts";
import { zipOf } from "./zip.ts";

export interface GatewayOptions {
  readonly config: Config;
  /** What paths of the configuration are relative to. */
  readonly folder: string;
  readonly world: World;
  /** Recordings for sensors of virtual boards: files by sensor. */
  readonly recordings?: Readonly<Record<string, string>>;
  onBoard?(event: BoardEvent): void;
  /** A function of the configuration is there; `imageBytes` of a Python function. */
  onDeployed?(name: string, imageBytes: number | undefined): void;
}

export interface Gateway {
  readonly url: string;
  readonly logs: Logs;
  readonly boards: Boards;
  readonly lambda: Lambda;
  /** Where each plugin listens that does. */
  address(plugin: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts a gateway.
 * @throws GatewayError whatever keeps it from starting, with what to do
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, folder, world } = options;
  const credentials = [...config.credentials, ...credentialsOfEnvironment(process.env)];
  const { host, port } = splitAddress(config.listen);
  assertListenAllowed({ host, credentials });
  const store = openStore({ dir: resolve(folder, config.dataDir) });
  const logs = openLogs(store, world);
  const assets = { "quickjs.wasm": asset("quickjs.wasm"), "guest.js": asset("guest.js"), "iotpy.wasm": asset("iotpy.wasm") };
  const sandbox = createSandbox({ world, startWorker: await startSandboxWorkers(), assets });
  const s3 = createS3Api({ store, logs, world, region: config.region });
  const [signer] = credentials;
  const lambda = new Lambda({
    store, logs, world, sandbox, region: config.region, accountId: config.accountId,
    runtimes: [nodejsRuntime, pythonRuntime(() => ({ treeSitter: asset("tree-sitter.wasm"), python: asset("python.wasm") }), assets["iotpy.wasm"])],
    readObject: (bucket, key) => readObject(s3, world, bucket, key),
    ...(signer ? { signUrl: (url: string) => presign(url, { credentials: signer, region: config.region, service: "lambda", expiresS: 600, nowMs: world.now() }) } : {}),
  });
  await lambda.start();
  const boards = await openBoards({ world, store, logs, config: config.boards, imageOf: (name) => imageOf(lambda, name), on: (event) => options.onBoard?.(event) });
  lambda.functions.onChange((name) => boards.functionChanged(name));
  const app = createApp({ world, credentials, s3, lambda: createLambdaApi(lambda), routes: [logRoutes(logs), boardRoutes(boards), codeRoutes(lambda)] });
  const serving = await serve(app.fetch, { host, port });
  const plugins = startPlugins(config.plugins, { world, boards, recordings: options.recordings ?? {} });
  const stop = async (): Promise<void> => {
    await plugins.stop();
    await serving.close();
    await lambda.close();
    await sandbox.stop();
    await s3.close();
    await store.close();
  };
  try {
    await createLogs(config, logs);
    await deployAll(options, lambda, logs);
    await plugins.started;
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://${serving.host.includes(":") ? `[${serving.host}]` : serving.host}:${serving.port}`, logs, boards, lambda, address: plugins.address, stop };
}

/** Variables of its own: those of AWS stand in many shells for something else, and would shut a gateway on loopback. */
function credentialsOfEnvironment({ NANOLAMBDA_ACCESS_KEY_ID: accessKeyId, NANOLAMBDA_SECRET_ACCESS_KEY: secretAccessKey }: NodeJS.ProcessEnv): { accessKeyId: string; secretAccessKey: string }[] {
  return accessKeyId && secretAccessKey ? [{ accessKeyId, secretAccessKey }] : [];
}

/** Reads an object as a GET of S3 would; undefined when there is none. */
async function readObject(s3: S3Api, world: World, bucket: string, key: string): Promise<Uint8Array | undefined> {
  const headers = new Headers();
  const body = openPayload({ source: (async function* () {})(), headers, world });
  const path = `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
  try {
    const response = await s3({ method: "GET", host: "localhost", path, query: [], headers, body, requestId: "lambda" });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

function splitAddress(listen: string): { host: string; port: number } {
  const colon = listen.lastIndexOf(":");
  const port = Number(listen.slice(colon + 1));
  if (colon < 1 || !/^\d+$/.test(listen.slice(colon + 1)) || port > 65535) throw new GatewayError(1005, `${listen} is not HOST:PORT, such as 127.0.0.1:8787; port 0 takes any free one`);
  return { host: listen.slice(0, colon).replace(/^\[|\]$/g, ""), port };
}

function imageOf(lambda: Lambda, name: string): BoardImage | undefined {
  const found = pythonImage(lambda, name);
  return found && { image: found.image, hash: found.hash, symbolize: (frames) => symbolize(found.lines, frames) };
}

function boardRoutes(boards: Boards): (app: GatewayApp) => void {
  return (app) => {
    app.get("/_nanolambda/boards", (context) => context.json({ boards: boards.list() }));
    app.post("/_nanolambda/boards/:board/invoke/:name", async (context) => {
      const event = await context.req.text();
      const timeoutMs = Number(context.req.query("timeoutMs") ?? 5000);
      if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > FUNCTION_TIMEOUT_S_MAX * 1000) throw new GatewayError(6400, `timeoutMs is 1 to ${FUNCTION_TIMEOUT_S_MAX * 1000}`);
      const result = await boards.invoke(context.req.param("board"), context.req.param("name"), event === "" ? "{}" : event, timeoutMs);
      return context.json(result);
    });
  };
}

function codeRoutes(lambda: Lambda): (app: GatewayApp) => void {
  return (app) => app.get("/_nanolambda/code/:hash", (context) => codeResponse(lambda, context.req.path));
}

async function createLogs(config: Config, logs: Logs): Promise<void> {
  for (const [name, options] of Object.entries(config.logs)) {
    await logs.create(name, { history: options.history, ...(options.recordBytesMax === undefined ? {} : { recordBytesMax: options.recordBytesMax }) });
  }
}

async function deployAll({ config, folder, onDeployed }: GatewayOptions, lambda: Lambda, logs: Logs): Promise<void> {
  for (const [name, fn] of Object.entries(config.functions)) {
    const zip = zipOf(resolve(folder, fn.code));
    try {
      await lambda.deploy({ name, zip, runtime: fn.runtime ?? runtimeOf(fn), handler: fn.handler, memoryMb: fn.memoryMb, timeoutS: fn.timeoutS, environment: fn.env });
    } catch (cause) {
      throw new GatewayError(1006, `the function ${name} cannot be deployed: ${messageOf(cause)}`, { cause });
    }
    onDeployed?.(name, pythonImage(lambda, name)?.image.length);
    for (const trigger of fn.triggers) await attach(lambda, logs, name, trigger);
  }
}

/** Without a runtime the handler's file decides: JavaScript when the code has it, else Python. */
function runtimeOf({ code }: FunctionConfig): string {
  return /\.[cm]?js$/.test(code) ? "nodejs20.x" : "python3.12";
}

async function attach(lambda: Lambda, logs: Logs, functionName: string, trigger: LogTriggerConfig): Promise<void> {
  const logNamed = async (name: string | undefined): Promise<Log | undefined> => (name === undefined ? undefined : (logs.get(name) ?? (await logs.create(name))));
  const { window, batch, startAt, onLag, retry } = trigger;
  lambda.onAppend({
    functionName, log: (await logNamed(trigger.log)) as Log, window, batch, startAt, onLag, retry, resultLog: await logNamed(trigger.resultLog), deadLetter: await logNamed(trigger.deadLetter ?? "dead-letters"),
  });
}

interface RunningPlugins {
  readonly started: Promise<void>;
  address(plugin: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the plugins; one that fails is said so and left out, the others go on. */
function startPlugins(plugins: readonly Plugin[], parts: { world: World; boards: Boards; recordings: Readonly<Record<string, string>> }): RunningPlugins {
  const addresses = new Map<string, { promise: Promise<string>; resolve: (address: string) => void }>();
  const slot = (name: string): { promise: Promise<string>; resolve: (address: string) => void } => {
    const known = addresses.get(name);
    if (known) return known;
    let resolveIt: (address: string) => void = () => undefined;
    const made = { promise: new Promise<string>((resolve) => { resolveIt = resolve; }), resolve: (address: string) => resolveIt(address) };
    addresses.set(name, made);
    return made;
  };
  const start = async (plugin: Plugin): Promise<void> => {
    const host: PluginHost = {
      world: parts.world, recordings: parts.recordings,
      attach: (stream, label) => parts.boards.attach(stream, label),
      address: (name) => slot(name).promise,
      listening: (address) => slot(plugin.name).resolve(address),
    };
    try {
      await plugin.start(host);
    } catch (error) {
      parts.world.log.error({ plugin: plugin.name, err: error }, `the plugin ${plugin.name} did not start: ${messageOf(error)}`);
    }
  };
  return {
    started: Promise.all(plugins.map(start)).then(() => undefined),
    address: (name) => slot(name).promise,
    async stop() {
      for (const plugin of plugins) {
        try { await plugin.stop?.(); } catch (error) { parts.world.log.error({ plugin: plugin.name, err: error }, `the plugin ${plugin.name} did not stop: ${messageOf(error)}`); }
      }
    },
  };
}
