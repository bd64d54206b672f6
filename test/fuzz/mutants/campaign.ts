/** The two verifiers on mutants of real images: each must give the same rule at the same place as the other; what passes can be run under sanitizers. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Violation, verify } from "../../../compiler/verify.ts";
import { languageImages } from "../corpora.ts";
import { openStream } from "../processes.ts";
import { randomOf } from "../random.ts";
import { mutate, type Original, originalOf } from "./mutate.ts";

const folder = fileURLToPath(new URL("../../../build/fuzz/mutants", import.meta.url));
const BATCH = 500;
/** Larger images cost time and hold nothing that smaller ones do not. */
const IMAGE_BYTES_MAX = 1500;
const RUN = { arenaBytes: 12 * 1024, fuel: 300 };

export interface MutantOptions { readonly count: number; readonly seed: number; /** Runs what passes, with the build that has sanitizers. */ readonly run: boolean; report?(line: string): void }
export interface MutantResult { readonly mutants: number; readonly passed: number; /** Mutants by the rule that they break. */ readonly rules: Readonly<Record<number, number>>; readonly findings: readonly string[] }

export async function runMutants({ count, seed, run, report = () => {} }: MutantOptions): Promise<MutantResult> {
  const originals = (await languageImages()).map(({ image }) => image).filter((image) => image.length <= IMAGE_BYTES_MAX).map(originalOf);
  const rules: Record<number, number> = {};
  const findings: string[] = [];
  const begun = performance.now();
  let stream = openStream(run ? "stream-fail" : "stream");
  let mutants = 0;
  for (let batch = 0; mutants < count && findings.length < 20; batch++, mutants += BATCH) {
    const images = batchOf(originals, seed + batch);
    const asked = stream.ask("verify", { image: together(images), ...(run ? RUN : { fuel: 0 }) });
    const expected = images.map(verdict);
    try {
      const { printed } = await asked;
      expected.forEach((violation, index) => {
        const [rule, at] = [printed.readUInt32LE(8 * index), printed.readUInt32LE(8 * index + 4)];
        rules[rule] = (rules[rule] ?? 0) + 1;
        if (rule !== (violation?.rule ?? 0) || (rule !== 0 && at !== violation?.at)) findings.push(keep(images[index] as Uint8Array, `${seed + batch}-${index}`, `C says ${rule} at ${at}, TypeScript ${violation?.rule} at ${violation?.at}`));
      });
    } catch (error) {
      stream = openStream(run ? "stream-fail" : "stream");
      findings.push(keep(await culprit(images), `${seed + batch}`, String(error)));
    }
    if (batch % 200 === 199) report(JSON.stringify({ mutants: mutants + BATCH, passed: rules[0] ?? 0, perSecond: Math.round((mutants + BATCH) / (performance.now() - begun) * 1000) }));
  }
  stream.close();
  return { mutants, passed: rules[0] ?? 0, rules, findings };
}

/** 1 for a verifier that throws: no rule has that number. */
function verdict(image: Uint8Array): Violation | undefined {
  try { return verify(image); } catch { return { rule: 1, at: 0 }; }
}

function batchOf(originals: readonly Original[], seed: number): Uint8Array[] {
  const random = randomOf(seed);
  return Array.from({ length: BATCH }, () => mutate(random.pick(originals), random));
}

/** Each behind its size. */
function together(images: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(images.flatMap((image) => [new Uint8Array(Uint32Array.of(image.length).buffer), image]));
}

/** The image of a batch that ends the process. */
async function culprit(images: readonly Uint8Array[]): Promise<Uint8Array> {
  for (const image of images) {
    const stream = openStream("stream-fail");
    try { await stream.ask("verify", { image: together([image]), ...RUN }); } catch { return image; } finally { stream.close(); }
  }
  return new Uint8Array();
}

function keep(image: Uint8Array, name: string, what: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), image);
  return `${join(folder, name)}: ${what}`;
}
