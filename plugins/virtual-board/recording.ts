/** Recorded sensor data from a CSV file as the readings a board's sensor would give. */
import { readFileSync } from "node:fs";
import { GatewayError } from "../../daemon/plugin.ts";

/** Samples of an acceleration sensor that make one reading: 0.2 s at 200 samples a second. */
export const SAMPLES_PER_READING = 40;

/**
 * The readings of a CSV file with a header line.
 *
 * With columns named x…, y…, z… (acceleration; an optional first column `recording` numbers separate recordings) a reading is the vibration's
 * magnitude over SAMPLES_PER_READING samples: the root of the mean square distance from their mean, in the file's unit. With any other header, a
 * reading is each number of the last column.
 * @throws GatewayError 7101 when the file cannot be read, holds no readings, or a cell is no number
 */
export function readingsOfCsv(path: string): number[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new GatewayError(7101, `the recording ${path} cannot be read; check the path`, { cause });
  }
  const [header = "", ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const columns = header.split(",").map((cell) => cell.trim().toLowerCase());
  const rows = lines.map((line, index) => line.split(",").map((cell) => numberOf(cell, path, index + 2)));
  const axes = ["x", "y", "z"].map((axis) => columns.findIndex((column) => column.startsWith(axis)));
  const readings = axes.includes(-1) ? rows.map((row) => row.at(-1) ?? 0) : vibrations(rows, axes, columns.indexOf("recording"));
  if (readings.length === 0) throw new GatewayError(7101, `the recording ${path} holds no readings; it needs a header line and rows of numbers`);
  return readings;
}

function numberOf(cell: string, path: string, line: number): number {
  const number = Number(cell);
  if (cell.trim() === "" || !Number.isFinite(number)) throw new GatewayError(7101, `the recording ${path} has ${JSON.stringify(cell)} in line ${line}, where a number belongs`);
  return number;
}

/** One reading for each full block of samples that lies in one recording. */
function vibrations(rows: readonly number[][], axes: readonly number[], recording: number): number[] {
  const readings: number[] = [];
  let block: number[][] = [];
  let current: number | undefined;
  for (const row of rows) {
    if (recording >= 0 && row[recording] !== current) block = [];
    current = row[recording];
    block.push(axes.map((axis) => row[axis] ?? 0));
    if (block.length === SAMPLES_PER_READING) {
      readings.push(magnitude(block));
      block = [];
    }
  }
  return readings;
}

function magnitude(block: readonly number[][]): number {
  const mean = [0, 1, 2].map((axis) => block.reduce((sum, sample) => sum + (sample[axis] ?? 0), 0) / block.length);
  const squares = block.reduce((sum, sample) => sum + mean.reduce((part, centre, axis) => part + ((sample[axis] ?? 0) - centre) ** 2, 0), 0);
  return Math.sqrt(squares / block.length);
}
