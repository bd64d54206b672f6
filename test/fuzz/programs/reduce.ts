/** Makes a program small while what is wrong with it stays: statements go, blocks lose their heads, brackets become what is in them or nothing. */

/** @param holds does the smaller program still show it? */
export async function reduce(source: string, holds: (source: string) => Promise<boolean>): Promise<string> {
  let current = source;
  for (let before = ""; before !== current;) {
    before = current;
    current = await shrink(current, statements, holds);
    current = await shrink(current, brackets, holds);
  }
  return current;
}

/** Tries the candidates of one text after the other; `next` says where to look from then on. */
async function shrink(source: string, candidates: (source: string, at: number) => Generator<string>, holds: (source: string) => Promise<boolean>): Promise<string> {
  let current = source;
  for (let at = 0; at < current.length; at++) {
    let shrunk = false;
    for (const candidate of candidates(current, at)) {
      if (candidate.length >= current.length || !(await holds(candidate))) continue;
      current = candidate;
      shrunk = true;
      break;
    }
    if (shrunk) at--;
  }
  return current;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** At the start of a line: without it and what it holds, without it, without what is behind it to the end. */
function* statements(source: string, at: number): Generator<string> {
  if (at > 0 && source[at - 1] !== "\n") return;
  const head = source.slice(0, at);
  const lines = source.slice(at).split("\n");
  const first = lines[0] ?? "";
  let end = 1;
  while (end < lines.length && indentOf(lines[end] ?? "") > indentOf(first)) end++;
  yield `${head}${indentOf(first) === 0 ? "" : `${" ".repeat(indentOf(first))}pass\n`}`;
  yield head + lines.slice(end).join("\n");
  const body = lines.slice(1, end).map((line) => line.slice(4));
  let rest = end;   // the other parts of the statement: else, except
  while (/^\s*(else|elif|except|finally)\b/.test(lines[rest] ?? "") && indentOf(lines[rest] ?? "") === indentOf(first)) {
    rest++;
    while (rest < lines.length && indentOf(lines[rest] ?? "") > indentOf(first)) rest++;
  }
  if (rest > end) yield head + lines.slice(rest).join("\n");
  if (end > 1) yield head + [...body, ...lines.slice(rest)].join("\n");
  if (end > 1) yield head + [first, `${" ".repeat(indentOf(first) + 4)}pass`, ...lines.slice(end)].join("\n");
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** At a bracket: what it holds in its place, or nothing in it, or `0`; with what is before it, one of its items. */
function* brackets(source: string, at: number): Generator<string> {
  const close = CLOSING[source[at] ?? ""];
  if (close === undefined) return;
  let depth = 0;
  let end = at;
  const commas: number[] = [];
  do {
    if ("([{".includes(source[end] ?? "x")) depth++;
    else if (")]}".includes(source[end] ?? "x")) depth--;
    else if (depth === 1 && (source[end] === "," || source[end] === " ")) commas.push(end);
    end++;
    if (end > source.length || source[end - 1] === "\n") return;
  } while (depth > 0);
  const [before, inside, after] = [source.slice(0, at), source.slice(at + 1, end - 1), source.slice(end)];
  const callee = /[\w.]+$/.exec(before)?.[0] ?? "";
  yield `${before.slice(0, before.length - callee.length)}0${after}`;
  yield `${before}${source[at]}${close}${after}`;
  yield `${before}${inside}${after}`;
  yield `${before}${after}`;
  if (callee !== "") yield `${before.slice(0, before.length - callee.length)}${inside}${after}`;
  for (let from = 0; from <= commas.length; from++) {
    for (let to = from + 1; to <= Math.min(commas.length + 1, from + 4); to++) {
      const left = from === 0 ? at + 1 : (commas[from - 1] as number);
      const right = to > commas.length ? end - 1 : (commas[to - 1] as number);
      yield source.slice(0, left) + source.slice(right);
    }
  }
}
