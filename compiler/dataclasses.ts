/**
 * `@dataclass`: the methods that CPython makes at run time are made by the compiler. What a program does not call is
 * left out like any other method of the library (members.ts), so a dataclass costs little more than the class written by hand.
 */
import type { Annotated, ClassDefinition, Definition, Expression, Literal, Parameter, Statement } from "./ast.ts";
import { CompileError, type Span } from "./errors.ts";
import { type Expansion, meaning } from "./expand.ts";
import { type Maker, maker } from "./made.ts";
import { reprParts } from "./namedtuples.ts";

interface Field {
  readonly name: string;
  /** Of a field that `__init__` gives a value when the call does not: a literal, or else the class's attribute or the factory. */
  readonly default: Literal | "attribute" | undefined;
  readonly factory: Expression | undefined;
  readonly init: boolean;
  readonly repr: boolean;
  readonly compare: boolean;
  readonly hash: boolean;
  readonly keywordOnly: boolean;
  /** Only a parameter, handed on to `__post_init__`. */
  readonly initOnly: boolean;
  readonly at: Span;
}

interface Options { readonly init: boolean; readonly repr: boolean; readonly eq: boolean; readonly order: boolean; readonly unsafe_hash: boolean; readonly frozen: boolean; readonly kw_only: boolean }

/** What is known of a class of the file. */
export interface Shape { readonly fields: readonly Field[]; readonly postInit: boolean }

/** A class, with its methods written out if it is a dataclass. */
export function expandDataclass(expansion: Expansion, node: ClassDefinition): ClassDefinition {
  const decorator = node.decorators.find((candidate) => meaning(expansion, candidate.kind === "call" ? candidate.callee : candidate) === "dataclasses.dataclass");
  const bases = node.bases.map((base) => (base.kind === "name" ? expansion.classes.get(base.id) : undefined)).filter((shape) => shape !== undefined);
  const postInit = defines(node, "__post_init__") || bases.some((shape) => shape.postInit);
  const inherited = [...new Map(bases.toReversed().flatMap(({ fields }) => fields.map((field) => [field.name, field] as const))).values()];
  if (decorator === undefined) {
    expansion.classes.set(node.name.id, { fields: inherited, postInit });
    return node;
  }
  const options = optionsOf(expansion, decorator);
  const { own, body } = ownFields(expansion, node, options);
  const fields = [...new Map([...inherited, ...own].map((field) => [field.name, field])).values()];
  expansion.classes.set(node.name.id, { fields: fields.filter((field) => !field.initOnly), postInit });
  const made = methods(expansion, node, fields, options, postInit).filter((statement) => statement.kind !== "def" || !defines(node, statement.name.id));
  return { ...node, decorators: node.decorators.filter((candidate) => candidate !== decorator), body: [...body, ...made] };
}

const defines = (node: ClassDefinition, name: string): boolean => node.body.some((statement) => statement.kind === "def" && statement.name.id === name);

function fail(expansion: Expansion, at: Span, message: string, hint?: string): never {
  throw new CompileError(expansion.source, at, message, hint);
}

/** A literal True or False. */
function flag(expansion: Expansion, node: Expression): boolean {
  if (node.kind === "constant" && node.value.type === "bool") return node.value.value;
  return fail(expansion, node, "this option of a dataclass must be True or False");
}

function optionsOf(expansion: Expansion, decorator: Expression): Options {
  const options: Record<string, boolean> = { init: true, repr: true, eq: true, order: false, unsafe_hash: false, frozen: false, kw_only: false };
  if (decorator.kind === "call") for (const { name, value } of decorator.keywords) options[name ?? ""] = flag(expansion, value);
  return options as unknown as Options;
}

// ---- fields
function ownFields(expansion: Expansion, node: ClassDefinition, options: Options): { own: Field[]; body: Statement[] } {
  const own: Field[] = [];
  const body: Statement[] = [];
  let keywordOnly = options.kw_only;
  for (const statement of node.body) {
    const type = statement.kind === "annotated" && statement.target.kind === "name" ? annotation(expansion, statement) : "ClassVar";
    if (/\bKW_ONLY\b/.test(type)) keywordOnly = true;
    if (statement.kind !== "annotated" || statement.target.kind !== "name" || /\bClassVar\b|\bKW_ONLY\b/.test(type)) { body.push(statement); continue; }
    const { field, value } = fieldOf(expansion, statement, statement.target.id, keywordOnly, /\bInitVar\b/.test(type));
    own.push(field);
    if (value !== undefined) body.push({ ...statement, value });
  }
  return { own, body };
}

/** The text of an annotation. */
const annotation = ({ source }: Expansion, { target, value, end }: Annotated): string => source.text.slice(target.end, value?.start ?? end);

function fieldOf(expansion: Expansion, { value, target }: Annotated, name: string, keywordOnly: boolean, initOnly: boolean): { field: Field; value: Expression | undefined } {
  const plain = { name, factory: undefined, init: true, repr: !initOnly, compare: !initOnly, hash: !initOnly, keywordOnly, initOnly, at: target };
  if (value?.kind !== "call" || meaning(expansion, value.callee) !== "dataclasses.field") {
    if (value !== undefined && ["list", "dict", "set"].includes(value.kind)) fail(expansion, value, `mutable default <class '${value.kind}'> for field ${name} is not allowed: use default_factory`);
    return { field: { ...plain, default: value && defaultOf(value) }, value };
  }
  const option = new Map(value.keywords.map((keyword) => [keyword.name, keyword.value]));
  const is = (key: string, otherwise: boolean): boolean => { const given = option.get(key); return given === undefined || (given.kind === "constant" && given.value.type === "none") ? otherwise : flag(expansion, given); };
  const given = option.get("default");
  const compare = is("compare", plain.compare);
  return {
    value: given,
    field: { ...plain, default: given && defaultOf(given), factory: option.get("default_factory"), init: is("init", true), repr: is("repr", plain.repr), compare, hash: is("hash", compare), keywordOnly: is("kw_only", keywordOnly) },
  };
}

const defaultOf = (value: Expression): Field["default"] => (value.kind === "constant" ? value.value : "attribute");

// ---- methods
function methods(expansion: Expansion, node: ClassDefinition, fields: readonly Field[], options: Options, postInit: boolean): Statement[] {
  // Places of their own inside the class statement keep the methods apart for the linker.
  let place = node.start;
  const next = (): Maker => maker({ start: place, end: place++ });
  const real = fields.filter((field) => !field.initOnly);
  const compared = real.filter((field) => field.compare);
  const made: Statement[] = [];
  if (options.init) made.push(initOf(expansion, next(), fields, postInit));
  if (options.repr) made.push(reprOf(next(), real.filter((field) => field.repr)));
  if (options.eq) made.push(comparison(next(), "__eq__", "==", compared));
  if (options.order) for (const [name, operator] of [["__lt__", "<"], ["__le__", "<="], ["__gt__", ">"], ["__ge__", ">="]] as const) made.push(comparison(next(), name, operator, compared));
  if ((options.eq && options.frozen) || options.unsafe_hash) made.push(hashOf(next(), real.filter((field) => field.hash)));
  const names = (chosen: readonly Field[]): Literal => ({ type: "tuple", items: chosen.map(({ name }) => ({ type: "str", value: name })) });
  made.push(next().attribute("__dataclass_fields__", names(real)));
  if (real.some((field) => !field.init)) made.push(next().attribute("__dataclass_init__", names(real.filter((field) => field.init))));
  return made;
}

const NOT_GIVEN: Literal = { type: "ellipsis" };

function initOf(expansion: Expansion, make: Maker, fields: readonly Field[], postInit: boolean): Definition {
  const given = fields.filter((field) => field.init);
  const positional = given.filter((field) => !field.keywordOnly);
  const optional = (field: Field): boolean => field.default !== undefined || field.factory !== undefined;
  const wrong = positional.find((field, index) => !optional(field) && positional.slice(0, index).some(optional));
  if (wrong !== undefined) fail(expansion, wrong.at, `non-default argument '${wrong.name}' follows default argument`);
  const parameter = (field: Field): Parameter => {
    const value = field.factory !== undefined ? make.constant(NOT_GIVEN) : field.default === "attribute" ? make.name(field.name) : field.default && make.constant(field.default);
    return make.parameter(field.name, value);
  };
  const body = fields.filter((field) => !field.initOnly && (field.init || field.factory !== undefined)).map((field): Statement => {
    if (field.factory === undefined) return make.set(field.name, make.name(field.name));
    const made = make.call(field.factory, []);
    return make.set(field.name, field.init ? make.conditional(make.compare(make.name(field.name), "is", make.constant(NOT_GIVEN)), made, make.name(field.name)) : made);
  });
  if (postInit) body.push(make.statement(make.call(make.get(make.name("self"), "__post_init__"), fields.filter((field) => field.initOnly).map((field) => make.name(field.name)))));
  if (body.length === 0) body.push(make.statement(make.constant({ type: "none" })));
  return make.def("__init__", { positional: [make.parameter("self"), ...positional.map(parameter)], keywordOnly: given.filter((field) => field.keywordOnly).map(parameter) }, body);
}

function reprOf(make: Maker, fields: readonly Field[]): Definition {
  return make.def("__repr__", { positional: [make.parameter("self")] }, [make.returned(make.text(reprParts(make, fields.map(({ name }) => name))))]);
}

const itemsOf = (make: Maker, object: string, fields: readonly Field[]): Expression => ({ ...make.at, kind: "tuple", items: fields.map((field) => make.get(make.name(object), field.name)) });

function comparison(make: Maker, method: string, operator: "==" | "<" | "<=" | ">" | ">=", fields: readonly Field[]): Definition {
  const same = make.compare(make.get(make.name("other"), "__class__"), "is", make.get(make.name("self"), "__class__"));
  const compared = make.compare(itemsOf(make, "self", fields), operator, itemsOf(make, "other", fields));
  return make.def(method, { positional: [make.parameter("self"), make.parameter("other")] }, [make.when(same, make.returned(compared)), make.returned(make.name("NotImplemented"))]);
}

function hashOf(make: Maker, fields: readonly Field[]): Definition {
  return make.def("__hash__", { positional: [make.parameter("self")] }, [make.returned(make.call(make.name("hash"), [itemsOf(make, "self", fields)]))]);
}
