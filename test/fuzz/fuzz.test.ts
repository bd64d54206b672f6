/** Hostile bytes, for some seconds: as an image (what the verifier passes is run), on a board's link, and as the text that built-ins read. */
import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fuzz } from "./run.ts";

const SECONDS = 20;
const clang = spawnSync("clang-14", ["--version"]).status === 0;
if (!clang) console.log("SKIP fuzzing: clang-14 is not there; install it (Debian: apt-get install clang-14 libclang-rt-14-dev)");

for (const target of ["image", "link", "text"]) {
  (clang ? test : test.skip)(`the target ${target} finds nothing in ${SECONDS} s`, async () => {
    const { output, found } = await fuzz(target, SECONDS);
    assert.equal(found, [], output);
    assert.match(output, /cov: \d{3,}/, "it did not run");
  });
}

test.run();
