/** Functions, generators and classes: what random programs define, and can call from then on. */
import { type Generator, indent } from "./generator.ts";

const TYPES = ["int", "int", "int", "str", "float", "list", "bool", "strs", "tuple", "dict"];
const OPERATORS = ["__add__", "__sub__", "__mul__", "__eq__", "__lt__", "__getitem__", "__contains__", "__radd__", "__iadd__"] as const;

type Definition = (generator: Generator) => string;

export const DEFINITIONS: readonly Definition[] = [functionDefinition, functionDefinition, generatorDefinition, classDefinition, classDefinition, exceptionDefinition, closureDefinition, dataDefinition];

/** Parameters in one of the forms that Python has; how they may be given is part of the text that calls it. */
function parametersOf(generator: Generator): { text: string; types: string[]; names: [string, string][] } {
  const { random } = generator;
  const types = Array.from({ length: random.below(4) }, () => random.pick(TYPES));
  const names = types.map((type): [string, string] => [generator.name("p"), type]);
  const texts = names.map(([name, type], index) => (index === types.length - 1 && random.chance(0.3) ? `${name}=${generator.expression(type, 3)}` : name));
  if (random.chance(0.1) && texts.length > 0) texts.splice(1 + random.below(texts.length), 0, "/");
  if (random.chance(0.15)) {
    const [rest, keywords] = [generator.name("p"), generator.name("p")];
    texts.push(`*${rest}`, `${generator.name("k")}=${generator.expression("int", 3)}`, `**${keywords}`);
    names.push([rest, "tuple"]);
    return { text: texts.join(", "), types: [...types, ...(random.chance(0.5) ? ["int", "any"] : [])], names };
  }
  return { text: texts.join(", "), types, names };
}

function body(generator: Generator, names: readonly (readonly [string, string])[], last: (generator: Generator) => string): string {
  generator.functionDepth++;
  const { loopDepth, isGenerator } = generator;
  generator.loopDepth = 0;
  generator.isGenerator = false;
  try {
    return generator.within("function", () => {
      for (const [name, type] of names) generator.declare(name, type);
      return indent(`${generator.block()}\n${last(generator)}`);
    });
  } finally {
    generator.functionDepth--;
    Object.assign(generator, { loopDepth, isGenerator });
  }
}

function functionDefinition(generator: Generator): string {
  const { random } = generator;
  const name = generator.name("f");
  const { text, types, names } = parametersOf(generator);
  const returns = random.pick(TYPES);
  const code = body(generator, names, () => `return ${generator.expression(returns)}`);
  generator.define({ name, parameters: types, returns });
  return `${decoratorOf(generator)}def ${name}(${text}):\n${code}`;
}

function decoratorOf(generator: Generator): string {
  if (!generator.random.chance(0.05)) return "";
  const name = generator.name("d");
  return `def ${name}(f):\n    print("decorated", f.__name__)\n    return f\n@${name}\n`;
}

function generatorDefinition(generator: Generator): string {
  const name = generator.name("g");
  const { text, types, names } = parametersOf(generator);
  const code = body(generator, names, () => {
    generator.isGenerator = true;
    return `yield ${generator.expression("int")}\n${generator.block()}\nyield ${generator.expression("int")}`;
  });
  generator.define({ name, parameters: types, returns: "generator" });
  return `def ${name}(${text}):\n${code}`;
}

/** A function that answers a function over its variables. */
function closureDefinition(generator: Generator): string {
  const [outer, inner, cell, made] = [generator.name("f"), generator.name("f"), generator.name("n"), generator.name("f")];
  const code = body(generator, [[cell, "int"]], () => `${cell} = ${generator.expression("int")}
def ${inner}(x, y=${generator.expression("int", 3)}):
    nonlocal ${cell}
    ${cell} = (${cell} + x * y) % 1000
    return ${cell}
return ${inner}`);
  generator.define({ name: made, parameters: ["int"], returns: "int" });
  return `def ${outer}(${cell}):\n${code}\n${made} = ${outer}(${generator.expression("int")})`;
}

function exceptionDefinition(generator: Generator): string {
  const name = generator.name("E");
  generator.define({ name, parameters: ["any"], returns: "exception" });
  const base = generator.random.pick(["Exception", "ValueError", "KeyError", "LookupError"]);
  const init = generator.random.chance(0.4) ? `def __init__(self, x):\n        super().__init__(x, 1)\n        self.x = x` : "pass";
  return `class ${name}(${base}):\n    ${init}`;
}

function dataDefinition(generator: Generator): string {
  const name = generator.name("D");
  const types = [generator.random.pick(["int", "str"]), "int"];
  generator.define({ name, parameters: types, returns: "any" });
  const options = generator.random.pick(["", "(order=True)", "(frozen=True)"]);
  return `@dataclasses.dataclass${options}\nclass ${name}:\n    x: ${types[0]}\n    y: int = ${generator.expression("count")}\nprint(${name}(${generator.expression(types[0] as string)}), ${name}("a", 2) == ${name}("a", 2))`;
}

interface Field { readonly name: string; readonly type: string }

function classDefinition(generator: Generator): string {
  const { random } = generator;
  const name = generator.name("C");
  const fields: Field[] = Array.from({ length: 1 + random.below(2) }, () => ({ name: generator.name("a"), type: random.pick(TYPES) }));
  const self = fields.map((field): [string, string] => [`self.${field.name}`, field.type]);
  const parameters = fields.map((_, index) => `x${index}`);
  const parts = [
    `def __init__(self${parameters.map((one) => `, ${one}`).join("")}):\n${fields.map((field, index) => `    self.${field.name} = x${index}`).join("\n")}`,
    `def __repr__(self):\n    return f"${name}({${self.map(([one]) => `${one}!r`).join("}, {")}})"`,
  ];
  if (random.chance(0.3)) parts.unshift(`${generator.name("s")} = ${generator.expression("int", 3)}`);
  for (const operator of OPERATORS.filter(() => random.chance(0.2))) parts.push(operatorDefinition(generator, operator, self));
  if (random.chance(0.25)) parts.push(`def __iter__(self):\n    yield from (${self.map(([one]) => one).join(", ")},)`.replace("yield from", "return iter").replace(/return iter \((.*)\)$/s, "return iter(($1))"));
  if (random.chance(0.25)) parts.push(`def __len__(self):\n    return ${generator.expression("count")}`);
  if (random.chance(0.2)) parts.push(`def __hash__(self):\n    return ${generator.expression("int", 3)}`);
  if (random.chance(0.15)) parts.push(`def __enter__(self):\n    print("enter")\n    return self\ndef __exit__(self, kind, value, trace):\n    print("exit", kind is None)\n    return ${generator.expression("bool", 3)}`);
  for (let methods = random.below(3); methods > 0; methods--) parts.push(methodDefinition(generator, name, self));
  generator.define({ name, parameters: fields.map((field) => field.type), returns: name });
  generator.define({ name, parameters: fields.map((field) => field.type), returns: "any" });
  const base = random.chance(0.3) ? generator.random.pick(["(object)", "()", ""]) : "";
  const instance = generator.name("o");
  generator.declare(instance, name);
  generator.declare(instance, "tuple");   // an instance where other values are expected
  return `class ${name}${base}:\n${indent(parts.join("\n"))}\n${instance} = ${name}(${fields.map((field) => generator.expression(field.type, 2)).join(", ")})\nprint(${instance}, ${instance} == ${instance})`;
}

function operatorDefinition(generator: Generator, operator: string, self: readonly [string, string][]): string {
  const code = body(generator, [["other", "int"], ...self], () => `return ${generator.expression("any")}`);
  return `def ${operator}(self, other):\n${code}`;
}

function methodDefinition(generator: Generator, receiver: string, self: readonly [string, string][]): string {
  const name = generator.name("m");
  const type = generator.random.pick(TYPES);
  const returns = generator.random.pick(TYPES);
  const argument = generator.name("p");
  const code = body(generator, [[argument, type], ...self], () => `return ${generator.expression(returns)}`);
  generator.define({ name, parameters: [type], returns, receiver });
  return `def ${name}(self, ${argument}):\n${code}`;
}
