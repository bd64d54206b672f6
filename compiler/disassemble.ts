import { BUILTINS, ROM_STRINGS, TYPES } from "./builtins.ts";
import type { Compiled } from "./index.ts";
import { OPCODES } from "./opcodes.ts";

/** The image as text: each function with its source lines beside its instructions. */
export function disassemble(compiled: Compiled): string {
  const { image, lines, globals, files } = compiled;
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const u16 = (at: number): number => view.getUint16(at, true);
  const [functions, strings, constants, , twins, modules, entry, stringData] = Array.from({ length: 8 }, (_, index) => u16(16 + index * 2)) as [number, number, number, number, number, number, number, number];
  const stringTable = 32 + functions * 2;
  const constantTable = stringTable + strings * 2;
  const text = (operand: number): string => (operand & 1 ? ROM_STRINGS[operand >> 1] ?? "?" : imageText(operand >> 1));
  const imageText = (index: number): string => {
    const at = stringData * 4 + u16(stringTable + index * 2);
    const end = index + 1 < strings ? stringData * 4 + u16(stringTable + index * 2 + 2) : image.length;
    return new TextDecoder().decode(image.subarray(at, end));
  };
  const out: string[] = [`${image.length} bytes, ${functions} functions, ${strings} strings, ${constants} constants, ${globals.length} globals, ${twins} twins, ${modules} modules${entry === 0xffff ? "" : `, entry ${globals[entry] ?? entry}`}`];
  for (let fn = 0; fn < functions; fn++) {
    const info = lines.functions[fn];
    const at = u16(32 + fn * 2) * 2;
    const [registers, parameters, flags, handlers, size] = [image[at] ?? 0, image[at + 1] ?? 0, image[at + 2] ?? 0, image[at + 3] ?? 0, u16(at + 4)];
    out.push("", `function ${fn} ${info?.name ?? ""}: ${registers} registers, ${parameters} parameters, flags ${flags}, ${size} bytes`);
    const source = (files[lines.files[info?.file ?? 0] ?? ""] ?? "").split("\n");
    let pc = 0;
    const next = (): number => image[at + 6 + pc++] ?? 0;
    const varint = (): number => {
      let value = 0;
      for (let shift = 0; ; shift += 7) { const byte = next(); value |= (byte & 127) << shift; if (byte < 128) return value; }
    };
    while (pc < size) {
      const run = info?.lines.find(([start]) => start === pc);
      if (run !== undefined) out.push(`  ${String(run[1]).padStart(4)} | ${source[run[1] - 1] ?? ""}`);
      const start = pc;
      const opcode = OPCODES[next()];
      if (opcode === undefined) { out.push("  ?"); break; }
      let count = 0;
      const operands = [...opcode.operands].map((letter): string => {
        const signed = (value: number, bits: number): number => (value << (32 - bits)) >> (32 - bits);
        switch (letter) {
          case "r": case "d": case "w": return `r${next()}`;
          case "n": count = next(); return String(count);
          case "c": return String(next());
          case "R": return `(${Array.from({ length: count }, () => `r${next()}`).join(" ")})`;
          case "S": return `(${Array.from({ length: count }, () => JSON.stringify(text(varint()))).join(" ")})`;
          case "i": return String(signed(next(), 8));
          case "h": return String(signed(next() | (next() << 8), 16));
          case "l": return String(next() | (next() << 8) | (next() << 16) | (next() << 24));
          case "j": { const jump = signed(next() | (next() << 8), 16); return `-> ${pc + jump}`; }
          default: {
            const value = varint();
            if (letter === "s") return JSON.stringify(text(value));
            if (letter === "b") return BUILTINS[value]?.name ?? "?";
            if (letter === "t") return TYPES[value]?.name ?? "?";
            if (letter === "f") return `${lines.functions[value]?.name ?? "?"}#${value}`;
            if (letter === "g") return `${globals[value] ?? "?"}@${value}`;
            if (letter === "k") return `constant ${value} at ${u16(constantTable + value * 2) * 4}`;
            return String(value);
          }
        }
      });
      out.push(`       ${String(start).padStart(5)}  ${opcode.name.padEnd(9)} ${operands.join(" ")}`);
    }
    void handlers;
  }
  return out.join("\n");
}
