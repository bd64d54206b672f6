/** Kills a process that appends under load, at random moments, 200 times, and holds the reopened logs against what was acknowledged. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openLogs } from "../../daemon/log/index.ts";
import { openStore } from "../../daemon/store.ts";
import { realWorld, silentLogger } from "../../daemon/world.ts";
import { breaches, note, type Ledger } from "./ledger.ts";
import { type Death, deathOf, random } from "./lives.ts";

const LIVES = 200;
/** The store is checked after every so many lives: each check reads all of it. */
const CHECK_EVERY = 20;
const seed = Number(process.env["SEED"] ?? Date.now() % 1e9);

/** One life: from start to SIGKILL. */
function live(program: string, dir: string, life: number, death: Death, ledger: Ledger): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, dir, String(life)], { stdio: ["ignore", "pipe", "inherit"] });
    const kill = (after: Death["after"]): void => { if (after === death.after) setTimeout(() => child.kill("SIGKILL"), death.ms); };
    child.once("spawn", () => kill("start"));
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "ready") kill("ready");
        else note(ledger, line);
      }
    });
    child.on("close", (code, signal) => (signal === "SIGKILL" ? resolve() : reject(new Error(`the appender ended by itself with ${code}`))));
  });
}

async function check(dir: string, ledger: Ledger): Promise<string[]> {
  const store = openStore({ dir });
  try {
    return breaches(ledger, openLogs(store, realWorld(silentLogger)));
  } finally {
    await store.close();
  }
}

test(`nothing acknowledged is missing, nothing is doubled and order holds after ${LIVES} kills (SEED=${seed})`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "nanolambda-crash-"));
  const program = join(process.cwd(), "build", "crash", "appender.mjs");
  await build({ entryPoints: [new URL("appender.ts", import.meta.url).pathname], bundle: true, platform: "node", format: "esm", packages: "external", outfile: program, logLevel: "error" });
  try {
    const next = random(seed);
    const dir = join(folder, "data");
    const ledger: Ledger = { plain: new Map(), board: 0 };
    for (let life = 1; life <= LIVES; life++) {
      await live(program, dir, life, deathOf(next, 150, 120), ledger);
      if (life % CHECK_EVERY === 0) assert.equal(await check(dir, ledger), [], `after ${life} lives`);
    }
    assert.ok(ledger.plain.size > LIVES && ledger.board > LIVES, "the appender acknowledged nothing: the test shows nothing");
    console.log(`${LIVES} kills, ${ledger.plain.size} appends acknowledged, board's records up to ${ledger.board}, SEED=${seed}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
