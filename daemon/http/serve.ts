import { createAdaptorServer } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import type { IncomingMessage, Server } from "node:http";
import { GatewayError } from "../errors.ts";
import { HTTP_HEADERS_MS_MAX, HTTP_KEEP_ALIVE_MS, S3_OBJECT_BYTES_MAX } from "../limits.ts";
import type { Transport } from "./app.ts";

export interface Serving {
  readonly host: string;
  /** The port bound, also when port 0 (any) was asked for. */
  readonly port: number;
  /** Stops accepting, lets requests under way end for `graceMs` (default 1,000), then closes what is left, such as tails. */
  close(options?: { graceMs?: number }): Promise<void>;
}

export type Fetch = (request: Request, transport?: Transport) => Response | Promise<Response>;

/**
 * Serves `fetch` over HTTP, on Node or on Bun.
 * @throws GatewayError 6003 when the address cannot be bound
 */
export async function serve(fetch: Fetch, address: { host: string; port: number }): Promise<Serving> {
  try {
    return await ("Bun" in globalThis ? serveOnBun(fetch, address) : serveOnNode(fetch, address));
  } catch (cause) {
    throw cannotListen(cause, address);
  }
}

function cannotListen(cause: unknown, { host, port }: { host: string; port: number }): GatewayError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  const advice: Record<string, string> = {
    EADDRINUSE: "another program (or another gateway) listens there; stop it, or choose another port with --listen HOST:PORT",
    EACCES: "ports below 1024 need root; choose another with --listen HOST:PORT",
    EADDRNOTAVAIL: "this machine has no such address; choose one it has with --listen HOST:PORT",
  };
  return new GatewayError(6003, `Cannot listen on ${host}:${port}: ${advice[code] ?? code}.`, { cause });
}

async function serveOnNode(fetch: Fetch, address: { host: string; port: number }): Promise<Serving> {
  const server = createAdaptorServer({
    fetch: (request: Request, env: object) => fetch(request, transportOf(env)),
    // A whole upload may take as long as it needs: silence is bounded where bodies are read (payload.ts).
    serverOptions: { headersTimeout: HTTP_HEADERS_MS_MAX, requestTimeout: 0, keepAliveTimeout: HTTP_KEEP_ALIVE_MS },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    host: address.host,
    port: (server.address() as AddressInfo).port,
    close: ({ graceMs = 1000 } = {}) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** Reading the socket itself is twice as quick as by `request.body`. The stream outlives an unread body, or no answer could be sent. */
function transportOf(env: object): Transport {
  const { incoming } = env as { incoming: IncomingMessage };
  const body: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => incoming.iterator({ destroyOnReturn: false }) };
  return incoming.url === undefined ? { body } : { body, target: incoming.url };
}

/** What of Bun's API is used; the whole of `bun-types` redefines globals that the rest of the tree takes from Node's types. */
interface BunRuntime {
  serve(options: {
    hostname: string;
    port: number;
    idleTimeout: number;
    maxRequestBodySize: number;
    fetch(request: Request): Response | Promise<Response>;
  }): { readonly port: number; stop(closeActiveConnections?: boolean): Promise<void> };
}

async function serveOnBun(fetch: Fetch, address: { host: string; port: number }): Promise<Serving> {
  const { Bun } = globalThis as unknown as { Bun: BunRuntime };
  const server = Bun.serve({
    hostname: address.host,
    port: address.port,
    idleTimeout: 0,
    maxRequestBodySize: 2 * S3_OBJECT_BYTES_MAX,
    fetch: (request) => fetch(request),
  });
  return {
    host: address.host,
    port: server.port,
    async close({ graceMs = 1000 } = {}) {
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)));
      await Promise.race([server.stop(), grace]);
      clearTimeout(timer);
      await server.stop(true);
    },
  };
}
