import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkWrite, notModified, rangeOf } from "./conditions.ts";
import { S3Error } from "./error.ts";

const current = { etag: "abc", modifiedMs: Date.parse("2026-01-02T03:04:05.678Z") };
const BEFORE = "Fri, 02 Jan 2026 03:04:04 GMT";
const SAME = "Fri, 02 Jan 2026 03:04:05 GMT";
const AFTER = "Fri, 02 Jan 2026 03:04:06 GMT";

function outcome(ask: () => unknown): string {
  try {
    return String(ask());
  } catch (thrown) {
    return thrown instanceof S3Error ? thrown.s3Code : String(thrown);
  }
}

test("conditions of a read hold as RFC 9110 orders them", () => {
  const cases: [Record<string, string>, string][] = [
    [{}, "false"],
    [{ "if-match": '"abc"' }, "false"],
    [{ "if-match": "abc" }, "false"],
    [{ "if-match": "*" }, "false"],
    [{ "if-match": '"x", "abc"' }, "false"],
    [{ "if-match": '"x"' }, "PreconditionFailed"],
    [{ "if-none-match": '"abc"' }, "true"],
    [{ "if-none-match": 'W/"abc"' }, "true"],
    [{ "if-none-match": '"x"' }, "false"],
    [{ "if-modified-since": SAME }, "true"],
    [{ "if-modified-since": BEFORE }, "false"],
    [{ "if-unmodified-since": SAME }, "false"],
    [{ "if-unmodified-since": BEFORE }, "PreconditionFailed"],
    [{ "if-match": '"abc"', "if-unmodified-since": BEFORE }, "false"],
    [{ "if-none-match": '"x"', "if-modified-since": AFTER }, "false"],
    [{ "if-none-match": '"abc"', "if-modified-since": BEFORE }, "true"],
    [{ "if-modified-since": "no date" }, "false"],
  ];
  for (const [headers, expected] of cases) {
    assert.is(outcome(() => notModified(new Headers(headers), current)), expected, JSON.stringify(headers));
  }
});

test("a write can be bound to there being no object, or the very one that was read", () => {
  const write = (headers: Record<string, string>, found: typeof current | undefined) => outcome(() => checkWrite(new Headers(headers), found, "k"));
  assert.is(write({ "if-none-match": "*" }, undefined), "undefined");
  assert.is(write({ "if-none-match": "*" }, current), "PreconditionFailed");
  assert.is(write({ "if-none-match": '"abc"' }, current), "NotImplemented");
  assert.is(write({ "if-match": '"abc"' }, current), "undefined");
  assert.is(write({ "if-match": '"x"' }, current), "PreconditionFailed");
  assert.is(write({ "if-match": '"abc"' }, undefined), "NoSuchKey");
});

test("a range is answered as S3 does: the bytes there are, or all of them when it makes no sense", () => {
  const cases: [string | null, number, string][] = [
    [null, 10, "undefined"],
    ["bytes=0-3", 10, '{"start":0,"end":4}'],
    ["bytes=4-", 10, '{"start":4,"end":10}'],
    ["bytes=-3", 10, '{"start":7,"end":10}'],
    ["bytes=-30", 10, '{"start":0,"end":10}'],
    ["bytes=8-99", 10, '{"start":8,"end":10}'],
    ["bytes=10-", 10, "InvalidRange"],
    ["bytes=-0", 10, "InvalidRange"],
    ["bytes=0-0", 0, "InvalidRange"],
    ["bytes=3-1", 10, "undefined"],
    ["bytes=0-1,3-4", 10, "undefined"],
    ["bytes=-", 10, "undefined"],
    ["lines=1-2", 10, "undefined"],
    ["bytes=99999999999999999999-", 10, "InvalidRange"],
  ];
  for (const [header, bytes, expected] of cases) {
    assert.is(outcome(() => JSON.stringify(rangeOf(header, bytes))), expected, `${header} of ${bytes}`);
  }
});

test.run();
