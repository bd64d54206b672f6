/** The ports of boards: the real firmware image in QEMU, reached over the link. */
import { realWorld, silentLogger } from "../world.ts";
import { openBoardPort } from "./board-port.ts";
import type { BoardCall, BoardClient } from "../boards/client.ts";
import type { Outcome, Port, PortOptions } from "./ports.ts";
import type { Machine } from "./qemu.ts";

/** Codes of device/link/README.md, "Errors of the board". */
const FUEL_USED = 5108;

export const lm3s6965evbPort: Port = boardPort("lm3s6965evb");

function boardPort(machine: Machine): Port {
  return {
    name: machine,
    async run(image, options) {
      const { client, close } = await openBoardPort({
        machine, image, world: realWorld(silentLogger), countInstructions: options.countInstructions ?? false, arenaBytes: options.memoryBytes ?? 0, fuel: options.fuel ?? 0,
        print: (text) => options.print(new TextEncoder().encode(text)),
      });
      let outcome: Outcome | undefined;
      let instructions: number | undefined;
      try {
        outcome = await runCalls(client, options);
      } finally {
        instructions = await close();
      }
      return instructions === undefined ? outcome : { ...outcome, instructions };
    },
  };
}

async function runCalls(client: BoardClient, { event, repeat = 1 }: PortOptions): Promise<Outcome> {
  let fuel = 0;
  let peak = 0;
  let call: BoardCall | undefined;
  for (let i = 0; i < (event === undefined ? 1 : repeat); i++) {
    call = await client.call(event);
    fuel += call.fuel;
    peak = Math.max(peak, call.peakBytes);
    if (call.error) break;
  }
  const figures = { fuel, arenaBytesPeak: peak };
  if (call?.error === undefined) return { state: "done", ...(event === undefined || call?.payload === undefined ? {} : { result: call.payload }), ...figures };
  if (call.error.code === FUEL_USED) return { state: "fuel", ...figures };
  const { code, errorType, message, frames } = call.error;
  return { state: "raised", error: { errorType: errorType || `Board${code}`, errorMessage: message, frames }, ...figures };
}
