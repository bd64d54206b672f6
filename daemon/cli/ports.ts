/** Where `run` and `call` run a program: the ports of the runtime by name. */
import { GatewayError } from "../errors.ts";
import { lm3s6965evbPort } from "./board-ports.ts";
import { posixPort, stressPort } from "./posix-port.ts";
import { wasmPort } from "./wasm-port.ts";

export interface PortOptions {
  /** JSON text: the handler is called with it after the top level has run. None: the program is a script. */
  readonly event?: string;
  /** How often the handler is called; default 1. */
  readonly repeat?: number;
  /** Units of back edges and calls, all calls together; default: no limit. */
  readonly fuel?: number;
  /** Of the arena; default: the port's own. */
  readonly memoryBytes?: number;
  /** Counts the instructions of the whole run where the port can. */
  readonly countInstructions?: boolean;
  /** Output of print, as it comes. The bytes are valid during the call only. */
  print(utf8: Uint8Array): void;
}

/** An uncaught exception: frames are (function, offset in its code), outermost first. */
export interface RunError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly frames: readonly (readonly [fn: number, pc: number])[];
  readonly cause?: RunError;
}

/** How a run ended. */
export interface Outcome {
  readonly state: "done" | "raised" | "fuel";
  /** JSON text of the handler's last result; when done. */
  readonly result?: string;
  /** When raised. */
  readonly error?: RunError;
  readonly fuel: number;
  readonly arenaBytesPeak: number;
  readonly instructions?: number;
}

export interface Port {
  readonly name: string;
  /** @throws GatewayError when the port is not there or the image cannot run on it */
  run(image: Uint8Array, options: PortOptions): Promise<Outcome>;
}

/** Every port by the name that `--board` takes. */
const PORTS: Readonly<Record<string, Port>> = Object.fromEntries([wasmPort, posixPort, stressPort, lm3s6965evbPort].map((port) => [port.name, port]));

export const PORT_NAMES = Object.keys(PORTS);

/** @throws GatewayError 3003 for a name that no port has */
export function portNamed(name = "wasm"): Port {
  const port = PORTS[name];
  if (port === undefined) throw new GatewayError(3003, `there is no port '${name}'; --board takes one of ${PORT_NAMES.join(", ")}`);
  return port;
}
