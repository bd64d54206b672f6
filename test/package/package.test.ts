/**
 * The single executable, where neither Node.js nor the repository can be seen: in a mount namespace of its own an empty folder lies over
 * the checkout and /dev/null over the node that runs this test; PATH is empty. It loads a TypeScript configuration from disk that imports another file.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { callFunctions, deployFunctions, type GatewayProcess, startGatewayProcess, useObjects } from "./gateway-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const HIDE = 'mount -t tmpfs none "$1" && mount --bind /dev/null "$2" && shift 2 && PATH= && exec "$@"';
const CONFIG = `import { defineConfig, tcp, virtualBoard } from "nanolambda";
import { board } from "./names.ts";
export default defineConfig({
  boards: { [board]: { logs: { vibration: { history: 8 } }, sensors: { accel: { log: "vibration", everyMs: 50 } } } },
  plugins: [tcp({ listen: "127.0.0.1:0" }), virtualBoard({ name: board })],
});
`;

test("the executable starts alone, loads its configuration, serves functions, objects and a board, and keeps them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "nanolambda-package-"));
  const executable = join(folder, "nanolambda");
  execFileSync("npm", ["run", "package"], { cwd: root, stdio: "pipe" });
  copyFileSync(join(root, "dist/nanolambda-linux-x64"), executable);
  mkdirSync(join(folder, "home"));
  writeFileSync(join(folder, "nanolambda.config.ts"), CONFIG);
  writeFileSync(join(folder, "names.ts"), 'export const board: string = "pump-1";\n');
  const start = (): Promise<GatewayProcess> => {
    const words = [root, process.execPath, executable, "up", "--listen", "127.0.0.1:0", "--data", join(folder, "data")];
    return startGatewayProcess("unshare", ["--mount", "--map-root-user", "sh", "-c", HIDE, "sh", ...words], { cwd: folder, env: { HOME: join(folder, "home"), PATH: process.env["PATH"] } });
  };
  const started: GatewayProcess[] = [];
  try {
    const first = await start();
    started.push(first);
    await deployFunctions(first.url);
    await callFunctions(first.url);
    await useObjects(first.url);
    while (!/board pump-1 attached/.test(first.output())) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.is(await first.stop(), 0);
    const again = await start();
    started.push(again);
    await callFunctions(again.url);
    assert.is(await again.stop(), 0);
  } finally {
    for (const gateway of started) gateway.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
