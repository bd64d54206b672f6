/** Parameters, `def` and `class`. */
import type { ClassDefinition, Definition, Expression, FunctionNode, Name, Parameter, Parameters } from "./ast.ts";
import type { Span } from "./errors.ts";
import { lowerBases } from "./lower-calls.ts";
import { checkType, lowerExpression } from "./lower-expressions.ts";
import { lowerBlock } from "./lower.ts";
import { fail, field, fields, hasToken, identifier, inside, type Lowering, named, required, textOf } from "./lowering.ts";
import type { SyntaxNode } from "./parse.ts";

/** Most parameters of a function: the runtime's window of arguments. */
const PARAMETERS_MAX = 200;

/** What the pieces of a parameter list have filled so far. */
interface Filling {
  readonly owner: "Function" | "Lambda expression";
  positionalOnly: Parameter[];
  positional: Parameter[];
  keywordOnly: Parameter[];
  rest: Parameter | undefined;
  keywords: Parameter | undefined;
  star: Span | undefined;
  names: Set<string>;
}

export function lowerParameters(lowering: Lowering, node: SyntaxNode | undefined, owner: Filling["owner"] = "Function"): Parameters {
  const filling: Filling = {
    owner, positionalOnly: [], positional: [], keywordOnly: [], rest: undefined, keywords: undefined, star: undefined, names: new Set(),
  };
  const parts = node === undefined ? [] : named(node);
  let slash = false;
  parts.forEach((part, index) => {
    if (filling.keywords !== undefined) fail(lowering, part, "arguments cannot follow var-keyword argument");
    if (part.type === "keyword_separator") {
      if (filling.star !== undefined) fail(lowering, part, "* argument may appear only once");
      const next = parts[index + 1];
      if (next === undefined || next.type === "dictionary_splat_pattern") fail(lowering, part, "named arguments must follow bare *");
      filling.star = part;
    } else if (part.type === "positional_separator") {
      if (slash) fail(lowering, part, "/ may appear only once");
      if (filling.star !== undefined) fail(lowering, part, "/ must be ahead of *");
      if (filling.positional.length === 0) fail(lowering, part, "at least one argument must precede /");
      slash = true;
      filling.positionalOnly = filling.positional;
      filling.positional = [];
    } else {
      lowerParameter(lowering, part, filling);
    }
  });
  checkDefaults(lowering, [...filling.positionalOnly, ...filling.positional]);
  if (filling.names.size > PARAMETERS_MAX) fail(lowering, parts[PARAMETERS_MAX] as SyntaxNode, `more than ${PARAMETERS_MAX} parameters`, "Pass a list or a dict.");
  const { positionalOnly, positional, rest, keywordOnly, keywords } = filling;
  return { positionalOnly, positional, rest, keywordOnly, keywords };
}

function lowerParameter(lowering: Lowering, part: SyntaxNode, filling: Filling): void {
  let node = part;
  let value: Expression | undefined;
  checkType(lowering, field(part, "type"));
  if (part.type === "default_parameter" || part.type === "typed_default_parameter") {
    node = required(lowering, part, "name");
    value = lowerExpression(lowering, required(lowering, part, "value"));
  } else if (part.type === "typed_parameter") {
    node = named(part)[0] ?? part;
  }
  if (node.type === "list_splat_pattern") {
    if (filling.star !== undefined) fail(lowering, part, "* argument may appear only once");
    filling.star = part;
    filling.rest = declare(lowering, named(node)[0] ?? node, undefined, filling);
  } else if (node.type === "dictionary_splat_pattern") {
    filling.keywords = declare(lowering, named(node)[0] ?? node, undefined, filling);
  } else {
    (filling.star === undefined ? filling.positional : filling.keywordOnly).push(declare(lowering, node, value, filling));
  }
}

function declare(lowering: Lowering, node: SyntaxNode, value: Expression | undefined, filling: Filling): Parameter {
  if (node.type === "tuple_pattern") fail(lowering, node, `${filling.owner} parameters cannot be parenthesized`, "Unpack the parameter in the body.");
  if (node.type !== "identifier") fail(lowering, node, "invalid syntax");
  const name = identifier(lowering, node);
  if (name === "__debug__") fail(lowering, node, "cannot assign to __debug__");
  if (filling.names.has(name)) fail(lowering, node, `duplicate argument '${name}' in function definition`);
  filling.names.add(name);
  return { start: node.start, end: node.end, name, default: value };
}

function checkDefaults(lowering: Lowering, parameters: readonly Parameter[]): void {
  const first = parameters.findIndex((parameter) => parameter.default !== undefined);
  const wrong = first < 0 ? undefined : parameters.slice(first).find((parameter) => parameter.default === undefined);
  if (wrong !== undefined) fail(lowering, wrong, "non-default argument follows default argument");
}

/** The expressions of `@decorator` lines. */
export function lowerDecorators(lowering: Lowering, node: SyntaxNode): Expression[] {
  return named(node).filter((part) => part.type === "decorator").map((part) => lowerExpression(lowering, named(part)[0] ?? part));
}

function lowerName(lowering: Lowering, node: SyntaxNode): Name {
  const name = required(lowering, node, "name");
  const id = identifier(lowering, name);
  if (id === "__debug__") fail(lowering, name, "cannot assign to __debug__");
  return { start: name.start, end: name.end, kind: "name", id };
}

function refuseTypeParameters(lowering: Lowering, node: SyntaxNode): void {
  const parameters = field(node, "type_parameters");
  if (parameters !== undefined) fail(lowering, parameters, "type parameters are not supported", "Leave them out: annotations are not used at run time.");
}

export function lowerDefinition(lowering: Lowering, node: SyntaxNode, decorators: readonly Expression[]): Definition {
  if (hasToken(node, "async")) fail(lowering, node, "'async' functions are not supported", "Write an ordinary function: an invocation runs to its end.");
  refuseTypeParameters(lowering, node);
  const name = lowerName(lowering, node);
  const parameters = lowerParameters(lowering, field(node, "parameters"));
  checkType(lowering, field(node, "return_type"));
  const made = inside(lowering, "function", (place): FunctionNode => {
    const body = lowerBlock(lowering, fields(node, "body")[0]);
    return { start: node.start, end: node.end, name: name.id, parameters, body, generator: place.yields };
  });
  return { start: decorators[0]?.start ?? node.start, end: node.end, kind: "def", name, decorators, function: made };
}

export function lowerClass(lowering: Lowering, node: SyntaxNode, decorators: readonly Expression[]): ClassDefinition {
  refuseTypeParameters(lowering, node);
  const name = lowerName(lowering, node);
  const bases = lowerBases(lowering, node);
  const outer = lowering.className;
  lowering.className = textOf(lowering, required(lowering, node, "name"));
  const body = inside(lowering, "class", () => lowerBlock(lowering, fields(node, "body")[0]));
  lowering.className = outer;
  return { start: decorators[0]?.start ?? node.start, end: node.end, kind: "class", name, decorators, bases, body };
}
