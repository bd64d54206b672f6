/** The boards that the configuration knows: who is attached, what each runs, what it sends, and calls to it. */
import { timingSafeEqual } from "node:crypto";
import type { Duplex } from "node:stream";
import type { BoardConfig } from "../config.ts";
import { GatewayError } from "../errors.ts";
import type { Logs } from "../log/index.ts";
import { json, type Store, type Table } from "../store.ts";
import type { World } from "../world.ts";
import { Board, type BoardResult, type BoardStatus } from "./board.ts";
import type { BoardImage } from "./configuration.ts";
import { runLink, type Session } from "./session.ts";

export type { BoardImage } from "./configuration.ts";
export type { BoardResult, BoardStatus } from "./board.ts";

/** What happens on boards, for people and for tests. */
export type BoardEvent =
  | { readonly type: "attached"; readonly board: string; readonly label: string; readonly port: string; readonly epoch: number; readonly memory: number }
  | { readonly type: "detached"; readonly board: string; readonly label: string }
  | { readonly type: "delivered"; readonly board: string; readonly functions: readonly string[]; readonly bytes: number; readonly ms: number }
  | { readonly type: "running"; readonly board: string; readonly memoryFree: number }
  | { readonly type: "print"; readonly board: string; readonly function: string; readonly text: string }
  | { readonly type: "failed"; readonly board: string; readonly function: string; readonly code: number; readonly traceback: string };

export interface BoardsOptions {
  readonly world: World;
  readonly store: Store;
  readonly logs: Logs;
  /** Boards by name; others are refused. */
  readonly config: Readonly<Record<string, BoardConfig>>;
  /** The image of a deployed function, or undefined while there is none. */
  imageOf(name: string): BoardImage | undefined;
  on(event: BoardEvent): void;
}

export interface Boards {
  /** Speaks the link over a stream until it ends; never rejects. */
  attach(stream: Duplex, label: string): Promise<void>;
  list(): BoardStatus[];
  /**
   * Runs a function on a board. The event is JSON text.
   * @throws GatewayError 5010 unknown or absent board, 5011 the board rebooted during the call, 5012 no answer in time
   */
  invoke(board: string, fn: string, event: string, timeoutMs: number): Promise<BoardResult>;
  /** Gives a board's sensor its next reading, for tests and recordings. */
  reading(board: string, sensor: string, value: number): void;
  /** A function was deployed or deleted: boards that run it get the new configuration. */
  functionChanged(name: string): void;
}

/** Where each board's outbox stands: the highest record of its newest epoch that is durable. */
export interface Saved { readonly epoch: number; readonly seq: number }

/** Opens the boards of a configuration; makes the logs that they write to. */
export async function openBoards(options: BoardsOptions): Promise<Boards> {
  const saved: Table<Saved> = options.store.table("boards", json());
  const boards = new Map(Object.entries(options.config).map(([name, config]) => [name, new Board(name, config, options, saved)]));
  for (const config of Object.values(options.config)) await createLogs(config, options.logs);
  const sessions = new Map<Session, Board>();
  const known = (name: string): Board => {
    const board = boards.get(name);
    if (!board) throw new GatewayError(5010, `the configuration has no board ${name}; add it under boards, or give the board one of these names: ${[...boards.keys()].join(", ") || "(none)"}`);
    return board;
  };
  return {
    attach: (stream, label) => runLink(stream, label, {
      welcome: (hello) => known(hello.name).welcome(hello),
      opened(session, hello, epoch) {
        const board = known(hello.name);
        sessions.set(session, board);
        board.open(session, hello, epoch);
      },
      received: (session, message) => sessions.get(session)?.received(session, message),
      beat: (session, beat, rttMs) => sessions.get(session)?.beat(session, beat, rttMs),
      closed(session) {
        sessions.get(session)?.close(session);
        sessions.delete(session);
      },
    }, options.world),
    list: () => [...boards.values()].map((board) => board.status()),
    invoke: (board, fn, event, timeoutMs) => known(board).invoke(fn, event, timeoutMs),
    reading: (board, sensor, value) => known(board).reading(sensor, value),
    functionChanged(name) {
      for (const board of boards.values()) if (name in board.config.functions) board.configure();
    },
  };
}

/** Logs that boards write to exist from the start, so that they can be read and tailed before the first record. */
async function createLogs(config: BoardConfig, logs: Logs): Promise<void> {
  const names = [
    ...Object.entries(config.logs).filter(([, log]) => log.uplink).map(([name]) => name),
    ...Object.values(config.functions).flatMap((fn) => (fn.resultLog ? [fn.resultLog] : [])),
  ];
  for (const name of names) if (!logs.get(name)) await logs.create(name);
}

/** Whether two hashes are equal. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
