/**
 * Writes what the C runtime and the TypeScript compiler share from the two pages that define it:
 * bytecode.md (opcodes) and builtins.md (strings, types, functions, modules).
 * `tsx compiler/spec/generate.ts` writes; with `--check` it only says (exit 1) which files are stale.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

interface Opcode { name: string; operands: string; meaning: string }
interface Type { name: string; base: string; construct: string }
interface Builtin { name: string; min: number; max: number; keywords: string[] }
interface Module { name: string; constants: { name: string; value: string | undefined }[] }

const bytecode = read("compiler/spec/bytecode.md");
const builtins = read("compiler/spec/builtins.md");

/** Rows of the table under a heading, each a list of trimmed cells without backquotes. */
function tableUnder(text: string, heading: string): string[][] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|")).slice(2);
  return rows.map((line) => line.replace(/\\\|/g, "\u0000").split("|").slice(1, -1).map((cell) => cell.replace(/\u0000/g, "|").replace(/`/g, "").trim()));
}

const opcodes: Opcode[] = tableUnder(bytecode, "Opcodes").map(([name = "", operands = "", meaning = ""]) => ({ name, operands: operands.replace(/ /g, ""), meaning }));
const types: Type[] = tableUnder(builtins, "Types").map(([name = "", base = "", construct = ""]) => ({ name, base, construct }));
const functions: Builtin[] = tableUnder(builtins, "Functions").map(([name = "", min = "", max = "", keywords = ""]) => ({
  name, min: Number(min), max: max === "*" ? 255 : Number(max), keywords: keywords.split(" ").filter(Boolean),
}));
const modules: Module[] = tableUnder(builtins, "Modules").map(([name = "", constants = ""]) => ({
  name,
  constants: constants.split(" ").filter(Boolean).map((constant) => { const [key = "", value] = constant.split("="); return { name: key, value }; }),
}));

function romStrings(): string[] {
  const listed = (builtins.split("\n## Strings\n")[1] ?? "").split("\n## ")[0]?.match(/`([^`]+)`/g)?.map((text) => text.slice(1, -1)) ?? [];
  const all = new Set(listed);
  for (const type of types) all.add(type.name);
  for (const fn of functions) {
    all.add(fn.name.slice(fn.name.lastIndexOf(".") + 1));
    for (const keyword of fn.keywords) if (!["_", "*", "**"].includes(keyword)) all.add(keyword);
  }
  for (const module of modules) { all.add(module.name); for (const constant of module.constants) all.add(constant.name); }
  const lower = (text: string): boolean => /^[a-z]/.test(text);
  const sort = (texts: string[]): string[] => texts.sort((a, b) => (a < b ? -1 : 1));
  return [...sort([...all].filter(lower)), ...sort([...all].filter((text) => !lower(text)))];
}

const strings = romStrings();
const lowercase = strings.filter((text) => /^[a-z]/.test(text)).length;
const spec = createHash("sha256").update(JSON.stringify([opcodes.map((op) => [op.name, op.operands]), strings, types, functions, modules])).digest().readUInt32LE(0);
const identifier = (name: string): string => name.replace(/\./g, "_dot_").replace(/[<>]/g, "_");
const owner = (fn: Builtin): string => (fn.name.includes(".") ? fn.name.slice(0, fn.name.indexOf(".")) : "");
const member = (fn: Builtin): string => fn.name.slice(fn.name.indexOf(".") + 1);
const banner = "// Generated from compiler/spec by `npm run generate`. Do not edit.\n";

function opcodesHeader(): string {
  const rows = opcodes.map((op) => `/* ${op.meaning} */ \\\n  X(${op.name}, "${op.operands}") \\\n`).join("  ");
  return `${banner}#pragma once\n\n// X(name, operand letters): the letters are explained in compiler/spec/bytecode.md.\n#define IOTPY_OPCODES(X) \\\n  ${rows}\n` +
    `enum opcode {\n${opcodes.map((op) => `  OP_${op.name},`).join("\n")}\n  OPCODES\n};\n`;
}

/** Keyword ids of a built-in as bytes for C: 0xFFFF positional only, 0xFFFE `*`, 0xFFFD `**`. */
function keywordIds(fn: Builtin): string {
  const special: Record<string, string> = { _: "0xFFFF", "*": "0xFFFE", "**": "0xFFFD" };
  return fn.keywords.map((keyword) => special[keyword] ?? `STR_${keyword}`).join(", ");
}

/** `{first, count}` of an owner's functions, which must follow one another. */
function rangeOf(name: string): string {
  const ids = functions.flatMap((fn, id) => (owner(fn) === name ? [id] : []));
  const first = ids[0] ?? 0;
  if (ids.some((id, index) => id !== first + index)) throw new Error(`the functions of ${name} must follow one another in builtins.md`);
  return `{${first}, ${ids.length}}`;
}

function builtinsHeader(): string {
  const offsets: number[] = [];
  let at = 0;
  for (const text of strings) { offsets.push(at); at += text.length; }
  const keywordRows = functions.map((fn) => fn.keywords.length);
  let keywordAt = 0;
  const rows = functions.map((fn, index) => {
    const dot = owner(fn);
    const isModule = modules.some((module) => module.name === dot);
    const kind = dot === "" ? "OWNER_NONE, 0" : isModule ? `OWNER_MODULE, M_${dot}` : `OWNER_TYPE, T_${dot}`;
    const row = `  X(${identifier(fn.name)}, STR_${identifier(member(fn))}, ${kind}, ${fn.min}, ${fn.max}, ${keywordAt}, ${keywordRows[index]}) \\`;
    keywordAt += keywordRows[index] ?? 0;
    return row;
  });
  const typeRows = types.map((type) => `  X(${type.name}, T_${type.base || type.name}, ${type.construct ? `B_${type.construct}` : "0xFFFF"}) \\`);
  return `${banner}#pragma once

#define IOTPY_SPEC 0x${spec.toString(16).padStart(8, "0")}u  // an image made for another table is refused

enum rom_string {
${strings.map((text, id) => `  STR_${identifier(text)} = ${id},`).join("\n")}
  ROM_STRINGS = ${strings.length},
  ROM_STRINGS_LOWERCASE = ${lowercase},  // ids below begin with a small letter; both parts are sorted
};
#define ROM_TEXT "${strings.join("\" \"")}"
#define ROM_TEXT_AT {${[...offsets, at].join(", ")}}

enum builtin_type {
${types.map((type, id) => `  T_${type.name} = ${id},`).join("\n")}
  BUILTIN_TYPES
};
// X(name, base type, built-in function that constructs it or 0xFFFF)
#define IOTPY_TYPES(X) \\
${typeRows.join("\n")}

enum builtin_module {
${modules.map((module, id) => `  M_${module.name} = ${id},`).join("\n")}
  BUILTIN_MODULES
};

enum builtin_owner { OWNER_NONE, OWNER_TYPE, OWNER_MODULE };
enum builtin_function {
${functions.map((fn, id) => `  B_${identifier(fn.name)} = ${id},`).join("\n")}
  BUILTIN_FUNCTIONS
};
// X(identifier, name string, owner kind, owner, least arguments, most arguments (255: any), first keyword in ROM_KEYWORDS, keywords)
// The native of a row is \`native_<identifier>\`.
#define IOTPY_BUILTINS(X) \\
${rows.join("\n")}

// {first, count} of the built-in functions of each type and of each module.
#define IOTPY_TYPE_FUNCTIONS {${types.map(({ name }) => rangeOf(name)).join(", ")}}
#define IOTPY_MODULE_FUNCTIONS {${modules.map(({ name }) => rangeOf(name)).join(", ")}}

// For each built-in that takes keywords, the string ids in order of its places; 0xFFFF positional only, 0xFFFE \`*\`, 0xFFFD \`**\`.
#define ROM_KEYWORDS {${functions.filter((fn) => fn.keywords.length > 0).map(keywordIds).join(", ")}}
`;
}

function opcodesModule(): string {
  const rows = opcodes.map((op) => `  { name: ${JSON.stringify(op.name)}, operands: ${JSON.stringify(op.operands)} },`).join("\n");
  return `${banner}
/** An opcode's name and its operand letters (compiler/spec/bytecode.md); its number is its place. */
export interface Opcode { readonly name: string; readonly operands: string }

export const OPCODES = [
${rows}
] as const satisfies readonly Opcode[];

export type OpcodeName = (typeof OPCODES)[number]["name"];
`;
}

function builtinsModule(): string {
  return `${banner}
/** Hash of the opcode and built-in tables; an image carries it and a runtime with another refuses it. */
export const SPEC = 0x${spec.toString(16).padStart(8, "0")};

/** Texts in ROM; a string id below this array's length is its index. */
export const ROM_STRINGS: readonly string[] = ${JSON.stringify(strings)};

/** Built-in types by id; \`construct\` is the function that a call runs. */
export const TYPES: readonly { readonly name: string; readonly base: string; readonly construct: string }[] = [
${types.map((type) => `  ${JSON.stringify(type)},`).join("\n")}
];

/** Built-in functions by id; \`max\` 255 is any number. */
export const BUILTINS: readonly { readonly name: string; readonly min: number; readonly max: number; readonly keywords: readonly string[] }[] = [
${functions.map((fn) => `  ${JSON.stringify(fn)},`).join("\n")}
];

/** Built-in modules by id; constants have their text, or none when they name a built-in type. */
export const MODULES: readonly { readonly name: string; readonly constants: readonly { readonly name: string; readonly value?: string | undefined }[] }[] = [
${modules.map((module) => `  ${JSON.stringify(module)},`).join("\n")}
];
`;
}

/** The Python part of the library, so that a bundle of one file holds it. */
function libraryModule(): string {
  const table = (folder: string, recursive: boolean): string => {
    const files = readdirSync(new URL(folder, root), { recursive, encoding: "utf8" }).filter((file) => file.endsWith(".py")).sort();
    return `{\n${files.map((file) => `  ${JSON.stringify(file)}: ${JSON.stringify(read(folder + file))},\n`).join("")}};\n`;
  };
  return `${banner.replace("compiler/spec", "compiler/lib")}
/** Twins of built-ins: sources by file name. */
export const TWINS: Readonly<Record<string, string>> = ${table("compiler/lib/", false)}
/** Modules that programs import: sources by path. */
export const LIBRARY_MODULES: Readonly<Record<string, string>> = ${table("compiler/lib/modules/", true)}`;
}

const outputs: Record<string, string> = {
  "device/vm/opcodes.h": opcodesHeader(),
  "device/vm/builtins.h": builtinsHeader(),
  "compiler/opcodes.ts": opcodesModule(),
  "compiler/builtins.ts": builtinsModule(),
  "compiler/lib.gen.ts": libraryModule(),
};

let stale = 0;
for (const [path, text] of Object.entries(outputs)) {
  let current = "";
  try { current = read(path); } catch { /* not written yet */ }
  if (current === text) continue;
  stale++;
  if (process.argv.includes("--check")) console.error(`${path} is stale: run npm run generate`);
  else { writeFileSync(new URL(path, root), text); console.log(`wrote ${path}`); }
}
process.exitCode = stale > 0 && process.argv.includes("--check") ? 1 : 0;
