/** The walk that both ListObjects and ListObjectsV2 are: keys in order, those with a common prefix rolled up into one. */
import type { IndexedVersion } from "./objects.ts";

export interface ListQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only keys and common prefixes greater than this; empty: from the beginning. */
  readonly after: string;
  readonly max: number;
}

export interface ListPage {
  readonly versions: readonly IndexedVersion[];
  readonly commonPrefixes: readonly string[];
  readonly truncated: boolean;
  /** The last key or common prefix of the page: what the next page comes after. */
  readonly last: string;
}

/** @param versionsFrom the newest versions in order of key, from a key on (inclusive) */
export function listPage(versionsFrom: (key: string) => Iterable<IndexedVersion>, query: ListQuery): ListPage {
  const versions: IndexedVersion[] = [];
  const commonPrefixes: string[] = [];
  let last = "";
  for (const item of rolledUp(versionsFrom, query)) {
    if (versions.length + commonPrefixes.length >= query.max) return { versions, commonPrefixes, truncated: query.max > 0, last };
    if (typeof item === "string") commonPrefixes.push(item);
    else versions.push(item);
    last = typeof item === "string" ? item : item.key;
  }
  return { versions, commonPrefixes, truncated: false, last };
}

/** Versions and common prefixes in order; the keys under a prefix are skipped, not read. */
function* rolledUp(versionsFrom: (key: string) => Iterable<IndexedVersion>, query: ListQuery): Generator<IndexedVersion | string> {
  const { prefix, delimiter, after } = query;
  let from: string | undefined = compareUtf8(after, prefix) > 0 ? after : prefix;
  while (from !== undefined) {
    const start: string = from;
    from = undefined;
    for (const version of versionsFrom(start)) {
      const { key } = version;
      if (!key.startsWith(prefix)) return;
      const common = commonPrefix(key, prefix, delimiter);
      if (common === undefined) {
        if (key !== after) yield version;
        continue;
      }
      // `after` may lie under the common prefix: the page before ended with it, or a client says so with start-after.
      if (!after.startsWith(common)) yield common;
      from = successor(common);
      break;
    }
  }
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** The least string greater than every string that begins with `prefix`; undefined when there is none. */
export function successor(prefix: string): string | undefined {
  const points = [...prefix];
  for (let point = points.pop(); point !== undefined; point = points.pop()) {
    const code = point.codePointAt(0) as number;
    // Surrogates are no characters: what follows U+D7FF is U+E000.
    if (code < 0x10ffff) return points.join("") + String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1);
  }
  return undefined;
}

/** S3's order of keys, that of their UTF-8 bytes; JavaScript's own is that of UTF-16 units, which differs beyond U+FFFF. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
