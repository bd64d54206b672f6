/** Boards in QEMU: starts a machine with the real firmware image and its UART on a socket or a pty. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GatewayError } from "../errors.ts";

export type Machine = "lm3s6965evb";

export interface QemuOptions {
  readonly machine: Machine;
  /** `unix` and `tcp` listen and wait for the first connection; `pty` gives a device's path; `tcp:HOST:PORT` calls there, again whenever it is lost. */
  readonly serial: "unix" | "tcp" | "pty" | `tcp:${string}`;
  /** Firmware; default: the one that `device/ports/MACHINE/build.sh` makes. */
  readonly firmware?: string;
  /** The board's name, at most 31 bytes; default: the machine's. */
  readonly name?: string;
  /** Counts instructions; needs gcc. */
  readonly countInstructions?: boolean;
  /** Time follows instructions (`-icount`): the same in every run, and waiting takes none. */
  readonly virtualTime?: boolean;
}

export interface Qemu {
  /** Path of the socket or pty, or HOST:PORT. */
  readonly path: string;
  /** Ends the machine at once, as a pulled plug does. */
  kill(): Promise<void>;
  /** Ends the machine and tells how many instructions it executed since it was started. */
  instructions(): Promise<number>;
}

/** Where a machine keeps the page that names the board: the last of its flash (device/ports/MACHINE/link.ld). */
const IDENTITY_PAGES: Record<Machine, number> = { lm3s6965evb: 0x3fc00 };
const root = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = "qemu-system-arm";

/** What is missing to run boards in QEMU, as a sentence, or undefined. */
export function qemuMissing(machine: Machine, firmware = firmwareOf(machine)): string | undefined {
  if (spawnSync(COMMAND, ["--version"]).status !== 0) return `${COMMAND} is not there; install it (Debian: apt-get install qemu-system-arm)`;
  return existsSync(firmware) ? undefined : `${firmware} is not there; make it with: device/ports/${machine}/build.sh`;
}

/** The firmware image that `device/ports/MACHINE/build.sh` makes. */
export function firmwareOf(machine: Machine): string {
  return join(root, "build", machine, "firmware.elf");
}

/**
 * Starts a machine.
 * @throws GatewayError 5020 when QEMU or the firmware is missing, or QEMU ends at once
 */
export async function startQemu(options: QemuOptions): Promise<Qemu> {
  const firmware = options.firmware ?? firmwareOf(options.machine);
  const missing = qemuMissing(options.machine, firmware);
  if (missing !== undefined) throw new GatewayError(5020, missing);
  const folder = mkdtempSync(join(tmpdir(), "nanolambda-qemu-"));
  const serial = await serialOf(options.serial, folder);
  const args = ["-M", options.machine, "-kernel", firmware, "-display", "none", "-monitor", "none", "-serial", serial.option];
  if (options.name !== undefined) args.push("-device", `loader,file=${identity(folder, options.name)},addr=${IDENTITY_PAGES[options.machine]},force-raw=on`);
  if (options.countInstructions) args.push("-plugin", plugin());
  if (options.virtualTime) args.push("-icount", "shift=6,sleep=off");
  const child = spawn(COMMAND, args, { stdio: ["ignore", "pipe", "pipe"] });
  const machine = watch(child, folder);
  try {
    const path = serial.path ?? await machine.said(/redirected to (\S+)/);
    if (options.serial === "unix" || options.serial === "tcp") await machine.until(() => listens(path));
    return { path, kill: () => machine.end("SIGKILL"), instructions: async () => { await machine.end("SIGTERM"); return Number(await machine.said(/instructions=(\d+)\n/)); } };
  } catch (error) {
    await machine.end("SIGKILL");
    throw error;
  }
}

async function serialOf(serial: QemuOptions["serial"], folder: string): Promise<{ option: string; path?: string }> {
  if (serial === "pty") return { option: "pty" };
  if (serial === "unix") return { option: `unix:${join(folder, "uart")},server=on,wait=on`, path: join(folder, "uart") };
  const address = serial === "tcp" ? `127.0.0.1:${await freePort()}` : serial.slice("tcp:".length);
  return { option: `tcp:${address},nodelay=on,${serial === "tcp" ? "server=on,wait=on" : "server=off,reconnect=1"}`, path: address };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const bound = server.address();
      server.close(() => resolve(bound !== null && typeof bound === "object" ? bound.port : 0));
    });
  });
}

/** Whether a unix socket or HOST:PORT is listened on, without the connection that QEMU waits for (proc(5): /proc/net). */
function listens(path: string): boolean {
  const [, port] = /^[^/]*:(\d+)$/.exec(path) ?? [];
  if (port === undefined) return readFileSync("/proc/net/unix", "utf8").split("\n").some((line) => line.endsWith(` ${path}`) && line.split(/\s+/)[3] === "00010000");
  const local = `:${Number(port).toString(16).toUpperCase().padStart(4, "0")}`;
  return readFileSync("/proc/net/tcp", "utf8").split("\n").some((line) => { const [, address = "", , state] = line.trim().split(/\s+/); return address.endsWith(local) && state === "0A"; });
}

function identity(folder: string, name: string): string {
  const page = Buffer.alloc(32);
  if (Buffer.byteLength(name) > 31) throw new GatewayError(5020, `the board's name ${name} is longer than 31 bytes; choose a shorter one`);
  page.write(name);
  const file = join(folder, "identity");
  writeFileSync(file, page);
  return file;
}

/** Compiles the counting plugin unless a newer one is there. */
function plugin(): string {
  const source = join(root, "test/boards/icount.c");
  const target = join(root, "build/icount.so");
  if (existsSync(target) && statSync(target).mtimeMs >= statSync(source).mtimeMs) return target;
  mkdirSync(join(root, "build"), { recursive: true });
  const { status, stderr } = spawnSync("gcc", ["-O2", "-shared", "-fPIC", "-o", target, source], { encoding: "utf8" });
  if (status !== 0) throw new GatewayError(5020, `the instruction counter could not be compiled; install gcc, or leave out --stats. ${stderr ?? ""}`);
  return target;
}

/** A child's output and end, and the promise that it is never left behind. */
function watch(child: ChildProcess, folder: string): { said(pattern: RegExp): Promise<string>; until(ready: () => boolean): Promise<void>; end(signal: NodeJS.Signals): Promise<void> } {
  let output = "";
  let ended = false;
  let changed: () => void = () => undefined;
  const take = (chunk: Buffer): void => { output += chunk.toString(); changed(); };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  const killAtExit = (): void => void child.kill("SIGKILL");
  process.once("exit", killAtExit);
  const closed = new Promise<void>((resolve) => child.once("close", () => {
    ended = true;
    process.off("exit", killAtExit);
    rmSync(folder, { recursive: true, force: true });
    changed();
    resolve();
  }));
  async function until(ready: () => boolean): Promise<void> {
    while (!ready()) {
      if (ended) throw new GatewayError(5020, `QEMU ended at once; ${output.trim() || "it said nothing"}`);
      await new Promise<void>((resolve) => { changed = resolve; setTimeout(resolve, 10); });
    }
  }
  return {
    until,
    async said(pattern) {
      await until(() => pattern.test(output));
      return pattern.exec(output)?.[1] ?? "";
    },
    async end(signal) {
      if (!ended) child.kill(signal);
      await closed;
    },
  };
}
