/** The binary files that the gateway carries: from the tree in development, beside the bundle after a build (in the packaged executable too). */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Each asset's place in the tree or in the package that ships it. */
const SOURCES = {
  "iotpy.wasm": "../device/ports/wasm/iotpy.wasm",
  "tree-sitter.wasm": "web-tree-sitter/web-tree-sitter.wasm",
  "python.wasm": "tree-sitter-python/tree-sitter-python.wasm",
  "quickjs.wasm": "@jitl/quickjs-wasmfile-release-sync/wasm",
  "guest.js": "./sandbox/nodejs/guest.js",
} as const;
export type AssetName = keyof typeof SOURCES;
export const ASSET_NAMES = Object.keys(SOURCES) as AssetName[];

/** Whether this program was bundled; the bundler replaces the name. */
declare const NANOLAMBDA_BUNDLED: boolean | undefined;

/** Whether this program runs from a checkout's sources. */
export const isTree = typeof NANOLAMBDA_BUNDLED === "undefined";

/** The bytes of an asset; `sandbox-worker.js` is there in a bundle only. */
export function asset(name: AssetName | "sandbox-worker.js"): Uint8Array {
  return readFileSync(isTree ? assetSource(name as AssetName) : fileURLToPath(new URL(`assets/${name}`, import.meta.url)));
}

/** Where an asset lies in a checkout with its packages. */
export function assetSource(name: AssetName): string | URL {
  const source = SOURCES[name];
  return source.startsWith(".") ? new URL(source, import.meta.url) : createRequire(import.meta.url).resolve(source);
}
