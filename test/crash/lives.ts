/** When the processes of the crash tests die. */

/** A small generator (mulberry32), so that a failure can be run again with its seed. @returns numbers from 0 up to 1 */
export function random(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** When a life ends: so long after the process was started, or after it is ready. */
export interface Death { readonly after: "start" | "ready"; readonly ms: number }

/** One in eight dies while it starts or opens the store, the others under load. */
export function deathOf(next: () => number, startMsMax: number, loadMsMax: number): Death {
  return next() < 1 / 8 ? { after: "start", ms: Math.floor(next() * startMsMax) } : { after: "ready", ms: Math.floor(next() * loadMsMax) };
}
