/** A board in this process: the C application and runtime as WebAssembly, speaking the link over any byte stream, in real time or another. */
import type { Duplex } from "node:stream";

/** Clock and timers; the gateway's World is one. Milliseconds; `after` returns what cancels it. */
export interface Clock { now(): number; monotonic(): number; after(ms: number, run: () => void): () => void }
/** Gives a sensor's reading `ms` milliseconds after the board was switched on. */
export type Sensor = (ms: number) => number;

export interface VirtualBoardOptions {
  /** iotpy.wasm, compiled. */
  readonly module: WebAssembly.Module;
  /** At most 31 bytes. */
  readonly name: string;
  /** By name, at most 16. Default: `accel`, the model of a motor whose imbalance grows (device/board/sensor_model.h). */
  readonly sensors?: Readonly<Record<string, Sensor>>;
  /** For images, arenas, logs, events and outbox together; default 256 KiB. */
  readonly memoryBytes?: number;
  /** Default 16 KiB, at most half of the memory. */
  readonly outboxBytes?: number;
  /** Default: the real one. */
  readonly clock?: Clock;
}

export interface VirtualBoard {
  /** Puts the cable in: speaks the link over the stream until it ends. A second cable takes the place of the first. */
  connect(stream: Duplex): Promise<void>;
  /** Switches the board off; the stream is left as it is. */
  stop(): void;
}

interface BoardExports {
  readonly memory: WebAssembly.Memory;
  board_buffer(): number;
  board_init(bytes: number, memoryBytes: number, outboxBytes: number, entropy: number): number;
  board_receive(bytes: number): void;
  board_poll(): number;
  board_model(ms: number): number;
}

/** Bytes that board.c's buffer takes at a time. */
const BUFFER_BYTES = 2048;
/** Slices of a busy board before other work of this process gets its turn. */
const POLLS_AT_ONCE = 20;

const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Switches a virtual board on.
 * @throws RangeError when names or memory do not fit
 */
export function startVirtualBoard(options: VirtualBoardOptions): VirtualBoard {
  const { module, name, memoryBytes = 256 * 1024, outboxBytes = 16 * 1024, clock = realClock } = options;
  const bootMs = clock.monotonic();
  const uptime = (): number => clock.monotonic() - bootMs;
  const sensors = Object.entries(options.sensors ?? { accel: (ms: number) => board.board_model(ms) });
  let stream: Duplex | undefined;
  let out: Uint8Array[] = [];
  let cancel: () => void = () => undefined;
  let stopped = false;
  let polling = false;
  let received = false;

  const nothing = (): number => 0;
  const env = new Proxy({}, { get: () => nothing });  // the sandbox's imports, which a board does not use
  const instance = new WebAssembly.Instance(module, {
    env,
    board: {
      write: (at: number, length: number) => void out.push(new Uint8Array(board.memory.buffer, at, length).slice()),
      sensor: (index: number) => sensors[index]?.[1](uptime()) ?? Number.NaN,
      time: (monotonic: number) => (monotonic ? uptime() : clock.now()),
    },
  });
  const board = instance.exports as unknown as BoardExports;
  const buffer = board.board_buffer();
  const put = (bytes: Uint8Array): void => new Uint8Array(board.memory.buffer, buffer, bytes.length).set(bytes);

  const names = new TextEncoder().encode([name, ...sensors.map(([sensor]) => sensor), ""].join("\0"));
  if (new TextEncoder().encode(name).length > 31 || names.length > BUFFER_BYTES - 1 || sensors.length > 16) throw new RangeError("a board's name has at most 31 bytes, and it has at most 16 sensors");
  put(names);
  const entropy = globalThis.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  if (!board.board_init(names.length, memoryBytes, outboxBytes, entropy)) throw new RangeError("the virtual board's memory does not fit: give more, or a smaller outbox");

  function flush(): void {
    const bytes = out;
    out = [];
    if (stream && !stream.destroyed && stream.writable && bytes.length > 0) stream.write(Buffer.concat(bytes));
  }
  /** Not nested: on a synchronous stream the gateway's answer arrives within the flush. */
  function poll(): void {
    received = true;
    if (polling || stopped) return;
    polling = true;
    let ms = 0;
    for (let i = 0; i < POLLS_AT_ONCE && (ms === 0 || received); i++) {
      received = false;
      ms = board.board_poll();
      flush();
    }
    polling = false;
    cancel();
    cancel = clock.after(received ? 0 : Math.min(ms, 0x7fffffff), poll);
  }
  function receive(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += BUFFER_BYTES) {
      const piece = chunk.subarray(at, at + BUFFER_BYTES);
      put(piece);
      board.board_receive(piece.length);
    }
    poll();
  }
  cancel = clock.after(0, poll);
  return {
    connect(next) {
      stream = next;
      const take = (chunk: Uint8Array): void => { if (stream === next && !stopped) receive(chunk); };
      next.on("data", take);
      next.on("error", () => next.destroy());
      next.once("end", () => next.destroy());
      return new Promise((resolve) => next.once("close", () => {
        if (stream === next) stream = undefined;
        resolve();
      }));
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}

/**
 * A sensor that plays a recording: CSV whose first line may name the columns, played again from the start at its end.
 * @param column name or number of the column; default: the last one
 * @param everyMs how long each reading lasts; default 200 ms
 * @throws RangeError when a reading is no number or there is none
 */
export function recordedSensor(csv: string, options: { column?: string | number; everyMs?: number } = {}): Sensor {
  const rows = csv.split(/\r?\n/).filter((line) => line.trim() !== "").map((line) => line.split(",").map((cell) => cell.trim()));
  const head = rows[0] ?? [];
  const named = head.some((cell) => Number.isNaN(Number(cell)));
  const column = typeof options.column === "number" ? options.column : options.column === undefined ? head.length - 1 : head.indexOf(options.column);
  const readings = rows.slice(named ? 1 : 0).map((row) => Number(row[column] || Number.NaN));
  if (readings.length === 0 || readings.some(Number.isNaN)) throw new RangeError(`the recording has no numbers in column ${options.column ?? "at the end"}; it has the columns ${head.join(", ")}`);
  return (ms) => readings[Math.floor(ms / (options.everyMs ?? 200)) % readings.length] ?? 0;
}
