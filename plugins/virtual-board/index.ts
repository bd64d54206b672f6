/** A board without hardware: the C runtime as WebAssembly in this process, attached over a TCP connection on this machine. */
import { connect, type Socket } from "node:net";
import { recordedSensor, startVirtualBoard, type Sensor, type VirtualBoard } from "../../device/ports/wasm/virtual-board.ts";
import { asset, definePlugin, keepConnected, type Plugin, type PluginHost } from "../../daemon/plugin.ts";
import { readingsOfCsv } from "./recording.ts";

export interface VirtualBoardOptions {
  /** As in the configuration's boards; at most 31 bytes. */
  readonly name: string;
  /** HOST:PORT of a gateway's tcp plugin; default: this gateway's. */
  readonly connect?: string;
  /** Recordings by sensor (see recording.ts); a sensor without one gives the model of a motor whose imbalance grows. */
  readonly sensors?: Readonly<Record<string, string>>;
  /** How long each reading of a recording lasts, milliseconds; default 200. */
  readonly everyMs?: number;
  /** Memory for functions, logs and outbox together, bytes; default 64 KB, a small microcontroller's. */
  readonly memoryBytes?: number;
}

/** A plugin that runs one board. */
export function virtualBoard(options: VirtualBoardOptions): Plugin {
  const stopping = new AbortController();
  let board: VirtualBoard | undefined;
  return definePlugin({
    name: `virtual-board ${options.name}`,
    start(host) {
      const module = new WebAssembly.Module(asset("iotpy.wasm").slice());
      const started = startVirtualBoard({ module, name: options.name, clock: host.world, memoryBytes: options.memoryBytes ?? 64 * 1024, outboxBytes: 8 * 1024, ...sensorsOf(options, host) });
      board = started;
      void keepConnected({
        world: host.world, label: `virtual board ${options.name}`, signal: stopping.signal,
        open: async () => open(options.connect ?? (await host.address("tcp"))),
        use: (stream) => started.connect(stream),
      });
    },
    stop() {
      stopping.abort();
      board?.stop();
    },
  });
}

function sensorsOf(options: VirtualBoardOptions, host: PluginHost): { sensors?: Record<string, Sensor> } {
  const files = Object.entries({ ...options.sensors, ...host.recordings });
  if (files.length === 0) return {};
  const everyMs = options.everyMs ?? 200;
  return { sensors: Object.fromEntries(files.map(([name, file]) => [name, recordedSensor(readingsOfCsv(file).join("\n"), { everyMs })])) };
}

function open(address: string): Promise<Socket> {
  const colon = address.lastIndexOf(":");
  return new Promise((resolve, reject) => {
    const socket = connect(Number(address.slice(colon + 1)), address.slice(0, colon), () => { socket.off("error", reject); resolve(socket); });
    socket.setNoDelay(true);
    socket.once("error", reject);
  });
}
