/** Errors of Python functions as Lambda's Python runtime answers and logs them (AWS: "Lambda function errors in Python"). */
import { symbolize } from "../../../compiler/lines.ts";
import type { Call, Outcome } from "../engine.ts";
import type { PythonPackage } from "./package.ts";

/** The file that ../../lambda/python-entry.ts puts before a handler that looks at its context. */
export const ENTRY_FILE = "_lambda_entry.py";

/** Answers an error and writes it to the log. */
export function failed(call: Call, errorType: string, errorMessage: string, stackTrace: readonly string[] = []): Outcome {
  const traceback = stackTrace.length === 0 ? "" : `Traceback (most recent call last):\n${stackTrace.join("")}`;
  call.log(`[ERROR] ${errorType}${errorMessage === "" ? "" : `: ${errorMessage}`}\n${traceback}`);
  return { kind: "error", payload: JSON.stringify({ errorMessage, errorType, requestId: call.requestId, stackTrace }) };
}

/** Frames with the lines they stand at, outermost first, without those of the entry. */
export function stackTraceOf({ lines, sources }: PythonPackage, frames: readonly (readonly [fn: number, pc: number])[]): string[] {
  const texts = new Map<string, readonly string[]>();
  const textAt = (file: string, line: number): string => {
    const text = texts.get(file) ?? (sources[file] ?? "").split(/\r\n?|\n/);
    texts.set(file, text);
    return text[line - 1]?.trim() ?? "";
  };
  return symbolize(lines, frames).filter(({ file }) => file !== ENTRY_FILE).map(({ file, line, function: name }) => {
    const text = textAt(file, line);
    return `  File "/var/task/${file}", line ${line}, in ${name}\n${text === "" ? "" : `    ${text}\n`}`;
  });
}
