/** One function instance on the WebAssembly port: the module's exports (sandbox.c) with strings in place of addresses. */

export type State = "done" | "fuel" | "wait" | "raised" | "broken";
const STATES: readonly State[] = ["done", "fuel", "wait", "raised", "broken"];

export interface Host {
  /** Output of print. The bytes are valid during the call only. */
  print(utf8: Uint8Array): void;
  /** Milliseconds: since some start, or since 1970. */
  time(monotonic: boolean): number;
  /** The longest result, error or argument list that is taken; default: of any length. */
  readonly outputBytesMax?: number;
}

/** A result, an error or an argument list is longer than its host takes. */
export class OutputTooLong extends RangeError {
  readonly bytes: number;

  constructor(bytes: number) {
    super(`${bytes} bytes are more than the host takes`);
    this.bytes = bytes;
  }
}

export interface Iotpy {
  /**
   * Lays out an arena for an image and queues the run of its top level.
   * @throws RangeError when the image breaks a rule of the verifier, or memory is too small for it
   */
  start(image: Uint8Array, arenaBytes: number): void;
  /** Queues handler(event, context), JSON texts. False: `error()` says why. */
  call(event: string, context?: string): boolean;
  /** Runs until the call is done or the fuel (at most 2^30 - 1) is used up. */
  run(fuel: number): State;
  /** JSON text; undefined when the result has no JSON form: `error()` then says why. Like the next two @throws OutputTooLong */
  result(): string | undefined;
  /** JSON text of the uncaught exception: see device/vm/iotpy.h. */
  error(): string;
  /** While `wait`: the built-in that waits (an index of compiler/builtins.ts) and its arguments as a JSON array. */
  hostCall(): { operation: number; arguments: string };
  /** Answers the host call with a JSON text. */
  hostReturn(json: string): boolean;
  /** Raises a built-in exception where the host call stands. */
  hostRaise(type: string, message: string): void;
  /** Units since the start or the last call. */
  fuelUsed(): number;
  /** Bytes. */
  memoryUsed(): number;
  memoryPeak(): number;
  collections(): number;
  /** The arena's bytes, a copy: all state of the instance. */
  snapshot(): Uint8Array;
  /** Takes up a snapshot of an instance with the same image, which `image` gives when this instance has none yet. */
  restore(snapshot: Uint8Array, image?: Uint8Array): boolean;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  image(bytes: number): number;
  verify(): number;
  verified_at(): number;
  start(arenaBytes: number): number;
  attach(arenaBytes: number): number;
  arena(): number;
  buffer(bytes: number): number;
  call(eventBytes: number, contextBytes: number): number;
  run(fuel: number): number;
  emit_result(): number;
  emit_error(): void;
  emit_host_arguments(): void;
  host_operation(): number;
  host_return(bytes: number): number;
  host_raise(typeBytes: number): void;
  fuel_used(): number;
  memory_used(): number;
  memory_peak(): number;
  collections(): number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A new instance of the module with nothing in it yet. */
export function instantiate(module: WebAssembly.Module, host: Host): Iotpy {
  const output = new Output(host.outputBytesMax ?? Infinity);
  const bytes = (at: number, length: number): Uint8Array => new Uint8Array(exports.memory.buffer, at >>> 0, length);
  const env = {
    emit: (at: number, length: number): void => output.add(exports.memory.buffer, at >>> 0, length),
    print: (at: number, length: number): void => host.print(bytes(at, length)),
    time: (monotonic: number): number => host.time(monotonic !== 0),
  };
  const board = { write: () => undefined, sensor: () => Number.NaN, time: () => 0 };  // the virtual board's imports, which this use does not need
  const exports = new WebAssembly.Instance(module, { env, board }).exports as unknown as Exports;
  let arenaBytes = 0;

  function put(at: number, data: Uint8Array): void {
    if (at === 0) throw new RangeError("WebAssembly memory is used up");
    bytes(at, data.length).set(data);
  }
  function putImage(image: Uint8Array): void {
    put(exports.image(image.length), image);
    const rule = exports.verify();
    if (rule !== 0) throw new RangeError(`verification failed: ${rule} at ${exports.verified_at().toString(16)}`);
  }
  return {
    start(image, size) {
      putImage(image);
      arenaBytes = size;
      if (exports.start(size) === 0) throw new RangeError(`an arena of ${size} bytes is too small for this program`);
    },
    call(event, context = "") {
      const [first, second] = [encoder.encode(event), encoder.encode(context)];
      put(exports.buffer(first.length + second.length), join([first, second]));
      return exports.call(first.length, second.length) !== 0;
    },
    run: (fuel) => STATES[exports.run(fuel)] ?? "broken",
    result() {
      const ok = exports.emit_result() !== 0;
      const text = output.take();
      return ok ? text : undefined;
    },
    error() {
      exports.emit_error();
      return output.take();
    },
    hostCall() {
      exports.emit_host_arguments();
      return { operation: exports.host_operation(), arguments: output.take() };
    },
    hostReturn(json) {
      const data = encoder.encode(json);
      put(exports.buffer(data.length), data);
      return exports.host_return(data.length) !== 0;
    },
    hostRaise(type, message) {
      const data = encoder.encode(`${type}\0${message}\0`);
      put(exports.buffer(data.length), data);
      exports.host_raise(encoder.encode(type).length);
    },
    fuelUsed: () => exports.fuel_used(),
    memoryUsed: () => exports.memory_used(),
    memoryPeak: () => exports.memory_peak(),
    collections: () => exports.collections(),
    snapshot: () => bytes(exports.arena(), arenaBytes).slice(),
    restore(snapshot, image) {
      if (image !== undefined) putImage(image);
      arenaBytes = snapshot.length;
      exports.attach(arenaBytes);  // finds room; what lies there is not an arena yet
      bytes(exports.arena(), arenaBytes).set(snapshot);
      return exports.attach(arenaBytes) !== 0;
    },
  };
}

/** What is emitted in pieces, most of them of a few bytes. */
class Output {
  private readonly bytesMax: number;
  private kept = new Uint8Array(1024);
  private bytes = 0;
  private memory = new Uint8Array(0);

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  add(buffer: ArrayBuffer, at: number, length: number): void {
    const start = this.bytes;
    this.bytes += length;
    if (this.bytes > this.bytesMax) return;
    if (this.bytes > this.kept.length) this.grow(start);
    if (this.memory.buffer !== buffer) this.memory = new Uint8Array(buffer);
    for (let index = 0; index < length; index++) this.kept[start + index] = this.memory[at + index] as number;
  }

  take(): string {
    const { bytes, kept } = this;
    this.bytes = 0;
    if (bytes > this.bytesMax) throw new OutputTooLong(bytes);
    const text = decoder.decode(kept.subarray(0, bytes));
    if (kept.length > KEPT_BYTES_MAX) this.kept = new Uint8Array(1024);
    return text;
  }

  private grow(used: number): void {
    const larger = new Uint8Array(2 * this.bytes);
    larger.set(this.kept.subarray(0, used));
    this.kept = larger;
  }
}

/** Room for output that an instance keeps for the next. */
const KEPT_BYTES_MAX = 64 * 1024;

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
