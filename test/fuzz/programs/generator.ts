/** Writes random programs: the rules of grammar.ts, and of functions.ts where a template is not enough, applied until a budget is used up. */
import { EXPRESSIONS, LITERALS, STATEMENTS, type Rule } from "./grammar.ts";
import { DEFINITIONS } from "./definitions.ts";
import { type Random, randomOf } from "../random.ts";

/** What can be called, with the types of its arguments; a `receiver` is the type that has it as a method. */
export interface Callable { readonly name: string; readonly parameters: readonly string[]; readonly returns: string; readonly receiver?: string }

interface Scope { readonly variables: { name: string; type: string; owned: boolean }[]; readonly callables: Callable[] }

const DEPTH_MAX = 3;
const BLOCK_DEPTH_MAX = 3;
/** How often an expression is of a type that its place does not expect. */
const WRONG_TYPES = 0.015;
/** What stands for a type of several in a rule. */
const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  any: ["int", "float", "str", "bool", "bytes", "list", "strs", "tuple", "dict", "none"],
  number: ["int", "int", "float", "bool"],
  sequence: ["list", "strs", "tuple", "str", "bytes", "range"],
  iterable: ["list", "strs", "tuple", "dict", "str", "range", "generator"],
};

export class Generator {
  readonly random: Random;
  loopDepth = 0;
  functionDepth = 0;
  isGenerator = false;
  private scopes: Scope[] = [{ variables: [], callables: [] }];
  private blockDepth = 0;
  private names = 0;

  constructor(seed: number) { this.random = randomOf(seed); }

  /** A name that the program has not used. */
  name(prefix = "v"): string { return `${prefix}${this.names++}`; }

  declare(name: string, type: string, owned = true): void { this.scopes.at(-1)?.variables.push({ name, type, owned }); }
  define(callable: Callable): void { this.scopes.at(-1)?.callables.push(callable); }

  /** Runs `write` in a scope of its own: a function's body does not own the variables around it; `outer` is the scope around the innermost. */
  within<T>(kind: "block" | "function" | "outer", write: () => T): T {
    const outer = this.scopes;
    const seen = kind === "outer" ? outer.slice(0, -1) : kind === "block" ? outer : outer.map(({ variables, callables }) => ({ variables: variables.map((one) => ({ ...one, owned: false })), callables }));
    this.scopes = [...seen, { variables: [], callables: [] }];
    try { return write(); } finally { this.scopes = outer; }
  }

  block(lines = 1 + this.random.below(2)): string {
    this.blockDepth++;
    try {
      return this.within("block", () => Array.from({ length: lines }, () => this.statement()).join("\n"));
    } finally { this.blockDepth--; }
  }

  statement(): string {
    const nested = this.blockDepth < BLOCK_DEPTH_MAX;
    if (this.random.chance(0.06) && this.blockDepth < 2 && this.loopDepth === 0) return this.random.pick(DEFINITIONS)(this);
    return this.apply(this.choose(STATEMENTS.filter((rule) => this.allows(rule) && (nested || !/\{(block|loop)\}/.test(rule.template)))), 0);
  }

  private allows({ where, template }: Rule): boolean {
    if ([...template.matchAll(/\{var (\w+)\}/g)].some(([, type = ""]) => this.variables(type, true).length === 0)) return false;
    return where === undefined || (where === "loop" ? this.loopDepth > 0 : where === "straight" ? this.loopDepth === 0 : where === "function" ? this.functionDepth > 0 && !this.isGenerator : this.isGenerator);
  }

  expression(type: string, depth = 0): string {
    const options = ALTERNATIVES[type];
    if (options !== undefined) return this.expression(this.random.pick(options), depth);
    if (this.random.chance(WRONG_TYPES) && type !== "count" && type !== "counter") return `(${this.expression("any", depth + 1)})`;
    const variables = this.variables(type);
    if (variables.length > 0 && this.random.chance(0.4)) return this.random.pick(variables).name;
    const deep = depth >= DEPTH_MAX;
    if (!deep && this.random.chance(0.15)) {
      const call = this.call(type, depth);
      if (call !== undefined) return call;
    }
    const rules = deep || this.random.chance(0.25) ? undefined : EXPRESSIONS[type];
    if (rules !== undefined) return this.apply(this.choose(rules), depth + 1);
    const literal = LITERALS[type];
    if (literal !== undefined) return this.apply(this.choose(literal), depth + 1);
    return variables.length > 0 ? this.random.pick(variables).name : this.make(type, depth);
  }

  /** An expression of a type that has no literals: a class is made by calling it. */
  private make(type: string, depth: number): string { return this.call(type, depth, true) ?? "None"; }

  private call(type: string, depth: number, constructor = false): string | undefined {
    const fitting = this.scopes.flatMap((scope) => scope.callables).filter((one) => one.returns === type && (!constructor || one.receiver === undefined));
    if (fitting.length === 0) return undefined;
    const { name, parameters, receiver } = this.random.pick(fitting);
    const object = receiver === undefined ? "" : `${this.expression(receiver, depth + 2)}.`;
    return `${object}${name}(${parameters.map((parameter) => this.expression(parameter, depth + 2)).join(", ")})`;
  }

  private variables(type: string, owned = false): Scope["variables"] {
    return this.scopes.flatMap((scope) => scope.variables).filter((one) => one.type === type && (one.owned || !owned));
  }

  private choose(rules: readonly Rule[]): Rule {
    let left = this.random.below(rules.reduce((sum, { weight }) => sum + weight, 0));
    for (const rule of rules) if ((left -= rule.weight) < 0) return rule;
    throw new Error("no rule is left");
  }

  /**
   * Fills a template's places: `{type}` an expression, `{let n type}` (nothing is written) a new variable that is `{n}` in this template and may
   * be used in its later places, except those of `{outer type}`, `{new type}` one that lives on behind it, `{var type}` a variable that may be assigned to, `{block}` statements
   * at its indentation, `{loop}` the same in a loop.
   */
  private apply({ template }: Rule, depth: number): string {
    const locals = new Map<string, string>();
    const lasting: [string, string][] = [];
    const text = this.within("block", () => template.replace(/( *)\{(\w+)(?: (\w+))?(?: (\w+))?\}/g, (_, space: string, word: string, second = "", third = "") => {
      if (word === "let") {
        locals.set(second, this.name());
        this.declare(locals.get(second) as string, third, false);
        return space;
      }
      if (locals.has(word)) return space + (locals.get(word) as string);
      if (word === "new") {
        const name = this.name();
        lasting.push([name, second]);
        return space + name;
      }
      if (word === "var") return space + this.random.pick(this.variables(second, true)).name;
      if (word === "outer") return space + this.within("outer", () => this.expression(second, depth));
      if (word === "block" || word === "loop") return this.indented(space, word === "loop");
      return space + this.expression(word, depth);
    }));
    for (const [name, type] of lasting) this.declare(name, type);
    return text;
  }

  private indented(space: string, loop: boolean): string {
    if (loop) this.loopDepth++;
    try {
      return this.block().split("\n").map((line) => space + line).join("\n");
    } finally { if (loop) this.loopDepth--; }
  }
}

export const indent = (text: string): string => text.split("\n").map((line) => `    ${line}`).join("\n");

/** What rules use by its full name. */
const MODULES = ["bisect", "collections", "dataclasses", "functools", "heapq", "itertools", "json", "operator", "string", "textwrap"];

/** The program of a seed. Most of its statements are guarded, so that one exception does not hide the rest. */
export function programOf(seed: number): string {
  const generator = new Generator(seed);
  const lines: string[] = [];
  const size = 2 + generator.random.below(7);
  while (lines.length < size) {
    if (generator.random.chance(0.18)) lines.push(generator.random.pick(DEFINITIONS)(generator));
    else if (generator.random.chance(0.5)) lines.push(`try:\n${indent(generator.statement())}\nexcept Exception as e:\n    print("!", type(e).__name__)`);
    else lines.push(generator.statement());
  }
  const text = lines.join("\n");
  const imports = MODULES.filter((module) => text.includes(`${module}.`)).map((module) => `import ${module}\n`);
  return `${imports.join("")}${text}\n`;
}
