/** Gateways and boards for tests of the whole road: a gateway's process, boards that can be switched off and on, a cable between each and it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realWorld, silentLogger } from "../../daemon/world.ts";
import type { PluginHost } from "../../daemon/plugin.ts";
import { virtualBoard } from "../../plugins/virtual-board/index.ts";
import { serialCable, tcpCable, type Cable } from "./cable.ts";
import { freePort, gatewayProcess, type GatewayProcess } from "./gateway-process.ts";
import { qemuMissing, startQemu, type Qemu } from "./qemu.ts";

/** What is missing for boards in QEMU behind cables, as a sentence, or undefined. */
export function boardsMissing(): string | undefined {
  return qemuMissing("lm3s6965evb") ?? (spawnSync("socat", ["-V"]).status === 0 ? undefined : "socat is not there; install it (Debian: apt-get install socat)");
}

/** Ends what a test started, the last first. */
export type Ends = (() => unknown)[];
export async function endAll(ends: Ends): Promise<void> {
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
}

export interface Place {
  readonly gateway: GatewayProcess;
  /** Where the gateway listens for boards. */
  readonly port: number;
  /** The path at which the gateway looks for a serial port. */
  readonly tty: string;
}

/** Starts a gateway in a folder of its own with the given Python files; `config` is its configuration but for listening and plugins. */
export async function startPlace(ends: Ends, files: Readonly<Record<string, string>>, config: object): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "nanolambda-cable-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const port = await freePort();
  const tty = join(folder, "tty");
  const gateway = gatewayProcess(folder, `import { defineConfig, serial, tcp } from "nanolambda";
    const config = ${JSON.stringify({ listen: "127.0.0.1:0", dataDir: "data", ...config })};
    export default defineConfig({ ...config, plugins: [tcp({ listen: "127.0.0.1:${port}" }), serial({ path: ${JSON.stringify(tty)} })] });\n`);
  ends.push(() => gateway.kill());
  await gateway.start();
  return { gateway, port, tty };
}

/** A board at the other end of a cable. */
export interface Board {
  readonly name: string;
  readonly cable: Cable;
  on(): Promise<void>;
  off(): Promise<void>;
}

/** What is done to a cable before the board is switched on. */
export type Prepare = (cable: Cable) => void;

/** The WebAssembly board as the plugin runs it, in this process. */
export async function startWasmBoard(ends: Ends, name: string, { port }: Place, prepare?: Prepare): Promise<Board> {
  const cable = await tcpCable(port);
  const host: PluginHost = { world: realWorld(silentLogger), recordings: {}, attach: () => Promise.resolve(), address: () => Promise.resolve(cable.address), listening: () => undefined };
  let plugin: ReturnType<typeof virtualBoard> | undefined;
  return start(ends, prepare, {
    name, cable,
    async on() { plugin = virtualBoard({ name }); await plugin.start(host); },
    async off() { await plugin?.stop?.(); plugin = undefined; },
  });
}

/** The firmware in QEMU, which calls over TCP or stands at the end of a serial cable. */
export async function startQemuBoard(ends: Ends, name: string, { port, tty }: Place, over: "tcp" | "serial", prepare?: Prepare): Promise<Board> {
  let qemu: Qemu | undefined;
  const off = async (): Promise<void> => { await qemu?.kill(); qemu = undefined; };
  const power = async (serial: "unix" | `tcp:${string}`): Promise<string> => (qemu = await startQemu({ machine: "lm3s6965evb", name, serial })).path;
  if (over === "tcp") {
    const cable = await tcpCable(port);
    return start(ends, prepare, { name, cable, off, async on() { await power(`tcp:${cable.address}`); } });
  }
  const cable = serialCable(tty);
  return start(ends, prepare, { name, cable, off, async on() { cable.board(connect(await power("unix"))); } });
}

async function start(ends: Ends, prepare: Prepare | undefined, board: Board): Promise<Board> {
  prepare?.(board.cable);
  ends.push(() => board.cable.close(), () => board.off());
  await board.on();
  await board.cable.plug();
  return board;
}
