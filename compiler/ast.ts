/**
 * The program as the compiler sees it: what Python's grammar means, without its spelling.
 * Every node carries the piece of the file it came from.
 */
import type { Span } from "./errors.ts";

/** A value known at compile time. */
export type Literal =
  | { readonly type: "none" | "ellipsis" }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "int"; readonly value: bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "str"; readonly value: string }
  | { readonly type: "bytes"; readonly value: Uint8Array }
  | { readonly type: "tuple"; readonly items: readonly Literal[] };

export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "<<" | ">>" | "&" | "|" | "^";
export type CompareOperator = "<" | "<=" | ">" | ">=" | "==" | "!=" | "is" | "is not" | "in" | "not in";

export type Expression =
  | Constant | Name | FormattedString | Binary | Unary | Not | Logical | Compare | Conditional | Call | Attribute | Subscript | Slice
  | Display | DictDisplay | Starred | Lambda | Comprehension | Yield | YieldFrom | Walrus;

export interface Constant extends Span { readonly kind: "constant"; readonly value: Literal }
export interface Name extends Span { readonly kind: "name"; readonly id: string }
/** `expression` of a replacement field with its conversion (0 none, 1 str, 2 repr, 3 ascii) and format specification. */
export interface Replacement { readonly value: Expression; readonly conversion: number; readonly spec: FormattedString | undefined }
export interface FormattedString extends Span { readonly kind: "fstring"; readonly parts: readonly (string | Replacement)[] }
export interface Binary extends Span { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
export interface Unary extends Span { readonly kind: "unary"; readonly operator: "-" | "+" | "~"; readonly operand: Expression }
export interface Not extends Span { readonly kind: "not"; readonly operand: Expression }
export interface Logical extends Span { readonly kind: "logical"; readonly operator: "and" | "or"; readonly values: readonly Expression[] }
export interface Compare extends Span { readonly kind: "compare"; readonly operands: readonly Expression[]; readonly operators: readonly CompareOperator[] }
export interface Conditional extends Span { readonly kind: "conditional"; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
/** `name` undefined: `**value`. */
export interface Keyword extends Span { readonly name: string | undefined; readonly value: Expression }
export interface Call extends Span { readonly kind: "call"; readonly callee: Expression; readonly positional: readonly Expression[]; readonly keywords: readonly Keyword[] }
export interface Attribute extends Span { readonly kind: "attribute"; readonly object: Expression; readonly name: string; readonly nameAt: Span }
export interface Subscript extends Span { readonly kind: "subscript"; readonly object: Expression; readonly index: Expression }
/** `object[start:stop:step]`, or a slice inside a larger index when there is no object. */
export interface Slice extends Span {
  readonly kind: "slice";
  readonly object: Expression | undefined;
  readonly bounds: readonly (Expression | undefined)[];
}
export interface Display extends Span { readonly kind: "list" | "tuple" | "set"; readonly items: readonly Expression[] }
/** `key` undefined: `**value`. */
export interface DictDisplay extends Span { readonly kind: "dict"; readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[] }
export interface Starred extends Span { readonly kind: "starred"; readonly value: Expression }
export interface Lambda extends Span { readonly kind: "lambda"; readonly function: FunctionNode }
export interface ComprehensionClause { readonly target: Target; readonly iterable: Expression; readonly conditions: readonly Expression[] }
export interface Comprehension extends Span {
  readonly kind: "comprehension";
  readonly result: "list" | "set" | "dict" | "generator";
  /** The key of a dict comprehension. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly clauses: readonly ComprehensionClause[];
}
export interface Yield extends Span { readonly kind: "yield"; readonly value: Expression | undefined }
export interface YieldFrom extends Span { readonly kind: "yieldfrom"; readonly value: Expression }
export interface Walrus extends Span { readonly kind: "walrus"; readonly target: Name; readonly value: Expression }

/** What can stand left of `=`, after `for`, `as` and `del`. */
export type Target = Name | Attribute | Subscript | Slice | TargetList | StarredTarget;
export interface TargetList extends Span { readonly kind: "targets"; readonly items: readonly Target[] }
export interface StarredTarget extends Span { readonly kind: "starredtarget"; readonly target: Target }

export interface Parameter extends Span { readonly name: string; readonly default: Expression | undefined }
export interface Parameters {
  readonly positionalOnly: readonly Parameter[];
  readonly positional: readonly Parameter[];
  readonly rest: Parameter | undefined;
  readonly keywordOnly: readonly Parameter[];
  readonly keywords: Parameter | undefined;
}
/** A `def`, a `lambda` or the hidden function of a generator expression. */
export interface FunctionNode extends Span {
  readonly name: string;
  readonly parameters: Parameters;
  readonly body: readonly Statement[];
  readonly generator: boolean;
}

export type Statement =
  | ExpressionStatement | Assign | AugmentedAssign | Annotated | Delete | Simple | Return | Raise | Assert | Declaration | If | While | For | Try | With
  | Match | Definition | ClassDefinition | Import | ImportFrom;

export interface ExpressionStatement extends Span { readonly kind: "expression"; readonly value: Expression }
/** `generated`: made by the compiler in a class, and left out when nothing needs it. */
export interface Assign extends Span { readonly kind: "assign"; readonly targets: readonly Target[]; readonly value: Expression; readonly generated?: true | undefined }
export interface AugmentedAssign extends Span { readonly kind: "augmented"; readonly target: Target; readonly operator: BinaryOperator; readonly value: Expression }
export interface Annotated extends Span { readonly kind: "annotated"; readonly target: Target; readonly value: Expression | undefined; readonly parenthesized: boolean }
export interface Delete extends Span { readonly kind: "delete"; readonly targets: readonly Target[] }
export interface Simple extends Span { readonly kind: "pass" | "break" | "continue" }
export interface Return extends Span { readonly kind: "return"; readonly value: Expression | undefined }
export interface Raise extends Span { readonly kind: "raise"; readonly exception: Expression | undefined; readonly cause: Expression | undefined }
export interface Assert extends Span { readonly kind: "assert"; readonly test: Expression; readonly message: Expression | undefined }
export interface Declaration extends Span { readonly kind: "global" | "nonlocal"; readonly names: readonly Name[] }
export interface If extends Span { readonly kind: "if"; readonly test: Expression; readonly body: readonly Statement[]; readonly otherwise: readonly Statement[] }
export interface While extends Span { readonly kind: "while"; readonly test: Expression; readonly body: readonly Statement[]; readonly otherwise: readonly Statement[] }
export interface For extends Span {
  readonly kind: "for";
  readonly target: Target;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface Handler extends Span { readonly type: Expression | undefined; readonly name: Name | undefined; readonly body: readonly Statement[] }
export interface Try extends Span {
  readonly kind: "try";
  readonly body: readonly Statement[];
  readonly handlers: readonly Handler[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}
export interface With extends Span { readonly kind: "with"; readonly manager: Expression; readonly target: Target | undefined; readonly body: readonly Statement[] }
export interface Match extends Span { readonly kind: "match"; readonly subject: Expression; readonly cases: readonly Case[] }
export interface Case extends Span { readonly pattern: Pattern; readonly guard: Expression | undefined; readonly body: readonly Statement[] }
/** `test`, `without`, `values`: functions of the library (lib/modules/_match.py) that the pattern needs. A name undefined: `_`. */
export type Pattern =
  | (Span & { readonly kind: "value"; readonly value: Expression })
  | (Span & { readonly kind: "capture" | "star"; readonly name: Name | undefined })
  | (Span & { readonly kind: "sequence"; readonly items: readonly Pattern[]; readonly test: Name })
  | (Span & { readonly kind: "mapping"; readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[]; readonly rest: Name | undefined; readonly without: Name | undefined })
  | (Span & { readonly kind: "class"; readonly type: Expression; readonly positional: readonly Pattern[]; readonly keywords: readonly { readonly name: string; readonly pattern: Pattern }[]; readonly values: Name | undefined })
  | (Span & { readonly kind: "or"; readonly patterns: readonly Pattern[] })
  | (Span & { readonly kind: "as"; readonly pattern: Pattern; readonly name: Name });

export interface Definition extends Span { readonly kind: "def"; readonly name: Name; readonly decorators: readonly Expression[]; readonly function: FunctionNode; readonly generated?: true | undefined }
export interface ClassDefinition extends Span {
  readonly kind: "class";
  readonly name: Name;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Expression[];
  readonly body: readonly Statement[];
  /** Of a named tuple: the names of its items, and its own name when that is not the variable's. */
  readonly items?: readonly string[];
  readonly typename?: string;
}
/** `import path` binds its first part, `import path as alias` the module itself. */
export interface Import extends Span { readonly kind: "import"; readonly path: string; readonly alias: Name | undefined; readonly pathAt: Span }
export interface ImportFrom extends Span {
  readonly kind: "from";
  readonly path: string;
  readonly pathAt: Span;
  readonly names: readonly { readonly name: Name; readonly alias: Name }[];
}

export interface ModuleNode { readonly body: readonly Statement[] }
