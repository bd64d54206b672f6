import { isIP } from "node:net";
import { GatewayError } from "../errors.ts";
import type { Credentials } from "./authenticate.ts";

/**
 * A gateway without credentials trusts whoever can reach its loopback address, and a web page in a browser on the same machine
 * can: by a form or script of another site, or by a host name of its own that it points to 127.0.0.1 (DNS rebinding).
 * Both are told by headers that a page cannot forge.
 * @throws GatewayError 6403
 */
export function refuseOtherSites(headers: Headers, host: string): void {
  const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "").toLowerCase();
  const local = name === "" || name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
  if (!local) {
    throw new GatewayError(6403, `Without credentials the gateway answers to localhost only, not to ${JSON.stringify(name)}; use http://localhost, or configure credentials.`);
  }
  if (headers.get("sec-fetch-site") === "cross-site") {
    throw new GatewayError(6403, "Without credentials the gateway does not answer to pages of other sites; configure credentials to allow it.");
  }
}

/**
 * Promise: bound beyond loopback, every request is signed, or the gateway refuses to start.
 * @throws GatewayError 6001 with what to do
 */
export function assertListenAllowed(options: { host: string; credentials: readonly Credentials[] }): void {
  if (options.credentials.length > 0 || isLoopback(options.host)) return;
  throw new GatewayError(
    6001,
    `Refusing to listen on ${options.host} without credentials: everyone who reaches it could run code here. Set NANOLAMBDA_ACCESS_KEY_ID and ` +
      `NANOLAMBDA_SECRET_ACCESS_KEY, or "credentials" in nanolambda.config.ts, or listen on 127.0.0.1.`,
  );
}

/** `localhost`, 127.0.0.0/8 and ::1; an empty host is every address. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (name === "localhost" || name === "::1") return true;
  return isIP(name) === 4 && name.startsWith("127.");
}
