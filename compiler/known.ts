/** What is known at compile time about the things names stand for. */
import type { Attribute, Expression, FunctionNode, Literal, Name } from "./ast.ts";
import { BUILTINS, MODULES, TYPES } from "./builtins.ts";
import { CompileError, type Span } from "./errors.ts";
import { isNativeModule, type Module, nearest, type Program } from "./program.ts";
import type { Variable } from "./scopes.ts";

export type Known =
  | { readonly kind: "literal"; readonly literal: Literal }
  | { readonly kind: "builtin"; readonly id: number }
  | { readonly kind: "type"; readonly id: number }
  /** With `defaults` it is only called, and its calls fill them in (direct-calls.ts). */
  | { readonly kind: "function"; readonly node: FunctionNode; readonly module: Module; readonly defaults?: readonly (Literal | undefined)[] }
  | { readonly kind: "module"; readonly path: string }
  /** The global of another module. */
  | { readonly kind: "global"; readonly variable: Variable };

const builtinIds = new Map(BUILTINS.map((builtin, id) => [builtin.name, id]));
const typeIds = new Map(TYPES.map((type, id) => [type.name, id]));
/** Types that Python code cannot name. */
const HIDDEN_TYPES = new Set(["NoneType", "ellipsis", "NotImplementedType", "function", "builtin_function_or_method", "method", "module", "generator", "iterator", "dict_keys", "dict_values", "dict_items", "cell", "JSONDecodeError"]);

export const builtinId = (name: string): number | undefined => builtinIds.get(name);
export const typeId = (name: string): number | undefined => typeIds.get(name);

/** A name of the language: a type, a function or a constant. */
export function builtinName(name: string): Known | undefined {
  const type = typeIds.get(name);
  if (type !== undefined && name !== "super" && !HIDDEN_TYPES.has(name)) return { kind: "type", id: type };
  const builtin = builtinIds.get(name);
  return builtin === undefined || name.includes(".") ? undefined : { kind: "builtin", id: builtin };
}

export const builtinNames = (): string[] => [...typeIds.keys()].filter((name) => !HIDDEN_TYPES.has(name)).concat([...builtinIds.keys()].filter((name) => !name.includes(".") && !/^[_<]/.test(name)));

/** A name of a module that is in C. */
function nativeMember(path: string, name: string): Known | undefined {
  if (path === "builtins") return builtinName(name);
  const constant = MODULES.find((module) => module.name === path)?.constants.find((candidate) => candidate.name === name);
  if (constant === undefined) {
    const builtin = builtinIds.get(`${path}.${name}`);
    return builtin === undefined ? undefined : { kind: "builtin", id: builtin };
  }
  const type = typeIds.get(name);
  if (constant.value === undefined && type !== undefined) return { kind: "type", id: type };
  const value = name === "inf" ? Infinity : name === "nan" ? NaN : Number(constant.value);
  return { kind: "literal", literal: { type: "float", value } };
}

const nativeNames = (path: string): string[] => path === "builtins" ? builtinNames() : [
  ...(MODULES.find((module) => module.name === path)?.constants.map((constant) => constant.name) ?? []),
  ...[...builtinIds.keys()].filter((name) => name.startsWith(`${path}.`)).map((name) => name.slice(path.length + 1)),
];

/** Answers what a name or an attribute stands for. */
export interface Knowledge {
  readonly program: Program;
  /** Found by the linker: globals that always hold one function, literal, or what another name stands for. */
  readonly constants: Map<Variable, Known>;
  /** Found by the linker: globals that are bound whenever something reads them. */
  readonly sure: Set<Variable>;
}

export function knownVariable(knowledge: Knowledge, variable: Variable): Known | undefined {
  const constant = knowledge.constants.get(variable);
  if (constant !== undefined) return constant.kind === "global" ? knownVariable(knowledge, constant.variable) ?? constant : constant;
  const first = variable.bindings[0];
  if (first === undefined || (first.kind !== "import" && first.kind !== "from")) return undefined;
  if (first.kind === "import") {
    const path = first.statement.alias === undefined ? (first.statement.path.split(".")[0] as string) : first.statement.path;
    return { kind: "module", path };
  }
  const member = importedMember(knowledge, first.statement.path, first.name);
  // A name that is bound again, or that the other module binds again, is a variable of its own: it is copied when the import runs.
  if (variable.bindings.length === 1) return member;
  return member?.kind === "module" ? member : undefined;
}

/** What `from path import name` finds; undefined: nothing. Another module's variable that is bound more than once is copied, not aliased. */
export function importedMember(knowledge: Knowledge, path: string, name: string): Known | undefined {
  const module = knowledge.program.modules.get(path);
  const variable = module?.scopes.module.variables.get(name);
  const native = variable === undefined && hasNatives(path, module) ? nativeMember(path, name) : undefined;
  if (native !== undefined) return native;
  if (variable === undefined) return knowledge.program.modules.has(`${path}.${name}`) ? { kind: "module", path: `${path}.${name}` } : undefined;
  const known = knownVariable(knowledge, variable);
  if (known !== undefined) return known;
  return variable.bindings.length === 1 ? { kind: "global", variable } : undefined;
}

/** A module of the library may be in C, in Python, or in both; a file of the program hides it. */
const hasNatives = (path: string, module: Module | undefined): boolean => module?.origin !== "program" && isNativeModule(path);

/** What a name or a dotted name stands for, if that is known. Attributes of modules are always resolved; a missing one is refused. */
export function knownExpression(knowledge: Knowledge, module: Module, node: Expression): Known | undefined {
  if (node.kind === "name") return knownName(knowledge, module, node);
  if (node.kind !== "attribute") return undefined;
  const object = node.object.kind === "name" || node.object.kind === "attribute" ? knownExpression(knowledge, module, node.object) : undefined;
  if (object?.kind === "module") return memberOf(knowledge, module, object.path, node);
  const attached = attachedVariable(knowledge, module, node);
  if (attached !== undefined) return knownVariable(knowledge, attached) ?? { kind: "global", variable: attached };
  if (object?.kind === "type") {
    const id = builtinIds.get(`${(TYPES[object.id] as { name: string }).name}.${node.name}`);
    return id === undefined ? undefined : { kind: "builtin", id };
  }
  return undefined;
}

/** In the library, `def chain_dot_from_iterable` is what a program calls `chain.from_iterable`. */
export function attachedVariable(knowledge: Knowledge, module: Module, { object, name }: Attribute): Variable | undefined {
  const known = object.kind === "name" || object.kind === "attribute" ? knownExpression(knowledge, module, object) : undefined;
  if (known?.kind === "function") return known.module.origin === "library" ? known.module.scopes.module.variables.get(`${known.node.name}_dot_${name}`) : undefined;
  const owner = known?.kind === "global" ? known.variable : known === undefined && object.kind === "name" ? module.scopes.references.get(object) : undefined;
  if (owner?.scope.kind !== "module") return undefined;
  const attached = owner.scope.variables.get(`${owner.name}_dot_${name}`);
  if (attached === undefined) return undefined;
  return [...knowledge.program.modules.values()].some(({ scopes, origin }) => origin === "library" && scopes.module === owner.scope) ? attached : undefined;
}

function knownName(knowledge: Knowledge, module: Module, node: Name): Known | undefined {
  const variable = module.scopes.references.get(node);
  // In the library a built-in's name means the built-in, not the twin that is defined under it.
  const builtin = module.origin === "twins" && (variable === undefined || variable.scope.kind === "module") ? builtinName(node.id) : undefined;
  if (builtin !== undefined) return builtin;
  if (variable !== undefined) return knownVariable(knowledge, variable);
  const native = module.origin === "library" ? nativeMember(module.path, node.id) : undefined;
  if (native !== undefined) return native;
  if (node.id.startsWith("_") && node.id !== "__name__" && module.origin !== "library") return undefined;
  if (node.id === "__name__") return { kind: "literal", literal: { type: "str", value: module === knowledge.program.main ? knowledge.program.mainName : module.path } };
  if (node.id === "NotImplemented") return undefined;
  return builtinName(node.id);
}

function memberOf(knowledge: Knowledge, module: Module, path: string, node: Attribute): Known {
  const target = knowledge.program.modules.get(path);
  const variable = target?.scopes.module.variables.get(node.name);
  if (variable !== undefined) return knownVariable(knowledge, variable) ?? { kind: "global", variable };
  const member = importedMember(knowledge, path, node.name);
  if (member !== undefined) return member;
  if (node.name === "__name__") return { kind: "literal", literal: { type: "str", value: path } };
  return refuseMember(knowledge, module, path, node.name, node.nameAt, `module '${path}' has no attribute '${node.name}'`);
}

export function refuseMember(knowledge: Knowledge, module: Module, path: string, name: string, at: Span, message: string): never {
  const target = knowledge.program.modules.get(path);
  const names = [...(target?.scopes.module.variables.keys() ?? []), ...(hasNatives(path, target) ? nativeNames(path) : [])].filter((known) => !known.startsWith("_"));
  const near = nearest(name, names);
  throw new CompileError(module.source, at, message, near === undefined ? `It has ${names.join(", ")}.` : `Did you mean ${near}?`);
}
