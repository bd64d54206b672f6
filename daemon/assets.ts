/** The binary files that the gateway carries: from the tree in development, beside the bundle after a build, inside the packaged executable. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

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

/** How this program was made; the bundler replaces the name. */
declare const NANOLAMBDA_BUILD: "bundle" | "executable" | undefined;
const build = typeof NANOLAMBDA_BUILD === "undefined" ? "tree" : NANOLAMBDA_BUILD;

/** Whether this program runs from a checkout's sources. */
export const isTree = build === "tree";

/** The bytes of an asset; `sandbox-worker.js` is there after a build only. */
export function asset(name: AssetName | "sandbox-worker.js"): Uint8Array {
  if (build === "executable") return embedded(name);
  return readFileSync(build === "bundle" ? new URL(`assets/${name}`, import.meta.url) : assetSource(name as AssetName));
}

/** Where an asset lies in a checkout with its packages. */
export function assetSource(name: AssetName): string | URL {
  const source = SOURCES[name];
  return source.startsWith(".") ? new URL(source, import.meta.url) : createRequire(import.meta.url).resolve(source);
}

function embedded(name: string): Uint8Array {
  const sea = process.getBuiltinModule("node:sea");
  return new Uint8Array(sea.getRawAsset(name) as ArrayBuffer);
}
