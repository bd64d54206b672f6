/**
 * Sets the checkout up and bundles the gateway: installs the npm packages when they are missing or out of date, then writes
 * dist/nanolambda.mjs and dist/assets/. Plain JavaScript, because it runs before any package is there.
 * With `--dev` it installs what the tests need too.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Installs the packages of package-lock.json unless a note in node_modules says that they are there. */
export function installPackages({ dev }) {
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  const note = join(root, "node_modules/.nanolambda-installed");
  const installed = existsSync(note) ? readFileSync(note, "utf8") : "";
  if (installed === `${lock} dev` || (!dev && installed === `${lock} run`)) return;
  console.log("installing the npm packages (once)");
  const args = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", ...(dev ? ["--include=dev"] : ["--omit=dev"])];
  const { status } = spawnSync("npm", args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    console.error("npm could not install the packages; see its message above, mend that, and run the command again");
    process.exit(1);
  }
  writeFileSync(note, `${lock} ${dev ? "dev" : "run"}`);
}

/** Bundles the gateway into dist/. */
export async function bundleGateway() {
  const { bundle } = await import("./bundle.mjs");
  await bundle({ root });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node.js ${process.versions.node} is too old: install 20.19 or later`);
    process.exit(1);
  }
  installPackages({ dev: process.argv.includes("--dev") });
  await bundleGateway();
}
