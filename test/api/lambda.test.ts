import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { zipOf } from "../../daemon/sandbox/test-sandbox.ts";
import { cli, CREDENTIALS, type LambdaCli, lambdaCli, ROLE } from "./lambda-cli.ts";
import { type LambdaGateway, startLambdaGateway } from "./lambda-gateway.ts";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:cli";

let gateway: LambdaGateway;
let dir: string;
let lambda: LambdaCli;

const json = (...args: string[]): Promise<Record<string, unknown>> => lambda.json(...args);
const refused = (...args: string[]): Promise<string> => lambda.refused(...args);

async function invoke(...args: string[]): Promise<{ answer: Record<string, unknown>; payload: string }> {
  const answer = await json("invoke", "--function-name", "cli", ...args, "out.json");
  return { answer, payload: await readFile(join(dir, "out.json"), "utf8") };
}

const create = (name: string, zip: string, ...more: string[]) => ["create-function", "--function-name", name, "--runtime", "nodejs20.x", "--role", ROLE, "--handler", "index.handler", "--zip-file", `fileb://${zip}`, ...more];

test.before(async () => {
  dir = await mkdtemp(join(tmpdir(), "nanolambda-aws-"));
  gateway = await startLambdaGateway({ credentials: [CREDENTIALS], objects: { "code/v3.zip": zipOf({ "index.js": "exports.handler = async () => 'from S3';" }), "code/bad.zip": Buffer.from("this is no zip") } });
  lambda = lambdaCli(gateway.url, dir);
  const handler = `
    exports.handler = async (event, context) => {
      console.log("got", event);
      if (event.fail) throw new TypeError("as asked");
      if (event.loop) for (;;);
      if (event.eat) { const all = []; for (;;) all.push("x".repeat(1e6) + all.length); }
      if (event.cycle) { event.self = event; return event; }
      return { version: 1, event, greeting: process.env.GREETING, client: context.clientContext };
    };`;
  await writeFile(join(dir, "v1.zip"), zipOf({ "index.js": handler }));
  await writeFile(join(dir, "v2.zip"), zipOf({ "index.js": "exports.handler = async () => ({ version: 2 });" }));
  await writeFile(join(dir, "syntax.zip"), zipOf({ "index.js": "exports.handler = async ( => 1;" }));
});

test.after(async () => {
  await gateway.remove();
  await rm(dir, { recursive: true, force: true });
});

cli("a function is created, waited for, and shown with its tags and code", async () => {
  const made = await json(...create("cli", "v1.zip", "--description", "for the CLI", "--timeout", "1", "--environment", "Variables={GREETING=hello}", "--tags", "team=iot"));
  assert.is(made["State"], "Pending");
  assert.is(made["FunctionArn"], ARN);
  await json("wait", "function-active-v2", "--function-name", "cli");
  const got = (await json("get-function", "--function-name", ARN)) as { Configuration: Record<string, unknown>; Code: { Location: string; RepositoryType: string }; Tags: unknown };
  assert.equal([got.Configuration["State"], got.Configuration["LastUpdateStatus"], got.Configuration["Version"], got.Configuration["PackageType"]], ["Active", "Successful", "$LATEST", "Zip"]);
  assert.match(String(got.Configuration["LastModified"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  assert.equal(got.Tags, { team: "iot" });
  assert.is(got.Code.RepositoryType, "S3");
  const code = await fetch(got.Code.Location);
  assert.equal(new Uint8Array(await code.arrayBuffer()), new Uint8Array(await readFile(join(dir, "v1.zip"))));
  assert.is((await fetch(got.Code.Location.replace(/\?.*/, ""))).status, 403);
});

cli("an invocation answers its result, and its log when that is asked for", async () => {
  const { answer, payload } = await invoke("--payload", Buffer.from('{"n":1}').toString("base64"), "--log-type", "Tail", "--client-context", Buffer.from('{"custom":{"a":"b"}}').toString("base64"));
  assert.equal(JSON.parse(payload), { version: 1, event: { n: 1 }, greeting: "hello", client: { custom: { a: "b" } } });
  assert.equal([answer["StatusCode"], answer["ExecutedVersion"], answer["FunctionError"]], [200, "$LATEST", undefined]);
  const log = Buffer.from(String(answer["LogResult"]), "base64").toString();
  assert.match(log, /^START RequestId: [0-9a-f-]{36} Version: \$LATEST\n.*\tINFO\tgot \{ n: 1 \}\nEND RequestId: .*\nREPORT RequestId: .*\tInit Duration: .* ms\t\n$/s);
});

cli("an error of the handler is answered in AWS's shape", async () => {
  const { answer, payload } = await invoke("--cli-binary-format", "raw-in-base64-out", "--payload", '{"fail":true}');
  assert.is(answer["FunctionError"], "Unhandled");
  const { errorType, errorMessage, trace } = JSON.parse(payload) as { errorType: string; errorMessage: string; trace: string[] };
  assert.equal([errorType, errorMessage, trace[0]], ["TypeError", "as asked", "TypeError: as asked"]);
  assert.match(trace[1] ?? "", /\/var\/task\/index\.js:4:/);
});

for (const [event, type, message] of [["loop", "Sandbox.Timedout", /Task timed out after 1\.00 seconds/], ["eat", "Runtime.OutOfMemory", /signal: killed/], ["cycle", "Runtime.MarshalError", /circular/]] as const) {
  cli(`a handler that is asked to ${event} is stopped with a clear error`, async () => {
    if (event === "eat") await gateway.lambda.functions.update("cli", { settings: { timeoutS: 20 } });
    const { answer, payload } = await invoke("--cli-binary-format", "raw-in-base64-out", "--payload", `{"${event}":true}`);
    assert.is(answer["FunctionError"], "Unhandled");
    assert.is((JSON.parse(payload) as { errorType: string }).errorType, type);
    assert.match(payload, message);
  });
}

cli("an event invocation is acknowledged and run, a dry run is neither", async () => {
  const event = await invoke("--invocation-type", "Event", "--cli-binary-format", "raw-in-base64-out", "--payload", '{"later":1}');
  assert.equal(event, { answer: { StatusCode: 202 }, payload: "" });
  assert.equal((await invoke("--invocation-type", "DryRun")).answer, { StatusCode: 204 });
  const log = gateway.logs.get("/aws/lambda/cli");
  for await (const { body } of log?.tail(1, AbortSignal.timeout(5000)) ?? []) if (Buffer.from(body).includes("got { later: 1 }")) return;
  assert.unreachable("the event was not run");
});

cli("code and configuration are updated, waited for and seen by the next invocation", async () => {
  const code = await json("update-function-code", "--function-name", "cli", "--zip-file", "fileb://v2.zip");
  assert.is(code["LastUpdateStatus"], "InProgress");
  await json("wait", "function-updated-v2", "--function-name", "cli");
  assert.equal(JSON.parse((await invoke()).payload), { version: 2 });
  const changed = await json("update-function-configuration", "--function-name", "cli", "--memory-size", "256", "--environment", "Variables={}", "--description", "changed", "--revision-id", String((await json("get-function-configuration", "--function-name", "cli"))["RevisionId"]));
  assert.equal([changed["MemorySize"], changed["Description"], changed["Environment"], changed["CodeSha256"]], [256, "changed", undefined, code["CodeSha256"]]);
  await json("update-function-code", "--function-name", "cli", "--s3-bucket", "code", "--s3-key", "v3.zip");
  assert.is((await invoke()).payload, '"from S3"');
  assert.match(await refused("update-function-configuration", "--function-name", "cli", "--timeout", "5", "--revision-id", "00000000-0000-4000-a000-000000000000"), /PreconditionFailedException.*Revision Id provided does not match/);
});

cli("what is wrong with a function is said when it is created, or when it is run", async () => {
  // The CLI itself refuses to send what is no zip, but cannot look into S3.
  assert.match(await refused("create-function", "--function-name", "bad", "--runtime", "nodejs20.x", "--role", ROLE, "--handler", "index.handler", "--code", "S3Bucket=code,S3Key=bad.zip"), /\(InvalidParameterValueException\).*Could not unzip uploaded file/);
  assert.match(await refused(...create("cli", "v1.zip")), /\(ResourceConflictException\).*Function already exist: cli/);
  await json(...create("syntax", "syntax.zip"));
  const answer = await json("invoke", "--function-name", "syntax", "out.json");
  assert.is(answer["FunctionError"], "Unhandled");
  assert.match(await readFile(join(dir, "out.json"), "utf8"), /"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: /);
});

cli("functions are listed in pages", async () => {
  const { Functions } = (await json("list-functions", "--page-size", "1")) as { Functions: { FunctionName: string }[] };
  assert.equal(Functions.map(({ FunctionName }) => FunctionName), ["cli", "syntax"]);
});

cli("a deleted function is gone, and so is its code", async () => {
  await json("delete-function", "--function-name", "cli");
  assert.match(await refused("invoke", "--function-name", "cli", "out.json"), /\(ResourceNotFoundException\).*Function not found: arn:aws:lambda:us-east-1:000000000000:function:cli$/);
  assert.equal(gateway.lambda.functions.list().map(({ name }) => name), ["syntax"]);
});

test("nothing that happened here was an internal error", () => {
  assert.equal(gateway.errors, []);
});

test.run();
