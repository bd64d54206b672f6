/** The real firmware image in QEMU, one function at a time: results, tracebacks, limits, host calls, damaged images. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadCompiler, symbolize, type Compiled } from "../../compiler/index.ts";
import { openBoardPort, type BoardPort } from "../../daemon/cli/board-port.ts";
import { realWorld, silentLogger } from "../../daemon/world.ts";
import { qemuMissing } from "./qemu.ts";

const missing = qemuMissing("lm3s6965evb");
if (missing !== undefined) console.log(missing);
const onBoard = missing === undefined ? test : test.skip;
const compiler = await loadCompiler();

interface Running { port: BoardPort; compiled: Compiled; printed(): string }

async function start(source: string, options: { handler?: string; arenaBytes?: number; fuel?: number; timeoutMs?: number; image?: Uint8Array } = {}): Promise<Running> {
  const { handler = "handler", image, ...limits } = options;
  const compiled = compiler.compile({ files: { "program.py": source }, main: "program", ...(handler === "" ? {} : { handler }) });
  let text = "";
  const port = await openBoardPort({ machine: "lm3s6965evb", image: image ?? compiled.image, world: realWorld(silentLogger), print: (piece) => { text += piece; }, timeoutMs: 20_000, ...limits });
  return { port, compiled, printed: () => text };
}

onBoard("a handler's state stays between calls and its result is exact", async () => {
  const { port } = await start("count = 0\ndef handler(event, context):\n  global count\n  count += 1\n  return {'n': count, 'sum': sum(event['values']), 'half': 0.1 + 0.2, 'big': 7 ** 40}\n");
  for (const n of [1, 2, 3]) {
    const { payload } = await port.client.call('{"values": [1, 2, 3.5]}');
    assert.is(payload, `{"n": ${n}, "sum": 6.5, "half": 0.30000000000000004, "big": 6366805760909027985741435139224001}`);
  }
  await port.close();
});

onBoard("a script's output arrives whole and in order, more of it than the board has memory", async () => {
  const { port, printed } = await start("for i in range(3000):\n  print('line', i, 'x' * 20)\n", { handler: "" });
  const { error } = await port.client.call();
  assert.is(error, undefined);
  assert.is(printed(), Array.from({ length: 3000 }, (_, i) => `line ${i} ${"x".repeat(20)}\n`).join(""));
  await port.close();
});

onBoard("a traceback names file, line and function of each frame, and the function goes on", async () => {
  const { port, compiled } = await start("def inner(x):\n  return 1 // x\n\ndef handler(event, context):\n  return inner(event)\n");
  const failed = await port.client.call("0");
  assert.equal([failed.error?.errorType, failed.error?.message, failed.error?.code], ["ZeroDivisionError", "integer division or modulo by zero", 5100]);
  const frames = symbolize(compiled.lines, (failed.error?.frames ?? []).map(([fn, pc]) => [fn, pc]));
  assert.equal(frames.map(({ file, line, function: name }) => [file, line, name]), [["program.py", 5, "handler"], ["program.py", 2, "inner"]]);
  assert.is((await port.client.call("2")).payload, "0");
  await port.close();
});

onBoard("a handler that loops for ever is stopped by its time and by its fuel, and starts anew", async () => {
  const source = "n = 0\ndef handler(event, context):\n  global n\n  n += 1\n  while event:\n    pass\n  return n\n";
  const timed = await start(source, { timeoutMs: 300 });
  assert.is((await timed.port.client.call("true")).error?.code, 5107);
  assert.is((await timed.port.client.call("false")).payload, "1");
  await timed.port.close();
  const fuelled = await start(source, { fuel: 5000 });
  const stopped = await fuelled.port.client.call("true");
  assert.is(stopped.error?.code, 5108);
  assert.ok(stopped.fuel >= 5000 && stopped.fuel <= 5001, `fuel ${stopped.fuel}`);
  await fuelled.port.close();
});

onBoard("a built-in that runs for ever is stopped by the call's time, whatever the handler catches", async () => {
  const source = "def handler(event, context):\n  while event:\n    try:\n      sum(range(10 ** 12))\n    except Exception:\n      pass\n  return 'well'\n";
  const { port } = await start(source, { timeoutMs: 300 });
  assert.is((await port.client.call("true")).error?.code, 5107);
  assert.is((await port.client.call("false")).payload, '"well"');
  await port.close();
});

onBoard("a handler that eats all memory ends in MemoryError, and starts anew", async () => {
  const { port } = await start("n = 0\ndef handler(event, context):\n  global n\n  n += 1\n  items = []\n  while event:\n    items.append('x' * 100 + str(n))\n  return n\n", { arenaBytes: 8192 });
  const failed = await port.client.call("true");
  assert.equal([failed.error?.code, failed.error?.errorType], [5109, "MemoryError"]);
  assert.is((await port.client.call("false")).payload, "1");
  await port.close();
});

onBoard("an event that is too large for the board is refused with its limit, and the next one is served", async () => {
  const { port } = await start("def handler(event, context):\n  return len(event)\n", { arenaBytes: 24_000 });
  const refused = await port.client.call(JSON.stringify("x".repeat(60_000)));
  assert.is(refused.error?.code, 5102);
  assert.match(refused.error?.message ?? "", /too large for the board; bytes at most: \d+/);
  assert.is((await port.client.call(JSON.stringify("x".repeat(5_000)))).payload, "5000");
  await port.close();
});

onBoard("a result that JSON cannot hold is an error, not a lost call", async () => {
  const { port } = await start("def handler(event, context):\n  return {1, 2}\n");
  const { error } = await port.client.call();
  assert.is(error?.errorType, "TypeError");
  await port.close();
});

onBoard("a damaged image is refused with the rule that it breaks", async () => {
  const image = compiler.compile({ files: { "program.py": "def handler(event, context):\n  return 1\n" }, main: "program", handler: "handler" }).image.slice();
  image[image.length - 3] = (image[image.length - 3] ?? 0) ^ 1;
  try {
    await start("def handler(event, context):\n  return 1\n", { image });
    assert.unreachable("the board took a damaged image");
  } catch (error) {
    assert.match((error as Error).message, /5103.*breaks rule \d+/);
  }
});

onBoard("host calls are answered by the board: its name, its sensor, its clock, sleep", async () => {
  const source = [
    "import device", "import time", "def handler(event, context):", "  before = time.monotonic()", "  time.sleep(0.05)", "  slept = time.monotonic() - before",
    "  try:", "    device.read('thermometer')", "  except ValueError as error:", "    missing = str(error)",
    "  return [device.board(), 0 < device.read('accel') < 1, 0.05 <= slept < 1, time.time() > 1600000000, missing]",
  ].join("\n");
  const { port } = await start(source);
  const { payload, error } = await port.client.call();
  assert.is(payload, '["lm3s6965evb", true, true, true, "the board has no sensor of this name"]', JSON.stringify(error));
  await port.close();
});

test.run();
