/** Where a fuzz target begins: a folder of inputs. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCompiler } from "../../compiler/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @returns a folder that may grow while the target runs */
export async function corpusOf(target: string): Promise<string> {
  const folder = join(root, "build/fuzz", `${target}-corpus`);
  mkdirSync(folder, { recursive: true });
  if (target === "image") await writeImages(folder);
  else for (const name of readdirSync(join(root, "device/fuzz/corpus", target))) writeFileSync(join(folder, name), readFileSync(join(root, "device/fuzz/corpus", target, name)));
  return folder;
}

/** The images of the language tests. */
async function writeImages(folder: string): Promise<void> {
  const programs = join(root, "test/lang");
  const compiler = await loadCompiler();
  for (const path of readdirSync(programs, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".py"))) {
    const { image } = compiler.compile({ files: { "program.py": readFileSync(join(programs, path), "utf8") }, main: "program" });
    writeFileSync(join(folder, path.replaceAll("/", "-")), image);
  }
}
