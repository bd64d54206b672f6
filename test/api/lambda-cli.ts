/** Debian's `aws lambda`, its endpoint changed and nothing else. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

export const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
export const ROLE = "arn:aws:iam::000000000000:role/lambda";
/** Debian's, before whatever else the path has. */
const AWS = ["/usr/bin/aws", ...(process.env["PATH"] ?? "").split(":").map((dir) => join(dir, "aws"))].find((path) => existsSync(path));

export interface LambdaCli {
  /** What `aws lambda …` prints, which must succeed. */
  json(...args: string[]): Promise<Record<string, unknown>>;
  /** What it prints when it is refused, which it must be. */
  refused(...args: string[]): Promise<string>;
}

/** Runs in `dir`; another's configuration must not leak in. */
export function lambdaCli(url: string, dir: string): LambdaCli {
  const env = { PATH: "/usr/bin:/bin", HOME: dir, AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId, AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey, AWS_EC2_METADATA_DISABLED: "true", AWS_PAGER: "", LC_ALL: "C.UTF-8" };
  const run = (args: readonly string[]): Promise<{ ok: boolean; out: string; error: string }> => new Promise((resolve) => {
    execFile(AWS ?? "aws", ["--endpoint-url", url, "--region", "us-east-1", "--output", "json", "lambda", ...args], { env, cwd: dir, maxBuffer: 16 * 1024 * 1024 }, (failure, out, error) => {
      resolve({ ok: failure === null, out, error });
    });
  });
  return {
    async json(...args) {
      const { ok, out, error } = await run(args);
      assert.ok(ok, error);
      return (out === "" ? {} : JSON.parse(out)) as Record<string, unknown>;
    },
    async refused(...args) {
      const { ok, error } = await run(args);
      assert.not.ok(ok);
      return error.trim();
    },
  };
}

/** A test that needs `aws`: skipped, and named, where it is missing; with `CI=true` that is a failure. */
export function cli(name: string, run: () => Promise<void>): void {
  if (AWS) test(name, run);
  else if (process.env["CI"] === "true") test(name, () => assert.unreachable("install awscli"));
  else console.log(`SKIP ${name}: install Debian's awscli`);
}
