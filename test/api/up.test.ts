/** What keeps `nanolambda up` from starting is said in one sentence, by the process itself, and nothing is left running. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const END_MS_MAX = 30_000;

let dir: string;
let count = 0;

/** What `nanolambda up` says of a configuration before it ends with 1. */
async function refusal(config: string, ...options: string[]): Promise<string> {
  const path = join(dir, `config-${++count}.ts`);
  await writeFile(path, config);
  const { NANOLAMBDA_ACCESS_KEY_ID: _id, NANOLAMBDA_SECRET_ACCESS_KEY: _secret, ...env } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "daemon/main.ts", "up", "--config", path, "--data", join(dir, `data-${count}`), ...options], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  const killer = setTimeout(() => child.kill("SIGKILL"), END_MS_MAX);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(killer);
  const said = output.join("").replaceAll(`${path}`, "CONFIG").replaceAll(dir, "DIR").trimEnd();
  assert.is(code, 1, said);
  return said;
}

const configuration = (content: string): string => `import { defineConfig } from "nanolambda";\nexport default defineConfig({ listen: "127.0.0.1:0", ${content} });\n`;

test.before(async () => {
  dir = await mkdtemp(join(tmpdir(), "nanolambda-up-"));
  await writeFile(join(dir, "echo.py"), "def handler(event, context):\n    return event\n");
  await writeFile(join(dir, "broken.py"), "def handler(event, context)\n    return event\n");
});

test.after(() => rm(dir, { recursive: true, force: true }));

test("a misspelt key is named with the key that was probably meant", async () => {
  assert.is(await refusal('export default { lsiten: "127.0.0.1:0" };'), "CONFIG: lsiten is not a known key; did you mean listen?");
  assert.is(await refusal(configuration('functions: { echo: { code: "echo.py", handler: "echo.handler", timoutS: 3 } }, logs: { a: { histroy: {} } }')),
    "CONFIG: logs.a.histroy is not a known key; did you mean history?; functions.echo.timoutS is not a known key; did you mean timeoutS?");
});

test("a configuration that does not parse, fails or exports nothing is told with its place", async () => {
  assert.is(await refusal('export default {\n  listen: "127.0.0.1:0",\n  logs: { a: {} ,\n};\n'), 'CONFIG:4:2: Unexpected token, expected ","\n    };\n     ^');
  assert.is(await refusal('const names: string[] = [];\n\nthrow new Error(`no names: ${names.length}`);\n'), "CONFIG:3 could not be run: no names: 0");
  assert.is(await refusal('export const config = { listen: "127.0.0.1:0" };'), "CONFIG has no default export; write: export default defineConfig({ ... })");
});

test("a port in use is told with what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  assert.is(await refusal(configuration(""), "--listen", `127.0.0.1:${port}`), `Cannot listen on 127.0.0.1:${port}: another program (or another gateway) listens there; stop it, or choose another port with --listen HOST:PORT.`);
  other.close();
});

// Permissions bind no root user, a file in the way binds everybody.
test("a data folder that cannot be written is told with what to do", async () => {
  assert.match(await refusal(configuration(""), "--data", join(dir, "echo.py", "data")), /^the data folder DIR\/echo\.py\/data cannot be opened: ENOTDIR.*; check that it exists, is writable and has room$/);
});

test("listening beyond loopback without credentials is refused with what to do", async () => {
  assert.is(await refusal(configuration(""), "--listen", "0.0.0.0:0"),
    'Refusing to listen on 0.0.0.0 without credentials: everyone who reaches it could run code here. Set NANOLAMBDA_ACCESS_KEY_ID and NANOLAMBDA_SECRET_ACCESS_KEY, or "credentials" in nanolambda.config.ts, or listen on 127.0.0.1.');
});

test("a function whose file, syntax or handler is wrong is told by its name", async () => {
  const deploying = (code: string, handler: string): Promise<string> => refusal(configuration(`functions: { judge: { code: "${code}", handler: "${handler}" } }`));
  assert.is(await deploying("none.py", "none.handler"), "DIR/none.py cannot be read; name a file, a folder or a .zip that exists");
  assert.is(await deploying("broken.py", "broken.handler"), "the function judge cannot be deployed: broken.py:1:28: expected ':'\n    def handler(event, context)\n                               ^");
  assert.is(await deploying("echo.py", "echo.hander"), "the function judge cannot be deployed: Handler 'hander' missing on module 'echo'. The file defines handler: name it in the function's handler setting, or define hander(event, context).");
  assert.is(await deploying("echo.py", "ehco.handler"), "the function judge cannot be deployed: Unable to import module 'ehco': No module named 'ehco'; the zip holds echo.py");
});

test.run();
