/**
 * Bad input on boards, seen through the gateway: an event that is too large, handlers that loop, eat all memory or raise, a damaged image, garbage on the
 * line. Each is one clear error where the caller or the terminal sees it, and the board goes on. On the WebAssembly board over TCP and on the firmware in
 * QEMU over a serial line.
 */
import { randomBytes } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { BoardEvent } from "../../daemon/boards/index.ts";
import { createFrameDecoder, decodeToBoard, encodeFrame, encodeToBoard, type Frame } from "../../daemon/boards/protocol.ts";
import { parseConfig } from "../../daemon/config.ts";
import { until, type GatewayProcess } from "./gateway-process.ts";
import { boardsMissing, endAll, startPlace, startQemuBoard, startWasmBoard, type Ends, type Place, type Prepare } from "./rig.ts";

const missing = boardsMissing();
if (missing !== undefined) console.log(missing);
const ends: Ends = [];
test.after.each(() => endAll(ends));
const KINDS = [
  { name: "the WebAssembly board", check: test, start: (place: Place, prepare?: Prepare) => startWasmBoard(ends, "board", place, prepare) },
  { name: "the board in QEMU", check: missing === undefined ? test : test.skip, start: (place: Place, prepare?: Prepare) => startQemuBoard(ends, "board", place, "serial", prepare) },
];

const ECHO = `
def handler(event, context):
    if "bytes" in event:
        return b"bytes"
    return event["n"] if "n" in event else context.function_name
`;
const PROGRAM = `
import device

def spin(event, context=None):
    while True:
        pass

def hog(event, context=None):
    items = []
    while True:
        items.append(len(items))

def knock(event, context):
    device.append("knocks", event)

def judge(event, context):
    value = event["records"][0]["value"]
    if value == "spin":
        spin(event)
    if value == "hog":
        hog(event)
    return 100 // value
`;
const FILES = { "program.py": PROGRAM, "echo.py": ECHO };
const CONFIG = {
  functions: { ...Object.fromEntries(["spin", "hog", "knock", "judge"].map((name) => [name, { code: "program.py", handler: `program.${name}` }])), echo: { code: "echo.py", handler: "echo.handler" } },
  boards: {
    board: {
      logs: { knocks: { history: 4 } },
      functions: {
        echo: { arenaBytes: 3072 }, spin: { arenaBytes: 2048, timeoutMs: 300 }, hog: { arenaBytes: 4096 }, knock: { arenaBytes: 2048 },
        judge: { arenaBytes: 4096, timeoutMs: 300, trigger: { log: "knocks" }, resultLog: "judged" },
      },
    },
  },
};

type Failed = Extract<BoardEvent, { type: "failed" }>;
const failures = (gateway: GatewayProcess): Failed[] => gateway.events.filter((event): event is Failed => event.type === "failed");
const line = (text: string): number => PROGRAM.split("\n").findIndex((one) => one.includes(text)) + 1;
const refusal = (answer: Promise<unknown>): Promise<string> => answer.then(() => "nothing was refused", (error: Error) => error.message);

/** Flips a bit in the first piece of images longer than `imageBytes`, `left` times; frames stay whole. */
function damage(imageBytes: number): { alter(bytes: Uint8Array): Uint8Array; left: number } {
  let out: Uint8Array[] = [];
  const state = { left: Infinity, alter };
  const decoder = createFrameDecoder((frame) => out.push(encodeFrame(state.left > 0 ? damaged(frame) : frame)));
  function damaged(frame: Frame): Frame {
    if (frame.kind !== "data") return frame;
    const message = decodeToBoard(frame.body);
    if (message.type !== "chunk" || message.offset > 0 || new DataView(message.bytes.slice().buffer).getUint32(4, true) <= imageBytes) return frame;
    state.left--;
    const bytes = message.bytes.slice();
    bytes[200] = (bytes[200] ?? 0) ^ 4;
    return { ...frame, body: encodeToBoard({ ...message, bytes }) };
  }
  function alter(bytes: Uint8Array): Uint8Array {
    out = [];
    decoder.push(bytes);
    return Buffer.concat(out);
  }
  return state;
}

async function runs({ gateway }: Place, times: number): Promise<void> {
  await until(() => `the board runs its functions; ${JSON.stringify(gateway.events)} ${gateway.logged()}`, () => gateway.events.filter(({ type }) => type === "running").length >= times);
}

for (const kind of KINDS) {
  kind.check(`${kind.name}: calls that cannot be served fail with one sentence each, and the next one is served`, async () => {
    const place = await startPlace(ends, FILES, CONFIG);
    const { gateway } = place;
    const board = await kind.start(place);
    await runs(place, 1);
    const served = async (): Promise<void> => assert.is((await gateway.invoke("board", "echo", '{"n": 7}')).payload, "7");
    await served();
    assert.is((await gateway.invoke("board", "echo", "{}")).payload, '"echo"');

    const large = await gateway.invoke("board", "echo", JSON.stringify({ n: "x".repeat(70_000) }));
    assert.is(large.error?.code, 5102);
    assert.match(large.error?.message ?? "", /^the event is too large for the board; bytes at most: \d+$/);
    await served();

    const slow = await gateway.invoke("board", "spin", "{}", 300);
    assert.equal([slow.error?.code, slow.error?.message], [5107, "the handler ran longer than its time; milliseconds: 300"]);
    await served();

    const full = await gateway.invoke("board", "hog", "{}");
    assert.equal([full.error?.code, full.error?.errorType], [5109, "MemoryError"]);
    assert.equal(full.error?.frames.map(({ file, line: at, function: name }) => [file, at, name]), [["program.py", line("items.append"), "hog"]]);
    await served();

    const bytes = await gateway.invoke("board", "echo", '{"n": 7, "bytes": true}');
    assert.equal([bytes.error?.code, bytes.error?.errorType], [5002, "Runtime.MarshalError"]);
    await served();

    assert.is((await gateway.invoke("board", "nothing", "{}")).error?.code, 5101);
    assert.match(await refusal(gateway.invoke("nowhere", "echo", "{}")), /the configuration has no board nowhere; add it under boards/);
    assert.match(await refusal(gateway.invoke("board", "echo", "{")), /JSON/);
    await served();

    const both = await Promise.all([1, 2, 3].map((n) => gateway.invoke("board", "echo", JSON.stringify({ n }))));
    assert.equal(both.map(({ payload, error }) => payload ?? error), ["1", "2", "3"], "calls at the same time wait for each other");

    for (let i = 0; i < 5; i++) {
      board.cable.disturb(randomBytes(3000));
      await served();
    }
  });

  kind.check(`${kind.name}: a triggered handler that fails is told on the terminal, and the next record is handled`, async () => {
    const place = await startPlace(ends, FILES, CONFIG);
    const { gateway } = place;
    await kind.start(place);
    await runs(place, 1);
    const knocks = ['"spin"', "5", "0", '"hog"', '"x"', "4"];
    for (const knock of knocks) await gateway.invoke("board", "knock", knock);
    await until(() => `the last record is judged; ${JSON.stringify(failures(gateway))}`, async () => (await gateway.records("judged")).length >= 2);
    assert.equal((await gateway.records("judged")).map(({ value }) => value), [20, 25]);
    assert.equal((await gateway.records("knocks")).map(({ value }) => JSON.stringify(value)), knocks);
    const told = failures(gateway);
    assert.equal(told.map(({ function: fn, code }) => [fn, code]), [["judge", 5107], ["judge", 5100], ["judge", 5109], ["judge", 5100]]);
    const head = "Traceback (most recent call last):\n";
    assert.is(told[1]?.traceback, `${head}  File "program.py", line ${line("100 //")}, in judge\nZeroDivisionError: integer division or modulo by zero`);
    assert.ok(told[2]?.traceback.startsWith(`${head}  File "program.py", line ${line("        hog(event")}, in judge\n  File "program.py", line ${line("items.append")}, in hog\nMemoryError`), told[2]?.traceback);
  });

  kind.check(`${kind.name}: a damaged image is refused and delivered again; one that stays damaged harms no other function`, async () => {
    const files = { "good.py": "def handler(event, context):\n  return event\n", "bad.py": `def handler(event, context):\n  return ${JSON.stringify("a long text ".repeat(40))}\n` };
    const place = await startPlace(ends, files, {
      functions: { good: { code: "good.py", handler: "good.handler" }, bad: { code: "bad.py", handler: "bad.handler" } },
      boards: { board: { functions: { good: { arenaBytes: 2048 }, bad: { arenaBytes: 4096 } } } },
    });
    const { gateway } = place;
    const fault = damage(480);
    const board = await kind.start(place, (cable) => { cable.alter = fault.alter; });
    const told = (times: number): Promise<void> => until(() => `${times} times told; ${JSON.stringify(gateway.events)} ${gateway.logged()}`, () => failures(gateway).length >= times);
    await told(4);
    assert.is((await gateway.invoke("board", "good", "3")).payload, "3");
    assert.is((await gateway.invoke("board", "bad", "3")).error?.code, 5103);
    await told(5);
    const sentence = "the image is damaged or was made for other firmware; it breaks rule 1004";
    assert.equal(failures(gateway).slice(0, 4).map(({ function: fn, code, traceback }) => [fn, code, traceback.includes(sentence)]), [1, 2, 3, 4].map(() => ["bad", 5103, true]));

    fault.left = 1;
    await board.off();
    await board.on();
    await told(6);
    await until("the image was delivered whole", async () => (await gateway.invoke("board", "bad", "3").catch(() => undefined))?.payload !== undefined);
    assert.is((await gateway.invoke("board", "good", "4")).payload, "4");
  });
}

test("of two boards with one name the older is refused with a sentence, and served when the other is gone", async () => {
  const place = await startPlace(ends, FILES, CONFIG);
  const { gateway } = place;
  const older = await startWasmBoard(ends, "board", place);
  await runs(place, 1);
  await gateway.invoke("board", "knock", "4");
  const newer = await startWasmBoard(ends, "board", place);
  await until(() => `the older board is refused; ${gateway.logged()}`, () => gateway.logged().includes("two boards have the name board; give each a name of its own"));
  const attached = gateway.events.filter(({ type }) => type === "attached").length;
  await gateway.invoke("board", "knock", "5");
  assert.is(gateway.events.filter(({ type }) => type === "attached").length, attached, "they do not chase each other away");
  await newer.off();
  await until(() => `the older board is back; ${gateway.logged()}`, async () => (await gateway.invoke("board", "knock", "10").then(({ error }) => error, () => "away")) === undefined);
  await until("the last record is judged", async () => (await gateway.records("judged")).length === 3);
  const judged = await gateway.records("judged");
  assert.equal(judged.map(({ value }) => value), [25, 20, 10]);
  assert.equal([...older.cable.ledger.boots.keys()].slice(-1), [judged[2]?.origin?.epoch], "the older board got a new epoch");
});

test("a call with a time that is none is refused", async () => {
  const { gateway } = await startPlace(ends, FILES, CONFIG);
  assert.match(await refusal(gateway.invoke("board", "echo", "{}", -1)), /400 .*timeoutMs is 1 to 900000/);
});

test("a name that a board cannot hold is refused by the configuration", () => {
  const long = "x".repeat(65);
  for (const boards of [{ [long]: {} }, { board: { logs: { [long]: {} } } }, { board: { logs: { a: {} }, sensors: { [long]: { log: "a", everyMs: 100 } } } }, { board: { functions: { echo: { resultLog: long } } } }]) {
    assert.throws(() => parseConfig({ boards }), (error: Error) => /boards\..* has at most \d+ bytes, for (a|the) board to hold it/.test(error.message));
  }
});

test.run();
