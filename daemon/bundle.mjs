/** Bundles the gateway for a checkout: dist/nanolambda.mjs, which takes npm packages from node_modules, and dist/assets/. */
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";

const require = createRequire(import.meta.url);

/** Where each asset lies; daemon/assets.ts has the same table, and test/tidy.test.ts compares them. */
export function assetFiles(root) {
  return {
    "iotpy.wasm": join(root, "device/ports/wasm/iotpy.wasm"),
    "tree-sitter.wasm": require.resolve("web-tree-sitter/web-tree-sitter.wasm"),
    "python.wasm": require.resolve("tree-sitter-python/tree-sitter-python.wasm"),
    "quickjs.wasm": require.resolve("@jitl/quickjs-wasmfile-release-sync/wasm"),
    "guest.js": join(root, "daemon/sandbox/nodejs/guest.js"),
  };
}

/** The sandbox's worker as one text that a thread starts from. */
export async function bundleWorker(root, outfile) {
  await build({
    entryPoints: [join(root, "daemon/sandbox/worker.ts")], outfile, bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning",
    define: { "import.meta.url": '"file:///sandbox-worker.cjs"' },
  });
}

/** Writes dist/. */
export async function bundle({ root }) {
  const assets = join(root, "dist/assets");
  rmSync(assets, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  await build({
    entryPoints: [join(root, "daemon/main.ts")], outfile: join(root, "dist/nanolambda.mjs"), bundle: true, platform: "node", format: "esm", target: "node20", packages: "external", logLevel: "warning",
    define: { NANOLAMBDA_BUNDLED: "true" },
  });
  for (const [name, file] of Object.entries(assetFiles(root))) copyFileSync(file, join(assets, name));
  await bundleWorker(root, join(assets, "sandbox-worker.js"));
  return readdirSync(assets).map((name) => ({ name, bytes: statSync(join(assets, name)).size }));
}
