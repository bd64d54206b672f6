/** A gateway as a process of its own, and a short tour of what it serves: functions in both languages, objects. */
import { spawn } from "node:child_process";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { strToU8, zipSync } from "fflate";
import * as assert from "uvu/assert";

const START_MS_MAX = 60_000;

export interface GatewayProcess {
  readonly url: string;
  /** Everything printed so far. */
  output(): string;
  /** Asks it to stop; the exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once; for the end of a test that failed. */
  kill(): void;
}

/** Starts a command that runs a gateway and waits until it says where it listens. */
export async function startGatewayProcess(command: string, words: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<GatewayProcess> {
  const child = spawn(command, words, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => { child.kill("SIGKILL"); reject(new Error(`the gateway did not start: ${output}`)); }, START_MS_MAX);
    const collect = (text: string): void => {
      output += text;
      const found = /listening on (http:\/\/\S+)/.exec(output)?.[1];
      if (found !== undefined) { clearTimeout(timer); resolve(found); }
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.once("error", reject);
    void exited.then((code) => { clearTimeout(timer); reject(new Error(`the gateway ended with ${code}: ${output}`)); });
  });
  return { url, output: () => output, stop: () => { child.kill("SIGTERM"); return exited; }, kill: () => void child.kill("SIGKILL") };
}

const CLIENT = { region: "us-east-1", credentials: { accessKeyId: "any", secretAccessKey: "any" } };
const SOURCES = [
  { name: "python", file: "index.py", Runtime: "python3.12", text: "def handler(event, context):\n    return {'twice': event['n'] * 2, 'big': 7 ** 40}\n" },
  { name: "nodejs", file: "index.js", Runtime: "nodejs20.x", text: "exports.handler = async (event) => ({ twice: event.n * 2, big: Number(7n ** 10n) });" },
] as const;

export async function deployFunctions(url: string): Promise<void> {
  const lambda = new LambdaClient({ ...CLIENT, endpoint: url });
  for (const { name, file, Runtime, text } of SOURCES) {
    await lambda.send(new CreateFunctionCommand({ FunctionName: name, Runtime, Handler: "index.handler", Role: "arn:aws:iam::000000000000:role/any", Code: { ZipFile: zipSync({ [file]: strToU8(text) }) } }));
  }
}

/** Calls what was deployed. */
export async function callFunctions(url: string): Promise<void> {
  const lambda = new LambdaClient({ ...CLIENT, endpoint: url });
  const results: string[] = [];
  for (const { name } of SOURCES) {
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: name, Payload: strToU8('{"n": 21}') }));
    results.push(Buffer.from(Payload ?? []).toString());
  }
  assert.equal(results, ['{"twice": 42, "big": 6366805760909027985741435139224001}', '{"twice":42,"big":282475249}']);
}

/** Stores an object, reads and lists it. */
export async function useObjects(url: string): Promise<void> {
  const s3 = new S3Client({ ...CLIENT, endpoint: url, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "readings" }));
  await s3.send(new PutObjectCommand({ Bucket: "readings", Key: "2026/may.txt", Body: "21.5", Metadata: { unit: "C" } }));
  const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket: "readings", Key: "2026/may.txt" }));
  assert.is(await Body?.transformToString(), "21.5");
  assert.equal(Metadata, { unit: "C" });
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket: "readings", Prefix: "2026/" }))).Contents?.map(({ Key }) => Key), ["2026/may.txt"]);
}
