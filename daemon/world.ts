/**
 * What the gateway knows of the outside: clock, randomness, timers, its own log lines. Passed in, never reached for, so that
 * tests and simulations decide what time it is.
 */
export interface World {
  /** Wall clock, milliseconds since 1970 (fractions allowed). */
  now(): number;
  /** Monotonic clock, milliseconds from an arbitrary start. */
  monotonic(): number;
  /** Cryptographically strong random bytes. */
  randomBytes(length: number): Uint8Array;
  /** Calls `run` once after `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
  readonly log: Logger;
}

/** Structured logging: fields first, then the sentence (pino's shape). */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

/** A logger that says nothing, for tests. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};

/** The real world, with the given logger. */
export function realWorld(log: Logger): World {
  return {
    now: () => performance.timeOrigin + performance.now(),
    monotonic: () => performance.now(),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    log,
  };
}
