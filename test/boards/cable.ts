/** Cables between boards and a gateway that tests pull out, plug in and disturb; the bytes in between pass through the test's hands. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { Duplex } from "node:stream";
import { createWireLedger, type WireLedger } from "./wire-ledger.ts";

export interface Cable {
  readonly ledger: WireLedger;
  /** Cuts what is connected; the next `plug` puts it in again. */
  pull(): void;
  plug(): Promise<void>;
  /** Writes bytes on the line, in both directions. */
  disturb(bytes: Uint8Array): void;
  /** How long bytes are on their way; 0 unless set. */
  latencyMs: number;
  /** Changes what the gateway sends before it reaches the board. */
  alter: (bytes: Uint8Array) => Uint8Array;
  close(): Promise<void>;
}

/** Carries bytes between two streams until the returned function is called; what is on its way then is lost. */
function join(board: Duplex, gateway: Duplex, cable: Pick<Cable, "ledger" | "alter" | "latencyMs">): () => void {
  const tap = cable.ledger.tap();
  let cut = false;
  const later = (to: Duplex, bytes: Uint8Array): void => {
    const write = (): void => { if (!cut && to.writable) to.write(bytes); };
    if (cable.latencyMs > 0) setTimeout(write, cable.latencyMs);
    else write();
  };
  const up = (bytes: Buffer): void => { tap.fromBoard(bytes); later(gateway, bytes); };
  const down = (bytes: Buffer): void => { tap.fromGateway(bytes); later(board, cable.alter(bytes)); };
  board.on("data", up);
  gateway.on("data", down);
  gateway.on("error", () => undefined);
  return () => { cut = true; board.off("data", up); gateway.off("data", down); };
}

/** A cable whose both ends are TCP: boards call `address`, and are put through to the gateway's port. */
export async function tcpCable(gatewayPort: number): Promise<Cable & { readonly address: string }> {
  const ends = new Set<Duplex>();
  let plugged = true;
  const server = createServer((board) => {
    board.setNoDelay(true).on("error", () => undefined);
    if (!plugged) return void board.destroy();
    const gateway = connect(gatewayPort, "127.0.0.1").setNoDelay(true);
    join(board, gateway, cable);
    for (const [end, other] of [[board, gateway], [gateway, board]] as const) {
      ends.add(end);
      end.once("close", () => { ends.delete(end); other.destroy(); });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = (): void => { for (const end of ends) end.destroy(); };
  const cable = {
    ledger: createWireLedger(), latencyMs: 0, alter: (bytes: Uint8Array): Uint8Array => bytes, address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull() { plugged = false; cut(); },
    async plug() { plugged = true; },
    disturb(bytes: Uint8Array) { for (const end of ends) if (end.writable) end.write(bytes); },
    close: () => new Promise<void>((resolve) => { cut(); server.close(() => resolve()); }),
  };
  return cable;
}

/**
 * A serial cable: the gateway's end is a pty at `path`, made anew by each `plug` (as a USB adapter comes and goes); the board's end is a stream that
 * stays open. Give a board that was switched off and on with `board`.
 */
export function serialCable(path: string): Cable & { board(stream: Duplex): void } {
  let board: Duplex | undefined;
  let gateway: Duplex | undefined;
  let socat: ChildProcess | undefined;
  let part: () => void = () => undefined;
  const rejoin = (): void => {
    part();
    part = board && gateway ? join(board, gateway, cable) : () => undefined;
  };
  const cable = {
    ledger: createWireLedger(), latencyMs: 0, alter: (bytes: Uint8Array): Uint8Array => bytes,
    board(stream: Duplex) {
      board = stream.on("data", () => undefined).on("error", () => undefined);  // what comes while the cable is out is lost
      rejoin();
    },
    pull() {
      rmSync(path, { force: true });  // before the pty's name may be another's
      part();
      part = () => undefined;
      gateway?.destroy();
      gateway = undefined;
      socat?.kill("SIGKILL");
    },
    async plug() {
      cable.pull();
      const child = spawn("socat", [`PTY,link=${path},rawer`, "STDIO"], { stdio: ["pipe", "pipe", "ignore"] });
      socat = child;
      gateway = Duplex.from({ readable: child.stdout, writable: child.stdin });
      rejoin();
      while (!existsSync(path) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    disturb(bytes: Uint8Array) { for (const end of [board, gateway]) if (end?.writable) end.write(bytes); },
    async close() { cable.pull(); },
  };
  process.once("exit", () => cable.pull());
  return cable;
}
