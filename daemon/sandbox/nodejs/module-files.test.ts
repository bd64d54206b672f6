import { strToU8 } from "fflate";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ModuleFiles } from "./module-files.ts";

const files = (...entries: (string | readonly [string, string])[]): ModuleFiles =>
  new ModuleFiles(Object.fromEntries(entries.map((entry) => (typeof entry === "string" ? [entry, strToU8("")] : [entry[0], strToU8(entry[1])]))));

test("a relative specifier is tried with every ending and as a folder", () => {
  const zip = files("a.js", "b.mjs", "c/index.cjs", "d/package.json", ["d/package.json", '{"main":"./lib/x"}'], "d/lib/x.js");
  const resolve = (specifier: string) => zip.resolve(specifier, "/var/task/sub/here.js");
  assert.equal(["../a", "../a.js", "../b", "../c", "../d", "../none", "./a"].map(resolve), ["/var/task/a.js", "/var/task/a.js", "/var/task/b.mjs", "/var/task/c/index.cjs", "/var/task/d/lib/x.js", undefined, undefined]);
});

test("a package is looked for upwards, by its main, its exports and its subpaths", () => {
  const zip = files(
    "node_modules/plain/index.js", ["node_modules/main/package.json", '{"main":"m.js"}'], "node_modules/main/m.js", "node_modules/main/index.js", "node_modules/main/sub.js",
    ["node_modules/@s/x/package.json", '{"exports":{".":{"browser":"./no.js","import":"./i.mjs","default":"./d.js"},"./deep":"./lib/deep.js"}}'], "node_modules/@s/x/i.mjs", "node_modules/@s/x/lib/deep.js",
    "inner/node_modules/plain/index.js",
  );
  const resolve = (specifier: string, from = "/var/task/index.js") => zip.resolve(specifier, from);
  assert.equal(["plain", "main", "main/sub", "@s/x", "@s/x/deep", "fs"].map((one) => resolve(one)), ["plain/index.js", "main/m.js", "main/sub.js", "@s/x/i.mjs", "@s/x/lib/deep.js"].map((path) => `/var/task/node_modules/${path}` as string | undefined).concat(undefined));
  assert.is(resolve("plain", "/var/task/inner/a.js"), "/var/task/inner/node_modules/plain/index.js");
});

test("nothing outside the zip can be named", () => {
  const zip = files("a.js");
  for (const specifier of ["/etc/passwd", "../../../etc/passwd", "file:///etc/passwd", "../../../../../var/task/../../etc/passwd"]) assert.is(zip.resolve(specifier, "/var/task/a.js"), undefined);
  assert.is(zip.resolve("../../../../var/task/a", "/var/task/a.js"), "/var/task/a.js");
});

test("the kind of a module follows its ending and the nearest package.json, also a broken one", () => {
  const zip = files(["package.json", '{"type":"module"}'], "a.js", "a.cjs", "a.mjs", "a.json", ["old/package.json", "{}"], "old/a.js", ["torn/package.json", "{"], "torn/a.js");
  assert.equal(["a.js", "a.cjs", "a.mjs", "a.json", "old/a.js", "torn/a.js"].map((path) => zip.kind(`/var/task/${path}`)), ["esm", "cjs", "esm", "json", "cjs", "cjs"]);
});

test("a main that names its own folder ends the search", () => {
  assert.is(files(["p/package.json", '{"main":"."}']).resolve("./p", "/var/task/index.js"), undefined);
  assert.is(files(["p/package.json", '{"main":"./q"}'], ["p/q/package.json", '{"main":"../"}']).resolve("./p", "/var/task/index.js"), undefined);
});

test.run();
