/**
 * The twelve measured programs give CPython's result on every port. They lie beside the repository, in ../shared/bench/python, with the
 * results of CPython; without that folder the test is skipped.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadCompiler } from "../../compiler/index.ts";
import { portNamed } from "../../daemon/cli/ports.ts";
import { qemuMissing } from "../boards/qemu.ts";

const folder = fileURLToPath(new URL("../../../shared/bench/python/", import.meta.url));
interface Case { readonly n: number; readonly result: unknown }
const present = existsSync(folder);
const expected: Record<string, { board: Case; host: Case }> = present ? JSON.parse(readFileSync(`${folder}expected.json`, "utf8")) : {};
const compiler = await loadCompiler();
if (!present) console.log("SKIP the measured programs: ../shared/bench/python is not there");

const missing = qemuMissing("lm3s6965evb");
if (missing !== undefined) console.log(missing);

for (const name of ["wasm", "posix", "lm3s6965evb"]) {
  const check = !present || (name === "lm3s6965evb" && missing !== undefined) ? test.skip : test;
  check(`the measured programs on ${name}`, async () => {
    for (const [program, cases] of Object.entries(expected)) {
      const { image } = compiler.compile({ files: { [`${program}.py`]: readFileSync(`${folder}${program}.py`, "utf8") }, main: program, handler: "handler" });
      for (const { n, result } of name === "lm3s6965evb" ? [cases.board] : [cases.board, cases.host]) {
        const outcome = await portNamed(name).run(image, { event: JSON.stringify({ n }), print: () => {} });
        assert.equal([program, JSON.parse(outcome.result ?? JSON.stringify(outcome.error))], [program, result]);
      }
    }
  });
}

test.run();
