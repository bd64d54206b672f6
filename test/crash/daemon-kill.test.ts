/**
 * Kills the gateway itself, `nanolambda up`, at random moments under load, 200 times. Four writers append over HTTP and a fifth puts
 * objects; a Python function with a trigger appends to a second log. After that the reopened store is held against what was acknowledged.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openLogs } from "../../daemon/log/index.ts";
import { openStore } from "../../daemon/store.ts";
import { realWorld, silentLogger } from "../../daemon/world.ts";
import { startGatewayProcess } from "../package/gateway-process.ts";
import { breaches, type Ledger } from "./ledger.ts";
import { type Death, deathOf, random } from "./lives.ts";

const LIVES = 200;
const CHECK_EVERY = 40;
const WRITERS = 4;
const seed = Number(process.env["SEED"] ?? Date.now() % 1e9);
const program = fileURLToPath(new URL("../../dist/nanolambda.mjs", import.meta.url));

const CONFIG = 'export default { logs: { plain: {}, effects: {} }, functions: { copy: { code: "copy.py", handler: "copy.handler", triggers: [{ log: "plain", batch: 16 }] } } };\n';
const COPY = 'import device\n\ndef handler(event, context):\n    for record in event["records"]:\n        device.append("effects", record["seq"])\n';

/** What was acknowledged: appends, and objects with what they hold. */
interface Acknowledged extends Ledger { readonly objects: Map<string, string> }

/** An answer's text, or undefined when the gateway died first. */
function send(agent: Agent, url: string, method: string, body = ""): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers: { "content-length": Buffer.byteLength(body) } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => { text += piece; });
      response.once("error", () => resolve(undefined));
      response.once("end", () => ((response.statusCode ?? 500) < 300 ? resolve(text) : reject(new Error(`${method} ${url}: ${response.statusCode} ${text}`))));
    });
    sent.once("error", () => resolve(undefined));
    sent.end(body);
  });
}

/** Everything at once, as fast as it is answered, until the gateway dies. */
async function load(url: string, life: number, ledger: Acknowledged): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const append = async (writer: number): Promise<void> => {
    for (let n = 0; ; n++) {
      const body = `${life}.${writer}.${n}`;
      const answer = await send(agent, `${url}/_nanolambda/logs/plain`, "POST", body);
      if (answer === undefined) return;
      ledger.plain.set((JSON.parse(answer) as { seq: number }).seq, body);
    }
  };
  const put = async (): Promise<void> => {
    if (await send(agent, `${url}/things?list-type=2&max-keys=1`, "GET").catch(() => "none") === "none") await send(agent, `${url}/things`, "PUT");
    for (let n = 0; ; n++) {
      const key = `${life % 7}/${n}`, body = `${life}.${n}`.repeat(1 + (n % 50) * 20);
      ledger.objects.delete(key);  // it may hold the old or the new content until the answer is there
      if (await send(agent, `${url}/things/${key}`, "PUT", body) === undefined) return;
      ledger.objects.set(key, body);
    }
  };
  await Promise.all([...Array.from({ length: WRITERS }, (_, writer) => append(writer)), put()]);
  agent.destroy();
}

/** One life: from start to SIGKILL. */
async function live(folder: string, life: number, death: Death, ledger: Acknowledged): Promise<void> {
  const child = spawn(process.execPath, [program, "up", "--listen", "127.0.0.1:0", "--data", "data"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise<NodeJS.Signals | null>((resolve) => child.once("close", (_, signal) => resolve(signal)));
  const kill = (after: Death["after"]): void => { if (after === death.after) setTimeout(() => child.kill("SIGKILL"), death.ms); };
  child.once("spawn", () => kill("start"));
  let output = "";
  const url = new Promise<string | undefined>((resolve) => {
    const take = (text: string): void => {
      output += text;
      const found = /listening on (http:\/\/\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    void closed.then(() => resolve(undefined));
  });
  const address = await url;
  if (address !== undefined) {
    kill("ready");
    await load(address, life, ledger);
  }
  assert.is(await closed, "SIGKILL", `the gateway ended by itself: ${output}`);
}

async function check(data: string, ledger: Ledger): Promise<string[]> {
  const store = openStore({ dir: data });
  try {
    return breaches(ledger, openLogs(store, realWorld(silentLogger)));
  } finally {
    await store.close();
  }
}

test(`a gateway killed ${LIVES} times keeps what it acknowledged, once and in order (SEED=${seed})`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "nanolambda-daemon-"));
  const ledger: Acknowledged = { plain: new Map(), board: 0, objects: new Map() };
  const next = random(seed);
  try {
    writeFileSync(join(folder, "nanolambda.config.ts"), CONFIG);
    writeFileSync(join(folder, "copy.py"), COPY);
    for (let life = 1; life <= LIVES; life++) {
      await live(folder, life, deathOf(next, 800, 250), ledger);
      if (life % CHECK_EVERY === 0) assert.equal(await check(join(folder, "data"), ledger), [], `after ${life} lives`);
    }
    const last = await startGatewayProcess(process.execPath, [program, "up", "--listen", "127.0.0.1:0", "--data", "data"], { cwd: folder, env: process.env });
    const agent = new Agent({ keepAlive: true });
    for (const [key, body] of ledger.objects) assert.is(await send(agent, `${last.url}/things/${key}`, "GET"), body, key);
    agent.destroy();
    const appended = async (name: string): Promise<number> => (JSON.parse(await (await fetch(`${last.url}/_nanolambda/logs/${name}`)).text()) as { last: number }).last;
    while (await appended("effects") < await appended("plain")) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.is(await last.stop(), 0);
    assert.equal(await check(join(folder, "data"), ledger), []);
    assert.ok(ledger.plain.size > LIVES && ledger.objects.size > 20, "the gateway acknowledged nothing: the test shows nothing");
    console.log(`${LIVES} kills, ${ledger.plain.size} appends and ${ledger.objects.size} objects acknowledged, SEED=${seed}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
