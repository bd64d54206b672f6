/** Python functions through Debian's `aws lambda`: their life, their errors in AWS's shape, and what is refused when they are deployed. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { zipOf } from "../../daemon/sandbox/test-sandbox.ts";
import { cli, CREDENTIALS, type LambdaCli, lambdaCli, ROLE } from "./lambda-cli.ts";
import { type LambdaGateway, startLambdaGateway } from "./lambda-gateway.ts";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:motor";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const MOTOR = {
  "app.py": `import json
import analysis.limits
from analysis.mean import mean
import settings as own

calls = 0

class Overheated(Exception):
    def __init__(self, celsius):
        super().__init__(f"{celsius} °C")
        self.celsius = celsius

def check(reading):
    if reading["celsius"] > analysis.limits.CELSIUS_MAX:
        raise Overheated(reading["celsius"])

def handler(event, context):
    global calls
    calls += 1
    print("call", calls, json.dumps(event, sort_keys=True))
    if "celsius" in event:
        check(event)
    return {"calls": calls, "mean": mean(event.get("window", [])), "name": own.NAME}

def remaining(event, context):
    return context.get_remaining_time_in_millis()

def about(event, context):
    client = context.client_context
    return [context.aws_request_id, context.function_name, context.function_version, context.invoked_function_arn, context.memory_limit_in_mb,
            context.log_group_name, context.log_stream_name, context.identity.cognito_identity_id, client and [client.custom, client.env, client.client.app_title]]
`,
  "settings.py": 'NAME = "motor"\n',
  "analysis/__init__.py": "",
  "analysis/limits.py": "CELSIUS_MAX = 90\n",
  "analysis/mean.py": "def mean(values):\n    return sum(values) / len(values) if values else None\n",
  "README.txt": "not Python",
};

let gateway: LambdaGateway;
let dir: string;
let lambda: LambdaCli;

const json = (...args: string[]): Promise<Record<string, unknown>> => lambda.json(...args);

/** `create-function` with a zip of the given files. */
async function creation(name: string, files: Record<string, string>, ...more: string[]): Promise<string[]> {
  await writeFile(join(dir, `${name}.zip`), zipOf(files));
  return ["create-function", "--function-name", name, "--runtime", "python3.12", "--role", ROLE, "--handler", "app.handler", "--zip-file", `fileb://${name}.zip`, ...more];
}

async function invoke(name: string, event?: unknown, ...args: string[]): Promise<{ answer: Record<string, unknown>; payload: unknown; log: string }> {
  const payload = event === undefined ? [] : ["--cli-binary-format", "raw-in-base64-out", "--payload", JSON.stringify(event)];
  const answer = await json("invoke", "--function-name", name, ...payload, ...args, "out.json");
  const text = await readFile(join(dir, "out.json"), "utf8");
  return { answer, payload: text === "" ? undefined : JSON.parse(text), log: Buffer.from(String(answer["LogResult"] ?? ""), "base64").toString() };
}

test.before(async () => {
  dir = await mkdtemp(join(tmpdir(), "nanolambda-aws-python-"));
  gateway = await startLambdaGateway({ credentials: [CREDENTIALS], objects: { "code/bad.zip": Buffer.from("PK\x03\x04 this is no zip"), "code/cut.zip": zipOf(MOTOR).slice(0, 300) } });
  lambda = lambdaCli(gateway.url, dir);
});

test.after(async () => {
  await gateway.remove();
  await rm(dir, { recursive: true, force: true });
});

cli("a function of several files and packages is created, waited for, shown with its code, and listed", async () => {
  const made = await json(...(await creation("motor", MOTOR, "--description", "judges", "--timeout", "5", "--environment", "Variables={SITE=north}")));
  assert.equal([made["State"], made["Runtime"], made["Handler"], made["FunctionArn"]], ["Pending", "python3.12", "app.handler", ARN]);
  await json("wait", "function-active-v2", "--function-name", "motor");
  const { Configuration, Code } = (await json("get-function", "--function-name", "motor")) as { Configuration: Record<string, unknown>; Code: { Location: string } };
  assert.equal([Configuration["State"], Configuration["Timeout"], Configuration["MemorySize"], Configuration["Environment"]], ["Active", 5, 128, { Variables: { SITE: "north" } }]);
  assert.equal(new Uint8Array(await (await fetch(Code.Location)).arrayBuffer()), new Uint8Array(await readFile(join(dir, "motor.zip"))));
  const { Functions } = (await json("list-functions")) as { Functions: { FunctionName: string; Runtime: string }[] };
  assert.equal(Functions.map(({ FunctionName, Runtime }) => [FunctionName, Runtime]), [["motor", "python3.12"]]);
});

cli("an invocation answers its result and the log of what it printed; state lives on between warm calls", async () => {
  const { answer, payload, log } = await invoke("motor", { window: [1, 2.5, 4] }, "--log-type", "Tail");
  assert.equal([answer["StatusCode"], answer["ExecutedVersion"], answer["FunctionError"]], [200, "$LATEST", undefined]);
  assert.equal(payload, { calls: 1, mean: 2.5, name: "motor" });
  assert.match(log, /^START RequestId: [0-9a-f-]{36} Version: \$LATEST\ncall 1 \{"window": \[1, 2\.5, 4\]\}\nEND RequestId: .*\nREPORT RequestId: .*\tMemory Size: 128 MB\t.*\tInit Duration: .* ms\t\n$/);
  assert.equal((await invoke("motor")).payload, { calls: 2, mean: null, name: "motor" });
});

cli("an error is answered and logged as Lambda's Python does, with files, lines and the state intact", async () => {
  const { answer, payload, log } = await invoke("motor", { celsius: 99.5 }, "--log-type", "Tail");
  assert.is(answer["FunctionError"], "Unhandled");
  const { requestId, ...error } = payload as Record<string, unknown>;
  assert.match(String(requestId), UUID);
  assert.equal(error, { errorMessage: "99.5 °C", errorType: "Overheated", stackTrace: [
    '  File "/var/task/app.py", line 22, in handler\n    check(event)\n',
    '  File "/var/task/app.py", line 15, in check\n    raise Overheated(reading["celsius"])\n',
  ] });
  assert.match(log, /call 3 .*\n\[ERROR\] Overheated: 99\.5 °C\nTraceback \(most recent call last\):\n {2}File "\/var\/task\/app\.py", line 22, in handler\n {4}check\(event\)\n.*\nEND RequestId: /s);
  assert.equal((await invoke("motor", { celsius: 20 })).payload, { calls: 4, mean: null, name: "motor" });
});

cli("an event invocation is acknowledged and run", async () => {
  assert.equal(await invoke("motor", { later: 1 }, "--invocation-type", "Event"), { answer: { StatusCode: 202 }, payload: undefined, log: "" });
  for await (const { body } of gateway.logs.get("/aws/lambda/motor")?.tail(1, AbortSignal.timeout(5000)) ?? []) if (Buffer.from(body).includes('{"later": 1}')) return;
  assert.unreachable("the event was not run");
});

cli("timeout, memory, environment and handler are changed, and the next invocation sees them in its context", async () => {
  const changed = await json("update-function-configuration", "--function-name", "motor", "--timeout", "7", "--memory-size", "256", "--environment", "Variables={SITE=south,UNIT=C}", "--handler", "app.about");
  assert.equal([changed["Timeout"], changed["MemorySize"], changed["Environment"], changed["Handler"], changed["LastUpdateStatus"]], [7, 256, { Variables: { SITE: "south", UNIT: "C" } }, "app.about", "InProgress"]);
  await json("wait", "function-updated-v2", "--function-name", "motor");
  const client = Buffer.from('{"custom":{"a":"b"},"env":{"locale":"de"},"client":{"app_title":"fan"}}').toString("base64");
  const [requestId, ...about] = (await invoke("motor", {}, "--client-context", client)).payload as unknown[];
  assert.match(String(requestId), UUID);
  assert.match(String(about.splice(5, 1)[0]), /^\[\$LATEST\][0-9a-f]{8}$/);
  assert.equal(about, ["motor", "$LATEST", ARN, "256", "/aws/lambda/motor", null, [{ a: "b" }, { locale: "de" }, "fan"]]);
  await json("update-function-configuration", "--function-name", "motor", "--handler", "app.remaining");
  const leftMs = Number((await invoke("motor")).payload);
  assert.ok(leftMs > 5000 && leftMs <= 7000, `${leftMs} ms left`);
});

cli("code and handler may be changed one after the other: in between Lambda's own error says what is missing", async () => {
  await writeFile(join(dir, "next.zip"), zipOf({ "lib/judge.py": "def judge(event, context):\n    return 'new'\n" }));
  await json("update-function-code", "--function-name", "motor", "--zip-file", "fileb://next.zip");
  const { answer, payload } = await invoke("motor");
  assert.is(answer["FunctionError"], "Unhandled");
  const { requestId: _, ...missing } = payload as Record<string, unknown>;
  assert.equal(missing, { errorMessage: "Unable to import module 'app': No module named 'app'; the zip holds lib/judge.py", errorType: "Runtime.ImportModuleError", stackTrace: [] });
  await json("update-function-configuration", "--function-name", "motor", "--handler", "lib/judge.judge");
  assert.is((await invoke("motor")).payload, "new");
});

cli("a handler that its file does not define, or a setting that names no function, is Lambda's error at the invocation", async () => {
  const made = await json(...(await creation("typo", { "app.py": "def handle(event, context):\n    return 1\n" })));
  assert.equal([made["State"], made["StateReason"]], ["Pending", "Handler 'handler' missing on module 'app'. The file defines handle: name it in the function's handler setting, or define handler(event, context)."]);
  const { payload, log } = await invoke("typo", {}, "--log-type", "Tail");
  const { errorType, errorMessage } = payload as Record<string, string>;
  assert.equal([errorType, errorMessage], ["Runtime.HandlerNotFound", made["StateReason"]]);
  assert.match(log, /\[ERROR\] Runtime\.HandlerNotFound: Handler 'handler' missing on module 'app'/);
  await json("update-function-configuration", "--function-name", "typo", "--handler", "handle");
  assert.match(String(((await invoke("typo")).payload as Record<string, string>)["errorMessage"]), /^Bad handler 'handle': not enough values to unpack \(expected 2, got 1\); a handler is FILE\.FUNCTION/);
  const mended = await json("update-function-configuration", "--function-name", "typo", "--handler", "app.handle");
  assert.equal([mended["State"], mended["StateReason"]], ["Active", undefined]);
  assert.is((await invoke("typo")).payload, 1);
});

for (const [what, source, report] of [
  ["a syntax error", "def handler(event, context):\n    return (event\n", "app.py:2:12: '(' was never closed\n        return (event\n               ^"],
  ["a module that is not there", "import math\nimport numpy as np\n\ndef handler(event, context):\n    return np.mean(event)\n", "app.py:2:8: No module named 'numpy'\n    import numpy as np\n           ^^^^^\n  Modules here: "],
  ["os.environ", "import os\n\ndef handler(event, context):\n    return os.environ['SITE']\n", "app.py:1:8: No module named 'os'\n    import os\n           ^^\n  Modules here: "],
  ["a construct that the language here lacks", "async def handler(event, context):\n    return 1\n", "app.py:1:1: 'async' functions are not supported\n    async def handler(event, context):\n    ^^^^^"],
] as const) {
  cli(`${what} is refused at deployment with file, line, column and a caret, and leaves no function`, async () => {
    const said = await lambda.refused(...(await creation("refused", { "app.py": source })));
    assert.ok(said.startsWith(`An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: ${report}`), said);
    assert.is(gateway.lambda.functions.find("refused"), undefined);
  });
}

cli("code that is no zip, or half of one, is refused and changes nothing", async () => {
  for (const key of ["bad.zip", "cut.zip"]) {
    assert.match(await lambda.refused("update-function-code", "--function-name", "typo", "--s3-bucket", "code", "--s3-key", key), /\(InvalidParameterValueException\).*Could not unzip uploaded file\. Please check your file, then try to upload again\.$/);
  }
  assert.is((await invoke("typo")).payload, 1);
});

cli("a handler that loops for ever is stopped when its time is up, and the function goes on", async () => {
  await json(...(await creation("loop", { "app.py": "def handler(event, context):\n    print('looping', event)\n    while event.get('loop'):\n        pass\n    return 'ended'\n" }, "--timeout", "1")));
  const { answer, payload, log } = await invoke("loop", { loop: true }, "--log-type", "Tail");
  assert.is(answer["FunctionError"], "Unhandled");
  const { errorType, errorMessage } = payload as Record<string, string>;
  assert.is(errorType, "Sandbox.Timedout");
  assert.match(String(errorMessage), /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/);
  assert.match(log, /looping \{'loop': True\}\n.* Task timed out after 1\.\d\d seconds\nEND RequestId: .*Status: timeout/s);
  assert.is((await invoke("loop", {})).payload, "ended");
});

cli("a deleted function is gone, and its log stays", async () => {
  await json("delete-function", "--function-name", "motor");
  assert.match(await lambda.refused("get-function", "--function-name", "motor"), /\(ResourceNotFoundException\).*Function not found: arn:aws:lambda:us-east-1:000000000000:function:motor$/);
  assert.equal(gateway.lambda.functions.list().map(({ name }) => name), ["loop", "typo"]);
  assert.ok(gateway.logs.get("/aws/lambda/motor"));
});

test("nothing that happened here was an internal error", () => {
  assert.equal(gateway.errors, []);
});

test.run();
