/**
 * `npm run package`: one executable, dist/nanolambda-linux-x64, with Node.js, lmdb, serialport and every asset in it.
 * `npm run package -- arm64` makes the one for 64-bit ARM. The Node.js binaries come from npm, pinned by their hash.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { assetFiles, bundleWorker } from "./bundle.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const NODE_VERSION = "24.21.0";
const NODE_INTEGRITY = { x64: "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==" };

/** Native addons by their name inside the executable; packages for another processor are fetched from npm. */
const addons = (arch) => ({
  "lmdb.node": ["@lmdb", `lmdb-linux-${arch}/node.napi.glibc.node`],
  "serialport.node": ["@serialport", `bindings-cpp/prebuilds/linux-${arch}/@serialport+bindings-cpp${arch === "x64" ? ".glibc" : ".armv8.glibc"}.node`],
});

const nativeAddons = {
  name: "native-addons",
  setup(builder) {
    const loader = JSON.stringify(join(root, "daemon/native-loader.cjs"));
    builder.onResolve({ filter: /^node-gyp-build-optional-packages$/ }, ({ importer }) => ({ path: importer.includes("/lmdb/") ? "lmdb.node" : "none", namespace: "addon" }));
    builder.onResolve({ filter: /^node-gyp-build$/ }, () => ({ path: "serialport.node", namespace: "addon" }));
    builder.onResolve({ filter: /^(msgpackr-extract|cbor-extract)$/ }, () => ({ path: "none", namespace: "addon" }));
    builder.onLoad({ filter: /.*/, namespace: "addon" }, ({ path }) => ({
      contents: path === "none" ? 'throw new Error("not in the executable")' : `module.exports = () => require(${loader}).loadAddon(${JSON.stringify(path)})`, loader: "js", resolveDir: root,
    }));
  },
};

/** The whole program as CommonJS with its assets, as pkg takes it. */
async function bundleProgram(folder, arch) {
  const assets = join(folder, "assets");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  await build({
    entryPoints: [join(root, "daemon/main.ts")], outfile: join(folder, "main.cjs"), bundle: true, platform: "node", format: "cjs", target: "node24", logLevel: "error",
    minifyWhitespace: true,
    alias: { "ordered-binary": join(root, "node_modules/ordered-binary/dist/index.cjs") },  // it uses eval on its own names, which stay in CommonJS
    define: { NANOLAMBDA_BUNDLED: "true", "import.meta.url": "__file_url" },
    banner: { js: 'var __file_url=require("node:url").pathToFileURL(__filename).href;process.env.MSGPACKR_NATIVE_ACCELERATION_DISABLED="true";' }, plugins: [nativeAddons],
  });
  await bundleWorker(root, join(assets, "sandbox-worker.js"));
  for (const [name, file] of Object.entries(assetFiles(root))) copyFileSync(file, join(assets, name));
  for (const [name, [scope, path]] of Object.entries(addons(arch))) copyFileSync(join(root, "node_modules", scope, path), join(assets, name));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "nanolambda", version: "0.1.0", bin: "main.cjs", pkg: { assets: ["assets/**/*"] } }));
}

/** Node.js for an architecture, from npm; unpacked once. */
function nodeBinary(arch) {
  const folder = join(root, "build/node", `${NODE_VERSION}-${arch}`);
  const binary = join(folder, "package/bin/node");
  if (existsSync(binary)) return binary;
  console.log(`fetching Node.js ${NODE_VERSION} for ${arch} (once)`);
  mkdirSync(folder, { recursive: true });
  run("npm", ["pack", `node-linux-${arch}@${NODE_VERSION}`, "--silent", "--pack-destination", folder], folder);
  const archive = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")));
  const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (NODE_INTEGRITY[arch] && integrity !== NODE_INTEGRITY[arch]) throw new Error(`Node.js ${NODE_VERSION} for ${arch} is not the one that was pinned: ${integrity}`);
  run("tar", ["xzf", archive], folder);
  rmSync(archive);
  return binary;
}

/** What pkg would download lies ready in its cache. */
function seedCache(cache, arch, binary) {
  const name = `node-v${NODE_VERSION}-linux-${arch}`;
  mkdirSync(join(cache, name, "bin"), { recursive: true });
  copyFileSync(binary, join(cache, name, "bin/node"));
  chmodSync(join(cache, name, "bin/node"), 0o755);
  for (const file of [`${name}/bin/node.ok`, `${name}.tar.gz`, `${name}.tar.gz.ok`]) writeFileSync(join(cache, file), "");
}

function run(command, args, cwd, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
}

/** Makes the executable; returns its path. */
export async function packageExecutable(arch = "x64") {
  const folder = join(root, "build/package", arch);
  const cache = join(root, "build/.pkg-cache/sea");
  const out = join(root, "dist", `nanolambda-linux-${arch}`);
  console.log("bundling");
  await bundleProgram(folder, arch);
  const host = nodeBinary("x64");
  seedCache(cache, arch, nodeBinary(arch));
  console.log("packing");
  mkdirSync(join(root, "dist"), { recursive: true });
  run(host, [join(root, "node_modules/@yao-pkg/pkg/lib-es5/bin.js"), "--sea", folder, "-t", `node${NODE_VERSION}-linux-${arch}`, "-o", `${out}.part`], root, { HOME: join(root, "build") });
  renameSync(`${out}.part`, out);
  console.log(`${out}: ${(statSync(out).size / 1e6).toFixed(0)} MB`);
  return out;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExecutable(process.argv[2] ?? "x64");
