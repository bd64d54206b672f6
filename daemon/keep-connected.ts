/** Keeps a connection that may be lost at any time: opens it, uses it until it ends, opens it again. */
import type { Duplex } from "node:stream";
import { messageOf } from "./errors.ts";
import type { World } from "./world.ts";

export interface KeepConnectedOptions {
  readonly world: World;
  /** How people know the connection, such as `serial /dev/ttyUSB0`. */
  readonly label: string;
  /** Opens the stream; rejects when it cannot be opened now. */
  open(): Promise<Duplex>;
  /** Uses the stream; resolves when it has ended. */
  use(stream: Duplex): Promise<void>;
  readonly signal: AbortSignal;
  /** First and longest wait between tries, 10..600,000 ms; the wait doubles from one to the other. Default 100 and 5,000. */
  readonly retryMsFirst?: number;
  readonly retryMsMax?: number;
}

/** Runs until the signal aborts; never rejects. One line is logged for each change, not for each try. */
export async function keepConnected(options: KeepConnectedOptions): Promise<void> {
  const { world, label, signal, retryMsFirst = 100, retryMsMax = 5000 } = options;
  let waitMs = retryMsFirst;
  let complained = false;
  while (!signal.aborted) {
    try {
      const stream = await options.open();
      complained = false;
      waitMs = retryMsFirst;
      const close = (): void => void stream.destroy();
      signal.addEventListener("abort", close, { once: true });
      await options.use(stream);
      signal.removeEventListener("abort", close);
      stream.destroy();
    } catch (error) {
      if (!complained) world.log.warn({ label, reason: messageOf(error) }, `${label} is not there; trying again until it is`);
      complained = true;
    }
    if (!signal.aborted) await pause(world, waitMs, signal);
    waitMs = Math.min(waitMs * 2, retryMsMax);
  }
}

function pause(world: World, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => { cancel(); signal.removeEventListener("abort", done); resolve(); };
    const cancel = world.after(ms, done);
    signal.addEventListener("abort", done, { once: true });
  });
}
