/** Request ids: random UUIDs (RFC 9562, version 4), their bytes fetched many at a time because fetching is what takes time. */
import type { World } from "../world.ts";

const BYTES = 16;
const IDS_AT_ONCE = 64;

/** @returns makes a new id at every call */
export function requestIds(world: World): () => string {
  let hex = "";
  let at = 0;
  return () => {
    if (at >= hex.length) {
      hex = Buffer.from(world.randomBytes(BYTES * IDS_AT_ONCE)).toString("hex");
      at = 0;
    }
    const id = hex.slice(at, (at += 2 * BYTES));
    return `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20)}`;
  };
}
