/** The gateway under Bun, from the sources: the main job, functions and objects. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { callFunctions, deployFunctions, type GatewayProcess, startGatewayProcess, useObjects } from "./gateway-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("bun daemon/main.ts up runs the same gateway", async () => {
  const data = mkdtempSync(join(tmpdir(), "nanolambda-bun-"));
  let gateway: GatewayProcess | undefined;
  try {
    gateway = await startGatewayProcess(join(root, "node_modules/.bin/bun"), ["daemon/main.ts", "up", "--listen", "127.0.0.1:0", "--data", data], { cwd: root, env: process.env });
    await deployFunctions(gateway.url);
    await callFunctions(gateway.url);
    await useObjects(gateway.url);
    while (!/verdicts +1 /.test(gateway.output())) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.match(gateway.output(), /board motor-1 attached/);
    assert.is(await gateway.stop(), 0);
  } finally {
    gateway?.kill();
    rmSync(data, { recursive: true, force: true });
  }
});

test.run();
