/** `nanolambda up`: runs the gateway and says in plain words what happens. */
import { once } from "node:events";
import type { BoardEvent } from "../boards/index.ts";
import { GatewayError } from "../errors.ts";
import { startGateway, type Gateway } from "../gateway.ts";
import { realWorld } from "../world.ts";
import { loadConfig } from "./load-config.ts";
import { pc, say, terminalLogger, type LogLevel } from "./terminal.ts";

export interface UpOptions {
  readonly config?: string;
  readonly data?: string;
  readonly listen?: string;
  readonly logLevel: LogLevel;
  /** `NAME=FILE.csv`, each a recording that a virtual board's sensor reads. */
  readonly sensor: readonly string[];
  /** Print records as JSON. */
  readonly json?: boolean;
}

/** Runs until SIGINT or SIGTERM. */
export async function up(options: UpOptions): Promise<void> {
  const { config, folder } = loadConfig(options.config);
  const world = realWorld(terminalLogger(options.logLevel));
  const stopping = new AbortController();
  const gateway = await startGateway({
    config: { ...config, ...(options.data === undefined ? {} : { dataDir: options.data }), ...(options.listen === undefined ? {} : { listen: options.listen }) },
    folder, world, recordings: recordings(options.sensor),
    onBoard: (event) => say(options.json ? JSON.stringify(event) : sentence(event)),
    onDeployed: (name, bytes) => say(`function ${pc.bold(name)} is ready${bytes === undefined ? "" : ` (bytecode: ${bytes} bytes)`}`),
  });
  say(`listening on ${gateway.url}`);
  for (const name of config.show) void show(gateway, name, options.json === true, stopping.signal);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  stopping.abort();
  say("stopping");
  await gateway.stop();
}

function recordings(sensors: readonly string[]): Record<string, string> {
  return Object.fromEntries(sensors.map((text) => {
    const [, name, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || file === undefined) throw new GatewayError(1011, `--sensor ${text} is not NAME=FILE.csv, such as --sensor accel=fan.csv`);
    return [name, file];
  }));
}

function sentence(event: BoardEvent): string {
  const board = pc.bold(event.board);
  switch (event.type) {
    case "attached": return `board ${board} attached: ${event.port} over ${event.label}, ${Math.floor(event.memory / 1024)} KB for functions`;
    case "detached": return `board ${board} is away: ${event.label} was lost; waiting for it`;
    case "delivered": return `image of ${event.functions.join(", ")} delivered to ${board}: ${event.bytes} bytes in ${event.ms} ms`;
    case "running": return `board ${board} runs its functions, ${event.memoryFree} bytes free`;
    case "print": return `${board} ${event.function}: ${event.text.trimEnd()}`;
    case "failed": return `${pc.red("failed")} ${event.function} on ${board} (${event.code})\n${event.traceback}`;
  }
}

/** Prints the records of a log as they come. */
async function show(gateway: Gateway, name: string, json: boolean, signal: AbortSignal): Promise<void> {
  const log = gateway.logs.get(name);
  if (!log) return say(`the configuration shows the log ${name}, which does not exist; create it under logs or boards`);
  for await (const { seq, origin, body } of log.tail(log.info().last + 1, signal)) {
    const text = new TextDecoder().decode(body);
    if (json) say(JSON.stringify({ log: name, seq, board: origin?.board, body: text }));
    else say(`${name.padEnd(10)} ${String(seq).padStart(6)}  ${colourOf(text)(text)}`);
  }
}

function colourOf(text: string): (text: string) => string {
  if (text.includes('"failing"')) return pc.red;
  return text.includes('"healthy"') ? pc.green : (plain) => plain;
}
