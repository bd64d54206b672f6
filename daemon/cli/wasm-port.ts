/** The WebAssembly port in this process. */
import { BUILTINS } from "../../compiler/builtins.ts";
import { instantiate, type Iotpy, type State } from "../../device/ports/wasm/iotpy.ts";
import { asset } from "../assets.ts";
import { GatewayError, messageOf } from "../errors.ts";
import type { Outcome, Port, PortOptions, RunError } from "./ports.ts";

const ARENA_BYTES = 4 * 1024 * 1024;
/** Fuel of one call into the module. */
const SLICE = 100_000_000;

export const wasmPort: Port = {
  name: "wasm",
  async run(image, options) {
    const module = await WebAssembly.compile(asset("iotpy.wasm") as BufferSource);
    const iotpy = instantiate(module, { print: options.print, time: (monotonic) => (monotonic ? performance.now() : Date.now()) });
    try {
      iotpy.start(image, options.memoryBytes ?? ARENA_BYTES);
    } catch (cause) {
      throw new GatewayError(3004, `the program cannot start: ${messageOf(cause)}; give more with --memory`, { cause });
    }
    return runCalls(iotpy, options);
  },
};

async function runCalls(iotpy: Iotpy, options: PortOptions): Promise<Outcome> {
  const budget = { left: options.fuel ?? Number.POSITIVE_INFINITY, used: 0 };
  let state = await finish(iotpy, budget);
  for (let i = 0; i < (options.repeat ?? 1) && options.event !== undefined && state === "done"; i++) {
    state = iotpy.call(options.event) ? await finish(iotpy, budget) : "raised";
  }
  const result = state === "done" && options.event !== undefined ? iotpy.result() : undefined;
  const raised = state === "raised" || (state === "done" && options.event !== undefined && result === undefined);
  return {
    state: raised ? "raised" : state === "done" ? "done" : "fuel",
    ...(result === undefined ? {} : { result }),
    ...(raised ? { error: JSON.parse(iotpy.error()) as RunError } : {}),
    fuel: budget.used,
    arenaBytesPeak: iotpy.memoryPeak(),
  };
}

/** Runs what is queued to its end or to the end of the budget. */
async function finish(iotpy: Iotpy, budget: { left: number; used: number }): Promise<State> {
  const before = budget.used;
  for (;;) {
    const state = iotpy.run(Math.max(0, Math.min(SLICE, budget.left)));
    const used = before + iotpy.fuelUsed();
    budget.left -= used - budget.used;
    budget.used = used;
    if (state === "wait") await answer(iotpy);
    else if (state !== "fuel" || budget.left < 0) return state;
  }
}

async function answer(iotpy: Iotpy): Promise<void> {
  const call = iotpy.hostCall();
  const name = BUILTINS[call.operation]?.name ?? "?";
  if (name !== "time.sleep") {
    iotpy.hostRaise("RuntimeError", `${name} needs a board or a gateway`);
    return;
  }
  const [seconds] = JSON.parse(call.arguments) as [number];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  iotpy.hostReturn("null");
}
