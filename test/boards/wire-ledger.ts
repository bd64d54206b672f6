/**
 * An outside view of the link: reads along on a cable and notes what the board sent under which number and what the gateway said is durable,
 * then holds the gateway's logs against it.
 */
import { cborToJson } from "../../daemon/boards/protocol-json.ts";
import {
  createFrameDecoder, decodeBoardBeat, decodeFromBoard, decodeHello, decodeToBoard, decodeWelcome, type BoardRecord, type Frame,
} from "../../daemon/boards/protocol.ts";
import type { LoggedRecord } from "./gateway-process.ts";

/** One boot of the board. */
export interface Boot {
  /** What the board sent, by number; each as `LOG JSON`, or `-` when it belongs into no log. */
  readonly sent: Map<number, string>;
  /** The highest number that the gateway called durable. */
  saved: number;
  /** Records that the board's full outbox dropped, as the board says. */
  dropped: number;
}

export interface WireLedger {
  readonly boots: ReadonlyMap<number, Boot>;
  /** Bytes that came from the gateway, and sessions that it opened. */
  heard(): number;
  sessions(): number;
  /** Reads along on a new stream: give it each direction's bytes as they come. */
  tap(): { fromBoard(bytes: Uint8Array): void; fromGateway(bytes: Uint8Array): void };
  /** Every way in which the logs break the link's promises, in words; empty when they are kept. */
  breaches(board: string, logs: Readonly<Record<string, readonly LoggedRecord[]>>): string[];
}

export function createWireLedger(): WireLedger {
  const boots = new Map<number, Boot>();
  const epochs = new Map<number, number>();  // by session
  const found: string[] = [];
  let heard = 0;
  const bootOf = (epoch: number): Boot => {
    const known = boots.get(epoch) ?? { sent: new Map<number, string>(), saved: 0, dropped: 0 };
    boots.set(epoch, known);
    return known;
  };
  function sent(boot: Boot, seq: number, text: string): void {
    const before = boot.sent.get(seq);
    if (before !== undefined && before !== text) found.push(`the board sent ${before} and later ${text} under the number ${seq}`);
    boot.sent.set(seq, text);
  }
  function fromBoard(frame: Frame): void {
    if (frame.kind === "hello") {
      const hello = decodeHello(frame.body);
      if (hello.epoch > 0) bootOf(hello.epoch).dropped = hello.dropped;
    }
    const epoch = epochs.get(frame.session);
    if (epoch === undefined) return;
    if (frame.kind === "beat") bootOf(epoch).dropped = decodeBoardBeat(frame.body).dropped;
    if (frame.kind !== "data") return;
    const message = decodeFromBoard(frame.body);
    if (message.type === "out") message.records.forEach((record, i) => sent(bootOf(epoch), message.seq + i, textOf(record)));
    if (message.type === "part") found.push(`record ${message.seq} came in parts, which this ledger does not read`);
  }
  function fromGateway(frame: Frame): void {
    if (frame.kind === "welcome") {
      const { epoch, saved } = decodeWelcome(frame.body);
      epochs.set(frame.session, epoch);
      bootOf(epoch).saved = Math.max(bootOf(epoch).saved, saved);
    }
    const epoch = epochs.get(frame.session);
    if (frame.kind !== "data" || epoch === undefined) return;
    const message = decodeToBoard(frame.body);
    if (message.type === "saved") bootOf(epoch).saved = Math.max(bootOf(epoch).saved, message.seq);
  }
  return {
    boots,
    heard: () => heard,
    sessions: () => epochs.size,
    tap() {
      const up = createFrameDecoder(fromBoard);
      const down = createFrameDecoder(fromGateway);
      return { fromBoard: (bytes) => up.push(bytes), fromGateway: (bytes) => { heard += bytes.length; down.push(bytes); } };
    },
    breaches(board, logs) {
      const breaches = [...found];
      const kept = new Map<string, string>();  // by `epoch seq`
      for (const [log, records] of Object.entries(logs)) {
        let last = { epoch: 0, seq: 0 };
        for (const { origin, value } of records) {
          if (origin?.board !== board) continue;
          const text = `${log} ${JSON.stringify(value)}`;
          if (origin.epoch < last.epoch || (origin.epoch === last.epoch && origin.seq <= last.seq)) breaches.push(`${log}: ${origin.epoch}.${origin.seq} comes after ${last.epoch}.${last.seq}`);
          if (boots.get(origin.epoch)?.sent.get(origin.seq) !== text) breaches.push(`${log}: ${origin.epoch}.${origin.seq} is ${text}; the board sent ${boots.get(origin.epoch)?.sent.get(origin.seq) ?? "nothing"}`);
          if (kept.has(`${origin.epoch} ${origin.seq}`)) breaches.push(`${origin.epoch}.${origin.seq} is there twice`);
          kept.set(`${origin.epoch} ${origin.seq}`, text);
          last = origin;
        }
      }
      for (const [epoch, { sent: records, saved, dropped }] of boots) {
        const missing = Array.from({ length: saved }, (_, i) => i + 1).filter((seq) => records.get(seq) !== "-" && !kept.has(`${epoch} ${seq}`));
        if (missing.length > dropped) breaches.push(`epoch ${epoch}: ${saved} records were acknowledged and ${missing.length} are missing, among them ${missing[0]}; the board dropped ${dropped}`);
      }
      return breaches.slice(0, 8);
    },
  };
}

function textOf(record: BoardRecord): string {
  const log = record.type === "append" || record.type === "result" ? record.log : null;
  return log === null || !("value" in record) ? "-" : `${log} ${JSON.stringify(JSON.parse(cborToJson(record.value)))}`;
}
