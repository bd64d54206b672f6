import {
  CreateFunctionCommand, type CreateFunctionCommandInput, DeleteFunctionCommand, GetFunctionCommand, GetFunctionConfigurationCommand, InvokeCommand, LambdaClient,
  LambdaServiceException, ListFunctionsCommand, paginateListFunctions, PublishVersionCommand, UpdateFunctionCodeCommand, UpdateFunctionConfigurationCommand, waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { createHash } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { zipOf } from "../../daemon/sandbox/test-sandbox.ts";
import { type LambdaGateway, startLambdaGateway } from "./lambda-gateway.ts";

let gateway: LambdaGateway;
let client: LambdaClient;

const input = (name: string, source: string, more: Partial<CreateFunctionCommandInput> = {}): CreateFunctionCommandInput => ({
  FunctionName: name, Runtime: "nodejs20.x", Role: "arn:aws:iam::000000000000:role/r", Handler: "index.handler", Code: { ZipFile: zipOf({ "index.js": source }) }, ...more,
});
const create = (name: string, source: string, more: Partial<CreateFunctionCommandInput> = {}) => client.send(new CreateFunctionCommand(input(name, source, more)));
const echo = "exports.handler = async (event) => event;";

async function invoke(name: string, payload?: string | Uint8Array): Promise<unknown> {
  const { Payload, FunctionError } = await client.send(new InvokeCommand({ FunctionName: name, ...(payload === undefined ? {} : { Payload: Buffer.from(payload) }) }));
  assert.is(FunctionError, undefined, Payload?.transformToString());
  return JSON.parse(Payload?.transformToString() ?? "");
}

/** `TypeOfError: message` of a call that is refused. */
async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof LambdaServiceException)) throw error;
    return `${error.$metadata.httpStatusCode} ${error.name}: ${error.message}`;
  }
  throw new Error("it was not refused");
}

async function raw(method: string, path: string, body?: string | Uint8Array, headers: Record<string, string> = {}): Promise<{ status: number; type: string | null; body: string }> {
  const response = await fetch(gateway.url + path, { method, headers, ...(body === undefined ? {} : { body: body as BodyInit }) });
  return { status: response.status, type: response.headers.get("x-amzn-errortype"), body: await response.text() };
}

test.before(async () => {
  gateway = await startLambdaGateway();
  client = new LambdaClient({ endpoint: gateway.url, region: "us-east-1", credentials: { accessKeyId: "any", secretAccessKey: "any" }, maxAttempts: 1 });
  await create("echo", echo);
});

test.after(async () => {
  client.destroy();
  await gateway.remove();
});

test("a function is called by name, by partial ARN, by ARN and with its qualifier", async () => {
  const arn = "arn:aws:lambda:us-east-1:000000000000:function:echo";
  for (const name of ["echo", "echo:$LATEST", "function:echo", "000000000000:function:echo", "us-east-1:000000000000:function:echo", arn, `${arn}:$LATEST`]) assert.is(await invoke(name, "7"), 7, name);
  assert.is(await refusal(invoke("echo:1")), `404 ResourceNotFoundException: Function not found: ${arn}:1`);
  assert.match(await refusal(client.send(new GetFunctionCommand({ FunctionName: `${arn}:$LATEST`, Qualifier: "x" }))), /^400 InvalidParameterValueException: The derived qualifier/);
  assert.match(await refusal(invoke("no/such name")), /^400 ValidationException: 1 validation error detected: Value 'no\/such name' at 'functionName'/);
});

test("hash, size and code are those of the zip that was sent", async () => {
  const zip = zipOf({ "index.js": echo, "more.txt": "x".repeat(1000) });
  const made = await create("sized", echo, { Code: { ZipFile: zip } });
  assert.equal([made.CodeSize, made.CodeSha256], [zip.length, createHash("sha256").update(zip).digest("base64")]);
  const { Code } = await client.send(new GetFunctionCommand({ FunctionName: "sized" }));
  const fetched = new Uint8Array(await (await fetch(Code?.Location ?? "")).arrayBuffer());
  assert.equal(fetched, zip);
  await client.send(new DeleteFunctionCommand({ FunctionName: "sized" }));
  assert.is((await fetch(Code?.Location ?? "")).status, 404);
});

test("waiters see the states they wait for in both answers", async () => {
  await create("awaited", echo);
  const { state } = await waitUntilFunctionActiveV2({ client, maxWaitTime: 5 }, { FunctionName: "awaited" });
  assert.is(String(state), "SUCCESS");
  const { State, LastUpdateStatus } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: "awaited" }));
  assert.equal([State, LastUpdateStatus], ["Active", "Successful"]);
});

test("an event of any JSON value goes through unharmed, and none is an empty object", async () => {
  for (const event of ["null", "0.1", '"é\\u0000𝄞"', "[[],{}]", '{"__proto__":1,"a":[true,null]}']) assert.equal(JSON.stringify(await invoke("echo", event)), event);
  assert.equal(await invoke("echo"), {});
});

test("an event that is no JSON, no UTF-8 or too large is refused before the handler runs", async () => {
  const path = "/2015-03-31/functions/echo/invocations";
  assert.match((await raw("POST", path, "{nope")).body, /^{"Type":"User","message":"Could not parse request body into json: .+"}$/);
  assert.is((await raw("POST", path, "{nope")).type, "InvalidRequestContentException");
  assert.is((await raw("POST", path, "{nope", { "x-amz-invocation-type": "Event" })).type, "InvalidRequestContentException");
  assert.is((await raw("POST", path, new Uint8Array([0x22, 0xff, 0x22]))).type, "InvalidRequestContentException");
  const long = JSON.stringify("x".repeat(6 * 1024 * 1024));
  assert.equal(await raw("POST", path, long), { status: 413, type: "RequestTooLargeException", body: '{"Type":"User","message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"}' });
  assert.is((await raw("POST", path, long.slice(0, 300_000), { "x-amz-invocation-type": "Event" })).status, 413);
  assert.is((await raw("POST", path, "{}", { "x-amz-invocation-type": "Later" })).type, "ValidationException");
  assert.is((await raw("POST", path, "{}", { "x-amz-client-context": "bm9wZQ==" })).type, "InvalidRequestContentException");
});

test("a response of six MiB goes through, a longer one is the function's error", async () => {
  await create("long", "exports.handler = async (n) => 'x'.repeat(n);", { Timeout: 20 });
  assert.is(((await invoke("long", String(6 * 1024 * 1024 - 2))) as string).length, 6 * 1024 * 1024 - 2);
  const { FunctionError, Payload } = await client.send(new InvokeCommand({ FunctionName: "long", Payload: Buffer.from(String(6 * 1024 * 1024)) }));
  assert.equal([FunctionError, (JSON.parse(Payload?.transformToString() ?? "") as { errorType: string }).errorType], ["Unhandled", "Function.ResponseSizeTooLarge"]);
});

test("the log tail is the last four KiB", async () => {
  await create("chatty", "exports.handler = async () => { for (let i = 0; i < 1000; i++) console.log('line', i); };");
  const { LogResult } = await client.send(new InvokeCommand({ FunctionName: "chatty", LogType: "Tail" }));
  const text = Buffer.from(LogResult ?? "", "base64").toString();
  assert.is(text.length, 4096);
  assert.match(text, /INFO\tline 999\nEND RequestId: .*\nREPORT /);
});

test("errors have AWS's status, header, and keys in AWS's case", async () => {
  const missing = await raw("GET", "/2015-03-31/functions/doesnotexist");
  assert.equal(missing, { status: 404, type: "ResourceNotFoundException", body: '{"Type":"User","Message":"Function not found: arn:aws:lambda:us-east-1:000000000000:function:doesnotexist"}' });
  const body = JSON.stringify({ ...input("echo", ""), Code: { ZipFile: "UEsDBA==" } });
  assert.equal(await raw("POST", "/2015-03-31/functions/", body), { status: 409, type: "ResourceConflictException", body: '{"Type":"User","message":"Function already exist: echo"}' });
  assert.equal(await raw("POST", "/2015-03-31/functions", "{"), { status: 400, type: "InvalidRequestContentException", body: (await raw("POST", "/2015-03-31/functions", "{")).body });
});

test("what a configuration may not be is refused in AWS's words", async () => {
  const bad = (more: Partial<CreateFunctionCommandInput>) => refusal(create("bad", echo, more));
  assert.is(await bad({ MemorySize: 64 }), "400 ValidationException: 1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128");
  assert.is(await bad({ Timeout: 901 }), "400 ValidationException: 1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900");
  assert.match(await bad({ Description: "x".repeat(257) }), /at 'description' failed to satisfy constraint: Member must have length less than or equal to 256/);
  assert.match(await bad({ Runtime: "java21" }), /^400 InvalidParameterValueException: Value java21 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x,/);
  assert.match(await bad({ Architectures: ["riscv" as "arm64"] }), /at 'architectures\.0' failed to satisfy constraint: Member must satisfy enum value set: \[x86_64, arm64\]/);
  assert.match(await bad({ Environment: { Variables: { AWS_REGION: "x" } } }), /InvalidParameterValueException: Lambda was unable to configure .*Reserved keys used in this request: AWS_REGION/);
  assert.match(await bad({ Environment: { Variables: { BIG: "x".repeat(5000) } } }), /exceeded the 4KB limit/);
  assert.match(await bad({ Code: { ZipFile: Buffer.from("no zip") } }), /^400 InvalidParameterValueException: Could not unzip uploaded file/);
  assert.match(await bad({ Code: { ZipFile: zipOf({}) } }), /Uploaded file must be a non-empty zip/);
  assert.match(await bad({ Code: {} }), /Please provide a source for function code/);
  assert.match(await bad({ Code: { S3Bucket: "b", S3Key: "k" } }), /S3 Error Code: NoSuchKey/);
  assert.match(await bad({ Handler: undefined }), /Runtime and Handler are mandatory/);
  assert.match(await bad({ Layers: ["arn"] }), /InvalidParameterValueException: This gateway does not support Layers; put the layers' files/);
  assert.match(await bad({ Publish: true }), /keeps no published versions/);
  assert.match(await bad({ PackageType: "Image" }), /does not support container images/);
  assert.match(await refusal(client.send(new UpdateFunctionConfigurationCommand({ FunctionName: "echo", MemorySize: 1 }))), /at 'memorySize'/);
  assert.is(await refusal(client.send(new GetFunctionCommand({ FunctionName: "bad" }))), "404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:bad");
});

test("revisions change with every change and guard against lost updates", async () => {
  const made = await create("revised", echo);
  const stale = { FunctionName: "revised", RevisionId: "00000000-0000-4000-a000-000000000000" };
  const zip = zipOf({ "index.js": "exports.handler = async () => 2;" });
  assert.match(await refusal(client.send(new UpdateFunctionCodeCommand({ ...stale, ZipFile: zip }))), /^412 PreconditionFailedException: The Revision Id provided/);
  assert.match(await refusal(client.send(new UpdateFunctionConfigurationCommand({ ...stale, Timeout: 9 }))), /^412 PreconditionFailedException/);
  const dry = await client.send(new UpdateFunctionCodeCommand({ FunctionName: "revised", ZipFile: zip, DryRun: true, RevisionId: made.RevisionId }));
  assert.is.not(dry.CodeSha256, made.CodeSha256);
  assert.is(await invoke("revised", "1"), 1);
  const updated = await client.send(new UpdateFunctionCodeCommand({ FunctionName: "revised", ZipFile: zip, RevisionId: made.RevisionId }));
  assert.is.not(updated.RevisionId, made.RevisionId);
  assert.is(await invoke("revised", "1"), 2);
});

test("two that update at once from one revision cannot both win", async () => {
  const { RevisionId } = await create("raced", echo);
  const update = (Timeout: number) => client.send(new UpdateFunctionConfigurationCommand({ FunctionName: "raced", Timeout, RevisionId }));
  const results = await Promise.allSettled([update(5), update(6), update(7)]);
  assert.is(results.filter(({ status }) => status === "fulfilled").length, 1);
});

test("functions are listed by name in pages whose marker goes on where the last ended", async () => {
  for (const index of [3, 1, 2]) await create(`page-${index}`, echo);
  const names: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client, pageSize: 2 }, {})) {
    assert.ok(Functions.length <= 2);
    names.push(...Functions.map(({ FunctionName = "" }) => FunctionName));
  }
  assert.equal(names, [...names].sort());
  assert.equal(names.filter((name) => name.startsWith("page-")), ["page-1", "page-2", "page-3"]);
  assert.match(await refusal(client.send(new ListFunctionsCommand({ Marker: "?" }))), /InvalidParameterValueException: The Marker/);
});

test("actions that are not there yet say so in AWS's shape", async () => {
  assert.match(await refusal(client.send(new PublishVersionCommand({ FunctionName: "echo" }))), /^501 NotImplementedException: This gateway has no Lambda action behind POST \/2015-03-31\/functions\/echo\/versions\. It has CreateFunction, /);
});

test("event invocations are tried three times and then kept as dead letters with their error", async () => {
  await create("failing", "exports.handler = async (event) => { throw new Error(`no ${event.n}`); };");
  await client.send(new InvokeCommand({ FunctionName: "failing", InvocationType: "Event", Payload: Buffer.from('{"n": 12345678901234567890}') }));
  for await (const { body } of gateway.logs.get("lambda.dead-letters")?.tail(1, AbortSignal.timeout(5000)) ?? []) {
    const text = Buffer.from(body).toString();
    const letter = JSON.parse(text) as { function: string; attempts: number; error: { errorType: string; errorMessage: string } };
    assert.equal([letter.function, letter.attempts, letter.error.errorType], ["failing", 3, "Error"]);
    assert.match(text, /"event":\{"n": 12345678901234567890\}\}$/);
    return;
  }
  assert.unreachable("there was no dead letter");
});

test("what a handler appends is durable when the invocation is answered, and an unknown log is its error", async () => {
  await gateway.logs.create("results");
  await create("appender", "const { append } = require('nanolambda'); exports.handler = async ({ log, fail }) => { append(log, { n: 1 }); append(log, 2); if (fail) throw new Error('x'); };");
  await invoke("appender", '{"log":"results"}');
  assert.equal(gateway.logs.get("results")?.read(1, 9).map(({ body }) => Buffer.from(body).toString()), ['{"n":1}', "2"]);
  await client.send(new InvokeCommand({ FunctionName: "appender", Payload: Buffer.from('{"log":"results","fail":true}') }));
  assert.is(gateway.logs.get("results")?.info().last, 2);
  const { FunctionError, Payload } = await client.send(new InvokeCommand({ FunctionName: "appender", Payload: Buffer.from('{"log":"none"}') }));
  assert.is(FunctionError, "Unhandled");
  assert.match(Payload?.transformToString() ?? "", /NanoLambda\.AppendFailed.*There is no log none/);
});

test("functions and acknowledged events outlive the gateway's process", async () => {
  const first = await startLambdaGateway({ eventBackoffMs: 60_000 });
  const local = new LambdaClient({ endpoint: first.url, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  await first.logs.create("done");
  await local.send(new CreateFunctionCommand(input("late", "exports.handler = async ({ n }) => { if (!process.env.READY) throw new Error('not yet'); require('nanolambda').append('done', n); };")));
  for (const n of [1, 2, 3]) await local.send(new InvokeCommand({ FunctionName: "late", InvocationType: "Event", Payload: Buffer.from(`{"n":${n}}`) }));
  await local.send(new UpdateFunctionConfigurationCommand({ FunctionName: "late", Environment: { Variables: { READY: "yes" } } }));
  local.destroy();
  await first.stop();
  const second = await startLambdaGateway({ dir: first.dir });
  try {
    assert.is(second.lambda.functions.get("late").environment["READY"], "yes");
    const seen: string[] = [];
    for await (const { body } of second.logs.get("done")?.tail(1, AbortSignal.timeout(5000)) ?? []) if (seen.push(Buffer.from(body).toString()) === 3) break;
    assert.equal(seen.sort(), ["1", "2", "3"]);
    assert.is(second.logs.get("lambda.dead-letters")?.info().last, 0);
  } finally {
    await second.remove();
  }
});

test("a function of the same name as a deleted one begins anew", async () => {
  await create("again", "throw new Error('old');");
  await client.send(new InvokeCommand({ FunctionName: "again", InvocationType: "Event" }));
  await client.send(new DeleteFunctionCommand({ FunctionName: "again" }));
  await gateway.logs.create("again");
  await create("again", "exports.handler = async () => require('nanolambda').append('again', 'new');");
  await client.send(new InvokeCommand({ FunctionName: "again", InvocationType: "Event" }));
  for await (const { body } of gateway.logs.get("again")?.tail(1, AbortSignal.timeout(5000)) ?? []) return assert.is(Buffer.from(body).toString(), '"new"');
  assert.unreachable("the new function did not run");
});

test("a trigger hands appends to a function with a window, and commits its result once", async () => {
  const log = await gateway.logs.create("vibration");
  const verdicts = await gateway.logs.create("verdicts");
  const letters = await gateway.logs.create("letters");
  await create("judge", "exports.handler = async (event) => { if (event.records[0].value === 'bad') throw new Error('bad'); return event; };");
  const trigger = gateway.lambda.onAppend({ functionName: "judge", log, window: 3, batch: 1, startAt: "earliest", onLag: "drop", retry: { attempts: 2, backoffMs: 1, backoffMsMax: 1 }, resultLog: verdicts, deadLetter: letters });
  for (const [index, value] of ["1.0", "2", '"bad"', "{\"x\":3}", "no json"].entries()) await log.append(Buffer.from(value), { timeMs: 1000 + index, ...(index === 3 ? { origin: { board: "motor-1", epoch: 1, seq: 1 } } : {}) });
  const seen: string[] = [];
  for await (const { body } of verdicts.tail(1, AbortSignal.timeout(5000))) if (seen.push(Buffer.from(body).toString()) === 4) break;
  await trigger.stop();
  assert.equal(JSON.parse(seen[1] ?? ""), { log: "vibration", board: null, records: [{ seq: 2, timeMs: 1001, value: 2 }], window: [1, 2] });
  assert.equal(JSON.parse(seen[2] ?? ""), { log: "vibration", board: "motor-1", records: [{ seq: 4, timeMs: 1003, value: { x: 3 } }], window: [2, "bad", { x: 3 }] });
  assert.equal((JSON.parse(seen[3] ?? "") as { records: { value: string }[] }).records[0]?.value, "no json");
  assert.is(letters.info().last, 1);
  assert.is(trigger.state().lag, 0);
});

test("nothing that happened here was an internal error", () => {
  assert.equal(gateway.errors, []);
});

test.run();
