/** One function on one board without a gateway: for `nanolambda run` and `call --board`, benchmarks and tests. */
import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import { GatewayError } from "../errors.ts";
import type { World } from "../world.ts";
import { chunkOf } from "./configuration.ts";
import { cborToJson, jsonToCbor } from "./protocol-json.ts";
import { decodeRecord, LINK_CHUNK_BYTES, type BoardRecord, type FromBoard, type Hello } from "./protocol.ts";
import { runLink, type Session } from "./session.ts";

export interface BoardClientOptions {
  readonly world: World;
  readonly image: Uint8Array;
  /** 0: what the board has. */
  readonly arenaBytes?: number;
  /** 0: no limit. */
  readonly fuel?: number;
  /** Of one call; 0: no limit. */
  readonly timeoutMs?: number;
  /** Output of print, as it comes. */
  print(text: string): void;
}

/** How a call ended: with the JSON text of its result or with an error, and what it took. */
export interface BoardCall {
  readonly payload?: string;
  readonly error?: { readonly code: number; readonly errorType: string; readonly message: string; readonly frames: readonly (readonly [number, number])[] };
  readonly fuel: number;
  readonly ms: number;
  /** Most bytes of the arena in use. */
  readonly peakBytes: number;
}

export interface BoardClient {
  readonly hello: Hello;
  /**
   * Calls the handler with an event (JSON text), or runs a script from its start. One call at a time.
   * @throws GatewayError 5021 when the link ends or the board cannot run the image
   */
  call(event?: string): Promise<BoardCall>;
}

const FUNCTION = "main";
const REVISION = 1;

/**
 * Attaches to the board at the other end of a stream and gives it the function.
 * @throws GatewayError 5021 when the stream ends first or the board refuses the image
 */
export function openBoardClient(stream: Duplex, options: BoardClientOptions): Promise<BoardClient> {
  const hash = new Uint8Array(createHash("sha256").update(options.image).digest());
  return new Promise((resolve, reject) => {
    let session: Session | undefined;
    let request = 0;
    let part: { bytes: Uint8Array; filled: number } | undefined;
    let waiting: { resolve(call: BoardCall): void; reject(error: GatewayError): void } | undefined;
    const fail = (message: string): void => {
      const error = new GatewayError(5021, message);
      waiting?.reject(error);
      reject(error);
    };

    function call(event = "null"): Promise<BoardCall> {
      const bytes = jsonToCbor(event);
      request++;
      return new Promise((done, failed) => {
        waiting = { resolve: done, reject: failed };
        if (!session) return fail("the board is not attached any more; start it again");
        for (let offset = 0; offset < bytes.length; offset += LINK_CHUNK_BYTES) {
          session.send({ type: "invoke", request, function: FUNCTION, timeoutMs: 0, total: bytes.length, offset, bytes: bytes.subarray(offset, offset + LINK_CHUNK_BYTES) });
        }
      });
    }

    function take(record: BoardRecord): void {
      if (record.type === "print") options.print(record.text);
      if (record.type === "error" && record.request === 0) fail(`the board cannot run the image (${record.code}): ${record.message}`);
      if ((record.type !== "error" && record.type !== "result") || record.request !== request) return;
      const figures = { fuel: record.fuel, ms: record.ms, peakBytes: record.peak };
      if (record.type === "result") waiting?.resolve({ payload: cborToJson(record.value), ...figures });
      else waiting?.resolve({ error: { code: record.code, errorType: record.errorType, message: record.message, frames: record.frames }, ...figures });
    }

    function collect({ offset, total, bytes, seq }: Extract<FromBoard, { type: "part" }>): void {
      if (offset === 0) part = { bytes: new Uint8Array(total), filled: 0 };
      if (!part || part.filled !== offset || offset + bytes.length > part.bytes.length) throw new GatewayError(5001, `the pieces of record ${seq} do not fit together`);
      part.bytes.set(bytes, offset);
      part.filled += bytes.length;
      if (part.filled < part.bytes.length) return;
      take(decodeRecord(part.bytes));
      session?.send({ type: "saved", seq });
    }

    let hello: Hello;
    void runLink(stream, "board", {
      welcome: (said) => ({ epoch: said.epoch || Math.floor(options.world.now() / 1000), saved: 0 }),
      opened(opened, said) {
        session = opened;
        hello = said;
        session.send({ type: "configure", revision: REVISION });
        session.send({
          type: "function", name: FUNCTION, image: hash, imageBytes: options.image.length, arenaBytes: options.arenaBytes ?? 0, fuel: options.fuel ?? 0, timeoutMs: options.timeoutMs ?? 0,
          triggerLog: null, window: 0, resultLog: null,
        });
        session.send({ type: "run", revision: REVISION });
      },
      received(from, message) {
        if (message.type === "get") from.send(chunkOf({ image: options.image, hash, symbolize: () => [] }, message.image, message.offset));
        else if (message.type === "running") resolve({ hello, call });
        else if (message.type === "part") collect(message);
        else {
          message.records.forEach(take);
          from.send({ type: "saved", seq: message.seq + message.records.length - 1 });
        }
      },
      beat: () => undefined,
      closed: () => { session = undefined; fail("the link to the board ended; start the board again"); },
    }, options.world);
  });
}
