/**
 * Classes that CPython completes at run time are written out here, before names are resolved: dataclasses (dataclasses.ts), named tuples
 * (namedtuples.ts) and enumerations (enums.ts). The names of `typing` and `abc` that say nothing at run time are taken away.
 */
import type { Assign, ClassDefinition, Expression, ModuleNode, Statement } from "./ast.ts";
import { expandDataclass, type Shape } from "./dataclasses.ts";
import { expandEnum } from "./enums.ts";
import type { Source } from "./errors.ts";
import { maker } from "./made.ts";
import { expandNamedTuple, itemsOf, namedTuple, typenameOf } from "./namedtuples.ts";

/** One file. */
export interface Expansion {
  readonly source: Source;
  /** What its names stand for: `dataclass` for `dataclasses.dataclass`. */
  readonly names: ReadonlyMap<string, string>;
  /** Its classes that are enumerations, with the class of the module enum that they are derived from. */
  readonly enums: Map<string, string>;
  /** What is known of its classes so far. */
  readonly classes: Map<string, Shape>;
}

const MODULES = new Set(["dataclasses", "typing", "abc", "collections", "functools", "enum"]);

export function expand(source: Source, module: ModuleNode): ModuleNode {
  const names = new Map<string, string>();
  for (const statement of module.body) {
    if (statement.kind === "import" && MODULES.has(statement.path)) names.set(statement.alias?.id ?? statement.path, statement.path);
    if (statement.kind === "from" && MODULES.has(statement.path)) for (const { name, alias } of statement.names) names.set(alias.id, `${statement.path}.${name.id}`);
  }
  return { body: block({ source, names, enums: new Map(), classes: new Map() }, module.body) };
}

/** `module.name`, if the expression means that. */
export function meaning(expansion: Expansion, node: Expression): string | undefined {
  if (node.kind === "name") return expansion.names.get(node.id);
  const module = node.kind === "attribute" ? meaning(expansion, node.object) : undefined;
  return module !== undefined && node.kind === "attribute" ? `${module}.${node.name}` : undefined;
}

function block(expansion: Expansion, statements: readonly Statement[]): Statement[] {
  const within = <T extends { readonly body: readonly Statement[] }>(part: T): T => ({ ...part, body: block(expansion, part.body) });
  return statements.map((statement): Statement => {
    switch (statement.kind) {
      case "class": return expandClass(expansion, { ...statement, body: block(expansion, statement.body).map((part) => cachedMethod(expansion, part)) });
      case "assign": return expandAssign(expansion, statement);
      case "def": {
        const decorators = statement.decorators.filter((decorator) => !PLAIN.has(meaning(expansion, decorator) ?? ""));
        return { ...statement, decorators, function: within(statement.function) };
      }
      case "if": case "while": case "for": return { ...statement, body: block(expansion, statement.body), otherwise: block(expansion, statement.otherwise) };
      case "try":
        return { ...within(statement), handlers: statement.handlers.map(within), otherwise: block(expansion, statement.otherwise), finally: block(expansion, statement.finally) };
      case "with": return within(statement);
      case "match": return { ...statement, cases: statement.cases.map(within) };
      default: return statement;
    }
  });
}

/** Decorators and bases that do nothing. */
const PLAIN = new Set(["abc.abstractmethod", "typing.final", "typing.overload", "typing.override", "typing.runtime_checkable", "abc.ABC", "typing.Generic", "typing.Protocol"]);

function expandClass(expansion: Expansion, node: ClassDefinition): Statement {
  const plain = (part: Expression): boolean => PLAIN.has(meaning(expansion, part.kind === "subscript" ? part.object : part) ?? "");
  if (node.bases.some((base) => meaning(expansion, base) === "typing.TypedDict")) {
    return { ...node, kind: "assign", targets: [node.name], value: { ...node.name, kind: "name", id: "dict" } };
  }
  const named = expandNamedTuple(expansion, { ...node, decorators: node.decorators.filter((decorator) => !plain(decorator)), bases: node.bases.filter((base) => !plain(base)) });
  return withInit(expandEnum(expansion, expandDataclass(expansion, named)));
}

/** `Point = namedtuple("Point", "x y")` is a class. */
function expandAssign(expansion: Expansion, node: Assign): Statement {
  const [target] = node.targets;
  const items = node.targets.length === 1 && target?.kind === "name" ? itemsOf(expansion, node.value) : undefined;
  if (items === undefined || target?.kind !== "name") return node;
  const typename = typenameOf(node.value) ?? target.id;
  return namedTuple({ start: node.start, end: node.end, kind: "class", name: target, decorators: [], bases: [], body: [], typename }, items);
}

/** `@lru_cache` before a method: the library's form for methods, which is a function and so gets its instance. */
function cachedMethod(expansion: Expansion, node: Statement): Statement {
  if (node.kind !== "def") return node;
  const form = (part: Expression): Expression => (["functools.lru_cache", "functools.cache"].includes(meaning(expansion, part) ?? "") ? { start: part.start, end: part.end, kind: "attribute", object: part, name: "method", nameAt: part } : part);
  return { ...node, decorators: node.decorators.map((part) => (part.kind === "call" ? { ...part, callee: form(part.callee) } : form(part))) };
}

const CONTAINERS = ["dict", "list", "set"];

/** A class derived from a container has an `__init__`, which fills it. */
function withInit(node: ClassDefinition): ClassDefinition {
  const derived = node.bases.some((base) => base.kind === "name" && CONTAINERS.includes(base.id));
  if (!derived || node.body.some((statement) => statement.kind === "def" && statement.name.id === "__init__")) return node;
  const make = maker({ start: node.start, end: node.start });
  const init = make.call(make.get(make.call(make.name("super"), []), "__init__"), [{ ...make.at, kind: "starred", value: make.name("args") }]);
  const filled = init.kind === "call" ? { ...init, keywords: [{ ...make.at, name: undefined, value: make.name("kwargs") }] } : init;
  const made = make.def("__init__", { positional: [make.parameter("self")], rest: make.parameter("args"), keywords: make.parameter("kwargs") }, [make.statement(filled)]);
  return { ...node, body: [...node.body, made] };
}
