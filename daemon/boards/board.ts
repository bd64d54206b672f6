/** One board of the configuration: its session while it is attached, its configuration, its records, its calls. */
import type { BoardConfig } from "../config.ts";
import { GatewayError, messageOf } from "../errors.ts";
import type { Table, WriteTransaction } from "../store.ts";
import { chunkOf, describeBoard, type BoardImage } from "./configuration.ts";
import { sameHash, type BoardsOptions, type Saved } from "./index.ts";
import { Invocations, type BoardResult } from "./invocations.ts";
import { cborToJson } from "./protocol-json.ts";
import { decodeRecord, type BoardBeat, type BoardRecord, type FromBoard, type Hello } from "./protocol.ts";
import { refusalOf, type Session } from "./session.ts";

export type { BoardResult } from "./invocations.ts";

export interface BoardStatus {
  readonly name: string;
  readonly attached: boolean;
  /** Of the current or last session. */
  readonly label?: string;
  readonly port?: string;
  readonly epoch?: number;
  /** Whether the wanted configuration runs. */
  readonly running: boolean;
  readonly rttMs?: number;
  /** Records that the board's full outbox dropped, and that its handlers were too slow to see. */
  readonly dropped: number;
  readonly missed: number;
  readonly functions: readonly string[];
}

interface Attached { readonly session: Session; readonly hello: Hello; readonly epoch: number }
interface Delivery { readonly startedMs: number; bytes: number; readonly functions: Set<string> }

/** What a board says of an image that is damaged, and how often in one boot it is delivered again. */
const IMAGE_INVALID = 5103;
const DELIVERIES_MAX = 3;
/** Images that a hello has room for. */
const HELLO_IMAGES_MAX = 6;
/** Says to a board that its epoch is not its own: higher than any number of a record. */
const NOT_YOURS = 2 ** 32 - 1;
const encoder = new TextEncoder();
const NO_HASH = new Uint8Array();
/** Not JSON, too large for its log, no such log, a deleted log. */
const NEVER_SAVED = new Set([5002, 2103, 5013, 2106]);

export class Board {
  readonly config: BoardConfig;
  private readonly name: string;
  private readonly options: BoardsOptions;
  private readonly saved: Table<Saved>;
  private readonly invocations: Invocations;
  private attached: Attached | undefined;
  private last: { label: string; hello: Hello; epoch: number } | undefined;
  private revision = 0;
  private running = false;
  private delivery: Delivery | undefined;
  private part: { seq: number; bytes: Uint8Array; filled: number } | undefined;
  private health = { rttMs: 0, dropped: 0, missed: 0 };
  /** Images asked for by hash: those of the newest configuration and of the one before. */
  private images: BoardImage[] = [];
  /** How often in this boot a damaged image was delivered again, by hash in hexadecimal. */
  private again = new Map<string, number>();

  constructor(name: string, config: BoardConfig, options: BoardsOptions, saved: Table<Saved>) {
    this.name = name;
    this.config = config;
    this.options = options;
    this.saved = saved;
    this.invocations = new Invocations(name, options.world);
  }

  /**
   * The epoch of this boot and what of it is durable (device/link/README.md, WELCOME).
   * @throws GatewayError 5006 when another board has the name
   */
  welcome(hello: Hello): { epoch: number; saved: number } {
    const known = this.saved.get(this.name);
    if (hello.epoch > 0 && hello.epoch < (this.attached?.epoch ?? 0)) throw new GatewayError(5006, `two boards have the name ${this.name}; give each a name of its own, in the board and under boards in the configuration`);
    if (hello.epoch > 0 && hello.epoch < (known?.epoch ?? 0)) return { epoch: hello.epoch, saved: NOT_YOURS };
    const fresh = Math.max(Math.floor(this.options.world.now() / 1000), (known?.epoch ?? 0) + 1, (this.last?.epoch ?? 0) + 1);
    const epoch = hello.epoch === 0 ? fresh : hello.epoch;
    return { epoch, saved: known?.epoch === epoch ? known.seq : 0 };
  }

  open(session: Session, hello: Hello, epoch: number): void {
    this.attached?.session.close();
    this.attached = { session, hello, epoch };
    if (this.last?.epoch !== epoch) this.again.clear();
    this.last = { label: session.label, hello, epoch };
    this.part = undefined;
    this.options.on({ type: "attached", board: this.name, label: session.label, port: hello.port, epoch, memory: hello.memory });
    this.configure(hello);
    this.invocations.attached(session, epoch, hello.invoked);
  }

  close(session: Session): void {
    if (this.attached?.session !== session) return;
    this.attached = undefined;
    this.running = false;
    this.options.on({ type: "detached", board: this.name, label: session.label });
    this.invocations.detached();
  }

  /** Sends the configuration unless the board's hello says that it runs, with every image. */
  configure(hello?: Hello): void {
    const { revision, messages } = describeBoard(this.config, this.options.imageOf);
    const names = Object.keys(this.config.functions);
    const wanted = names.flatMap((name) => this.options.imageOf(name) ?? []);
    this.images = [...wanted, ...this.images].slice(0, 2 * names.length);
    this.revision = revision;
    if (!this.attached) return;
    this.running = hello?.revision === revision && wanted.every((code) => this.holds(hello, code));
    this.delivery = undefined;
    if (!this.running) for (const message of messages) this.attached.session.send(message);
  }

  /** Whether the board has an image whole, cannot say so, or had it often enough. */
  private holds({ images }: Hello, { hash }: BoardImage): boolean {
    return images.length >= HELLO_IMAGES_MAX || images.some((one) => sameHash(one, hash)) || (this.again.get(hex(hash)) ?? 0) >= DELIVERIES_MAX;
  }

  /** A board fetches an image that it found damaged when it is configured anew. */
  private deliverAgain(fn: string): void {
    const code = this.options.imageOf(fn);
    const count = code ? (this.again.get(hex(code.hash)) ?? 0) : DELIVERIES_MAX;
    if (!code || count >= DELIVERIES_MAX) return;
    this.again.set(hex(code.hash), count + 1);
    this.configure();
  }

  status(): BoardStatus {
    return {
      name: this.name, attached: this.attached !== undefined, running: this.running, ...this.health, functions: Object.keys(this.config.functions),
      ...(this.last ? { label: this.last.label, port: this.last.hello.port, epoch: this.last.epoch } : {}),
    };
  }

  invoke(fn: string, event: string, timeoutMs: number): Promise<BoardResult> {
    return this.invocations.start(fn, event, timeoutMs, (frames) => this.options.imageOf(fn)?.symbolize(frames) ?? []);
  }

  reading(sensor: string, value: number): void {
    this.attached?.session.send({ type: "reading", sensor, value });
  }

  beat(session: Session, beat: BoardBeat, rttMs: number): void {
    if (this.attached?.session === session) this.health = { rttMs: Math.round(rttMs), dropped: beat.dropped, missed: beat.missed };
  }

  received(session: Session, message: FromBoard): void {
    if (this.attached?.session !== session) return;
    if (message.type === "get") this.deliver(session, message.image, message.offset);
    else if (message.type === "running") this.runs(message.revision, message.memoryFree);
    else if (message.type === "out") void this.save(this.attached, message.seq, message.records);
    else this.collect(this.attached, message);
  }

  private deliver(session: Session, hash: Uint8Array, offset: number): void {
    const code = this.images.find((one) => sameHash(one.hash, hash));
    this.delivery ??= { startedMs: this.options.world.monotonic(), bytes: 0, functions: new Set() };
    const chunk = chunkOf(code, hash, offset);
    if (chunk.type === "chunk") this.delivery.bytes += chunk.bytes.length;
    for (const name of Object.keys(this.config.functions)) if (code && sameHash(this.options.imageOf(name)?.hash ?? NO_HASH, code.hash)) this.delivery.functions.add(name);
    session.send(chunk);
  }

  private runs(revision: number, memoryFree: number): void {
    if (revision !== this.revision) return;
    this.running = true;
    if (this.delivery) {
      const { startedMs, bytes, functions } = this.delivery;
      this.options.on({ type: "delivered", board: this.name, functions: [...functions], bytes, ms: Math.round(this.options.world.monotonic() - startedMs) });
      this.delivery = undefined;
    }
    this.options.on({ type: "running", board: this.name, memoryFree });
  }

  /** Puts a long record together from its pieces. */
  private collect(attached: Attached, { seq, total, offset, bytes }: Extract<FromBoard, { type: "part" }>): void {
    if (offset === 0) {
      if (total > attached.hello.outbox) throw new GatewayError(5001, `a record of ${total} bytes is larger than the outbox of the board ${this.name}`);
      this.part = { seq, bytes: new Uint8Array(total), filled: 0 };
    }
    const part = this.part;
    if (!part || part.seq !== seq || part.filled !== offset || offset + bytes.length > part.bytes.length) throw new GatewayError(5001, `the pieces of record ${seq} of the board ${this.name} do not fit together`);
    part.bytes.set(bytes, offset);
    part.filled += bytes.length;
    if (part.filled < part.bytes.length) return;
    this.part = undefined;
    void this.save(attached, seq, [decodeRecord(part.bytes)]);
  }

  /** Makes records durable, each once, then says so to the board. */
  private async save({ session, epoch }: Attached, first: number, records: readonly BoardRecord[]): Promise<void> {
    try {
      const effects = await this.options.store.write((tx) => {
        const before = this.saved.getIn(tx, this.name);
        if (before && before.epoch > epoch) return [];
        const done = before?.epoch === epoch ? before.seq : 0;
        const fresh = records.map((record, i) => ({ record, seq: first + i })).filter(({ seq }) => seq > done);
        for (const { record, seq } of fresh) this.saveIn(tx, record, { board: this.name, epoch, seq });
        const last = fresh.at(-1);
        if (last) this.saved.put(tx, this.name, { epoch, seq: last.seq });
        return fresh;
      });
      for (const { record } of effects) this.happened(record);
      session.send({ type: "saved", seq: Math.max(first + records.length - 1, 0) });
    } catch (error) {
      // Not acknowledged: the board keeps the records and sends them again when the link is opened anew, a while later.
      this.options.world.log.error({ board: this.name, reason: messageOf(error) }, `records of the board ${this.name} could not be saved: ${messageOf(error)}`);
      session.close(refusalOf(error));
    }
  }

  private saveIn(tx: WriteTransaction, record: BoardRecord, origin: { board: string; epoch: number; seq: number }): void {
    if (record.type !== "append" && (record.type !== "result" || record.log === null)) return;
    try {
      const log = this.options.logs.get(record.log ?? "");
      if (!log) throw new GatewayError(5013, `the gateway has no log ${record.log}; add it under logs`);
      log.appendIn(tx, encoder.encode(cborToJson(record.value)), { origin, timeMs: record.timeMs });
    } catch (error) {
      // A record that can never be saved would come again for ever; one that only has to wait is not acknowledged.
      if (!(error instanceof GatewayError) || !NEVER_SAVED.has(error.code)) throw error;
      this.options.world.log.error({ board: this.name, log: record.log, code: error.code }, `a record of the board ${this.name} is left out: ${error.message}`);
    }
  }

  /** What a durable record sets off. */
  private happened(record: BoardRecord): void {
    if (record.type === "print") this.options.on({ type: "print", board: this.name, function: record.function, text: record.text });
    if (record.type === "result" || record.type === "error") this.invocations.answered(record);
    if (record.type === "print") this.invocations.printed(record.request, record.text);
    if (record.type === "error" && record.code === IMAGE_INVALID && record.request === 0) this.deliverAgain(record.function);
    if (record.type === "error") {
      const frames = this.options.imageOf(record.function)?.symbolize(record.frames) ?? [];
      const lines = frames.map((frame) => `  File "${frame.file}", line ${frame.line}, in ${frame.function}`);
      const head = lines.length > 0 ? ["Traceback (most recent call last):", ...lines] : [];
      this.options.on({ type: "failed", board: this.name, function: record.function, code: record.code, traceback: [...head, `${record.errorType}: ${record.message}`].join("\n") });
    }
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
