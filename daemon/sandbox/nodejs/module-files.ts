/** The files of a function's zip as Node.js would find and read them (Node.js: "Modules: CommonJS", "Modules: Packages"). */

export const TASK_ROOT = "/var/task";
export type ModuleKind = "esm" | "cjs" | "json";

const FILE = ["", ".js", ".mjs", ".cjs", ".json"];
const INDEX = ["/index.js", "/index.mjs", "/index.cjs", "/index.json"];
const decoder = new TextDecoder();

interface Manifest {
  readonly type?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
}

export class ModuleFiles {
  private readonly files: ReadonlyMap<string, Uint8Array>;
  private readonly manifests = new Map<string, Manifest | undefined>();
  /** `.js` files without a package type that turned out to be ES modules. */
  private readonly modules = new Set<string>();

  /** @param files by path inside the zip, such as `lib/tools.js` */
  constructor(files: Readonly<Record<string, Uint8Array>>) {
    this.files = new Map(Object.entries(files).map(([path, bytes]) => [`${TASK_ROOT}/${path}`, bytes]));
  }

  /** The file that a specifier means in the file `from`; undefined when the zip has none. */
  resolve(specifier: string, from: string): string | undefined {
    if (specifier.startsWith("file://")) return this.locate(normalize(specifier.slice("file://".length)));
    if (specifier.startsWith("/")) return this.locate(normalize(specifier));
    const folder = from.slice(0, from.lastIndexOf("/"));
    if (/^\.\.?(\/|$)/.test(specifier)) return this.locate(normalize(`${folder}/${specifier}`));
    return this.resolvePackage(specifier, folder);
  }

  source(path: string): string | undefined {
    const bytes = this.files.get(path);
    return bytes && decoder.decode(bytes);
  }

  kind(path: string): ModuleKind {
    if (path.endsWith(".json")) return "json";
    if (path.endsWith(".mjs") || this.modules.has(path)) return "esm";
    return path.endsWith(".js") && this.packageOf(path)?.type === "module" ? "esm" : "cjs";
  }

  treatAsModule(path: string): void {
    this.modules.add(path);
  }

  private locate(path: string): string | undefined {
    const main = this.manifest(path)?.main;
    const target = typeof main === "string" ? normalize(`${path}/${main}`) : undefined;
    return this.first(path, FILE) ?? (target === undefined ? undefined : this.first(target, [...FILE, ...INDEX])) ?? this.first(path, INDEX);
  }

  private first(path: string, suffixes: readonly string[]): string | undefined {
    const suffix = suffixes.find((one) => this.files.has(path + one));
    return suffix === undefined ? undefined : path + suffix;
  }

  private resolvePackage(specifier: string, folder: string): string | undefined {
    const [, name = "", rest = ""] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
    for (let at = folder; at.startsWith(TASK_ROOT); at = at.slice(0, at.lastIndexOf("/"))) {
      const root = `${at}/node_modules/${name}`;
      const exported = exportTarget(this.manifest(root)?.exports, `.${rest}`);
      const found = this.locate(normalize(`${root}/${exported ?? rest}`));
      if (found) return found;
    }
    return undefined;
  }

  /** The nearest package.json above a file. */
  private packageOf(path: string): Manifest | undefined {
    for (let at = path; at.length > TASK_ROOT.length; ) {
      at = at.slice(0, at.lastIndexOf("/"));
      const manifest = this.manifest(at);
      if (manifest) return manifest;
    }
    return undefined;
  }

  private manifest(folder: string): Manifest | undefined {
    if (!this.manifests.has(folder)) this.manifests.set(folder, parseManifest(this.source(`${folder}/package.json`)));
    return this.manifests.get(folder);
  }
}

function parseManifest(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

const CONDITIONS = ["node", "import", "require", "default"];

/** The target of a subpath in a package's `exports`; patterns with `*` are left to the plain path. */
function exportTarget(exports: unknown, subpath: string): string | undefined {
  if (typeof exports === "string") return subpath === "." ? exports : undefined;
  if (typeof exports !== "object" || exports === null) return undefined;
  const table = exports as Record<string, unknown>;
  const isSubpaths = Object.keys(table).some((key) => key.startsWith("."));
  if (isSubpaths) return exportTarget(table[subpath], ".");
  if (subpath !== ".") return undefined;
  const condition = Object.keys(table).find((key) => CONDITIONS.includes(key));
  return condition === undefined ? undefined : exportTarget(table[condition], ".");
}

/** Removes empty, `.` and `..` segments; never leaves the root. */
function normalize(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return `/${kept.join("/")}`;
}
