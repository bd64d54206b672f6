/** Where a fuzz target begins: a folder of inputs. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCompiler } from "../../compiler/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @returns a folder that may grow while the target runs */
export async function corpusOf(target: string): Promise<string> {
  const folder = join(root, "build/fuzz", `${target}-corpus`);
  mkdirSync(folder, { recursive: true });
  if (target === "image") await writeImages(folder);
  if (target === "text") writeFileSync(join(root, "build/fuzz/text.image"), await imageOf(readFileSync(join(root, "device/fuzz/text.py"), "utf8")));
  if (existsSync(join(root, "device/fuzz/corpus", target))) for (const name of readdirSync(join(root, "device/fuzz/corpus", target))) writeFileSync(join(folder, name), readFileSync(join(root, "device/fuzz/corpus", target, name)));
  return folder;
}

async function imageOf(source: string): Promise<Uint8Array> {
  return (await loadCompiler()).compile({ files: { "program.py": source }, main: "program", handler: "handler" }).image;
}

async function writeImages(folder: string): Promise<void> {
  for (const { name, image } of await languageImages()) writeFileSync(join(folder, name), image);
}

/** A handler between functions that may not be one. */
const HANDLER = `
def keyword(event, *, context=None):
    return keyword
def handler(event, context):
    def inner(x=event):
        return x + len(context)
    return [inner, keyword]
`;

/** The images of the language tests, and one with a handler. */
export async function languageImages(): Promise<{ readonly name: string; readonly source: string; readonly image: Uint8Array }[]> {
  const programs = join(root, "test/lang");
  const compiler = await loadCompiler();
  const images = readdirSync(programs, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".py")).sort().map((path) => {
    const source = readFileSync(join(programs, path), "utf8");
    const { image } = compiler.compile({ files: { "program.py": source }, main: "program" });
    return { name: path.replaceAll("/", "-"), source, image };
  });
  return [...images, { name: "handler", source: HANDLER, image: await imageOf(HANDLER) }];
}
