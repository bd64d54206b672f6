/** One program on CPython and on IoTPy: what differs, if anything. */
import { CompileError, type Compiler } from "../../../compiler/index.ts";
import { portNamed } from "../../../daemon/cli/ports.ts";
import { type Answer, type CPython, openCPython, openStream, type Stream } from "../processes.ts";

/** `skipped`: a limit of one of the two was met (memory, time, depth), or the compiler knows that a name will not be defined. */
export interface Verdict { readonly kind: "same" | "skipped" | "differs" | "refused" | "broken"; readonly detail: string; /** What a smaller program must show too. */ readonly sign: string }

const verdict = (kind: Verdict["kind"], detail = "", sign = detail): Verdict => ({ kind, detail, sign: sign.replace(/\b[a-zA-Z]\d+\b|\d+/g, "#") });

const STATES = ["done", "fuel", "wait", "raised", "broken"];
/** What a limit of one of the two leaves in what is printed, or in the type of the exception. */
const LIMITS = /MemoryError|RecursionError|OutOfTime|TimeoutError| at 0x|<locals>/;

/** Ports by name: every how many-th program runs there too. */
export type Samples = Readonly<Record<string, number>>;

const FUEL = 1_000_000;
/** The board's own errors: the image or what it printed does not fit. */
const BOARD_LIMITS = /^Board\d/;

export class Comparison {
  private cpython: CPython = openCPython();
  private stream: Stream = openStream("stream");
  private readonly compiler: Compiler;
  private readonly samples: Samples;
  private judged = 0;
  /** Programs that have been compared on each of the ports sampled. */
  readonly sampled: Record<string, number> = {};

  constructor(compiler: Compiler, samples: Samples = {}) {
    this.compiler = compiler;
    this.samples = samples;
  }

  /** The image, or why there is none. */
  private compiled(source: string): Uint8Array | Verdict {
    try {
      return this.compiler.compile({ files: { "program.py": source }, main: "program" }).image;
    } catch (error) {
      return error instanceof CompileError ? verdict(/is not defined/.test(error.message) ? "skipped" : "refused", error.message) : verdict("broken", String(error instanceof Error ? error.stack : error), "thrown");
    }
  }

  private async run(image: Uint8Array): Promise<Answer> {
    const stream = this.stream;
    try {
      return await stream.ask("run", { image, fuel: FUEL });
    } catch {  // Another program may have ended the process: this one alone?
      if (this.stream === stream) this.stream = openStream("stream");
      const alone = openStream("stream");
      try { return await alone.ask("run", { image, fuel: FUEL }); } finally { alone.close(); }
    }
  }

  async judge(source: string): Promise<Verdict> {
    const wanted = await this.cpython.run(source);
    if (wanted.error?.startsWith("SyntaxError")) return verdict("broken", `the generator wrote what CPython refuses: ${wanted.error}`);
    const image = this.compiled(source);
    if (!(image instanceof Uint8Array)) return image;
    let answer;
    try {
      answer = await this.run(image);
    } catch (error) {
      return verdict("broken", String(error), "ended");
    }
    const printed = answer.printed.toString();
    const state = STATES[answer.outcome] ?? "?";
    const error = state === "done" ? null : state === "raised" ? (JSON.parse(answer.error) as { errorType: string }).errorType : state;
    if (LIMITS.test(`${wanted.error} ${error} ${wanted.printed} ${printed}`) || state === "fuel") return verdict("skipped", "a limit");
    if (printed === wanted.printed && error === wanted.error) return this.elsewhere(image, { printed, error });
    if (looksUpLater(wanted, { printed, error })) return verdict("skipped", "looked up later");
    return verdict("differs", difference(wanted, { printed, error }), `${printed === wanted.printed} ${error} ${wanted.error}`);
  }

  /** The same program on other ports gives the same bytes, unless it needs more memory than they have. */
  private async elsewhere(image: Uint8Array, wanted: Output): Promise<Verdict> {
    this.judged++;
    for (const [name, every] of Object.entries(this.samples)) {
      if (this.judged % every !== 0) continue;
      let printed = "";
      const decoder = new TextDecoder();
      const outcome = await portNamed(name).run(image, { fuel: FUEL, print: (utf8) => { printed += decoder.decode(utf8, { stream: true }); } });
      const error = outcome.state === "raised" ? (outcome.error?.errorType ?? "?") : outcome.state === "done" ? null : outcome.state;
      if (LIMITS.test(`${error} ${printed}`) || BOARD_LIMITS.test(`${error}`)) continue;
      this.sampled[name] = (this.sampled[name] ?? 0) + 1;
      if (printed !== wanted.printed || error !== wanted.error) return verdict("differs", `on ${name}: ${difference(wanted, { printed, error })}`);
    }
    return verdict("same");
  }

  close(): void {
    this.cpython.close();
    this.stream.close();
  }
}

interface Output { readonly printed: string; readonly error: string | null }

/**
 * `x.name(f())` where x has no such name: CPython raises AttributeError before it calls f, IoTPy looks the method up when it has the arguments.
 * A program that knows its objects cannot tell.
 */
function looksUpLater(wanted: Output, got: Output): boolean {
  const [want, lines] = [[...wanted.printed.split("\n"), wanted.error], [...got.printed.split("\n"), got.error]];
  const line = want.findIndex((text, index) => text !== lines[index]);
  return want[line]?.includes("AttributeError") === true || (want.includes("AttributeError") && line === want.length - 1);
}

function difference(wanted: Output, got: Output): string {
  if (wanted.printed === got.printed) return `ends with ${got.error}, not ${wanted.error}`;
  const [want, lines] = [wanted.printed.split("\n"), got.printed.split("\n")];
  const line = want.findIndex((text, index) => text !== lines[index]);
  return `line ${line + 1} is ${JSON.stringify(lines[line])}, not ${JSON.stringify(want[line])} (${got.error}, ${wanted.error})`;
}
