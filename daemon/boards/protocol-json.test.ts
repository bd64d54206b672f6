import { decode, encode } from "cborg";
import { bigIntDecoder, bigNegIntDecoder } from "cborg/taglib";
import * as fc from "fast-check";
import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { cborToJson, floatText, jsonToCbor } from "./protocol-json.ts";

test("JSON through CBOR and back is the same text, integers and floats kept apart", () => {
  for (const json of ["1", "1.0", "-0.0", "-1", "1e+16", "1e-05", "0.0001", "123456789012345.6", "18446744073709551616", "-18446744073709551617", "9007199254740993", "[]", "{}", "[1, [2.5, null], true, false]",
    '{"a": {"b": [1, 2, 3]}, "\\u00e4": "\\ud83d\\ude00 \\"x\\" \\\\ \\n"}', '"' + "x".repeat(300) + '"', "NaN", "-Infinity"]) {
    assert.is(cborToJson(jsonToCbor(json)), json);
  }
});

test("any JSON value keeps its meaning", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assert.equal(JSON.parse(cborToJson(jsonToCbor(JSON.stringify(value)))), JSON.parse(JSON.stringify(value)));
    const decoded: unknown = decode(jsonToCbor(JSON.stringify(value)), { strict: false, tags: Object.assign([], { 2: bigIntDecoder, 3: bigNegIntDecoder }) });
    assert.equal(JSON.parse(JSON.stringify(decoded, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part))), JSON.parse(JSON.stringify(value)));
    assert.equal(JSON.parse(cborToJson(encode(value))), JSON.parse(JSON.stringify(value)));
  }));
});

test("floats are written as CPython writes them", () => {
  const values = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 500, seed: 7 }).concat([1e15, 1e16, 123456789012345680, 9999999999999998, 1e22, 1e-4, 1e-5, 5e-324, 1.7976931348623157e308]);
  const python = spawnSync("python3", ["-c", "import sys,json\nfor line in sys.stdin: print(repr(float.fromhex(line)))"], { input: values.map(hexFloat).join("\n"), encoding: "utf8" });
  assert.equal(values.map(floatText), python.stdout.trim().split("\n"));
});

function hexFloat(value: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const exponent = bits.getUint16(0) >> 4 & 0x7ff;
  const fraction = (bits.getBigUint64(0) & 0xfffffffffffffn).toString(16).padStart(13, "0");
  return `${bits.getUint8(0) & 0x80 ? "-" : ""}0x${exponent === 0 ? 0 : 1}.${fraction}p${exponent === 0 ? -1022 : exponent - 1023}`;
}

test("what is not JSON, or not JSON's kind of CBOR, is a numbered error", () => {
  for (const json of ["", "{", "[1,]", "{1: 2}", '{"a" 1}', "1 2", "01", "+1", "'a'", "[".repeat(100), '"\n"', "]", ","]) assert.throws(() => jsonToCbor(json), (error: { code: number }) => error.code === 5003);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    try { cborToJson(bytes); } catch (error) { assert.is((error as { code?: number }).code, 5002); }
  }), { numRuns: 3000 });
});

test.run();
