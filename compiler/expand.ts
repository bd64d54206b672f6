/**
 * Classes that CPython completes at run time are written out here, before names are resolved: dataclasses (dataclasses.ts), and the names of
 * `typing` and `abc` that say nothing at run time are taken away.
 */
import type { ClassDefinition, Expression, ModuleNode, Statement } from "./ast.ts";
import { expandDataclass, type Shape } from "./dataclasses.ts";
import type { Source } from "./errors.ts";

/** One file. */
export interface Expansion {
  readonly source: Source;
  /** What its names stand for: `dataclass` for `dataclasses.dataclass`. */
  readonly names: ReadonlyMap<string, string>;
  /** What is known of its classes so far. */
  readonly classes: Map<string, Shape>;
}

const MODULES = new Set(["dataclasses", "typing", "abc"]);

export function expand(source: Source, module: ModuleNode): ModuleNode {
  const names = new Map<string, string>();
  for (const statement of module.body) {
    if (statement.kind === "import" && MODULES.has(statement.path)) names.set(statement.alias?.id ?? statement.path, statement.path);
    if (statement.kind === "from" && MODULES.has(statement.path)) for (const { name, alias } of statement.names) names.set(alias.id, `${statement.path}.${name.id}`);
  }
  return names.size === 0 ? module : { body: block({ source, names, classes: new Map() }, module.body) };
}

/** `module.name`, if the expression means that. */
export function meaning(expansion: Expansion, node: Expression): string | undefined {
  if (node.kind === "name") return expansion.names.get(node.id);
  const module = node.kind === "attribute" ? meaning(expansion, node.object) : undefined;
  return module !== undefined && node.kind === "attribute" ? `${module}.${node.name}` : undefined;
}

function block(expansion: Expansion, statements: readonly Statement[]): Statement[] {
  return statements.map((statement): Statement => {
    switch (statement.kind) {
      case "class": return expandClass(expansion, { ...statement, body: block(expansion, statement.body) });
      case "def": {
        const decorators = statement.decorators.filter((decorator) => !PLAIN.has(meaning(expansion, decorator) ?? ""));
        return { ...statement, decorators, function: { ...statement.function, body: block(expansion, statement.function.body) } };
      }
      case "if": case "while": case "for": return { ...statement, body: block(expansion, statement.body), otherwise: block(expansion, statement.otherwise) };
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
  return expandDataclass(expansion, { ...node, decorators: node.decorators.filter((decorator) => !plain(decorator)), bases: node.bases.filter((base) => !plain(base)) });
}
