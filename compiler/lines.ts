/** Which line of which file an instruction comes from. The table stays on the gateway: a board knows only numbers. */

/** JSON. `lines` holds the first pc of each run of instructions of one line; a function's place is its number in the image. */
export interface LineTable {
  readonly files: readonly string[];
  readonly functions: readonly { readonly name: string; readonly file: number; readonly lines: readonly (readonly [pc: number, line: number])[] }[];
}

export interface SourceFrame { readonly file: string; readonly line: number; readonly function: string }

/** Frames of a traceback, each a function's number and an offset in its code, to places in the sources. */
export function symbolize(table: LineTable, frames: readonly (readonly [fn: number, pc: number])[]): SourceFrame[] {
  return frames.map(([fn, pc]) => {
    const entry = table.functions[fn];
    if (entry === undefined) return { file: "?", line: 0, function: "?" };
    const run = entry.lines.findLast(([start]) => start <= pc) ?? entry.lines[0];
    return { file: table.files[entry.file] ?? "?", line: run?.[1] ?? 0, function: entry.name };
  });
}
