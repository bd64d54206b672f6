/**
 * Twins: the Python functions that stand in for built-ins when an operand needs Python (compiler/lib/README.md).
 * They are linked by need: when the program mentions the built-in and its facts say that the twin may be called.
 */
import type { Expression, FunctionNode } from "./ast.ts";
import { BUILTINS, TYPES } from "./builtins.ts";
import { shapeOf } from "./codegen/emit.ts";
import type { CompiledFunction, Unit } from "./codegen/unit.ts";
import { builtinId, type Known, typeId } from "./known.ts";
import { TWINS } from "./lib.gen.ts";
import type { Parse } from "./parse.ts";
import { type Module, parseModule } from "./program.ts";
import type { Variable } from "./scopes.ts";

export interface Twin {
  readonly builtin: number;
  readonly module: Module;
  readonly node: FunctionNode;
  /** Opcodes that may call it, besides the built-in's own name. */
  readonly opcodes: readonly string[];
  /** It is linked only when one of these holds for the program; empty: always. */
  readonly facts: readonly string[];
}

export interface Library {
  readonly twins: readonly Twin[];
  /** All functions of the library. */
  readonly functions: ReadonlyMap<Variable, Known>;
}

function iterates(program: Facts, builtin: number, member: string): boolean {
  return program.methods(["__iter__", "__next__", "__getitem__"]) || program.takesGenerator(builtin, member);
}

/** What may be true of a program so that built-ins meet operands that need Python. */
const FACTS: Readonly<Record<string, (program: Facts, builtin: number, member: string) => boolean>> = {
  iterates,
  keys: ({ keyed }, builtin, member) => keyed.has("any") || keyed.has(builtin) || keyed.has(member),
  calls: () => true,
  derives: (program, builtin, member) => CONTAINERS.some((type) => program.derived.has(type)) && iterates(program, builtin, member),
  compares: (program) => program.methods(["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"]),
  indexes: (program) => program.methods(["__getitem__"]),
  hashes: (program) => program.methods(["__hash__"]),
  texts: (program) => program.methods(["__str__", "__repr__", "__format__"]),
  sizes: (program) => program.methods(["__len__", "__bool__"]),
  numbers: (program) => program.methods(["__int__", "__float__", "__index__", "__abs__", "__add__", "__radd__", "__neg__", "__mod__", "__floordiv__", "__pow__", "__round__", "__divmod__", "__rdivmod__"]),
};

const CONTAINERS = ["dict", "list", "set"].map((name) => typeId(name) as number);

interface Facts {
  /** Built-in types that classes are derived from. */
  readonly derived: ReadonlySet<number>;
  /** Built-ins and methods that are called with a key function. */
  readonly keyed: ReadonlySet<number | string>;
  /** Is a method of one of these names defined and used? */
  readonly methods: (names: readonly string[]) => boolean;
  /** May the built-in, or a method of this name, get a generator? */
  readonly takesGenerator: (builtin: number, member: string) => boolean;
}

export function loadLibrary(parse: Parse): Library {
  const modules = Object.entries(TWINS).map(([file, text]) => parseModule(parse, `<library>.${file.replace(/\.py$/, "")}`, `<library>/${file}`, text, "twins"));
  const functions = new Map<Variable, Known>();
  for (const module of modules) {
    for (const { statement } of module.scopes.items) {
      const variable = statement.kind === "def" ? module.scopes.module.variables.get(statement.name.id) : undefined;
      if (statement.kind === "def" && variable !== undefined) functions.set(variable, { kind: "function", node: statement.function, module });
    }
  }
  return { functions, twins: modules.flatMap(twinsOf) };
}

function twinsOf(module: Module): Twin[] {
  return module.scopes.items.flatMap(({ statement }) => {
    if (statement.kind !== "def") return [];
    const name = statement.name.id.replace("_dot_", ".");
    const builtin = builtinId(name);
    if (builtin === undefined) return [];
    const { opcodes, facts } = conditions(statement.decorators);
    return [{ builtin, module, node: statement.function, opcodes, facts }];
  });
}

/** `@linked("iterates", opcodes="in notin")`. */
function conditions(decorators: readonly Expression[]): { opcodes: readonly string[]; facts: readonly string[] } {
  const call = decorators.find((decorator) => decorator.kind === "call");
  if (call?.kind !== "call") return { opcodes: [], facts: [] };
  const text = (node: Expression): string => (node.kind === "constant" && node.value.type === "str" ? node.value.value : "");
  const opcodes = call.keywords.filter((keyword) => keyword.name === "opcodes").flatMap((keyword) => text(keyword.value).split(" "));
  const facts = call.positional.map(text);
  const unknown = facts.find((fact) => FACTS[fact] === undefined);
  if (unknown !== undefined) throw new Error(`compiler/lib: no fact '${unknown}'`);
  return { opcodes, facts };
}

/** The built-ins whose twins `format` may call, by its conversion: none, str, repr, ascii. */
const FORMATTERS = [["str", "format"], ["str"], ["repr"], ["ascii"]];

/** Twins that the code compiled so far may call and that are not linked yet. */
export function neededTwins(unit: Unit, library: Library, linked: ReadonlySet<number>): Twin[] {
  const { facts, builtins, names, opcodes } = inspect(unit, library, linked);
  return library.twins.filter((twin) => {
    if (linked.has(twin.builtin)) return false;
    const { name } = BUILTINS[twin.builtin] as { name: string };
    const dot = name.indexOf(".");
    const member = dot < 0 ? "" : name.slice(dot + 1);
    const mentioned = builtins.has(twin.builtin) || (dot >= 0 && names.has(member)) || twin.opcodes.some((opcode) => opcodes.has(opcode));
    return mentioned && (twin.facts.length === 0 || twin.facts.some((fact) => FACTS[fact]?.(facts, twin.builtin, member) === true));
  });
}

function inspect(unit: Unit, library: Library, linked: ReadonlySet<number>): { facts: Facts; builtins: Set<number>; names: Set<string>; opcodes: Set<string> } {
  const functions = unit.functions.filter((fn): fn is CompiledFunction => fn !== undefined);
  const builtins = new Set<number>();
  const names = new Set<string>();
  const opcodes = new Set<string>();
  for (const { code } of functions) {
    for (const { op, operands } of code) {
      opcodes.add(op);
      if (op === "format") for (const name of FORMATTERS[operands[2] as number] ?? []) builtins.add(builtinId(name) as number);
      const shape = shapeOf(op);
      operands.forEach((operand, index) => {
        if (shape[index] === "b") builtins.add(operand as number);
        if (shape[index] === "t") addType(builtins, operand as number);
        if (shape[index] === "s" && op !== "loads") names.add(operand as string);
      });
    }
  }
  const methods = (wanted: readonly string[]): boolean => wanted.some((name) => names.has(name) && functions.some((fn) => fn.name === name));
  return { facts: { keyed: unit.keyed, derived: unit.derived, methods, takesGenerator: generatorConsumers(unit, library, linked) }, builtins, names, opcodes };
}

/**
 * Generators are made by calls of generator functions, by generator expressions, and by twins that are generator functions. As long as all of
 * them go straight into loops and calls of built-ins, only those built-ins can meet one.
 */
function generatorConsumers(unit: Unit, library: Library, linked: ReadonlySet<number>): (builtin: number, member: string) => boolean {
  const lazy = new Set(library.twins.filter((twin) => linked.has(twin.builtin) && twin.node.generator).map((twin) => twin.builtin));
  const consumers = unit.flows.filter(({ source }) => source === "generator" || lazy.has(source)).map(({ consumer }) => consumer);
  if (consumers.includes("unknown")) return () => true;
  return (builtin, member) => consumers.some((consumer) => typeof consumer === "object" && ("builtin" in consumer ? consumer.builtin === builtin : consumer.method === member));
}

function addType(builtins: Set<number>, id: number): void {
  const construct = builtinId((TYPES[id] as { construct: string }).construct);
  if (construct !== undefined) builtins.add(construct);
}
