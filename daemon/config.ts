/** The gateway's configuration: its shape, its defaults, and errors that name the misspelt key and the right one. */
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { GatewayError } from "./errors.ts";
import { BOARD_NAME_BYTES_MAX, FUNCTION_MEMORY_MB_MAX, FUNCTION_MEMORY_MB_MIN, FUNCTION_TIMEOUT_S_MAX, LINK_NAME_BYTES_MAX, LOG_NAME_BYTES_MAX, LOG_RECORD_BYTES_CEILING } from "./limits.ts";
import type { Plugin } from "./plugin.ts";

const name = z.string().regex(/^[A-Za-z0-9_.-]+$/, "may hold letters, digits, '.', '_' and '-'").max(LOG_NAME_BYTES_MAX);
/** A name that goes over the link to a board. */
const linkName = name.max(LINK_NAME_BYTES_MAX, `has at most ${LINK_NAME_BYTES_MAX} bytes, for a board to hold it`);
const count = z.int().positive();

const history = z.strictObject({ records: count.optional(), bytes: count.optional(), ageMs: count.optional() });

const log = z.strictObject({
  history: history.default({}),
  recordBytesMax: count.max(LOG_RECORD_BYTES_CEILING).optional(),
});

const logTrigger = z.strictObject({
  log: name,
  /** How many of the log's newest values the event's `window` holds; 0 leaves it out. */
  window: z.int().min(0).max(10_000).default(0),
  batch: count.max(10_000).default(1),
  startAt: z.enum(["earliest", "latest"]).default("earliest"),
  onLag: z.enum(["block", "drop"]).default("drop"),
  /** The log that gets each result. */
  resultLog: name.optional(),
  retry: z.strictObject({ attempts: count.default(3), backoffMs: count.default(200), backoffMsMax: count.default(30_000) }).prefault({}),
  deadLetter: name.optional(),
});

const functionConfig = z.strictObject({
  /** A folder, a `.py` or `.js` file, or a `.zip`; relative to the configuration file. */
  code: z.string(),
  handler: z.string(),
  runtime: z.string().optional(),
  memoryMb: z.int().min(FUNCTION_MEMORY_MB_MIN).max(FUNCTION_MEMORY_MB_MAX).default(128),
  timeoutS: z.int().min(1).max(FUNCTION_TIMEOUT_S_MAX).default(3),
  env: z.record(z.string(), z.string()).default({}),
  triggers: z.array(logTrigger).default([]),
});

const boardLog = z.strictObject({
  /** Records that the board itself keeps. */
  history: count.max(4096).default(32),
  /** Whether each record also goes to the gateway's log of the same name. */
  uplink: z.boolean().default(true),
});

const boardFunction = z.strictObject({
  trigger: z.strictObject({ log: linkName, window: z.int().min(0).max(1024).default(0) }).optional(),
  resultLog: linkName.optional(),
  arenaBytes: count.optional(),
  timeoutMs: count.default(5000),
});

const board = z.strictObject({
  logs: z.record(linkName, boardLog.prefault({})).default({}),
  sensors: z.record(linkName, z.strictObject({ log: linkName, everyMs: count.min(10).max(86_400_000) })).default({}),
  functions: z.record(linkName, boardFunction.prefault({})).default({}),
});

const schema = z.strictObject({
  /** HOST:PORT; port 0 takes any free one. */
  listen: z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^:]+):\d{1,5}$/, "is HOST:PORT, such as 127.0.0.1:8787").default("127.0.0.1:8787"),
  dataDir: z.string().default(".nanolambda"),
  region: z.string().default("us-east-1"),
  accountId: z.string().regex(/^\d{12}$/, "is twelve digits").default("000000000000"),
  credentials: z.array(z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) })).default([]),
  logs: z.record(name, log.prefault({})).default({}),
  functions: z.record(name, functionConfig).default({}),
  boards: z.record(name.max(BOARD_NAME_BYTES_MAX, `has at most ${BOARD_NAME_BYTES_MAX} bytes, for the board to hold it`), board.prefault({})).default({}),
  /** Logs whose records `nanolambda up` prints as they come. */
  show: z.array(name).default([]),
  plugins: z.array(z.custom<Plugin>((value) => typeof value === "object" && value !== null && "start" in value, "is a plugin, such as tcp({ listen: \"127.0.0.1:0\" })")).default([]),
});

/** What a configuration file may say; everything is optional. */
export type ConfigInput = z.input<typeof schema>;
/** A checked configuration with every default filled in. */
export type Config = z.output<typeof schema>;
export type BoardConfig = Config["boards"][string];
export type FunctionConfig = Config["functions"][string];
export type LogTriggerConfig = FunctionConfig["triggers"][number];

/** Types a configuration file's default export; returns it unchanged. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/**
 * Checks a configuration and fills in defaults.
 * @throws GatewayError 1001 naming each wrong key or value and, for a misspelt key, the nearest right one
 */
export function parseConfig(input: unknown, file = "the configuration"): Config {
  const result = schema.safeParse(input);
  if (result.success) return checkReferences(result.data, file);
  throw new GatewayError(1001, `${file}: ${result.error.issues.map((issue) => sentence(issue, input)).join("; ")}`, { cause: result.error });
}

function sentence(issue: z.core.$ZodIssue, input: unknown): string {
  const where = issue.path.join(".");
  if (issue.code === "invalid_key") return `the name ${where} ${issue.issues.map(({ message }) => message).join(", ")}`;
  if (issue.code !== "unrecognized_keys") return `${where || "its value"}: ${issue.message}`;
  const known = keysAt(issue.path);
  return issue.keys.map((key) => `${where ? `${where}.` : ""}${key} is not a known key${suggestion(key, known)}`).join("; ");
}

function suggestion(key: string, known: readonly string[]): string {
  const nearest = [...known].sort((a, b) => distance(key, a) - distance(key, b))[0];
  return nearest !== undefined && distance(key, nearest) <= Math.max(2, nearest.length / 3) ? `; did you mean ${nearest}?` : `; known are ${known.join(", ")}`;
}

/** The keys that the schema allows at a path of a configuration. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const step of path) {
    at = inner(at);
    if (at instanceof z.ZodObject) at = at.shape[String(step)];
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else if (at instanceof z.ZodArray) at = at.element;
  }
  at = inner(at);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function inner(type: unknown): unknown {
  while (type instanceof z.ZodDefault || type instanceof z.ZodOptional || type instanceof z.ZodPrefault) type = type.unwrap();
  return type;
}

/** A board may only run functions that the configuration deploys and write to logs that it names. */
function checkReferences(config: Config, file: string): Config {
  for (const [boardName, { functions, sensors, logs }] of Object.entries(config.boards)) {
    for (const [sensor, { log: target }] of Object.entries(sensors)) {
      if (!(target in logs)) throw new GatewayError(1002, `${file}: boards.${boardName}.sensors.${sensor} writes to the log ${target}; add it to boards.${boardName}.logs`);
    }
    for (const [fn, { trigger }] of Object.entries(functions)) {
      if (trigger && !(trigger.log in logs)) throw new GatewayError(1002, `${file}: boards.${boardName}.functions.${fn} waits for the log ${trigger.log}; add it to boards.${boardName}.logs`);
    }
  }
  return config;
}
