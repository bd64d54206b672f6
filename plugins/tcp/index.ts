/** Boards over TCP: listens for boards that call, and calls boards that listen. */
import { connect, createServer, type Server, type Socket } from "node:net";
import { definePlugin, GatewayError, keepConnected, type Plugin, type PluginHost } from "../../daemon/plugin.ts";

export interface TcpOptions {
  /** HOST:PORT where boards call; port 0 takes any free one. */
  readonly listen?: string;
  /** HOST:PORT of boards that listen themselves; each is called again whenever the connection is lost. */
  readonly connect?: readonly string[];
}

/** A plugin that attaches boards over TCP. */
export function tcp(options: TcpOptions): Plugin {
  const stopping = new AbortController();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return definePlugin({
    name: "tcp",
    async start(host) {
      if (options.listen !== undefined) server = await listen(options.listen, host, sockets);
      for (const address of options.connect ?? []) {
        void keepConnected({
          world: host.world, label: `tcp ${address}`, signal: stopping.signal,
          open: () => open(address),
          use: (stream) => host.attach(stream, `tcp ${address}`),
        });
      }
    },
    async stop() {
      stopping.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    },
  });
}

async function listen(address: string, host: PluginHost, sockets: Set<Socket>): Promise<Server> {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    void host.attach(socket, `tcp ${socket.remoteAddress}:${socket.remotePort}`);
  });
  const { hostname, port } = split(address);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(new GatewayError(7001, `tcp cannot listen on ${address}: ${cause.message}; choose another address`, { cause })));
    server.listen(port, hostname, () => resolve());
  });
  const bound = server.address();
  if (bound !== null && typeof bound === "object") host.listening(`${hostname}:${bound.port}`);
  return server;
}

function open(address: string): Promise<Socket> {
  const { hostname, port } = split(address);
  return new Promise((resolve, reject) => {
    const socket = connect(port, hostname, () => { socket.setNoDelay(true); socket.off("error", reject); resolve(socket); });
    socket.once("error", reject);
  });
}

function split(address: string): { hostname: string; port: number } {
  const match = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(address);
  if (!match) throw new GatewayError(7002, `${address} is not HOST:PORT, such as 127.0.0.1:7878`);
  return { hostname: (match[1] ?? "").replace(/^\[|\]$/g, ""), port: Number(match[2]) };
}
