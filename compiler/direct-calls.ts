/**
 * Functions that a program only ever calls, by their names: their defaults are filled in where they are called, so that they need neither a
 * global nor an object, and a call has nothing to bind at run time.
 */
import type { Call, Expression, Literal, Parameters } from "./ast.ts";
import { fold } from "./fold.ts";
import { knownExpression, type Knowledge } from "./known.ts";
import type { Module } from "./program.ts";
import type { Item, Variable } from "./scopes.ts";

/** More arguments need another form of call. */
export const DIRECT_ARGUMENTS_MAX = 16;

/** The default of each parameter, positional ones first; undefined when some default is no literal or the function takes any number of arguments. */
export function literalDefaults({ positionalOnly, positional, keywordOnly, rest, keywords }: Parameters, literalOf: (node: Expression) => Literal | undefined): (Literal | undefined)[] | undefined {
  if (rest !== undefined || keywords !== undefined) return undefined;
  const all = [...positionalOnly, ...positional, ...keywordOnly];
  const defaults = all.map((parameter) => parameter.default && fold(parameter.default, literalOf));
  return all.length <= DIRECT_ARGUMENTS_MAX && all.every((parameter, index) => parameter.default === undefined || defaults[index] !== undefined) ? defaults : undefined;
}

/** The value of each parameter in a call; undefined when the call is wrong or unpacks arguments. */
export function placeArguments({ positionalOnly, positional, keywordOnly }: Parameters, defaults: readonly (Literal | undefined)[], call: Call): Expression[] | undefined {
  const names = [...positionalOnly.map(() => ""), ...positional.map(({ name }) => name), ...keywordOnly.map(({ name }) => name)];
  if (call.positional.length > names.length - keywordOnly.length || call.positional.some((argument) => argument.kind === "starred")) return undefined;
  const places: (Expression | undefined)[] = [...call.positional];
  for (const { name, value } of call.keywords) {
    const place = name === undefined || name === "" ? -1 : names.indexOf(name);
    if (place < 0 || places[place] !== undefined) return undefined;
    places[place] = value;
  }
  const filled = names.map((_, index): Expression | undefined => {
    const literal = defaults[index];
    return places[index] ?? (literal && { kind: "constant", value: literal, start: call.end, end: call.end });
  });
  return filled.every((value) => value !== undefined) ? filled : undefined;
}

/** Each mention of a global in the statements, with the call whose callee it is. */
export function* mentions(knowledge: Knowledge, module: Module, item: Item): Generator<{ readonly variable: Variable; readonly call: Call | undefined }> {
  const calls = new Map(item.calls.map((call) => [call.callee, call]));
  const of = (node: Expression, variable: Variable | undefined): { variable: Variable; call: Call | undefined }[] => (variable === undefined ? [] : [{ variable, call: calls.get(node) }]);
  for (const name of item.names) {
    const known = knownExpression(knowledge, module, name);
    yield* of(name, known?.kind === "global" ? known.variable : module.scopes.references.get(name));
    yield* of(name, module.scopes.outside.get(name));
  }
  for (const attribute of item.attributes) {
    const known = knownExpression(knowledge, module, attribute);
    if (known?.kind === "global") yield* of(attribute, known.variable);
  }
}
