/** The two WebAssembly files of the parser, from the npm packages. The only file of the compiler that needs Node or Bun. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export function parserFiles(): { treeSitter: Uint8Array; python: Uint8Array } {
  const require = createRequire(import.meta.url);
  return {
    treeSitter: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
    python: readFileSync(require.resolve("tree-sitter-python/tree-sitter-python.wasm")),
  };
}
