/** An uncaught exception as CPython prints it. */
import { type Compiled, symbolize } from "../../compiler/index.ts";
import type { RunError } from "./ports.ts";

const CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n";

/** Lines with their ends; `folder` is put before the names of the program's own files. */
export function traceback(compiled: Compiled, error: RunError, folder = ""): string {
  const before = error.cause === undefined ? "" : traceback(compiled, error.cause, folder) + CAUSE;
  const frames = symbolize(compiled.lines, error.frames).map(({ file, line, function: name }) => {
    const source = compiled.files[file]?.split("\n")[line - 1]?.trim();
    return `  File "${file.startsWith("<") ? "" : folder}${file}", line ${line}, in ${name}\n${source === undefined || source === "" ? "" : `    ${source}\n`}`;
  });
  const message = error.errorMessage === "" ? "" : `: ${error.errorMessage}`;
  return `${before}${frames.length > 0 ? "Traceback (most recent call last):\n" : ""}${frames.join("")}${error.errorType}${message}\n`;
}
