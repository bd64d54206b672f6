/**
 * The process that the crash test kills: appends from several writers as fast as it can, runs a trigger, and writes a line to stdout for
 * each acknowledgement. Arguments: data folder, life number. Lines: `a LOG SEQ BODY` acknowledged, `s LOG ORIGIN-SEQ` durable record of a board.
 */
import { openLogs, startTrigger } from "../../daemon/log/index.ts";
import { openStore } from "../../daemon/store.ts";
import { realWorld, silentLogger } from "../../daemon/world.ts";

const [dir = "", life = "0"] = process.argv.slice(2);
const world = realWorld(silentLogger);
const store = openStore({ dir });
const logs = openLogs(store, world);
const plain = await logs.create("plain");
const board = await logs.create("board");
const effects = await logs.create("effects");
const encoder = new TextEncoder();

/** One write a line: a line is whole or absent when the process dies. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

startTrigger({
  store, world, log: plain, name: "copy", batch: 16, startAt: "earliest", onLag: "block", retry: { attempts: 3, backoffMs: 5, backoffMsMax: 50 },
  handle: (records) => Promise.resolve((tx) => { for (const { seq } of records) effects.appendIn(tx, encoder.encode(String(seq))); }),
});

async function append(writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    const body = `${life}.${writer}.${n}`;
    const { seq } = await plain.append(encoder.encode(body));
    say(`a plain ${seq} ${body}`);
  }
}

/** Like a board with an outbox: begins anew at the last record known to be durable, minus some it sends twice. */
async function replay(): Promise<never> {
  for (let n = Math.max(1, (board.originOf("b")?.seq ?? 0) - 20); ; n++) {
    await board.append(encoder.encode(String(n)), { origin: { board: "b", epoch: 1, seq: n } });
    say(`s board ${n}`);
  }
}

say("ready");
await Promise.all([append(1), append(2), append(3), append(4), replay()]);
