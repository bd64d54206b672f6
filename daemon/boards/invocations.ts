/** Calls to functions on a board: one at a time, sent in pieces, kept over a lost session, answered by a durable record (device/link/README.md, "Messages"). */
import { GatewayError, messageOf } from "../errors.ts";
import type { World } from "../world.ts";
import { cborToJson, jsonToCbor } from "./protocol-json.ts";
import { LINK_CHUNK_BYTES, type BoardRecord } from "./protocol.ts";
import type { Session } from "./session.ts";

/** How a call ended on the board. */
export interface BoardResult {
  /** JSON text of what the handler returned; undefined when it failed. */
  readonly payload?: string;
  readonly error?: { readonly code: number; readonly errorType: string; readonly message: string; readonly frames: { file: string; line: number; function: string }[] };
  /** Output of print. */
  readonly log: string;
  readonly fuel: number;
  readonly ms: number;
  /** Most bytes of the arena in use. */
  readonly peakBytes: number;
}

interface Call {
  readonly request: number;
  readonly fn: string;
  readonly event: Uint8Array;
  readonly timeoutMs: number;
  readonly symbolize: (frames: readonly (readonly [number, number])[]) => { file: string; line: number; function: string }[];
  readonly settle: (outcome: BoardResult | GatewayError) => void;
  /** Epoch that the event was sent in; 0: it waits for its turn. */
  epoch: number;
  log: string;
}

/** Longer than a function's own time: other calls may be before it, a lost cable may come back. */
const GRACE_MS = 10_000;

export class Invocations {
  private readonly board: string;
  private readonly world: World;
  /** By request, which rise: the first is with the board, the others wait for its answer. */
  private readonly calls = new Map<number, Call>();
  private session: Session | undefined;
  private epoch = 0;
  private newest = 0;

  constructor(board: string, world: World) {
    this.board = board;
    this.world = world;
  }

  start(fn: string, event: string, timeoutMs: number, symbolize: Call["symbolize"]): Promise<BoardResult> {
    if (!this.session) return Promise.reject(new GatewayError(5010, `the board ${this.board} is not attached; connect it, or see nanolambda boards`));
    const cbor = jsonToCbor(event);
    const request = (this.newest = Math.max(this.newest + 1, Math.floor(this.world.now() * 1000)));
    return new Promise((resolve, reject) => {
      const cancel = this.world.after(timeoutMs + GRACE_MS, () => call.settle(new GatewayError(5012, `the board ${this.board} did not answer the call of ${fn} in time; see nanolambda boards`)));
      const call: Call = {
        request, fn, event: cbor, timeoutMs, symbolize, epoch: 0, log: "",
        settle: (outcome) => {
          cancel();
          this.calls.delete(request);
          this.sendNext();
          if (outcome instanceof GatewayError) reject(outcome);
          else resolve(outcome);
        },
      };
      this.calls.set(request, call);
      this.sendNext();
    });
  }

  attached(session: Session, epoch: number, invoked: number): void {
    this.session = session;
    this.epoch = epoch;
    const [call] = this.calls.values();
    if (call === undefined || call.epoch === 0) this.sendNext();
    else if (call.epoch !== epoch) call.settle(new GatewayError(5011, `the board ${this.board} started anew while it ran ${call.fn}; call it again`));
    else if (call.request > invoked) this.send(call);
  }

  detached(): void {
    this.session = undefined;
  }

  printed(request: number, text: string): void {
    const call = this.calls.get(request);
    if (call) call.log += text;
  }

  answered(record: Extract<BoardRecord, { type: "result" | "error" }>): void {
    const call = this.calls.get(record.request);
    if (!call) return;
    const figures = { log: call.log, fuel: record.fuel, ms: record.ms, peakBytes: record.peak };
    if (record.type === "result") call.settle({ ...payloadOf(record.value), ...figures });
    else call.settle({ error: { code: record.code, errorType: record.errorType, message: record.message, frames: call.symbolize(record.frames) }, ...figures });
  }

  private sendNext(): void {
    const [call] = this.calls.values();
    if (this.session && call?.epoch === 0) this.send(call);
  }

  private send(call: Call): void {
    call.epoch = this.epoch;
    const total = call.event.length;
    try {
      for (let offset = 0; offset < total || offset === 0; offset += LINK_CHUNK_BYTES) {
        const bytes = call.event.subarray(offset, offset + LINK_CHUNK_BYTES);
        this.session?.send({ type: "invoke", request: call.request, function: call.fn, timeoutMs: call.timeoutMs, total, offset, bytes });
      }
    } catch (cause) {
      call.settle(new GatewayError(5014, `the call of ${call.fn} cannot be sent to the board ${this.board}: ${messageOf(cause)}`, { cause }));
    }
  }
}

/** The result as JSON text, or Lambda's error for one that JSON cannot hold. */
function payloadOf(value: Uint8Array): Pick<BoardResult, "payload" | "error"> {
  try {
    return { payload: cborToJson(value) };
  } catch (error) {
    return { error: { code: error instanceof GatewayError ? error.code : 5000, errorType: "Runtime.MarshalError", message: messageOf(error), frames: [] } };
  }
}
