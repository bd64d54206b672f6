/** Nodes that the compiler makes itself, all of one place in the file. */
import type { Assign, CompareOperator, Definition, Expression, FormattedString, FunctionNode, Literal, Name, Parameter, Parameters, Statement } from "./ast.ts";
import type { Span } from "./errors.ts";

export type Maker = ReturnType<typeof maker>;

/** Makes nodes that stand at `at`. Methods and attributes of classes are left out of the program when nothing needs them (members.ts). */
export function maker(at: Span) {
  const name = (id: string): Name => ({ ...at, kind: "name", id });
  const constant = (value: Literal): Expression => ({ ...at, kind: "constant", value });
  const get = (object: Expression, attribute: string): Expression => ({ ...at, kind: "attribute", object, name: attribute, nameAt: at });
  return {
    at, name, constant, get,
    def: (id: string, parameters: Partial<Parameters>, body: readonly Statement[]): Definition => {
      const made: FunctionNode = { ...at, name: id, parameters: { positionalOnly: [], positional: [], rest: undefined, keywordOnly: [], keywords: undefined, ...parameters }, body, generator: false };
      return { ...at, kind: "def", name: name(id), decorators: [], function: made, generated: true };
    },
    parameter: (id: string, value?: Expression): Parameter => ({ ...at, name: id, default: value }),
    returned: (value: Expression): Statement => ({ ...at, kind: "return", value }),
    call: (callee: Expression, positional: readonly Expression[]): Expression => ({ ...at, kind: "call", callee, positional, keywords: [] }),
    compare: (left: Expression, operator: CompareOperator, right: Expression): Expression => ({ ...at, kind: "compare", operands: [left, right], operators: [operator] }),
    set: (attribute: string, value: Expression): Assign => ({ ...at, kind: "assign", targets: [{ ...at, kind: "attribute", object: name("self"), name: attribute, nameAt: at }], value }),
    attribute: (id: string, value: Literal): Assign => ({ ...at, kind: "assign", targets: [name(id)], value: constant(value), generated: true }),
    conditional: (test: Expression, then: Expression, otherwise: Expression): Expression => ({ ...at, kind: "conditional", test, then, otherwise }),
    text: (parts: FormattedString["parts"]): Expression => ({ ...at, kind: "fstring", parts }),
    when: (test: Expression, body: Statement): Statement => ({ ...at, kind: "if", test, body: [body], otherwise: [] }),
    statement: (value: Expression): Statement => ({ ...at, kind: "expression", value }),
  };
}
