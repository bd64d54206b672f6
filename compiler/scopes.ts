/**
 * Who means what by a name: Python's scopes. Every use of a name is resolved to the variable of one scope, or to nothing of the
 * module (a built-in, or an error that the linker reports if the code is used).
 *
 * Comprehensions run in the frame around them (PEP 709) but keep variables of their own; the body of a class runs in the frame
 * around it too. Generator expressions are functions.
 */
import type { Call, ClassDefinition, Comprehension, Expression, FunctionNode, Import, ImportFrom, Name, Statement, Attribute } from "./ast.ts";
import type { Source, Span } from "./errors.ts";

export type Binding =
  | { readonly kind: "value"; readonly item: Item | undefined }
  | { readonly kind: "def" | "class"; readonly item: Item | undefined }
  | { readonly kind: "parameter" | "except" | "delete" }
  | { readonly kind: "import"; readonly statement: Import }
  | { readonly kind: "from"; readonly statement: ImportFrom; readonly name: string };

export interface Variable {
  readonly name: string;
  readonly scope: Scope;
  /** An inner function uses it: it lives in a cell. */
  captured: boolean;
  readonly bindings: Binding[];
  /** Uses outside the `except ... as` clauses that bind the name. */
  usesElsewhere: number;
}

export interface Scope {
  readonly kind: "module" | "class" | "function" | "comprehension";
  readonly name: string;
  readonly parent: Scope | undefined;
  readonly variables: Map<string, Variable>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
  readonly annotated: Set<string>;
  /** Functions: variables of functions around that it or its inner functions use, in the order of its captured cells. */
  readonly free: Variable[];
  /** Names met so far, for `global` declarations that come too late. */
  readonly met: Map<string, "used" | "assigned">;
  /** Comprehensions: names that `for` binds. */
  readonly iterated: Set<string>;
  /** Classes of the module's top level without decorators: the global that holds the class. */
  classVariable: Variable | undefined;
}

/** A statement of a module's top level, with what it mentions. */
export interface Item {
  readonly statement: Statement;
  readonly names: Name[];
  readonly attributes: Attribute[];
  /** Attributes that are assigned or deleted. */
  readonly stored: Attribute[];
  readonly imports: (Import | ImportFrom)[];
  readonly calls: Call[];
  /** Texts, and operators as they are written: what may lead to methods (members.ts). */
  readonly texts: (Span & { readonly text: string })[];
}

export interface ModuleScopes {
  readonly source: Source;
  readonly module: Scope;
  readonly items: Item[];
  /** Scope of each function, class and comprehension. */
  readonly scopes: Map<FunctionNode | ClassDefinition | Comprehension, Scope>;
  /** What each use of a name means; undefined: no variable of this module. */
  readonly references: Map<Name, Variable | undefined>;
  /** In the body of a class, a name that the class binds means this until it is bound. */
  readonly outside: Map<Name, Variable | undefined>;
  /** For each zero-argument `super()`: the hidden variable that holds the class. */
  readonly supers: Map<Expression, Variable>;
}

/** May it become unbound again? */
export const isDeleted = (variable: Variable): boolean => variable.bindings.some((binding) => binding.kind === "delete" || binding.kind === "except");

/** The frame a scope's code runs in: a function or the module. */
export function frameOf(scope: Scope): Scope {
  let frame = scope;
  while (frame.kind === "comprehension" || frame.kind === "class") frame = frame.parent as Scope;
  return frame;
}

export function newScope(kind: Scope["kind"], name: string, parent: Scope | undefined): Scope {
  return { kind, name, parent, variables: new Map(), globals: new Set(), nonlocals: new Set(), annotated: new Set(), free: [], met: new Map(), iterated: new Set(), classVariable: undefined };
}

/** The variable of a scope, made when it is not there. */
export function declare(scope: Scope, name: string): Variable {
  const known = scope.variables.get(name);
  if (known !== undefined) return known;
  const made: Variable = { name, scope, captured: false, bindings: [], usesElsewhere: 0 };
  scope.variables.set(name, made);
  return made;
}

/** Finds what a name in a scope means; marks captured variables and the functions that hand their cells on. */
export function lookUp(start: Scope, name: string): Variable | undefined {
  let scope: Scope | undefined = start;
  const crossed: Scope[] = [];
  while (scope !== undefined) {
    if (scope.globals.has(name)) return moduleOf(scope).variables.get(name);
    const visible: boolean = scope.kind !== "class" || scope === start || name === "__class__";
    const found = visible && !scope.nonlocals.has(name) ? scope.variables.get(name) : undefined;
    if (found !== undefined && scope.kind !== "module") return capture(found, crossed);
    if (scope.kind === "module") return found;
    if (scope.kind === "function") crossed.push(scope);
    scope = scope.parent;
  }
  return undefined;
}

function capture(variable: Variable, crossed: readonly Scope[]): Variable {
  if (crossed.length > 0) variable.captured = true;
  for (const frame of crossed) if (!frame.free.includes(variable)) frame.free.push(variable);
  return variable;
}

export function moduleOf(scope: Scope): Scope {
  let module = scope;
  while (module.parent !== undefined) module = module.parent;
  return module;
}
