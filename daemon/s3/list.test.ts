import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compareUtf8, listPage, successor, type ListQuery } from "./list.ts";
import type { IndexedVersion } from "./objects.ts";

function version(key: string): IndexedVersion {
  return { key, seq: 1, modifiedMs: 0, etag: "", headers: { standard: {}, user: {} }, body: { id: 1, bytes: 0 } };
}

/** A bucket of which reads are counted. */
function bucketOf(keys: readonly string[]) {
  const sorted = [...new Set(keys)].sort(compareUtf8);
  const reads: string[] = [];
  function* from(start: string): Generator<IndexedVersion> {
    for (const key of sorted) {
      if (compareUtf8(key, start) < 0) continue;
      reads.push(key);
      yield version(key);
    }
  }
  return { sorted, reads, from };
}

/** What S3 documents, said the slow way: roll up every key, drop what is not greater than `after`, keep the order. */
function model(sorted: readonly string[], { prefix, delimiter, after }: ListQuery): string[] {
  const items = sorted
    .filter((key) => key.startsWith(prefix) && compareUtf8(key, after) > 0)
    .map((key) => {
      const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      return at === -1 ? key : key.slice(0, at + delimiter.length);
    });
  return [...new Set(items)].filter((item) => item !== after && !(delimiter !== "" && item.endsWith(delimiter) && after.startsWith(item)));
}

const key = fc.string({ unit: fc.constantFrom("a", "b", "/", "é", "\uffff", "\u{1f600}", "\ud7ff"), minLength: 1, maxLength: 6 });
const fragment = fc.string({ unit: fc.constantFrom("a", "b", "/", "é", "\u{1f600}"), maxLength: 3 });

test("pages laid end to end are the whole list, in order, without a gap or a double, for any page size", () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 30 }), fragment, fc.constantFrom("", "/", "a", "é"), fragment, fc.integer({ min: 1, max: 7 }), (keys, prefix, delimiter, start, max) => {
      const bucket = bucketOf(keys);
      const found: string[] = [];
      let after = start;
      for (;;) {
        const page = listPage(bucket.from, { prefix, delimiter, after, max });
        const items = [...page.versions.map((item) => item.key), ...page.commonPrefixes].sort(compareUtf8);
        assert.ok(items.length <= max);
        found.push(...items);
        if (!page.truncated) break;
        assert.is(items.length, max);
        after = page.last;
      }
      assert.equal(found, model(bucket.sorted, { prefix, delimiter, after: start, max }));
    }),
    { numRuns: 500 },
  );
});

test("keys under a common prefix are skipped, not read", () => {
  const many = Array.from({ length: 1000 }, (_, index) => `photos/${index}`);
  const bucket = bucketOf([...many, "a", "z"]);
  const page = listPage(bucket.from, { prefix: "", delimiter: "/", after: "", max: 1000 });
  assert.equal(page.commonPrefixes, ["photos/"]);
  assert.ok(bucket.reads.length < 10, `${bucket.reads.length} reads`);
});

test("a page of no items is not truncated", () => {
  assert.equal(listPage(bucketOf(["a"]).from, { prefix: "", delimiter: "", after: "", max: 0 }).truncated, false);
});

test("a successor is greater than all strings with the prefix and not greater than any other greater string", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(text, fc.string({ unit: "binary", maxLength: 5 }), (prefix, other) => {
      const next = successor(prefix);
      assert.ok(next === undefined || compareUtf8(next, prefix + other) > 0);
      if (next !== undefined && compareUtf8(other, prefix) > 0 && !other.startsWith(prefix)) assert.ok(compareUtf8(other, next) >= 0);
    }),
    { numRuns: 1000 },
  );
  assert.is(successor("\u{10ffff}"), undefined);
  assert.is(successor("\ud7ff"), "\ue000");
});

test.run();
