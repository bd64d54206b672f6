import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bytes, json, openStore, type Store } from "./store.ts";

async function withStore(run: (store: Store, dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-store-"));
  const store = openStore({ dir });
  try {
    await run(store, dir);
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

test("a piece of work that throws takes back its own writes, and only those, of the same group", () => withStore(async (store) => {
  const table = store.table<number>("t", json());
  const first = store.write((tx) => table.put(tx, "kept", 1));
  const bad = store.write((tx) => { table.put(tx, "kept", 2); table.put(tx, "new", 3); table.remove(tx, "kept"); throw new TypeError("no"); });
  const last = store.write((tx) => { table.put(tx, "also", table.getIn(tx, "kept") ?? 0); });
  await first;
  try { await bad; assert.unreachable(); } catch (error) { assert.instance(error, TypeError); }
  await last;
  assert.equal([...table.range()], [{ key: "also", value: 1 }, { key: "kept", value: 1 }]);
}));

test("ranges take the lower end, leave out the upper, and run backwards over the same keys", () => withStore(async (store) => {
  const table = store.table<number>("t", json());
  await store.write((tx) => { for (let n = 0; n < 6; n++) table.put(tx, ["a", n], n); });
  const options = { from: ["a", 1], to: ["a", 4] };
  assert.equal([...table.range(options)].map(({ value }) => value), [1, 2, 3]);
  assert.equal([...table.range({ ...options, reverse: true })].map(({ value }) => value), [3, 2, 1]);
  assert.equal([...table.range({ ...options, reverse: true, limit: 2 })].map(({ value }) => value), [3, 2]);
}));

test("what was written is there after reopening", async () => {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-store-"));
  const store = openStore({ dir });
  await store.write((tx) => store.table<string>("t", json()).put(tx, "k", "v"));
  await store.close();
  const again = openStore({ dir });
  assert.is(again.table<string>("t", json()).get("k"), "v");
  await again.close();
  rmSync(dir, { recursive: true, force: true });
});

test("a folder that cannot be opened is an error that says what to do", () => {
  assert.throws(() => openStore({ dir: "/dev/null/data" }), /cannot be opened.*check that it exists/);
});

test("what LMDB itself refuses in one piece of work leaves the others of the group alone", () => withStore(async (store) => {
  const table = store.table<number>("t", json());
  const before = store.write((tx) => table.put(tx, "before", 1));
  const longKey = store.write((tx) => { table.put(tx, "first", 1); table.put(tx, "x".repeat(3000), 1); });
  const after = store.write((tx) => table.put(tx, "last", 1));
  await Promise.all([before, after, longKey.then(() => assert.unreachable(), (error) => assert.match(String(error), /Key size/))]);
  assert.equal([...table.range()].map(({ key }) => key), ["before", "last"]);
}));

test("data may outgrow the address space reserved for them", async () => {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-store-"));
  const store = openStore({ dir, mapBytes: 1 << 20 });
  const table = store.table("t", bytes);
  await Promise.all(Array.from({ length: 60 }, (_, n) => store.write((tx) => table.put(tx, n, new Uint8Array(50_000)))));
  assert.is([...table.range()].length, 60);
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

test("a folder is open once: neither this process nor another gets it until it is closed", () => withStore(async (store, dir) => {
  assert.throws(() => openStore({ dir }), /in use by process \d+; stop that gateway first/);
  const program = `import { openStore } from ${JSON.stringify(new URL("store.ts", import.meta.url).href)};
    try { openStore({ dir: process.argv[1] }); console.log("opened"); } catch (error) { console.log(error.code, error.message); }`;
  const another = (): string => spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program, dir], { encoding: "utf8" }).stdout;
  assert.match(another(), new RegExp(`^2005 .* is in use by process ${process.pid};`));
  await store.close();
  assert.match(another(), /^opened/);
}));

test("a closed store refuses work", async () => {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-store-"));
  const store = openStore({ dir });
  await store.close();
  try { await store.write(() => 1); assert.unreachable(); } catch (error) { assert.match(String(error), /closed/); }
  rmSync(dir, { recursive: true, force: true });
});

const fullDiskProgram = `
  import { openStore, bytes } from ${JSON.stringify(new URL("store.ts", import.meta.url).href)};
  const store = openStore({ dir: process.argv[1] + "/data", mapBytes: 1 << 30 });
  const table = store.table("t", bytes);
  let saved = 0, refused;
  for (let n = 0; refused === undefined; n++) {
    try { await store.write((tx) => table.put(tx, n, new Uint8Array(200_000))); saved++; } catch (error) { refused = error; }
  }
  const there = [...table.range()].length;
  await import("node:fs").then((fs) => fs.rmSync(process.argv[1] + "/ballast"));
  await store.write((tx) => table.put(tx, "after", new Uint8Array(1000)));
  console.log(JSON.stringify({ code: refused.code, message: refused.message, saved, there, after: table.get("after")?.length }));
  await store.close();
`;

/** A file system of 8 MB in memory; only root may mount one. */
function onSmallDisk(run: (dir: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", dir]).status === 0;
  if (!mounted) {
    rmSync(dir, { recursive: true, force: true });
    assert.not.equal(process.env["CI"], "true", "mounting a small disk needs root");
    return console.log("SKIP a full disk: run the tests as root, they mount a small disk");
  }
  try {
    run(dir);
  } finally {
    spawnSync("umount", [dir]);
    rmSync(dir, { recursive: true, force: true });
  }
}

test("a full disk refuses a write with advice, loses nothing acknowledged, and the store goes on when there is room", () => onSmallDisk((dir) => {
  spawnSync("dd", ["if=/dev/zero", `of=${dir}/ballast`, "bs=1M", "count=4"]);
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", fullDiskProgram, dir], { encoding: "utf8" });
  assert.not.equal(stdout, "", stderr);
  const { code, message, saved, there, after } = JSON.parse(stdout) as { code: number; message: string; saved: number; there: number; after: number };
  assert.is(code, 2003, message);
  assert.match(message, /disk is full.*free some space/);
  assert.ok(saved > 5);
  assert.is(there, saved);
  assert.is(after, 1000);
}));

const slowSyncProgram = `
  import { openStore, json } from ${JSON.stringify(new URL("store.ts", import.meta.url).href)};
  const store = openStore({ dir: process.argv[1] });
  const table = store.table("t", json());
  await store.write((tx) => table.put(tx, 0, 0));
  const times = [];
  for (let n = 1; n <= 3; n++) { const begun = performance.now(); await store.write((tx) => table.put(tx, n, n)); times.push(performance.now() - begun); }
  console.log(JSON.stringify(times));
  await store.close();
`;

test("a write is acknowledged only after its sync: when every sync is delayed, so is the acknowledgement", () => {
  if (spawnSync("strace", ["-V"]).status !== 0) {
    assert.not.equal(process.env["CI"], "true", "strace is missing: apt-get install strace");
    return console.log("SKIP acknowledged only after the sync: apt-get install strace");
  }
  const dir = mkdtempSync(join(tmpdir(), "nanolambda-store-"));
  const delayUs = 200_000;
  const { stdout, stderr } = spawnSync("strace", [
    "-f", "-o", "/dev/null", "-e", "trace=fdatasync,fsync,msync,sync_file_range", "-e", `inject=fdatasync,fsync,msync:delay_enter=${delayUs}`,
    process.execPath, "--import", "tsx", "--input-type=module", "-e", slowSyncProgram, dir,
  ], { encoding: "utf8" });
  rmSync(dir, { recursive: true, force: true });
  assert.not.equal(stdout, "", stderr);
  for (const ms of JSON.parse(stdout) as number[]) assert.ok(ms >= delayUs / 1000, `acknowledged after ${ms} ms, before the sync of ${delayUs / 1000} ms was over`);
});

test.run();
