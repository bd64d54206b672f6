/**
 * A Python function as the sandbox loads it: the image and the table that names its frames, or why there is none.
 *
 * ```
 * 0  u32 bytes of the image, little-endian; 0: there is no handler to run
 * 4  image
 *    JSON: the line table with `sources`; without an image the error of every invocation
 * ```
 */
import type { LineTable } from "../../../compiler/index.ts";

/** Of the layout above; what another one wrote is compiled again. */
export const PACKAGE_VERSION = 1;

export interface PythonPackage {
  readonly image: Uint8Array;
  readonly lines: LineTable;
  /** Texts of the table's files, for the lines that a stack trace quotes. */
  readonly sources: Readonly<Record<string, string>>;
}

/** The handler setting names nothing in the zip: Lambda takes that at deployment and answers each invocation with this. */
export interface NoHandler {
  readonly errorType: string;
  readonly errorMessage: string;
}

export function packPython(made: PythonPackage | NoHandler): Uint8Array {
  const image = "image" in made ? made.image : new Uint8Array(0);
  const rest = new TextEncoder().encode(JSON.stringify("image" in made ? { ...made.lines, sources: made.sources } : made));
  const bytes = new Uint8Array(4 + image.length + rest.length);
  new DataView(bytes.buffer).setUint32(0, image.length, true);
  bytes.set(image, 4);
  bytes.set(rest, 4 + image.length);
  return bytes;
}

export function unpackPython(bytes: Uint8Array): PythonPackage | NoHandler {
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0, true);
  const rest = JSON.parse(new TextDecoder().decode(bytes.subarray(end))) as (LineTable & Pick<PythonPackage, "sources">) | NoHandler;
  return "errorType" in rest ? rest : { image: bytes.slice(4, end), lines: rest, sources: rest.sources };
}
