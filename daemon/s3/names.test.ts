import { test } from "uvu";
import * as assert from "uvu/assert";
import { S3Error } from "./error.ts";
import { checkBucketName, checkKey } from "./names.ts";
import { bucketOfHost, callOf } from "./request.ts";

function codeOf(check: () => unknown): string {
  try {
    check();
    return "accepted";
  } catch (thrown) {
    return thrown instanceof S3Error ? thrown.s3Code : `not an S3Error: ${thrown}`;
  }
}

test("names of buckets follow S3's rules, and none looks like the beginning of a Lambda path", () => {
  for (const name of ["abc", "a-b.c", "0a0", "a".repeat(63), "2015-03-31-backup"]) assert.is(codeOf(() => checkBucketName(name)), "accepted", name);
  for (const name of ["", "ab", "a".repeat(64), "Abc", "a_b", "-ab", "ab-", "a..b", "192.168.1.1", "xn--a", "x-s3alias", "2015-03-31", "_nanolambda", "a/b"]) {
    assert.is(codeOf(() => checkBucketName(name)), "InvalidBucketName", name);
  }
});

test("a key may have 1,024 bytes of UTF-8", () => {
  assert.is(codeOf(() => checkKey("é".repeat(512))), "accepted");
  assert.is(codeOf(() => checkKey("é".repeat(513))), "KeyTooLongError");
});

test("bucket and key come from the path, or the bucket from a name under localhost", () => {
  const body = { stream: (async function* () {})(), bytes: 0, trailers: new Map<string, string>(), trailerNames: [] };
  const parts = (host: string, path: string) => {
    const { bucket, key } = callOf({ method: "GET", host, path, query: [], headers: new Headers(), body, requestId: "" });
    return [bucket, key];
  };
  assert.equal(parts("localhost:8787", "/"), [undefined, undefined]);
  assert.equal(parts("localhost", "/b"), ["b", undefined]);
  assert.equal(parts("localhost", "/b/"), ["b", undefined]);
  assert.equal(parts("127.0.0.1:80", "/b/a%2Fb//c%20+"), ["b", "a/b//c +"]);
  assert.equal(parts("photos.localhost:8787", "/a/b"), ["photos", "a/b"]);
  assert.equal(parts("photos.localhost", "/"), ["photos", undefined]);
  assert.equal(parts("localhost", "/b/../x"), ["b", "../x"]);
  assert.is(codeOf(() => parts("localhost", "/b/%ff")), "InvalidURI");
  assert.is(bucketOfHost("a.b.localhost:1"), "a.b");
});

test.run();
