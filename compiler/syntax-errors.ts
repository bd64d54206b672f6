/** Where tree-sitter found an error: says what CPython would, from the tokens around the place. */
import { CompileError, type Source, type Span } from "./errors.ts";
import type { SyntaxNode } from "./parse.ts";
import type { Token } from "./tokens.ts";

export function refuseErrors(source: Source, tree: SyntaxNode, tokens: readonly Token[]): void {
  const error = firstError(tree);
  if (error === undefined) return refuseLineBreaks(source, tree, tokens);
  const lines = logicalLines(tokens);
  for (const line of lines) {
    if ((line.at(-1) as Token).end < error.start && !isNear(line, error)) continue;
    for (const rule of RULES) {
      const found = rule(line);
      if (found !== undefined) throw new CompileError(source, found.at, found.message);
    }
    if ((line[0] as Token).start > error.end) break;
  }
  const at = tokens.find((token) => token.start >= error.start && token.end > token.start) ?? error;
  throw new CompileError(source, at, "invalid syntax");
}

const CLAUSES = /_statement$|_definition$|^decorator$|^(?:elif|else|except|finally|case)_clause$/;

/** The grammar reads on over the end of a line when a statement is not complete; Python does not. */
function refuseLineBreaks(source: Source, tree: SyntaxNode, tokens: readonly Token[]): void {
  const starts = new Set<number>();
  const stack = [tree];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (CLAUSES.test(node.type)) starts.add(node.start);
    stack.push(...node.children);
  }
  let newline: Token | undefined;
  for (const token of tokens) {
    if (token.type === "newline") newline = token;
    else if (token.end > token.start && newline !== undefined) {
      if (!starts.has(token.start)) throw new CompileError(source, newline, "invalid syntax");
      newline = undefined;
    }
  }
}

function firstError(tree: SyntaxNode): SyntaxNode | undefined {
  const stack = [tree];
  let first: SyntaxNode | undefined;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const wrong = node.type === "ERROR" || node.missing;
    if (wrong && (first === undefined || node.start < first.start)) first = node;
    stack.push(...node.children);
  }
  return first;
}

const isNear = (line: readonly Token[], error: Span): boolean => (line.at(-1) as Token).end >= error.start - 1;

/** The tokens of each line that is a statement, or the head of one, without what only marks lines. */
function logicalLines(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    if (token.type === "newline" || (token.text === ";" && token.depth === 0)) lines.push([]);
    else if (token.end > token.start) lines.at(-1)?.push(token);
  }
  return lines.filter((line) => line.length > 0);
}

interface Found { readonly at: Span; readonly message: string }
type Rule = (line: readonly Token[]) => Found | undefined;

const KEYWORDS = new Set([
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from",
  "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
]);
const HEADS = new Set(["if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class"]);
const isOperand = (token: Token | undefined): boolean =>
  token !== undefined && (token.type === "number" || token.type === "string" || (token.type === "name" && (!KEYWORDS.has(token.text) || ["None", "True", "False"].includes(token.text))));
const ends = (token: Token | undefined): boolean => isOperand(token) || token?.text === ")" || token?.text === "]" || token?.text === "}";
const span = (tokens: readonly Token[]): Span => ({ start: (tokens[0] as Token).start, end: (tokens.at(-1) as Token).end });

/** `print "x"`, `exec "x"`. */
const missingParentheses: Rule = (line) => {
  const [first, second] = line;
  if ((first?.text !== "print" && first?.text !== "exec") || !isOperand(second)) return undefined;
  return { at: span(line), message: `Missing parentheses in call to '${first.text}'. Did you mean ${first.text}(...)?` };
};

/** `for 1 in x`. */
const badLoopTarget: Rule = (line) => {
  const until = line.findIndex((token) => token.text === "in" && token.depth === 0);
  const target = line.slice(1, until);
  if (line[0]?.text !== "for" || target.length === 0) return undefined;
  const part = splitAt(target, ",").find((candidate) => candidate.length > 0 && describe(candidate) !== undefined);
  return part && { at: span(part), message: `cannot assign to ${describe(part)}` };
};

/** `def f(*args=1)`. */
const defaultOfStar: Rule = (line) => {
  const at = line.findIndex((token, index) => token.text === "=" && /^\*{1,2}$/.test(line[index - 2]?.text ?? "") && ["(", ","].includes(line[index - 3]?.text ?? ""));
  if (at < 0 || line[0]?.text !== "def") return undefined;
  return { at: line[at] as Token, message: `var-${line[at - 2]?.text === "*" ? "positional" : "keyword"} argument cannot have default value` };
};

/** `{1: 2, 3}`, `{1: 2, "b" 3}`. */
const missingValue: Rule = (line) => {
  const open = line.findIndex((token) => token.text === "{");
  const depth = (line[open]?.depth ?? 0) + 1;
  if (open < 0 || !line.slice(open).some((token) => token.text === ":" && token.depth === depth)) return undefined;
  const close = line.findIndex((token, index) => index > open && token.text === "}" && token.depth === depth);
  const entries = splitAt(line.slice(open + 1, close), ",");
  const wrong = entries.find((entry) => entry.length > 0 && entry[0]?.text !== "**" && !entry.some((token) => token.text === ":" && token.depth === depth));
  return wrong && { at: wrong.at(-1) as Token, message: "':' expected after dictionary key" };
};

/** `if x` without a colon, `else if`. */
const missingColon: Rule = (line) => {
  const first = line[0] as Token;
  if (!HEADS.has(first.text) || line.some((token) => token.text === "=" && token.depth === 0 && first.text !== "def")) return undefined;
  const colon = line.find((token) => token.text === ":" && token.depth === 0);
  const close = line.findIndex((token, index) => index > 1 && token.text === ")" && token.depth === 1);
  const after = line[close + 1];
  if (first.text === "def" && close > 0 && after !== undefined && after.text !== ":" && after.text !== "->") return { at: after, message: "expected ':'" };
  if (first.text === "def" && line[1]?.type === "name" && line[2] !== undefined && line[2].text !== "(") return { at: line[2], message: "expected '('" };
  const simple = ["else", "try", "finally"].includes(first.text);
  if (simple && line[1]?.text !== ":") return { at: line[1] ?? { start: first.end, end: first.end + 1 }, message: "expected ':'" };
  if (colon !== undefined || !ends(line.at(-1))) return undefined;
  if (first.text === "def" && line[2]?.text !== "(") return { at: line[2] ?? { start: span(line).end, end: span(line).end + 1 }, message: "expected '('" };
  if (adjacent(line.slice(1)) !== undefined) return undefined;
  const { end } = span(line);
  return { at: { start: end, end: end + 1 }, message: "expected ':'" };
};

/** `if x = 3:`. */
const equalsInTest: Rule = (line) => {
  const first = line[0] as Token;
  const equals = line.findIndex((token) => token.text === "=" && token.depth === 0);
  if (!["if", "elif", "while"].includes(first.text) || equals < 2) return undefined;
  const left = line.slice(1, equals);
  const name = left.length === 1 && left[0]?.type === "name" && !KEYWORDS.has(left[0].text);
  if (name) return { at: { start: (left[0] as Token).start, end: (line[equals + 1] ?? (line[equals] as Token)).end }, message: "invalid syntax. Maybe you meant '==' or ':=' instead of '='?" };
  const what = describe(left);
  return what === undefined ? undefined : { at: span(left), message: `cannot assign to ${what} here. Maybe you meant '==' instead of '='?` };
};

/** `f() = 1`, `1 = x`, `a + b = c`. */
const badTarget: Rule = (line) => {
  const equals = line.findIndex((token) => token.depth === 0 && /^(=|[-+*/%&|^@]=|\/\/=|\*\*=|>>=|<<=)$/.test(token.text));
  if (equals < 1 || KEYWORDS.has((line[0] as Token).text) && !["None", "True", "False", "lambda", "not", "yield"].includes((line[0] as Token).text)) return undefined;
  const left = line.slice(0, equals);
  const operator = (line[equals] as Token).text;
  if (splitAt(left, ",").length > 1) {
    const part = splitAt(left, ",").find((candidate) => candidate.length > 0 && describe(candidate) !== undefined);
    return part === undefined || operator !== "=" ? undefined : { at: span(part), message: `cannot assign to ${describe(part)} here. Maybe you meant '==' instead of '='?` };
  }
  const what = describe(left);
  if (what === undefined) return undefined;
  if (operator !== "=") return { at: span(left), message: `'${what}' is an illegal expression for augmented assignment` };
  const plain = WITHOUT_ADVICE.has(what) && (left[0] as Token).text !== "(";
  return { at: span(left), message: plain || what === "generator expression" ? `cannot assign to ${what}` : `cannot assign to ${what} here. Maybe you meant '==' instead of '='?` };
};

/** Left of `=` these are too loose for CPython to suggest `==`. */
const WITHOUT_ADVICE = new Set(["None", "True", "False", "comparison", "lambda", "conditional expression", "boolean expression"]);

/** What an expression that is no target is called; undefined for what can be assigned. */
function describe(tokens: readonly Token[]): string | undefined {
  const first = tokens[0] as Token;
  const { depth } = first;
  const closing = tokens.findIndex((token, index) => index > 0 && token.depth === depth);
  if (first.text === "(" && closing === tokens.length - 1 && tokens.length > 2) {
    const inner = tokens.slice(1, -1);
    if (inner.some((token) => token.text === "for" && token.depth === depth + 1)) return "generator expression";
    return splitAt(inner, ",").length > 1 ? undefined : describe(inner);
  }
  if (first.text === "[" && closing === tokens.length - 1) return tokens.some((token) => token.text === "for" && token.depth === depth + 1) ? "list comprehension" : undefined;
  const outside = tokens.filter((token) => token.depth === depth);
  const has = (...texts: string[]): boolean => outside.some((token) => texts.includes(token.text));
  if (first.text === "lambda") return "lambda";
  if (first.text === "yield") return "yield expression";
  if (has("if") && has("else")) return "conditional expression";
  if (has("and", "or", "not")) return "expression";
  if (has("<", ">", "<=", ">=", "==", "!=", "in", "is")) return "comparison";
  if (outside.some((token, index) => index > 0 && /^(\+|-|\*|\/|\/\/|%|\*\*|<<|>>|&|\||\^)$/.test(token.text)) || ["-", "+", "~"].includes(first.text)) return "expression";
  const last = tokens.at(-1) as Token;
  if (last.text === ")" && tokens.length > 1 && outside.length > 1 && first.text !== "(") return "function call";
  if (tokens.length === 1) {
    if (first.type === "number") return "literal";
    if (first.type === "string") return /^[a-z]*f/i.test(first.text) ? "f-string expression" : "literal";
    if (first.text === "...") return "ellipsis";
    if (["None", "True", "False"].includes(first.text)) return first.text;
  }
  if (first.text === "{" && last.text === "}") return tokens.some((token) => token.text === ":" && token.depth === depth + 1) || tokens.length === 2 ? "dict literal" : "set display";
  return undefined;
}

function splitAt(tokens: readonly Token[], text: string): Token[][] {
  const depth = tokens[0]?.depth ?? 0;
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === text && token.depth === depth) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The first of two operands that stand side by side with nothing between them. */
function adjacent(line: readonly Token[]): number | undefined {
  const index = line.findIndex((token, at) => ends(token) && isOperand(line[at + 1]) && !(token.type === "string" && line[at + 1]?.type === "string"));
  return index < 0 ? undefined : index;
}

/** `f(a b)`. */
const missingComma: Rule = (line) => {
  const index = adjacent(line);
  const token = index === undefined ? undefined : (line[index] as Token);
  if (index === undefined || token === undefined || (line[index + 1] as Token).depth === 0) return undefined;
  return { at: span([token, line[index + 1] as Token]), message: "invalid syntax. Perhaps you forgot a comma?" };
};

/** `x = a if b`. */
const missingElse: Rule = (line) => {
  const at = line.findIndex((token, index) => token.text === "if" && index > 0 && ends(line[index - 1]));
  const token = line[at];
  if (token === undefined || line.slice(at).some((other) => other.text === "else" || other.text === "for")) return undefined;
  if (line.slice(0, at).some((other) => other.text === "for" && other.depth > 0)) return undefined;
  if (!ends(line.at(-1))) return undefined;
  return { at: span(line.slice(Math.max(0, at - 1))), message: "expected 'else' after 'if' expression" };
};

/** `f(x for x in y, 1)`. */
const bareGenerator: Rule = (line) => {
  const at = line.findIndex((token, index) => token.text === "for" && token.depth > 0 && index > 0);
  const token = line[at];
  if (token === undefined || line[0]?.text === "class") return undefined;
  const open = line.findLastIndex((other, index) => index < at && other.depth === token.depth - 1);
  if (line[open]?.text !== "(" || !ends(line[open - 1])) return undefined;
  const inside = line.slice(open + 1).filter((other) => other.depth === token.depth);
  if (inside.at(-1)?.text !== ")" && !inside.some((other) => other.text === ",")) return undefined;
  return { at: line[open + 1] as Token, message: "Generator expression must be parenthesized" };
};

/** `f(a.b=1)`, `f(1=2)`. */
const assignmentInCall: Rule = (line) => {
  const at = line.findIndex((token) => token.text === "=" && token.depth > 0);
  const token = line[at];
  if (token === undefined || line[0]?.text === "def" || line.some((other) => other.text === "lambda")) return undefined;
  let start = at;
  while (start > 0 && (line[start - 1] as Token).depth >= token.depth && ![",", ":"].includes((line[start - 1] as Token).text)) start--;
  const left = line.slice(start, at);
  const open = line[start - 1];
  if (left.length === 0) return undefined;
  if (left.length === 1 && ["None", "True", "False"].includes((left[0] as Token).text)) return { at: span(left), message: `cannot assign to ${(left[0] as Token).text}` };
  if (left.length === 1 && left[0]?.type === "name") {
    if (open?.text === "[" || open?.text === "{" || (open?.text === "(" && !ends(line[start - 2]))) return { at: span(line.slice(start, at + 2)), message: "invalid syntax. Maybe you meant '==' or ':=' instead of '='?" };
    return undefined;
  }
  return { at: span([...left, token]), message: 'expression cannot contain assignment, perhaps you meant "=="?' };
};

/** `{1: 2, 3}`, `{1:}`. */
const dictEntry: Rule = (line) => {
  for (const [index, token] of line.entries()) {
    if (token.text !== ":" || token.depth === 0) continue;
    const next = line[index + 1];
    const open = line.findLast((other, at) => at < index && other.depth === token.depth - 1);
    if (open?.text === "{" && (next?.text === "}" || next?.text === ",")) return { at: token, message: "expression expected after dictionary key and ':'" };
  }
  return undefined;
};

/** Errors inside f-strings, which are one token here. */
const formatted: Rule = (line) => {
  for (const token of line) {
    if (token.type !== "string" || !/^[a-z]*f/i.test(token.text)) continue;
    const body = token.text.replace(/^[a-zA-Z]*("""|'''|"|')/, "").replace(/("""|'''|"|')$/, "").replaceAll("{{", "").replaceAll("}}", "");
    if (/\{\s*[}!:=]/.test(body)) return { at: token, message: "f-string: empty expression not allowed" };
    const opened = [...body].filter((c) => c === "{").length;
    const closed = [...body].filter((c) => c === "}").length;
    if (closed > opened) return { at: token, message: "f-string: single '}' is not allowed" };
    if (opened > closed) return { at: token, message: "f-string: expecting '}'" };
  }
  return undefined;
};

const trailingComma: Rule = (line) => {
  const last = line.at(-1) as Token;
  if (line[0]?.text !== "from" || last.text !== "," || last.depth > 0) return undefined;
  return { at: last, message: "trailing comma not allowed without surrounding parentheses" };
};

const RULES: readonly Rule[] = [formatted, missingParentheses, trailingComma, bareGenerator, badLoopTarget, defaultOfStar, dictEntry, missingValue, assignmentInCall, equalsInTest, badTarget, missingElse, missingComma, missingColon];
