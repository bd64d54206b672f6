import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { startS3Gateway, type S3Gateway } from "./s3-gateway.ts";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
/** Debian's, before whatever else the path has. */
const AWS = ["/usr/bin/aws", ...(process.env["PATH"] ?? "").split(":").map((dir) => join(dir, "aws"))].find((path) => existsSync(path));

let gateway: S3Gateway;
let dir: string;

interface Result {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the CLI with its endpoint changed and nothing else; another's configuration must not leak in. */
function aws(...args: string[]): Promise<Result> {
  return awsAt(gateway.url, args);
}

function awsAt(url: string, args: readonly string[], secret = CREDENTIALS.secretAccessKey): Promise<Result> {
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: dir,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
  return new Promise((resolve) => {
    execFile(AWS ?? "aws", ["--endpoint-url", url, "--region", "eu-central-1", ...args], { env, cwd: dir }, (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code ?? 1) : 0, out, error });
    });
  });
}

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const result = await aws(...args);
  assert.is(result.code, 0, result.error);
  return result.out.trim() === "" ? {} : (JSON.parse(result.out) as Record<string, unknown>);
}

/** Runs and expects success with nothing on the error stream. */
async function ok(...args: string[]): Promise<string> {
  const result = await aws(...args);
  assert.is(result.code, 0, result.error);
  assert.is(result.error, "");
  return result.out;
}

const cliTest = (name: string, run: () => Promise<void>): void => {
  if (AWS !== undefined) return void test(name, run);
  if (process.env["CI"] === "true") return void test(name, () => assert.unreachable("aws is missing: apt-get install awscli"));
  console.log(`SKIP ${name}: apt-get install awscli`);
};

test.before(async () => {
  dir = await mkdtemp(join(tmpdir(), "nanolambda-aws-"));
  gateway = await startS3Gateway({ credentials: [CREDENTIALS] });
});

test.after(async () => {
  await gateway.remove();
  await rm(dir, { recursive: true, force: true });
});

cliTest("aws s3 makes a bucket in the region it is told, and lists it", async () => {
  assert.is(await ok("s3", "mb", "s3://photos"), "make_bucket: photos\n");
  assert.match(await ok("s3", "ls"), / photos\n$/);
  assert.equal(await json("s3api", "get-bucket-location", "--bucket", "photos"), { LocationConstraint: "eu-central-1" });
  const again = await aws("s3api", "create-bucket", "--bucket", "photos");
  assert.is(again.code, 254);
  assert.match(again.error, /BucketAlreadyOwnedByYou/);
});

cliTest("aws s3api puts an object with all its headers, and gets them back with the same bytes", async () => {
  await writeFile(join(dir, "in.txt"), "hello, motor");
  const put = await json(
    "s3api", "put-object", "--bucket", "photos", "--key", "notes/häßlich & schön?.txt", "--body", "in.txt", "--content-type", "text/plain",
    "--cache-control", "max-age=60", "--content-disposition", "attachment", "--content-language", "de", "--metadata", "board=motor-1,Unit=g",
  );
  assert.is(put["ETag"], '"adacdb934bc3e5274f8a782c06386b08"');
  const got = await json("s3api", "get-object", "--bucket", "photos", "--key", "notes/häßlich & schön?.txt", "out.txt");
  assert.is(got["ETag"], put["ETag"]);
  assert.is(got["ContentLength"], 12);
  assert.is(got["ContentType"], "text/plain");
  assert.is(got["CacheControl"], "max-age=60");
  assert.is(got["ContentDisposition"], "attachment");
  assert.is(got["ContentLanguage"], "de");
  assert.equal(got["Metadata"], { board: "motor-1", unit: "g" });
  assert.is(await readFile(join(dir, "out.txt"), "utf8"), "hello, motor");
});

cliTest("aws s3api gets a range, and heads an object only if it has changed", async () => {
  const key = ["--bucket", "photos", "--key", "notes/häßlich & schön?.txt"];
  const range = await json("s3api", "get-object", ...key, "--range", "bytes=7-11", "part.txt");
  assert.is(range["ContentRange"], "bytes 7-11/12");
  assert.is(await readFile(join(dir, "part.txt"), "utf8"), "motor");
  const { ETag } = await json("s3api", "head-object", ...key);
  const unchanged = await aws("s3api", "head-object", ...key, "--if-none-match", String(ETag));
  assert.match(unchanged.error, /\(304\)/);
});

cliTest("aws s3 cp uploads a file of 20 MB in parts and downloads the same file", async () => {
  const big = randomBytes(20_000_000);
  await writeFile(join(dir, "big.bin"), big);
  await ok("s3", "cp", "--only-show-errors", "big.bin", "s3://photos/big.bin", "--content-type", "application/x-big");
  const head = await json("s3api", "head-object", "--bucket", "photos", "--key", "big.bin");
  assert.match(String(head["ETag"]), /^"[0-9a-f]{32}-3"$/);
  assert.is(head["ContentType"], "application/x-big");
  await ok("s3", "cp", "--only-show-errors", "s3://photos/big.bin", "back.bin");
  assert.ok(big.equals(await readFile(join(dir, "back.bin"))));
});

cliTest("aws s3 cp copies an object in parts on the gateway", async () => {
  await ok("s3", "cp", "--only-show-errors", "s3://photos/big.bin", "s3://photos/copies/big.bin");
  const head = await json("s3api", "head-object", "--bucket", "photos", "--key", "copies/big.bin");
  assert.is(head["ContentLength"], 20_000_000);
  await ok("s3", "cp", "--only-show-errors", "s3://photos/copies/big.bin", "copy.bin");
  assert.ok((await readFile(join(dir, "big.bin"))).equals(await readFile(join(dir, "copy.bin"))));
});

cliTest("aws s3 sync uploads a folder, and then has nothing more to do", async () => {
  await mkdir(join(dir, "site", "css"), { recursive: true });
  await writeFile(join(dir, "site", "index.html"), "<h1>motor</h1>");
  await writeFile(join(dir, "site", "css", "a+b c.css"), "h1 {}");
  await ok("s3", "sync", "--only-show-errors", "site", "s3://photos/site");
  assert.is(await ok("s3", "sync", "site", "s3://photos/site"), "");
  const page = await json("s3api", "head-object", "--bucket", "photos", "--key", "site/index.html");
  assert.is(page["ContentType"], "text/html");
});

cliTest("aws s3 ls shows folders and files, and follows pages", async () => {
  assert.match(await ok("s3", "ls", "s3://photos/site/"), /PRE css\/\n.* 14 index\.html\n$/);
  const all = await ok("s3", "ls", "--recursive", "--page-size", "2", "s3://photos");
  assert.equal(
    all.trim().split("\n").map((line) => line.slice(31)),
    ["big.bin", "copies/big.bin", "notes/häßlich & schön?.txt", "site/css/a+b c.css", "site/index.html"],
  );
});

cliTest("aws s3api copies an object with new metadata", async () => {
  await json(
    "s3api", "copy-object", "--bucket", "photos", "--key", "notes/copy.txt", "--metadata-directive", "REPLACE", "--metadata", "board=motor-2",
    "--copy-source", "photos/notes/häßlich & schön?.txt",
  );
  const head = await json("s3api", "head-object", "--bucket", "photos", "--key", "notes/copy.txt");
  assert.equal(head["Metadata"], { board: "motor-2" });
  assert.is(head["ContentLength"], 12);
});

cliTest("a URL presigned by aws works without any signature header", async () => {
  const url = (await ok("s3", "presign", "s3://photos/notes/copy.txt", "--expires-in", "60")).trim();
  const response = await fetch(url);
  assert.is(response.status, 200);
  assert.is(await response.text(), "hello, motor");
  assert.is((await fetch(url.replace("copy.txt", "copy2.txt"))).status, 403);
});

cliTest("what is not there, not empty or not done is said in words that aws shows", async () => {
  const cases: [string[], RegExp][] = [
    [["s3api", "get-object", "--bucket", "photos", "--key", "none", "x"], /NoSuchKey/],
    [["s3api", "list-objects-v2", "--bucket", "nowhere"], /NoSuchBucket/],
    [["s3", "rb", "s3://photos"], /BucketNotEmpty/],
    [["s3api", "get-bucket-acl", "--bucket", "photos"], /NotImplemented/],
  ];
  for (const [args, expected] of cases) {
    const result = await aws(...args);
    assert.is.not(result.code, 0);
    assert.match(result.error, expected);
  }
  const wrongKey = await awsAt(gateway.url, ["s3api", "list-buckets"], "wrong");
  assert.match(wrongKey.error, /SignatureDoesNotMatch/);
});

cliTest("aws s3 rm removes everything under a bucket, and the bucket can go", async () => {
  await ok("s3", "rm", "--only-show-errors", "--recursive", "s3://photos");
  assert.is(await ok("s3", "rb", "s3://photos"), "remove_bucket: photos\n");
  assert.equal((await json("s3api", "list-buckets"))["Buckets"], []);
  assert.equal(gateway.errors, []);
});

cliTest("without credentials on loopback aws needs no signature", async () => {
  const open = await startS3Gateway();
  try {
    const unsigned = (...args: string[]) => awsAt(open.url, ["--no-sign-request", ...args]);
    assert.is((await unsigned("s3", "mb", "s3://open")).code, 0);
    await writeFile(join(dir, "in.txt"), "hello");
    assert.is((await unsigned("s3", "cp", "in.txt", "s3://open/in.txt")).code, 0);
    assert.is((await unsigned("s3", "cp", "s3://open/in.txt", "-")).out, "hello");
  } finally {
    await open.remove();
  }
});

test.run();
