/** Random programs on CPython and IoTPy: `npm run fuzz -- programs --count 1000 [--seed 1]`. Those that differ are reduced and kept in build/fuzz/programs. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCompiler } from "../../../compiler/index.ts";
import { Comparison, type Samples, type Verdict } from "./compare.ts";
import { programOf } from "./generator.ts";
import { reduce } from "./reduce.ts";

const folder = fileURLToPath(new URL("../../../build/fuzz/programs", import.meta.url));
/** Programs that are under way at once: CPython works on one while IoTPy works on another. */
const ATONCE = 4;

export interface Finding { readonly seed: number; readonly source: string; readonly verdict: Verdict }
export interface Campaign { readonly counts: Readonly<Record<Verdict["kind"], number>>; readonly sampled: Readonly<Record<string, number>>; readonly findings: readonly Finding[] }

export interface CampaignOptions { readonly count: number; readonly seed: number; /** Ends it before its count. */ readonly findingsMax?: number; readonly samples?: Samples; report?(line: string): void }

export async function runCampaign({ count, seed, findingsMax = 100, samples = {}, report = () => {} }: CampaignOptions): Promise<Campaign> {
  const comparison = new Comparison(await loadCompiler(), samples);
  const counts = { same: 0, skipped: 0, differs: 0, refused: 0, broken: 0 };
  const findings: Finding[] = [];
  const shapes = new Set<string>();
  let next = seed;
  try {
    await Promise.all(Array.from({ length: ATONCE }, async () => {
      while (next < seed + count && findings.length < findingsMax) {
        const mine = next++;
        const source = programOf(mine);
        const verdict = await comparison.judge(source);
        counts[verdict.kind]++;
        if ((mine - seed + 1) % 1000 === 0) report(JSON.stringify({ programs: mine - seed + 1, ...counts }));
        if (verdict.kind === "same" || verdict.kind === "skipped") continue;
        const shape = shapeOf(verdict);
        if (shapes.has(shape)) continue;
        shapes.add(shape);
        findings.push(await reduced(comparison, mine, source, verdict, report));
      }
    }));
  } finally { comparison.close(); }
  return { counts, sampled: comparison.sampled, findings };
}

/** Findings that look alike are reduced once. */
const shapeOf = ({ kind, detail }: Verdict): string => `${kind} ${detail.replace(/\b[a-zA-Z]\d+\b|-?\d+(\.\d+)?|'[^']*'/g, "#").slice(0, 60)}`;

async function reduced(comparison: Comparison, seed: number, source: string, verdict: Verdict, report: (line: string) => void): Promise<Finding> {
  const small = verdict.sign.startsWith("the generator") ? source : await reduce(source, async (candidate) => {
    const again = await comparison.judge(candidate);
    return again.kind === verdict.kind && again.sign === verdict.sign;
  });
  const finding = { seed, source: small, verdict: await comparison.judge(small) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${seed}.py`), `${small}# seed ${seed}: ${finding.verdict.kind}: ${finding.verdict.detail.replaceAll("\n", "\n# ")}\n`);
  report(`--- seed ${seed}: ${finding.verdict.kind}: ${finding.verdict.detail}\n${small}`);
  return finding;
}
