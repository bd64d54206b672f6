/** Boards on serial ports: opens each port, and opens it again whenever the cable was pulled. */
import { SerialPort } from "serialport";
import { definePlugin, keepConnected, type Plugin } from "../../daemon/plugin.ts";

export interface SerialOptions {
  /** Such as `/dev/ttyUSB0`, or several. */
  readonly path: string | readonly string[];
  /** Bits a second; default 115,200. */
  readonly baud?: number;
}

/** A plugin that attaches boards over serial ports. */
export function serial(options: SerialOptions): Plugin {
  const stopping = new AbortController();
  const running: Promise<void>[] = [];
  return definePlugin({
    name: "serial",
    start(host) {
      for (const path of [options.path].flat()) {
        running.push(keepConnected({
          world: host.world, label: `serial ${path}`, signal: stopping.signal,
          open: () => open(path, options.baud ?? 115_200),
          use: (stream) => host.attach(stream, `serial ${path}`),
        }));
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  });
}

function open(path: string, baudRate: number): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const port: SerialPort = new SerialPort({ path, baudRate, lock: false }, (error) => (error ? reject(error) : resolve(port)));
  });
}
