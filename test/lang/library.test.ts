/** Modules of the library: what is linked, what is refused, whose file comes first. */
import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CompileError, loadCompiler, reportOf } from "../../compiler/index.ts";
import { LIBRARY_MODULES } from "../../compiler/lib.gen.ts";
import { portNamed } from "../../daemon/cli/ports.ts";

const compiler = await loadCompiler();

const compile = (source: string, files: Readonly<Record<string, string>> = {}) => compiler.compile({ files: { "program.py": source, ...files }, main: "program" });

function refusal(source: string): string {
  try {
    compile(source);
  } catch (error) {
    if (error instanceof CompileError) return reportOf(error);
    throw error;
  }
  throw new Error("it was not refused");
}

async function printedBy(source: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const decoder = new TextDecoder();
  let printed = "";
  const { state } = await portNamed("wasm").run(compile(source, files).image, { fuel: 10_000, print: (utf8) => { printed += decoder.decode(utf8); } });
  assert.is(state, "done");
  return printed;
}

test("only the functions that a program reaches are linked", () => {
  const names = (source: string): string[] => compile(source).lines.functions.map((fn) => fn.name);
  assert.equal(names("import bisect\nprint(bisect.bisect_left([1], 1))"), ["<module>", "bisect_left"]);
  assert.equal(names("import bisect\nprint(1)"), ["<module>"]);
  assert.equal(names("from bisect import insort_left as put, bisect\ndef f(a):\n  put(a, 1)\nprint(1)"), ["<module>"]);
});

test("an unknown name of a module is refused where it stands", () => {
  assert.is(refusal("import bisect\nbisect.bisect_lef([], 1)"), "program.py:2:8: module 'bisect' has no attribute 'bisect_lef'\n    bisect.bisect_lef([], 1)\n           ^^^^^^^^^^\n  Did you mean bisect_left?");
  assert.is(refusal("from math import sqrd"), "program.py:1:18: cannot import name 'sqrd' from 'math'\n    from math import sqrd\n                     ^^^^\n  Did you mean sqrt?");
  assert.is(refusal("import bisekt"), "program.py:1:8: No module named 'bisekt'\n    import bisekt\n           ^^^^^^\n  Did you mean bisect?");
  assert.match(refusal("import bisect\nbisect.bisect = 1"), "the module 'bisect' cannot be changed");
});

test("a file of the program comes before a module of the library", async () => {
  assert.is(await printedBy("import bisect, math\nprint(bisect.bisect, math.pi)", { "bisect.py": "bisect = 'mine'", "math.py": "pi = 3" }), "mine 3\n");
});

test("the language's own names are those of builtins", async () => {
  assert.is(await printedBy("import builtins\ndef len(x): return builtins.len(x) + 1\nprint(len('abc'))"), "4\n");
});

test("a traceback names the library's file and shows its line", () => {
  const { lines, files } = compile("import bisect\nbisect.bisect_left([], 1)");
  const file = lines.files[1] ?? "";
  assert.is(file, "<library>/bisect.py");
  assert.is(files[file], LIBRARY_MODULES["bisect.py"]);
});

test("handlers are as small as compiler/lib/README.md says", () => {
  const readme = readFileSync(new URL("../../compiler/lib/README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| `(\w+)` \|.*\| `(.+)` \| (\d+) \|$/gm)];
  assert.ok(rows.length > 10);
  for (const [, module = "", value = "", stated] of rows) {
    const { image } = compiler.compile({ files: { "main.py": `import ${module}\n\n\ndef handler(event, context):\n    return ${value}\n` }, main: "main", handler: "handler" });
    assert.ok(image.length <= Number(stated) + 16 && image.length > Number(stated) * 0.8, `${value} takes ${image.length} bytes`);
  }
});

test("every module compiles as a whole", () => {
  for (const path of Object.keys(LIBRARY_MODULES)) {
    const module = path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
    const names = [...(LIBRARY_MODULES[path] ?? "").matchAll(/^(?:def|class) (\w+)|^(\w+)(?:: .*?)? = /gm)].map((match) => match[1] ?? match[2] ?? "").filter((name) => !name.startsWith("_"));
    const uses = [...new Set(names)].map((name) => `print(${module}.${name})`).join("\n");
    try { compile(`import ${module}\n${uses}`); } catch (error) { throw error instanceof CompileError ? new Error(reportOf(error)) : error; }
  }
});

test.run();
