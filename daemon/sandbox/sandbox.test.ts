import { test } from "uvu";
import * as assert from "uvu/assert";
import { INVOKE_PAYLOAD_BYTES_MAX } from "../limits.ts";
import { realWorld, silentLogger } from "../world.ts";
import { createSandbox, type InvokeResult, type Sandbox, type SandboxFunction, workersFrom } from "./index.ts";
import { call, functionOf, startSandbox } from "./test-sandbox.ts";

let sandbox: Sandbox;
test.before(async () => {
  sandbox = await startSandbox();
});
test.after(() => sandbox.stop());

async function run(files: string | Record<string, string>, options: { event?: unknown; timeoutMs?: number } & Partial<SandboxFunction> = {}): Promise<InvokeResult> {
  const { event, timeoutMs, ...rest } = options;
  return call(sandbox, functionOf(files, rest), event, timeoutMs);
}

async function valueOf(files: string | Record<string, string>, options = {}): Promise<unknown> {
  const result = await run(files, options);
  assert.is(result.functionError, undefined, result.payload);
  return JSON.parse(result.payload ?? "");
}

async function errorOf(files: string | Record<string, string>, options = {}): Promise<{ errorType: string; errorMessage: string; trace?: string[] }> {
  const result = await run(files, options);
  assert.is(result.functionError, "Unhandled");
  return JSON.parse(result.payload ?? "") as { errorType: string; errorMessage: string; trace?: string[] };
}

const handler = (body: string, parameters = "event, context"): string => `exports.handler = async (${parameters}) => { ${body} };`;

test("an async handler's value is the result, and nothing is null", async () => {
  assert.equal(await valueOf(handler("return { got: event };"), { event: { a: [1, "é\u0000"] } }), { got: { a: [1, "é\u0000"] } });
  assert.is(await valueOf(handler("")), null);
  assert.is(await valueOf("exports.handler = () => {};"), null);
  assert.is(await valueOf("exports.handler = () => 5;"), 5);
  assert.is(await valueOf(handler("await new Promise(() => {});")), null);
});

test("callbacks and the context's old functions answer too, after the timers", async () => {
  assert.is(await valueOf("exports.handler = (event, context, callback) => setTimeout(() => callback(null, 'late'), 5);"), "late");
  assert.equal(await valueOf("const seen = []; exports.handler = (e, c, callback) => { callback(null, seen); setTimeout(() => seen.push(1), 5); };"), [1]);
  assert.equal(await valueOf("const seen = []; exports.handler = (e, c, callback) => { c.callbackWaitsForEmptyEventLoop = false; callback(null, seen); setTimeout(() => seen.push(1), 5); };"), []);
  assert.is(await valueOf("exports.handler = (event, context) => { context.succeed('done'); };"), "done");
  assert.is((await errorOf("exports.handler = (e, c, callback) => callback(new RangeError('no'));")).errorType, "RangeError");
  assert.equal(await errorOf("exports.handler = (e, c, callback) => callback('no');"), { errorType: "string", errorMessage: "no", trace: [] });
});

test("the state of a warm instance stays, and its start-up is timed once", async () => {
  const fn = functionOf("let n = 0; exports.handler = async () => ++n;");
  const first = await call(sandbox, fn);
  const second = await call(sandbox, fn);
  assert.equal([first.payload, second.payload], ["1", "2"]);
  assert.type(first.initMs, "number");
  assert.is(second.initMs, undefined);
  sandbox.forget(fn.key);
  assert.is((await call(sandbox, fn)).payload, "1");
});

test("calls of one function at once run in instances of their own", async () => {
  const fn = functionOf("let inside = 0; exports.handler = async () => { inside++; await new Promise((wake) => setTimeout(wake, 20)); return inside--; };");
  const results = await Promise.all(Array.from({ length: 6 }, () => call(sandbox, fn)));
  assert.equal(results.map(({ payload }) => payload), ["1", "1", "1", "1", "1", "1"]);
});

test("the files of the zip, JSON and packages among them, can be required and imported", async () => {
  const files = { "lib/a.js": "exports.a = require('./b').b + 1; exports.dir = __dirname;", "lib/b.js": "module.exports = { b: 1 };", "data.json": '{"d": 4}', "node_modules/pkg/package.json": '{"main": "main.js"}', "node_modules/pkg/main.js": "exports.p = 'package';" };
  assert.equal(await valueOf({ ...files, "index.js": `const { a, dir } = require('./lib/a.js'); ${handler("return [a, dir, require('./data').d, require('pkg').p];")}` }), [2, "/var/task/lib", 4, "package"]);
  const module = "import { a } from './lib/a.js'; import data from './data.json' with { type: 'json' }; import { p } from 'pkg'; import { Buffer } from 'node:buffer'; const late = await import('./late.mjs');";
  assert.equal(await valueOf({ ...files, "late.mjs": "export default 'late';", "index.mjs": `${module} export const handler = async () => [a, data.d, p, late.default, Buffer.from('é').toString('hex')];` }), [2, 4, "package", "late", "c3a9"]);
  assert.is(await valueOf("export const handler = async () => 'syntax tells';"), "syntax tells");
  assert.is(await valueOf({ "package.json": '{"type": "module"}', "src/app.js": "export const nested = { handler: async () => 7 };" }, { handler: "src/app.nested.handler" }), 7);
});

test("a cycle of requires sees what is exported so far", async () => {
  assert.equal(await valueOf({ "a.js": "exports.early = 1; exports.b = require('./b').seen;", "b.js": "exports.seen = require('./a').early;", "index.js": handler("return require('./a');") }), { early: 1, b: 1 });
});

test("the environment, the context and what is global are there", async () => {
  const value = await valueOf(handler("return [process.env.GREETING, context.functionName, context.awsRequestId, context.invokedFunctionArn, context.getRemainingTimeInMillis() > 4000, structuredClone(new Map([[1, 2]])).get(1), new TextDecoder().decode(new TextEncoder().encode('€𝄞')), atob(btoa('\\u00ff')).charCodeAt(0), Buffer.from('aGk', 'base64').toString(), crypto.randomUUID().length];"));
  assert.equal(value, ["hello", "f", "r", "arn:aws:lambda:us-east-1:000000000000:function:f", true, 2, "€𝄞", 255, "hi", 36]);
});

test("nothing of the host can be reached", async () => {
  assert.equal(await valueOf(handler("return [typeof fetch, typeof WebAssembly, typeof std, typeof os, typeof Worker, process.env.HOME === undefined];")), ["undefined", "undefined", "undefined", "undefined", "undefined", true]);
  assert.match((await errorOf("require('fs');")).errorMessage, /Cannot find module 'fs'; functions here may import .*nanolambda, node:buffer/);
  assert.match((await errorOf({ "index.mjs": "import { readFile } from 'node:fs/promises'; export const handler = readFile;" })).errorMessage, /Cannot find module 'node:fs\/promises'; functions here/);
});

test("what is printed stands in the log as Lambda writes it", async () => {
  const { logText, printed } = await run(handler("console.log('a %s %j', 'b', { c: 1 }, [1, { d: 'e' }]); console.error(new Error('oops')); console.warn('w'); process.stdout.write('raw'); return 1;"));
  const lines: string[] = logText.split("\n");
  assert.is(lines[0], "START RequestId: r Version: $LATEST");
  assert.match(lines[1] ?? "", /^\d{4}-\d\d-\d\dT[\d:.]+Z\tr\tINFO\ta b {"c":1} \[ 1, { d: 'e' } \]$/);
  assert.match(lines[2] ?? "", /\tr\tERROR\tError: oops$/);
  assert.match(lines[3] ?? "", /^ {4}at <anonymous> \(\/var\/task\/index\.js:1:\d+\)$/);
  assert.match(lines[4] ?? "", /\tr\tWARN\tw$/);
  assert.is(lines[5], "raw");
  assert.is(lines[6], "END RequestId: r");
  assert.match(lines[7] ?? "", /^REPORT RequestId: r\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\t$/);
  assert.is(printed, true);
  assert.is((await run(handler(""))).printed, false);
});

test("a log that is too long loses its beginning and says so", async () => {
  const { logText } = await run(handler("for (let i = 0; i < 20000; i++) console.log('line', i, 'x'.repeat(50));"));
  assert.ok(logText.length < 300_000);
  assert.match(logText, /its beginning is left out/);
  assert.match(logText, /line 19999/);
});

test("an error names its file and line, as Node's runtime gives it", async () => {
  const { errorType, errorMessage, trace } = await errorOf({ "index.js": "const { fail } = require('./lib');\nexports.handler = async () => {\n  fail();\n};", "lib.js": "\n\nexports.fail = () => {\n  throw new TypeError('boom');\n};" });
  assert.is(errorType, "TypeError");
  assert.is(errorMessage, "boom");
  assert.is(trace?.[0], "TypeError: boom");
  assert.match(trace?.[1] ?? "", /\/var\/task\/lib\.js:4:/);
  assert.match(trace?.[2] ?? "", /\/var\/task\/index\.js:3:/);
  assert.is(trace?.length, 3);
  assert.match((await errorOf("exports.handler = async () => { throw new Error('x'); };")).trace?.[1] ?? "", /index\.js:1:4\d\)$/);
});

test("whatever is thrown or rejected is answered", async () => {
  assert.equal(await errorOf(handler("throw 'text';")), { errorType: "string", errorMessage: "text", trace: [] });
  assert.is((await errorOf(handler("throw null;"))).errorMessage, "null");
  assert.is((await errorOf("exports.handler = () => { throw new Error('sync'); };")).errorMessage, "sync");
  assert.is((await errorOf("exports.handler = () => Promise.reject(Object.assign(new Error('named'), { name: 'Mine' }));")).errorType, "Mine");
  assert.is((await errorOf("exports.handler = async () => { setTimeout(() => { throw new Error('in a timer'); }, 1); await new Promise((w) => setTimeout(w, 1000)); };")).errorMessage, "in a timer");
});

test("what cannot start says why: syntax, missing file, missing handler, bad name, its own error", async () => {
  assert.match((await errorOf("const x = ;")).errorMessage, /^SyntaxError: /);
  assert.is((await errorOf({ "index.mjs": "export const = 1;" })).errorType, "Runtime.UserCodeSyntaxError");
  assert.equal((await errorOf({ "other.js": "" })).errorMessage, "Error: Cannot find module 'index'\nRequire stack:\n- /var/runtime/index.mjs");
  assert.is((await errorOf({ "other.js": "" })).errorType, "Runtime.ImportModuleError");
  assert.is((await errorOf("require('./none');")).errorType, "Runtime.ImportModuleError");
  assert.is((await errorOf("exports.other = 1;")).errorMessage, "index.handler is undefined or not exported");
  assert.is((await errorOf("exports.handler = 1;")).errorMessage, "index.handler is not a function");
  assert.is((await errorOf("", { handler: "index" })).errorType, "Runtime.MalformedHandlerName");
  assert.is((await errorOf("throw new RangeError('top');")).errorType, "RangeError");
});

test("a result that JSON cannot hold is a MarshalError", async () => {
  for (const [body, reason] of [["const a = {}; a.a = a; return a;", /circular/], ["return 5n;", /BigInt/], ["return () => 1;", /function/], ["return Symbol('s');", /symbol/], ["return { toJSON() { throw new Error('mine'); } };", /mine/]] as const) {
    const { errorType, errorMessage } = await errorOf(handler(body));
    assert.is(errorType, "Runtime.MarshalError");
    assert.match(errorMessage, reason);
  }
});

test("a response beyond Lambda's limit is refused, one at the limit is not", async () => {
  const { errorType, errorMessage } = await errorOf(handler(`return "x".repeat(${INVOKE_PAYLOAD_BYTES_MAX - 1});`));
  assert.is(errorType, "Function.ResponseSizeTooLarge");
  assert.is(errorMessage, `Response payload size (${INVOKE_PAYLOAD_BYTES_MAX + 1} bytes) exceeded maximum allowed payload size (${INVOKE_PAYLOAD_BYTES_MAX} bytes).`);
  assert.is((await run(handler(`return "x".repeat(${INVOKE_PAYLOAD_BYTES_MAX - 2});`))).payload?.length, INVOKE_PAYLOAD_BYTES_MAX);
});

test("an event that is no JSON is told apart from every failure of the handler", async () => {
  const fn = functionOf(handler("return event;"));
  for (const event of ["{nope", "", "{}\0x", "[1,]"]) {
    assert.is((await sandbox.invoke(fn, { event, requestId: "r", timeoutMs: 1000 })).payload, undefined, event);
  }
  assert.is((await call(sandbox, fn, 5)).payload, "5");
});

for (const [how, body] of [["loops", "for (;;);"], ["awaits for ever", "for (;;) await null;"], ["catches its interruption", "for (;;) { try { for (;;); } catch {} }"], ["waits on a timer", "await new Promise((wake) => setTimeout(wake, 60_000));"], ["chains microtasks", "const next = () => Promise.resolve().then(next); await next();"]] as const) {
  test(`a function that ${how} is timed out, and starts afresh afterwards`, async () => {
    const fn = functionOf(`let n = 0; exports.handler = async (event) => { n++; if (event.hang) { ${body} } return n; };`);
    await call(sandbox, fn);
    const result = await call(sandbox, fn, { hang: true }, 150);
    assert.equal(JSON.parse(result.payload ?? ""), { errorType: "Sandbox.Timedout", errorMessage: "RequestId: r Error: Task timed out after 0.15 seconds" });
    assert.match(result.logText, /r Task timed out after \d+\.\d\d seconds\n.*REPORT.*Status: timeout/s);
    assert.is((await call(sandbox, fn)).payload, "1");
  });
}

test("a function that eats all memory is ended, and its memory is given back", async () => {
  for (const body of ["const all = []; for (;;) all.push('x'.repeat(1e6) + all.length);", "const all = []; for (;;) all.push({});", "try { const all = []; for (;;) all.push(new Array(1e5).fill(1)); } finally { throw null; }"]) {
    const { errorType, errorMessage } = await errorOf(handler(body), { timeoutMs: 20_000 });
    assert.is(errorType, "Runtime.OutOfMemory");
    assert.is(errorMessage, "RequestId: r Error: Runtime exited with error: signal: killed");
  }
});

test("recursion without end is a RangeError", async () => {
  const deep = await errorOf(handler("const f = (n) => f(n + 1) + 1; return f(0);"));
  assert.equal([deep.errorType, deep.errorMessage], ["RangeError", "Maximum call stack size exceeded"]);
  assert.is(await valueOf(handler("const f = (n) => (n === 0 ? 0 : 1 + f(n - 1)); return f(4000);")), 4000);
});

test("process.exit ends the call, not the gateway", async () => {
  assert.equal(await errorOf(handler("process.exit(3);")), { errorType: "Runtime.ExitError", errorMessage: "RequestId: r Error: Runtime exited with error: exit status 3" });
  assert.match((await errorOf(handler("try { process.exit(0); } catch {} for (;;);"))).errorMessage, /exited without providing a reason/);
});

test("a worker that cannot be interrupted is replaced, and calls beside it come through", async () => {
  const stuck = functionOf(handler("return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);"));
  const quick = functionOf(handler("return 'quick';"));
  const slept = functionOf(handler("await new Promise((wake) => setTimeout(wake, 100)); return 'slept';"));
  await call(sandbox, quick);
  const sleeping = call(sandbox, slept);
  let isStopped = false;
  const stopped = call(sandbox, stuck, {}, 500).finally(() => { isStopped = true; });
  const beside = await Promise.all(Array.from({ length: 5 }, () => call(sandbox, quick)));
  assert.not(isStopped, "the quick ones waited for the stuck one");
  assert.equal(beside.map(({ payload }) => payload), Array(5).fill('"quick"'));
  assert.is((await sleeping).payload, '"slept"');
  assert.is((JSON.parse((await stopped).payload ?? "") as { errorType: string }).errorType, "Sandbox.Timedout");
  assert.is((await call(sandbox, quick)).payload, '"quick"');
});

test("functions that loop on several workers hold up no other", async () => {
  const loop = functionOf(handler("for (;;);"));
  let ended = 0;
  const loops = Array.from({ length: 3 }, () => call(sandbox, loop, {}, 2000).finally(() => { ended++; }));
  assert.is((await call(sandbox, functionOf(handler("return 1;")))).payload, "1");
  assert.is(ended, 0, "the quick one waited for a loop");
  for (const { functionError } of await Promise.all(loops)) assert.is(functionError, "Unhandled");
});

test("appends come with the result, in order, and not with a failure", async () => {
  const body = "const { append } = require('nanolambda'); append('a', { x: 1 }); append('b', [2]);";
  assert.equal((await run(handler(body))).appends, [{ log: "a", json: '{"x":1}' }, { log: "b", json: "[2]" }]);
  assert.equal((await run(handler(`${body} throw new Error('late');`))).appends, []);
  assert.match((await errorOf(handler("require('nanolambda').append('a', undefined);"))).errorMessage, /JSON cannot hold/);
  assert.match((await errorOf(handler("for (let i = 0; i < 2000; i++) require('nanolambda').append('a', i);"))).errorMessage, /1000 records/);
});

test("workers that cannot start are an error, not an endless loop", async () => {
  let starts = 0;
  const broken = workersFrom("throw new Error('broken install');");
  const other = createSandbox({ world: realWorld(silentLogger), assets: {}, startWorker: (data) => { starts++; return broken(data); } });
  const message = (): Promise<string> => call(other, functionOf(handler(""))).then(() => "", (error: Error) => error.message);
  assert.match(await message(), /cannot start its workers: broken install/);
  assert.is(starts, 4);
  assert.match(await message(), /cannot start its workers: broken install/);
  assert.is(starts, 5);
  await other.stop();
});

test("a stopped sandbox refuses calls", async () => {
  const other = await startSandbox();
  const pending = call(other, functionOf(handler("await new Promise((wake) => setTimeout(wake, 60_000));")), {}, 60_000).then(() => "", (error: Error) => error.message);
  await other.stop();
  assert.match(await pending, /the gateway stopped/);
  assert.match(await call(other, functionOf(handler("")), {}).then(() => "", (error: Error) => error.message), /sandbox is stopped/);
});

test.run();
