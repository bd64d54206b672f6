/** The gateway's half of a link session: welcome, messages in order and none twice, repetition, heartbeat (device/link/README.md, "Session"). */
import type { Duplex } from "node:stream";
import { GatewayError, messageOf } from "../errors.ts";
import type { World } from "../world.ts";
import {
  createFrameDecoder, decodeBoardBeat, decodeFromBoard, decodeHello, encodeFrame, encodeGatewayBeat, encodeRefusal, encodeToBoard, encodeWelcome, LINK_BEAT_MS, LINK_PROTOCOL, LINK_RETRY_MS,
  LINK_RETRY_MS_MAX, LINK_SILENCE_MS, type BoardBeat, type Frame, type FromBoard, type Hello, type Refusal, type ToBoard, type Welcome,
} from "./protocol.ts";

/** DATA frames that the gateway takes unacknowledged. */
const RECEIVE_WINDOW = 8;

/** What the session's owner decides and hears. */
export interface SessionOwner {
  /** The epoch and the highest durable record for a board that says hello. @throws GatewayError when the board is refused */
  welcome(hello: Hello): { epoch: number; saved: number };
  /** The session is up: messages may be sent. */
  opened(session: Session, hello: Hello, epoch: number): void;
  received(session: Session, message: FromBoard): void;
  beat(session: Session, beat: BoardBeat, rttMs: number): void;
  closed(session: Session): void;
}

/** An open session with a board. */
export interface Session {
  readonly label: string;
  /** Queues a message; it arrives once, in order, unless the session ends first. */
  send(message: ToBoard): void;
  /** Ends the session and calls the board to open another, with a refusal not before 5 s have passed; the stream stays. */
  close(refusal?: Refusal): void;
}

/** Speaks the link over a stream until the stream ends; never rejects. */
export function runLink(stream: Duplex, label: string, owner: SessionOwner, world: World): Promise<void> {
  return new Promise((resolve) => {
    const link = new Link(stream, label, owner, world);
    stream.on("data", (chunk: Uint8Array) => link.receive(chunk));
    stream.once("error", (error) => { world.log.debug({ link: label, reason: messageOf(error) }, "the stream failed"); stream.destroy(); });
    stream.once("end", () => stream.destroy());
    stream.once("close", () => { link.end(); resolve(); });
    link.reset();
  });
}

/** What a board hears of an error. */
export function refusalOf(error: unknown): Refusal {
  return { code: error instanceof GatewayError ? error.code : 5000, message: messageOf(error).slice(0, 200) };
}

interface Unacknowledged { readonly seq: number; readonly body: Uint8Array }

class Link {
  private readonly decoder = createFrameDecoder((frame) => this.frame(frame));
  private readonly stream: Duplex;
  private readonly label: string;
  private readonly owner: SessionOwner;
  private readonly world: World;
  private current: OpenSession | undefined;

  constructor(stream: Duplex, label: string, owner: SessionOwner, world: World) {
    this.stream = stream;
    this.label = label;
    this.owner = owner;
    this.world = world;
  }

  receive(chunk: Uint8Array): void {
    this.decoder.push(chunk);
  }

  /** Calls a board that has no session, or another one, to say hello. */
  reset(refusal?: Refusal): void {
    this.write({ kind: "reset", session: 0, seq: 0, ack: 0, body: refusal ? encodeRefusal(refusal) : new Uint8Array() });
  }

  end(): void {
    this.current?.finish();
    this.current = undefined;
  }

  private write(frame: Frame): void {
    if (!this.stream.destroyed && this.stream.writable) this.stream.write(encodeFrame(frame));
  }

  private frame(frame: Frame): void {
    try {
      if (frame.kind === "hello") this.hello(decodeHello(frame.body));
      else if (this.current && frame.session === this.current.number) this.current.frame(frame);
      else if (frame.kind !== "reset" && frame.kind !== "welcome") this.reset();
    } catch (error) {
      this.world.log.warn({ link: this.label, reason: messageOf(error) }, `${this.label}: ${messageOf(error)}`);
      this.end();
      this.reset(refusalOf(error));
    }
  }

  private hello(hello: Hello): void {
    if (this.current?.repeats(hello)) return this.current.sayWelcome();
    this.end();
    if (hello.protocol !== LINK_PROTOCOL || hello.suite !== 0) {
      throw new GatewayError(5004, `the board ${hello.name} speaks protocol ${hello.protocol}, suite ${hello.suite}; this gateway speaks ${LINK_PROTOCOL}, suite 0: update the older of the two`);
    }
    const { epoch, saved } = this.owner.welcome(hello);
    const number = new DataView(this.world.randomBytes(4).slice().buffer).getUint32(0) || 1;
    const welcome: Omit<Welcome, "timeMs"> = { nonce: hello.nonce, epoch, saved, window: RECEIVE_WINDOW, beatMs: LINK_BEAT_MS };
    const session = new OpenSession({
      number, welcome, hello, label: this.label, owner: this.owner, world: this.world,
      write: (frame) => this.write(frame),
      lost: (refusal) => { if (this.current === session) this.current = undefined; this.reset(refusal); },
    });
    this.current = session;
    session.sayWelcome();
    this.owner.opened(session, hello, epoch);
  }
}

interface SessionParts {
  readonly number: number;
  readonly welcome: Omit<Welcome, "timeMs">;
  readonly hello: Hello;
  readonly label: string;
  readonly owner: SessionOwner;
  readonly world: World;
  write(frame: Frame): void;
  /** The session is over and the board should say hello again. */
  lost(refusal?: Refusal): void;
}

class OpenSession implements Session {
  readonly number: number;
  readonly label: string;
  private readonly parts: SessionParts;
  private readonly queue: Uint8Array[] = [];
  private unacknowledged: Unacknowledged[] = [];
  private nextSeq = 1;
  private expected = 1;
  private retryMs = LINK_RETRY_MS;
  private heardAt: number;
  private heard = false;
  private rttMs = 0;
  private open = true;
  private cancelRetry: () => void = () => undefined;
  private cancelBeat: () => void = () => undefined;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.number = parts.number;
    this.label = parts.label;
    this.heardAt = parts.world.monotonic();
    this.beatLater();
  }

  /** Whether a hello is the one that this session already welcomed. */
  repeats(hello: Hello): boolean {
    return !this.heard && hello.nonce === this.parts.hello.nonce && hello.name === this.parts.hello.name;
  }

  /** Said again when the board repeats its hello, with the time of now. */
  sayWelcome(): void {
    const welcome = { ...this.parts.welcome, timeMs: Math.floor(this.parts.world.now()) };
    this.parts.write({ kind: "welcome", session: this.number, seq: 0, ack: 0, body: encodeWelcome(welcome) });
  }

  send(message: ToBoard): void {
    if (!this.open) return;
    this.queue.push(encodeToBoard(message));
    this.fill();
  }

  close(refusal?: Refusal): void {
    if (!this.open) return;
    this.finish();
    this.parts.lost(refusal);
  }

  /** Ends without a word to the board. */
  finish(): void {
    if (!this.open) return;
    this.open = false;
    this.cancelRetry();
    this.cancelBeat();
    this.parts.owner.closed(this);
  }

  frame(frame: Frame): void {
    this.heard = true;
    this.heardAt = this.parts.world.monotonic();
    this.acknowledged(frame.ack);
    if (frame.kind === "data") this.data(frame);
    else if (frame.kind === "beat") this.answered(decodeBoardBeat(frame.body));
  }

  /** The message first, then the acknowledgement: on a synchronous stream the board's next frame arrives within the write. */
  private data(frame: Frame): void {
    const wanted = frame.seq === this.expected;
    const message = wanted ? decodeFromBoard(frame.body) : undefined;
    if (wanted) this.expected = (this.expected + 1) & 0xffff;
    if (message) this.parts.owner.received(this, message);
    if (this.open) this.parts.write({ kind: "ack", session: this.number, seq: 0, ack: this.expected, body: new Uint8Array() });
  }

  private acknowledged(ack: number): void {
    const done = this.unacknowledged.findIndex(({ seq }) => seq === ack);
    const count = done >= 0 ? done : ack === this.nextSeq ? this.unacknowledged.length : 0;
    if (count === 0) return;
    this.unacknowledged = this.unacknowledged.slice(count);
    this.retryMs = LINK_RETRY_MS;
    this.cancelRetry();
    if (this.unacknowledged.length > 0) this.retryLater();
    this.fill();
  }

  private fill(): void {
    const window = Math.max(1, this.parts.hello.window);
    while (this.unacknowledged.length < window && this.queue.length > 0) {
      const item = { seq: this.nextSeq, body: this.queue.shift() as Uint8Array };
      this.nextSeq = (this.nextSeq + 1) & 0xffff;
      this.unacknowledged.push(item);
      this.transmit(item);
      if (this.unacknowledged.length === 1) this.retryLater();
    }
  }

  private transmit({ seq, body }: Unacknowledged): void {
    this.parts.write({ kind: "data", session: this.number, seq, ack: this.expected, body });
  }

  private retryLater(): void {
    this.cancelRetry = this.parts.world.after(this.retryMs, () => {
      if (!this.open) return;
      for (const item of this.unacknowledged) this.transmit(item);
      this.retryMs = Math.min(this.retryMs * 2, LINK_RETRY_MS_MAX);
      this.retryLater();
    });
  }

  private beatLater(): void {
    this.cancelBeat = this.parts.world.after(LINK_BEAT_MS, () => {
      if (!this.open) return;
      if (this.parts.world.monotonic() - this.heardAt > LINK_SILENCE_MS) {
        return this.close();
      }
      const beat = { timeMs: Math.floor(this.parts.world.now()), rttMs: Math.round(this.rttMs) };
      this.parts.write({ kind: "beat", session: this.number, seq: 0, ack: this.expected, body: encodeGatewayBeat(beat) });
      this.beatLater();
    });
  }

  /** The board's answer to a beat tells the round trip, smoothed as in TCP (RFC 6298, alpha 1/8). */
  private answered(beat: BoardBeat): void {
    const sample = Math.max(0, this.parts.world.now() - beat.timeMs);
    this.rttMs = this.rttMs === 0 ? sample : this.rttMs + (sample - this.rttMs) / 8;
    this.parts.owner.beat(this, beat, this.rttMs);
  }
}
