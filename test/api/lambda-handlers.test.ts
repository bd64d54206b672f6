/** Whatever a handler does, in Python or JavaScript: one clear error in AWS's shape, and the function and its neighbour go on. */
import { CreateFunctionCommand, InvokeCommand, LambdaClient, LambdaServiceException } from "@aws-sdk/client-lambda";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { zipOf } from "../../daemon/sandbox/test-sandbox.ts";
import { type LambdaGateway, startLambdaGateway } from "./lambda-gateway.ts";

const MIB = 1024 * 1024;
const PYTHON = `
import json
import time

class Plain:
    pass

class Jammed(Exception):
    pass

def deeper(n):
    return deeper(n + 1) + 1

def handler(event, context):
    do = event if isinstance(event, str) else event.get("do")
    if do == "raise own": raise Jammed("gear", 3)
    if do == "raise odd": raise KeyError(("a", 5))
    if do == "raise empty": raise ValueError
    if do == "loop":
        while True: pass
    if do == "loop inside a built-in": return sum(range(10 ** 15))
    if do == "sleep": time.sleep(60)
    if do == "eat memory":
        kept = []
        while True: kept.append("x" * 1000)
    if do == "ask for too much at once": return len("x" * 10 ** 9)
    if do == "recurse": return deeper(0)
    if do == "exit": raise SystemExit(3)
    if do == "return a set": return {1, 2}
    if do == "return bytes": return [b"raw"]
    if do == "return a function": return {"f": handler}
    if do == "return an instance": return Plain()
    if do == "return a cycle":
        cycle = []
        cycle.append(cycle)
        return cycle
    if do == "return a tuple as key": return {(1, 2): 3}
    if do == "return NaN": return [float("nan"), float("inf"), -float("inf")]
    if do == "return too much": return "x" * (6 * 2 ** 20)
    if do == "print a megabyte":
        for i in range(16384): print(f"{i:05}", "x" * 57)
    if do == "wait":
        time.sleep(0.005 * (event["n"] % 4))
        return [event["n"], context.aws_request_id]
    return "well"
`;
const JAVASCRIPT = `
class Jammed extends Error {
  constructor(...args) { super(args.join(", ")); this.name = "Jammed"; }
}
const deeper = (n) => deeper(n + 1) + 1;
exports.handler = async (event, context) => {
  switch (event.do) {
    case "raise own": throw new Jammed("gear", 3);
    case "raise odd": throw { a: 5 };
    case "raise empty": throw new TypeError();
    case "loop": for (;;);
    case "loop inside a built-in": return [].indexOf.call({ length: 2 ** 53 - 1 }, 1);
    case "sleep": return new Promise((wake) => setTimeout(wake, 60000));
    case "eat memory": { const kept = []; for (;;) kept.push("x".repeat(1e6) + kept.length); }
    case "ask for too much at once": return new Uint8Array(2 ** 30).length;
    case "recurse": return deeper(0);
    case "exit": process.exit(3);
    case "return a function": return handler;
    case "return a bigint": return { n: 5n };
    case "return a cycle": { const cycle = []; cycle.push(cycle); return cycle; }
    case "return NaN": return [NaN, Infinity];
    case "return too much": return "x".repeat(6 * 2 ** 20);
    case "print a megabyte": for (let i = 0; i < 16384; i++) console.log(String(i).padStart(5, "0"), "x".repeat(57)); return "well";
    case "wait": await new Promise((wake) => setTimeout(wake, 5 * (event.n % 4))); return [event.n, context.awsRequestId];
    default: return "well";
  }
};
const handler = exports.handler;
`;

/** [errorType, errorMessage] in each language; a text is the whole payload of a success. */
type Expected = readonly [type: string, message: RegExp | string] | string;
const TIMED_OUT: Expected = ["Sandbox.Timedout", /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/];
const KILLED: Expected = ["Runtime.OutOfMemory", /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed$/];
const FULL: Expected = ["MemoryError", "the function's objects do not fit into the 16 MB that a MemorySize of 128 MB gives them here; raise MemorySize or keep less"];
const EXITED: Expected = ["Runtime.ExitError", /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/];
const TOO_LARGE: Expected = ["Function.ResponseSizeTooLarge", `Response payload size (${6 * MIB + 2} bytes) exceeded maximum allowed payload size (${6 * MIB} bytes).`];
const marshal = (reason: string): Expected => ["Runtime.MarshalError", new RegExp(`^Unable to marshal response: .*${reason}`, "s")];

const CASES: readonly (readonly [what: string, python: Expected | undefined, javascript: Expected | undefined])[] = [
  ["raise own", ["Jammed", "('gear', 3)"], ["Jammed", "gear, 3"]],
  ["raise odd", ["KeyError", "('a', 5)"], ["object", "[object Object]"]],
  ["raise empty", ["ValueError", ""], ["TypeError", ""]],
  ["loop", TIMED_OUT, TIMED_OUT],
  ["loop inside a built-in", TIMED_OUT, TIMED_OUT],
  ["sleep", TIMED_OUT, TIMED_OUT],
  ["eat memory", FULL, KILLED],
  ["ask for too much at once", FULL, KILLED],
  ["recurse", ["RecursionError", "maximum recursion depth exceeded"], ["RangeError", "Maximum call stack size exceeded"]],
  ["exit", EXITED, EXITED],
  ["return a set", marshal("Object of type set is not JSON serializable"), undefined],
  ["return bytes", marshal("Object of type bytes is not JSON serializable"), undefined],
  ["return a function", marshal("Object of type function is not JSON serializable"), marshal("function is not JSON serializable")],
  ["return an instance", marshal("Object of type Plain is not JSON serializable"), undefined],
  ["return a tuple as key", marshal("keys must be str, int, float, bool or None, not tuple"), undefined],
  ["return a bigint", undefined, marshal("BigInt")],
  ["return a cycle", marshal("Circular reference detected"), marshal("circular")],
  ["return NaN", "[NaN, Infinity, -Infinity]", "[null,null]"],
  ["return too much", TOO_LARGE, TOO_LARGE],
  ["print a megabyte", '"well"', '"well"'],
];

const LANGUAGES = [
  { name: "python", runtime: "python3.12", file: "app.py", source: PYTHON, echo: "def handler(event, context):\n    return event\n", trace: "stackTrace" },
  { name: "javascript", runtime: "nodejs20.x", file: "app.js", source: JAVASCRIPT, echo: "exports.handler = async (event) => event;", trace: "trace" },
] as const;

let gateway: LambdaGateway;
let client: LambdaClient;

interface Answer {
  readonly error: string | undefined;
  readonly payload: string;
  readonly log: string;
}

async function invoke(name: string, event: string): Promise<Answer> {
  const { FunctionError, Payload, LogResult } = await client.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(event), LogType: "Tail" }));
  return { error: FunctionError, payload: Payload?.transformToString() ?? "", log: Buffer.from(LogResult ?? "", "base64").toString() };
}

/** The error of an invocation that is refused: status, name and message. */
async function refusal(name: string, event: string): Promise<string> {
  try {
    await invoke(name, event);
  } catch (thrown) {
    if (thrown instanceof LambdaServiceException) return `${thrown.$metadata.httpStatusCode} ${thrown.name}: ${thrown.message}`;
    throw thrown;
  }
  return "it was not refused";
}

function assertAnswer({ error, payload }: Answer, expected: Expected, trace: string): void {
  if (typeof expected === "string") return assert.equal([error, payload], [undefined, expected]);
  const [type, message] = expected;
  assert.is(error, "Unhandled");
  const { errorType, errorMessage, [trace]: frames, requestId } = JSON.parse(payload) as Record<string, unknown>;
  assert.is(errorType, type);
  if (typeof message === "string") assert.is(errorMessage, message);
  else assert.match(String(errorMessage), message);
  // What the runtime itself answers has frames; what the sandbox says of it has none.
  const byRuntime = !/^(Sandbox|Function)\.|^Runtime\.(OutOfMemory|ExitError)$/.test(type);
  assert.is(Array.isArray(frames), byRuntime);
  if (trace === "stackTrace") assert.is(typeof requestId, byRuntime ? "string" : "undefined");
}

test.before(async () => {
  gateway = await startLambdaGateway();
  client = new LambdaClient({ endpoint: gateway.url, region: "us-east-1", credentials: { accessKeyId: "any", secretAccessKey: "any" }, maxAttempts: 1 });
  for (const { name, runtime, file, source, echo } of LANGUAGES) {
    for (const [FunctionName, text, Timeout] of [[name, source, 60], [`${name}-short`, source, 1], [`${name}-echo`, echo, 10]] as const) {
      await client.send(new CreateFunctionCommand({ FunctionName, Runtime: runtime, Role: "arn:aws:iam::000000000000:role/r", Handler: "app.handler", Timeout, Code: { ZipFile: zipOf({ [file]: text }) } }));
    }
  }
});

test.after(async () => {
  client.destroy();
  await gateway.remove();
});

for (const { name, trace } of LANGUAGES) {
  const goesOn = async (): Promise<void> => {
    assert.equal((await Promise.all([invoke(name, "{}"), invoke(`${name}-echo`, "[1]")])).map(({ payload }) => JSON.parse(payload) as unknown), ["well", [1]]);
  };

  for (const [what, python, javascript] of CASES) {
    const expected = name === "python" ? python : javascript;
    if (expected === undefined) continue;
    test(`a ${name} handler that is asked to ${what} is answered in AWS's shape and works again`, async () => {
      const asked = expected === TIMED_OUT ? `${name}-short` : name;
      const answers = invoke(asked, JSON.stringify({ do: what }));
      assert.is((await invoke(`${name}-echo`, "7")).payload, "7");
      assertAnswer(await answers, expected, trace);
      assert.is((await invoke(asked, "{}")).payload, '"well"');
      await goesOn();
    });
  }

  test(`the log of a ${name} handler that prints a megabyte is its end`, async () => {
    const { log } = await invoke(name, '{"do":"print a megabyte"}');
    assert.is(log.length, 4096);
    assert.match(log, /16383 x{57}\nEND RequestId: .*\nREPORT RequestId: /);
  });

  test(`an event that is no JSON or too large never reaches a ${name} handler`, async () => {
    for (const event of ["{nope", "[1,]", "NaN", '{"a":-Infinity}', "'a'", '"\\x41"']) assert.match(await refusal(`${name}-echo`, event), /^400 InvalidRequestContentException: Could not parse request body into json: ./, event);
    assert.is(await refusal(`${name}-echo`, JSON.stringify("x".repeat(6 * MIB))), `413 RequestTooLargeException: Request must be smaller than ${6 * MIB} bytes for the InvokeFunction operation`);
    const largest = JSON.stringify("x".repeat(6 * MIB - 2));
    assert.ok((await invoke(`${name}-echo`, largest)).payload === largest);
    await goesOn();
  });

  test(`an event of 10,000 levels is handed to a ${name} function, or refused as Lambda refuses it`, async () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const answer = await invoke(`${name}-echo`, deep);
    if (name === "python") assertAnswer(answer, ["Runtime.UnmarshalError", /^Unable to unmarshal input: JSON nested deeper than \d+$/], trace);
    else assert.ok(answer.payload === deep, answer.payload.slice(0, 300));
    await goesOn();
  });

  test(`50 invocations of a ${name} function at once each answer their own event`, async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => invoke(name, JSON.stringify({ do: "wait", n }))));
    const results = answers.map(({ payload }) => JSON.parse(payload) as [number, string]);
    assert.equal(results.map(([n]) => n), Array.from({ length: 50 }, (_, n) => n));
    assert.is(new Set(results.map(([, requestId]) => requestId)).size, 50);
    for (const [index, { log }] of answers.entries()) assert.ok(log.startsWith(`START RequestId: ${results[index]?.[1]} `));
  });
}

test("functions outlive their gateway; what another version of it compiled is compiled again", async () => {
  const first = await startLambdaGateway();
  const files = { "app.py": "def handler(event, context):\n    return event * 2\n" };
  for (const name of ["kept", "old"]) await first.lambda.deploy({ name, runtime: "python3.12", handler: "app.handler", zip: zipOf(files) });
  const { codeSha256: sha256, revisionId } = first.lambda.functions.get("old");
  await first.lambda.functions.update("old", { made: { code: { zip: zipOf(files), files: {}, sha256 }, prepared: Buffer.from("of another version"), preparedBy: "another" } });
  const kept = first.lambda.functions.get("kept").revisionId;
  await first.stop();
  const second = await startLambdaGateway({ dir: first.dir });
  try {
    for (const name of ["kept", "old"]) {
      const { payload } = await second.lambda.invocations.run(second.lambda.functions.get(name), { event: "21", requestId: "r" });
      assert.is(payload, "42");
    }
    assert.is(second.lambda.functions.get("kept").revisionId, kept);
    assert.is.not(second.lambda.functions.get("old").revisionId, revisionId);
  } finally {
    await second.remove();
  }
});

test("nothing that happened here was an internal error", () => {
  assert.equal(gateway.errors, []);
});

test.run();
