/**
 * Boards behind cables: the motor example over a serial pty and over TCP; then cables pulled, boards switched off and gateways killed at random
 * moments, held against an outside ledger. The gateway is a process, the boards are the firmware in QEMU and the WebAssembly board.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { BoardEvent } from "../../daemon/boards/index.ts";
import { pause, until, type GatewayProcess, type LoggedRecord } from "./gateway-process.ts";
import { startQemu, type Qemu } from "./qemu.ts";
import { boardsMissing, endAll, startPlace, startQemuBoard, startWasmBoard, type Board, type Ends } from "./rig.ts";

const missing = boardsMissing();
if (missing !== undefined) console.log(missing);
const onBoard = missing === undefined ? test : test.skip;
const root = fileURLToPath(new URL("../..", import.meta.url));
const seed = Number(process.env["SEED"] ?? Date.now() % 1e9);

const ends: Ends = [];
test.after.each(() => endAll(ends));

/** A small generator (mulberry32), so that a failure can be run again with its seed. */
function generator(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ofBoard = (records: readonly LoggedRecord[], board: string): LoggedRecord[] => records.filter(({ origin }) => origin?.board === board);
const epochsOf = (records: readonly LoggedRecord[]): number[] => [...new Set(records.map(({ origin }) => origin?.epoch ?? 0))];

// ---- the motor

const MOTOR = { logs: { vibration: { history: 32 } }, sensors: { accel: { log: "vibration", everyMs: 100 } }, functions: { "motor-failure": { trigger: { log: "vibration", window: 32 }, resultLog: "verdicts" } } };
const VERDICTS = 36;

/** The verdicts that CPython gives after each of the readings. */
function verdictsOf(readings: readonly unknown[]): unknown[] {
  const windows = readings.map((_, i) => readings.slice(Math.max(0, i - 31), i + 1));
  const script = "import json, sys; sys.path.insert(0, sys.argv[1]); import motor_failure; print(json.dumps([motor_failure.handler({'window': window}, None) for window in json.load(sys.stdin)]))";
  const { stdout, stderr, status } = spawnSync("python3", ["-c", script, join(root, "examples/motor")], { input: JSON.stringify(windows), encoding: "utf8" });
  assert.is(status, 0, stderr);
  return JSON.parse(stdout) as unknown[];
}

/** Every reading that the boards' model gives in its first `ms`. */
function modelReadings(ms: number): Set<unknown> {
  const module = new WebAssembly.Module(readFileSync(join(root, "device/ports/wasm/iotpy.wasm")));
  const imports = new Proxy({}, { get: () => () => 0 });
  const { board_model: model } = new WebAssembly.Instance(module, { env: imports, board: imports }).exports as unknown as { board_model(ms: number): number };
  return new Set(Array.from({ length: ms }, (_, at) => model(at)));
}

onBoard("the motor example runs on the board over a serial pty and over TCP, and again after the board was switched off", async () => {
  const { tty, port, gateway } = await startPlace(ends, {}, { functions: { "motor-failure": { code: join(root, "examples/motor"), handler: "motor_failure.handler" } }, boards: { "motor-serial": MOTOR, "motor-tcp": MOTOR } });
  const machines: Qemu[] = [];
  ends.push(async () => { for (const qemu of machines) await qemu.kill(); });
  const onPty = async (): Promise<void> => {
    const qemu = await startQemu({ machine: "lm3s6965evb", serial: "pty", name: "motor-serial" });
    machines.push(qemu);
    symlinkSync(qemu.path, tty);
  };
  const verdicts = async (board: string, boots: number): Promise<boolean> => {
    const found = ofBoard(await gateway.records("verdicts"), board);
    return epochsOf(found).length === boots && epochsOf(found).every((epoch) => found.filter(({ origin }) => origin?.epoch === epoch).length >= VERDICTS);
  };
  machines.push(await startQemu({ machine: "lm3s6965evb", serial: `tcp:127.0.0.1:${port}`, name: "motor-tcp" }));
  await onPty();
  await until("verdicts of both boards", async () => (await verdicts("motor-serial", 1)) && (await verdicts("motor-tcp", 1)));
  rmSync(tty);
  await machines.pop()?.kill();
  await onPty();
  await until("verdicts of the board that was switched off and on", () => verdicts("motor-serial", 2));

  const model = modelReadings(60_000);
  const judged = await gateway.records("verdicts");
  const vibration = await gateway.records("vibration");  // later: each verdict's reading is there
  for (const board of ["motor-serial", "motor-tcp"]) {
    for (const epoch of epochsOf(ofBoard(vibration, board))) {
      const own = (records: readonly LoggedRecord[]): LoggedRecord[] => records.filter(({ origin }) => origin?.board === board && origin.epoch === epoch);
      const readings = own(vibration).map(({ value }) => value);
      assert.ok(readings.every((value) => model.has(value)), `${board}: the readings are the model's`);
      const values = own(judged).map(({ value }) => value);
      assert.equal(values, verdictsOf(readings).slice(0, values.length), `${board}: the board judges as CPython does`);
      const last = own(judged).at(-1)?.origin?.seq ?? 0;
      const numbers = [...own(vibration), ...own(judged)].map(({ origin }) => origin?.seq ?? 0).filter((seq) => seq <= last).sort((one, other) => one - other);
      assert.equal(numbers, Array.from({ length: last }, (_, i) => i + 1), `${board}: no number is missing or doubled`);
    }
    const delivered = gateway.events.filter((event): event is Extract<BoardEvent, { type: "delivered" }> => event.type === "delivered" && event.board === board);
    assert.equal(delivered.map(({ functions }) => functions), epochsOf(ofBoard(vibration, board)).map(() => ["motor-failure"]), "each boot got the image once");
  }
});

// ---- pulled cables

const COUNT = `
import device
n = 0

def handler(event, context):
    global n
    n += 1
    device.append("counted", {"n": n, "of": event["records"][0]["seq"]})
    return n
`;
const counting = (everyMs: number): object => ({ logs: { vibration: { history: 32 } }, sensors: { accel: { log: "vibration", everyMs } }, functions: { count: { trigger: { log: "vibration" }, resultLog: "results" } } });
const LOGS = ["vibration", "counted", "results"];

/** Pulls a board's cable at random moments, before and in its sessions; now and then there is noise on the line, or the board is switched off while it is out. */
async function pullOften({ name, cable, on, off }: Board, pulls: number, random: () => number): Promise<void> {
  let before = { heard: 0, sessions: 0 };
  for (let i = 0; i < pulls; i++) {
    const inSession = random() < 0.7;
    await until(`the gateway speaks to ${name} after ${i} pulls`, () => (inSession ? cable.ledger.sessions() > before.sessions : cable.ledger.heard() > before.heard));
    await pause(random() ** 2 * 1500);
    if (random() < 0.3) cable.disturb(Uint8Array.from({ length: random() * 400 }, () => random() * 256));
    if (random() < 0.3) await pause(random() * 50);
    cable.pull();
    if (random() < 0.1 || i === pulls >> 1) { await off(); await on(); }
    await pause(random() * 200);
    before = { heard: cable.ledger.heard(), sessions: cable.ledger.sessions() };
    await cable.plug();
  }
}

async function killOften(gateway: GatewayProcess, kills: number, random: () => number): Promise<void> {
  for (let i = 0; i < kills; i++) {
    await pause(1000 + random() * 3000);
    await gateway.kill();
    await pause(random() * 300);
    await gateway.start();
  }
}

/** Long enough that a pulled cable often loses the word that a record is durable: the board must send it again, and the gateway must know it. */
const LATENCY_MS = 40;

/** The whole storm, and what must hold after it. */
async function storm(gateway: GatewayProcess, boards: readonly Board[], options: { pulls: number; kills: number; random: () => number }): Promise<void> {
  const { pulls, kills, random } = options;
  for (const { cable } of boards) cable.latencyMs = LATENCY_MS;
  await until("the boards' first records", () => boards.every(({ cable }) => [...cable.ledger.boots.values()].some(({ saved }) => saved > 0)));
  await Promise.all([...boards.map((board) => pullOften(board, pulls, generator(random() * 2 ** 32))), killOften(gateway, kills, generator(random() * 2 ** 32))]);
  for (const { name, cable: { ledger } } of boards) {
    const goal = Math.max(...[...ledger.boots].at(-1)?.[1].sent.keys() ?? [0]) + 10;
    await until(() => `${name}'s records up to ${goal} are acknowledged\n${gateway.logged()}`, () => ([...ledger.boots].at(-1)?.[1].saved ?? 0) >= goal);
  }
  await gateway.kill();  // what the logs hold is then what the disk holds
  await gateway.start();
  const logs = Object.fromEntries(await Promise.all(LOGS.map(async (log) => [log, await gateway.records(log)] as const)));
  for (const { name, cable: { ledger } } of boards) {
    assert.equal(ledger.breaches(name, logs), []);
    for (const [epoch, { dropped }] of ledger.boots) {
      const numbers = ofBoard(logs["counted"] ?? [], name).filter(({ origin }) => origin?.epoch === epoch).map(({ value }) => (value as { n: number }).n);
      if (dropped === 0) assert.equal(numbers, numbers.map((_, i) => i + 1), `${name}: the handler's own count`);
    }
    const boots = [...ledger.boots.values()];
    const sum = (of: (boot: typeof boots[number]) => number): number => boots.reduce((total, boot) => total + of(boot), 0);
    assert.ok(ledger.sessions() > pulls / 2 && boots.length > 1 && sum(({ saved }) => saved) > pulls, "too little happened: the test shows nothing");
    console.log(`${name}: ${pulls} pulls, ${kills} kills, ${ledger.sessions()} sessions, ${boots.length} boots, ${sum(({ saved }) => saved)} records acknowledged, ${sum(({ dropped }) => dropped)} dropped by a full outbox, SEED=${seed}`);
  }
}


const config = (boards: object): object => ({ logs: { counted: {} }, functions: { count: { code: "count.py", handler: "count.handler" } }, boards });

test(`the WebAssembly board: no acknowledged record is lost or doubled, however often its cable is pulled (SEED=${seed})`, async () => {
  const place = await startPlace(ends, { "count.py": COUNT }, config({ wasm: counting(100) }));
  await storm(place.gateway, [await startWasmBoard(ends, "wasm", place)], { pulls: 30, kills: 3, random: generator(seed) });
});

onBoard(`boards in QEMU: no acknowledged record is lost or doubled, however often their cables are pulled (SEED=${seed})`, async () => {
  const place = await startPlace(ends, { "count.py": COUNT }, config({ tcp: counting(200), serial: counting(200) }));
  const boards = [await startQemuBoard(ends, "tcp", place, "tcp"), await startQemuBoard(ends, "serial", place, "serial")];
  await storm(place.gateway, boards, { pulls: 12, kills: 2, random: generator(seed) });
});

test.run();
