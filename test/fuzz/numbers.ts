/** Module `math` and the texts of doubles against CPython's, on random and special numbers (numbers.py compares). */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { BUILTINS } from "../../compiler/builtins.ts";

/** They take other things than doubles, or are held against CPython in test/lang. */
const LEFT_OUT = new Set(["gcd", "lcm", "isqrt", "isclose", "comb", "perm", "factorial", "fsum", "prod", "dist", "sumprod", "ldexp", "frexp", "modf"]);

export interface FunctionResult { readonly function: string; readonly arguments: number; readonly unequal: number; /** More than one unit of the last place. */ readonly beyond: number; /** In units of the last place; "other" when only one of them is a number. */ readonly worst: number | "other"; readonly at: unknown }
export interface TextResult { readonly texts: number; readonly wrong: number; readonly at: unknown }
export interface NumberResults { readonly functions: readonly FunctionResult[]; readonly texts: TextResult | undefined }

export interface NumberOptions { /** Arguments of each function. */ readonly count: number; readonly texts: number; readonly seed: number; report?(line: string): void }

export async function compareNumbers({ count, texts, seed, report = () => {} }: NumberOptions): Promise<NumberResults> {
  const named = BUILTINS.flatMap(({ name }, id) => (name.startsWith("math.") && !LEFT_OUT.has(name.slice(5)) ? [[name.slice(5), id] as const] : []));
  const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
  const child = spawn("python3", [path("numbers.py"), JSON.stringify(Object.fromEntries(named)), String(count), String(seed), String(texts), path("../../build/numbers/iotpy")], { stdio: ["ignore", "pipe", "inherit"] });
  const functions: FunctionResult[] = [];
  let text: TextResult | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    report(line);
    const result = JSON.parse(line) as FunctionResult | TextResult;
    if ("texts" in result) text = result;
    else functions.push(result);
  }
  return { functions, texts: text };
}
