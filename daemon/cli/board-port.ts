/** An image on a board in QEMU: the machine, the link to it, and what it took. For `run` and `call --board`, benchmarks and tests. */
import { connect, type Socket } from "node:net";
import { openBoardClient, type BoardClient, type BoardClientOptions } from "../boards/client.ts";
import { startQemu, type Machine } from "./qemu.ts";

export interface BoardPortOptions extends BoardClientOptions {
  readonly machine: Machine;
  readonly firmware?: string;
  /** Counts the instructions of the whole run; needs gcc. */
  readonly countInstructions?: boolean;
}

export interface BoardPort {
  readonly client: BoardClient;
  /** Switches the board off; instructions when they were counted. */
  close(): Promise<number | undefined>;
}

/**
 * Starts a machine and gives it the image.
 * @throws GatewayError 5020 QEMU or firmware missing, 5021 the board cannot run the image
 */
export async function openBoardPort(options: BoardPortOptions): Promise<BoardPort> {
  const { machine, firmware, countInstructions = false } = options;
  const qemu = await startQemu({ machine, serial: "unix", countInstructions, ...(firmware === undefined ? {} : { firmware }) });
  try {
    const socket = await open(qemu.path);
    const client = await openBoardClient(socket, options);
    return {
      client,
      async close() {
        const instructions = countInstructions ? await qemu.instructions() : undefined;
        if (!countInstructions) await qemu.kill();
        socket.destroy();
        return instructions;
      },
    };
  } catch (error) {
    await qemu.kill();
    throw error;
  }
}

function open(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => { socket.off("error", reject); resolve(socket); });
    socket.once("error", reject);
  });
}
