/** Makes the zip of a function's code from a file or a folder. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { zipSync } from "fflate";
import { GatewayError } from "./errors.ts";
import { CODE_FILES_MAX } from "./limits.ts";

/** A fixed time in every entry, so that the same files give the same zip and the same hash. */
const ENTRY_TIME = new Date("2020-01-01T00:00:00Z");

/** The zip of a `.zip` file as it is, of any other file alone, or of a folder without hidden files and caches. @throws GatewayError 1010 */
export function zipOf(path: string): Uint8Array {
  let files: string[];
  try {
    if (path.endsWith(".zip")) return readFileSync(path);
    files = statSync(path).isDirectory() ? filesOf(path) : [path];
  } catch (cause) {
    throw new GatewayError(1010, `${path} cannot be read; name a file, a folder or a .zip that exists`, { cause });
  }
  const root = statSync(path).isDirectory() ? path : join(path, "..");
  if (files.length > CODE_FILES_MAX) throw new GatewayError(1010, `${path} holds ${files.length} files, and ${CODE_FILES_MAX} is the limit; name the function's own folder`);
  const entries = files.map((file) => [relative(root, file).split(sep).join("/"), readFileSync(file)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: ENTRY_TIME });
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).split(sep).some((part) => part.startsWith(".") || part === "__pycache__" || part === "node_modules") && basename(file) !== "README.md")
    .sort();
}
