import type { Result } from './contract.js';

/** What is wrong with the writing of a row, whatever it says. */
export type CsvFault = 'not_utf8' | 'quoting' | 'too_long';

/** One record of a CSV file, in the order in which they stand. */
export interface CsvRow {
  /** From 1; a record whose cells hold line breaks counts once, as a spreadsheet shows it. */
  readonly row: number;
  /** Where it begins, in bytes. */
  readonly start: number;
  /** Whether a line break ended it: the last row of a file that was cut off has none. */
  readonly whole: boolean;
  readonly cells: Result<readonly string[], CsvFault>;
}

/** Longer than any row that means something: a quote that is never closed takes no more than this with it. */
export const MAX_ROW_BYTES = 8_192;

const [LF, CR, QUOTE, COMMA] = [0x0a, 0x0d, 0x22, 0x2c];
/** What a spreadsheet would take for a formula, full-width signs included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
const DISARMED = /^'['=+\-@\t\r\n＝＋－＠]/u;

/**
 * Reads CSV as RFC 4180 has it, strictly and row by row: a row that cannot be read spoils no other. Works on bytes, none
 * of whose separators is part of a longer character in UTF-8 or GBK. A byte order mark belongs to whoever calls.
 */
export function* csvRows(bytes: Uint8Array): Generator<CsvRow> {
  for (let start = 0, row = 1; start < bytes.length; row += 1) {
    const end = endOfRecord(bytes, start) ?? endOfLine(bytes, start);
    yield { row, start, whole: bytes[end - 1] === LF, cells: cellsOf(bytes.subarray(start, end)) };
    start = end;
  }
}

/** One row with its line break. Cells that a spreadsheet would run are disarmed with an apostrophe; {@link csvRows} takes it off. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(written).join(',')}\r\n`;

function written(cell: string): string {
  const safe = FORMULA.test(cell) || DISARMED.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Behind the line break that ends the record; undefined when a quote stays open, or the record is too long. */
function endOfRecord(bytes: Uint8Array, start: number): number | undefined {
  let quoted = false;
  let fresh = true;
  for (let at = start; at < Math.min(bytes.length, start + MAX_ROW_BYTES); at += 1) {
    const byte = bytes[at];
    if (quoted) {
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE) at += 1;
      else quoted = false;
      continue;
    }
    if (byte === LF) return at + 1;
    quoted = fresh && byte === QUOTE;
    fresh = byte === COMMA;
  }
  return undefined;
}

function endOfLine(bytes: Uint8Array, start: number): number {
  const at = bytes.indexOf(LF, start);
  return at < 0 ? bytes.length : at + 1;
}

function cellsOf(record: Uint8Array): CsvRow['cells'] {
  if (record.length > MAX_ROW_BYTES) return { ok: false, error: 'too_long' };
  const ending = record.at(-1) !== LF ? 0 : record.at(-2) === CR ? 2 : 1;
  const line = decoded(record.subarray(0, record.length - ending));
  if (line === undefined) return { ok: false, error: 'not_utf8' };
  const cells = split(line);
  if (!cells) return { ok: false, error: 'quoting' };
  return { ok: true, value: cells.map((cell) => (DISARMED.test(cell) ? cell.slice(1) : cell)) };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function split(line: string): string[] | undefined {
  const cells: string[] = [];
  for (let at = 0; ; at += 1) {
    const cell = line[at] === '"' ? /"((?:[^"]|"")*)"/y : /([^",]*)/y;
    cell.lastIndex = at;
    const [, text] = cell.exec(line) ?? [];
    if (text === undefined) return undefined;
    cells.push(line[at] === '"' ? text.replaceAll('""', '"') : text);
    at = cell.lastIndex;
    if (at === line.length) return cells;
    if (line[at] !== ',') return undefined;
  }
}
