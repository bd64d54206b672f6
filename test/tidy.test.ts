/** Style as a test: layers, stale generated files, banned names, folder maps. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("..", import.meta.url));
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n").filter((file) => existsSync(join(root, file)));
const sources = tracked.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && /^(daemon|plugins|compiler|device)\//.test(file));

/** What each part of the daemon may import besides itself, the lowest first. */
const LAYERS = [["errors", "limits", "world", "assets", "crc32", "zip"], ["config", "store", "keep-connected"], ["log"], ["sandbox", "boards", "placement"], ["s3", "lambda"], ["http"], ["plugin"], ["gateway", "public", "main", "cli"]];

function layerOf(file: string): number {
  const part = (file.split("/")[1] ?? "").replace(/\.ts$/, "");
  const layer = LAYERS.findIndex((parts) => parts.includes(part));
  assert.not.equal(layer, -1, `${file} is in no layer: name it in test/tidy.test.ts`);
  return layer;
}

/** Relative imports of a file as paths from the root. Types may be imported upwards: they leave nothing at run time. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = [...text.matchAll(/^(?:import|export)(?! type)[^;]*? from "(\.[^"]+)"/gms)].map((match) => match[1] ?? "");
  return found.map((path) => relative(root, resolve(root, dirname(file), path)));
}

test("a file of the daemon imports only its own folder or a lower layer", () => {
  const wrong: string[] = [];
  for (const file of sources.filter((one) => one.startsWith("daemon/"))) {
    for (const target of imports(file).filter((one) => one.startsWith("daemon/") && dirname(one) !== dirname(file) && !one.startsWith(`${dirname(file)}/`))) {
      const sameFolder = file.split("/")[1] === target.split("/")[1];
      if (!sameFolder && layerOf(target) > layerOf(file)) wrong.push(`${file} imports ${target}`);
    }
  }
  assert.equal(wrong, []);
});

test("a plugin imports only daemon/plugin.ts and the device's own code", () => {
  const wrong = sources.filter((file) => file.startsWith("plugins/")).flatMap((file) =>
    imports(file).filter((target) => target.startsWith("daemon/") && target !== "daemon/plugin.ts").map((target) => `${file} imports ${target}`));
  assert.equal(wrong, []);
});

test("the compiler and the device import nothing of the others", () => {
  const wrong = sources.filter((file) => /^(compiler|device)\//.test(file)).flatMap((file) =>
    imports(file).filter((target) => target.split("/")[0] !== file.split("/")[0]).map((target) => `${file} imports ${target}`));
  assert.equal(wrong, []);
});

test("only store.ts imports lmdb", () => {
  assert.equal(sources.filter((file) => /from "lmdb"/.test(readFileSync(join(root, file), "utf8"))), ["daemon/store.ts"]);
});

test("generated files are current", () => {
  execFileSync(process.execPath, ["--import", "tsx", "compiler/spec/generate.ts", "--check"], { cwd: root, stdio: "pipe" });
});

const clang = spawnSync("clang-14", ["--version"]).status === 0;
if (!clang) console.log("SKIP the committed WebAssembly module is current: clang-14 is not there; install it (Debian: apt-get install clang-14 lld-14)");
(clang ? test : test.skip)("the committed WebAssembly module is current", () => {
  const folder = mkdtempSync(join(tmpdir(), "iotpy-wasm-"));
  try {
    execFileSync("sh", ["device/ports/wasm/build.sh", join(folder, "iotpy.wasm")], { cwd: root, stdio: "pipe" });
    assert.ok(readFileSync(join(folder, "iotpy.wasm")).equals(readFileSync(join(root, "device/ports/wasm/iotpy.wasm"))), "it is not; make it with: device/build.sh wasm");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("no file has a name that says nothing", () => {
  assert.equal(tracked.filter((file) => /(^|\/)(utils?|helpers?|manager|misc|common)(\.|\/)/.test(file)), []);
});

test("no source has a TODO, a default export, or the type any", () => {
  const wrong = sources.filter((file) => /\bTODO\b|\bFIXME\b|^export default|(?<!\d): any\b|as any\b/m.test(readFileSync(join(root, file), "utf8")));
  assert.equal(wrong, []);
});

test("each folder of the first two levels has a map", () => {
  const folders = new Set(tracked.filter((file) => file.includes("/")).map((file) => dirname(file)).filter((folder) => folder.split("/").length <= 2 && !folder.startsWith(".")));
  assert.equal([...folders].filter((folder) => !readdirSync(join(root, folder)).includes("README.md")), []);
});

test.run();
