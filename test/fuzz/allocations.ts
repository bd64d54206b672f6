/** Memory that runs out anywhere: every language test with each of its allocations failing in turn. */
import { languageImages } from "./corpora.ts";
import { openStream } from "./processes.ts";

const ARENA_BYTES = 64 * 1024;
const FUEL = 200_000;

export interface AllocationOptions { /** Every `step`-th allocation fails; default 1. */ readonly step?: number; readonly only?: string; report?(line: string): void }
export interface AllocationResult { readonly runs: number; /** Runs that ended with MemoryError, and with another exception because the program had caught that. */ readonly memoryErrors: number; readonly others: number; /** Programs that ended the process, and how. */ readonly findings: readonly string[] }

export async function failAllocations({ step = 1, only = "", report = () => {} }: AllocationOptions = {}): Promise<AllocationResult> {
  const findings: string[] = [];
  const totals = { runs: 0, memoryErrors: 0, others: 0 };
  let stream = openStream("stream-fail");
  for (const { name, source, image } of (await languageImages()).filter((one) => one.name.includes(only))) {
    try {
      const { place, outcome, printed } = await stream.ask("fail", { image, arenaBytes: ARENA_BYTES, fuel: FUEL, step });
      const types = printed.toString().split("\n").filter(Boolean).map((line) => (JSON.parse(line) as { errorType: string }).errorType);
      totals.runs += place;
      totals.memoryErrors += outcome;
      totals.others += types.length;
      if (types.length > 0 && !source.includes("except")) findings.push(`${name}: ends with ${types[0]}, which is not what failed`);
      report(`${name}: ${place} runs, ${outcome} MemoryError ${[...new Set(types)].join(" ")}`);
    } catch (error) {
      findings.push(`${name}: ${String(error)}`);
      report(`${name}: ${String(error)}`);
      stream = openStream("stream-fail");
    }
  }
  stream.close();
  return { ...totals, findings };
}
