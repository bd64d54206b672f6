/** What a plugin may see of the gateway. A plugin imports nothing else of it. */
import type { Duplex } from "node:stream";
import type { World } from "./world.ts";

/** Something that attaches boards, or adds to the gateway in another way. Its factory takes options and returns one of these. */
export interface Plugin {
  readonly name: string;
  /** Begins its work; an error stops this plugin only. */
  start(host: PluginHost): Promise<void> | void;
  /** Ends its work and frees what it holds. */
  stop?(): Promise<void> | void;
}

/** What the gateway offers a plugin. */
export interface PluginHost {
  readonly world: World;
  /**
   * Speaks the board link over a byte stream until the stream ends or errs; never rejects.
   * @param label how people know the stream, such as `tcp 10.0.0.7:51230`
   */
  attach(stream: Duplex, label: string): Promise<void>;
  /** The address that a plugin of the given name listens on, once it does, such as `127.0.0.1:43211` of `tcp`. */
  address(plugin: string): Promise<string>;
  /** Recordings that the command line gives for sensors of virtual boards: files by sensor. */
  readonly recordings: Readonly<Record<string, string>>;
  /** Says where this plugin listens. */
  listening(address: string): void;
}

/** Types a plugin; returns it unchanged. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}

export { asset } from "./assets.ts";
export { GatewayError, messageOf } from "./errors.ts";
export { keepConnected } from "./keep-connected.ts";
export type { Logger, World } from "./world.ts";
