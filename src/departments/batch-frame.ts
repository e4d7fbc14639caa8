import { createHash } from 'node:crypto';
import { z } from 'zod';
import { idSchema } from './wire.js';
import { isSource } from './sources.js';
import { csvLine, csvRows, type CsvFault, type CsvRow } from './csv.js';
import type { Result, Source } from './contract.js';
import type { Id } from '../terms/ids.js';

/** Why nothing of a file is read. `damaged`: its trailer is there and does not agree with what stands before it. */
export type FileFault = 'too_large' | 'head' | 'version' | 'other_source' | 'columns' | 'damaged';

/** Rows that cannot be read by their writing alone. */
export type WritingFault = CsvFault | 'cell_count';

/** Says what a file is; its first row. */
export interface BatchHead {
  readonly fileId: Id;
  readonly source: Source;
  /** RFC 3339, business time. */
  readonly madeAt: string;
}

export interface FramedRow<C extends string> {
  readonly row: number;
  readonly cells: Result<Readonly<Record<C, string>>, WritingFault>;
}

export interface Frame<C extends string> {
  readonly head: BatchHead;
  /** Without a trailer a file is half-written: its whole rows count, and it is fetched again. */
  readonly complete: boolean;
  readonly rows: readonly FramedRow<C>[];
}

/** A kind of file: its name in the first row, its columns in the second. */
export interface FrameKind<C extends string> {
  readonly name: string;
  readonly columns: readonly C[];
}

/** Room for a county's questions. */
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const VERSION = '1';
const TRAILER = 'end';
const BOM = [0xef, 0xbb, 0xbf];
const headSchema = z.tuple([z.string(), z.string(), z.string(), idSchema, z.iso.datetime({ offset: true })]);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A file of this kind: head, columns, rows, and a trailer with their number and the SHA-256 of all before it. */
export function writeFrame<C extends string>(
  kind: FrameKind<C>,
  head: BatchHead,
  rows: readonly Readonly<Partial<Record<C, string>>>[],
): Uint8Array {
  return framed(kind, head, Buffer.from(rows.map((row) => lineOf(kind, row)).join('')));
}

export const lineOf = <C extends string>(
  { columns }: FrameKind<C>,
  row: Readonly<Partial<Record<C, string>>>,
): string => csvLine(columns.map((column) => row[column] ?? ''));

/** The same around rows that are bytes already, whatever they are. */
export function framed(kind: FrameKind<string>, head: BatchHead, rows: Uint8Array): Uint8Array {
  const top = csvLine([kind.name, VERSION, head.source, head.fileId, head.madeAt]) + csvLine(kind.columns);
  const before = Buffer.concat([Buffer.from(top), rows]);
  const count = [...csvRows(rows)].length;
  return Buffer.concat([before, Buffer.from(csvLine([TRAILER, String(count), sha256(before)]))]);
}

/** Reads what {@link writeFrame} writes, and what others make of the same description, from a source that signed it. */
export function readFrame<C extends string>(
  kind: FrameKind<C>,
  source: Source,
  bytes: Uint8Array,
): Result<Frame<C>, FileFault> {
  if (bytes.length > MAX_BATCH_BYTES) return { ok: false, error: 'too_large' };
  // A byte order mark is not part of it: programs put one there when they save.
  const text = BOM.every((byte, at) => bytes[at] === byte) ? bytes.subarray(BOM.length) : bytes;
  const [first, second, ...rest] = csvRows(text);
  const head = headOf(kind, source, first);
  if (!head.ok) return head;
  if (!second?.whole || !second.cells.ok || second.cells.value.join() !== kind.columns.join())
    return { ok: false, error: 'columns' };
  const end = rest.findIndex(isTrailer);
  const trailer = rest[end];
  const rows = (trailer ? rest.slice(0, end) : rest.filter(({ whole }) => whole)).map(
    ({ row, cells }): FramedRow<C> => ({ row, cells: cells.ok ? named(kind, cells.value) : cells }),
  );
  if (trailer && (end !== rest.length - 1 || !agrees(trailer, rows.length, text)))
    return { ok: false, error: 'damaged' };
  return { ok: true, value: { head: head.value, complete: trailer !== undefined, rows } };
}

function headOf(
  kind: FrameKind<string>,
  source: Source,
  first: CsvRow | undefined,
): Result<BatchHead, FileFault> {
  const parsed = headSchema.safeParse(first?.whole && first.cells.ok ? first.cells.value : []);
  if (!parsed.success || parsed.data[0] !== kind.name) return { ok: false, error: 'head' };
  const [, version, from, fileId, madeAt] = parsed.data;
  if (version !== VERSION) return { ok: false, error: 'version' };
  if (!isSource(from) || from !== source) return { ok: false, error: 'other_source' };
  return { ok: true, value: { fileId, source, madeAt } };
}

/** The line break behind it may be missing (RFC 4180), its digest may not. */
const isTrailer = ({ cells, whole }: CsvRow): boolean =>
  cells.ok && cells.value[0] === TRAILER && (whole || /^[0-9a-f]{64}$/.test(cells.value[2] ?? ''));

const agrees = ({ cells, start }: CsvRow, rows: number, bytes: Uint8Array): boolean =>
  cells.ok &&
  cells.value.length === 3 &&
  cells.value[1] === String(rows) &&
  cells.value[2] === sha256(bytes.subarray(0, start));

function named<C extends string>({ columns }: FrameKind<C>, cells: readonly string[]): FramedRow<C>['cells'] {
  if (cells.length !== columns.length) return { ok: false, error: 'cell_count' };
  const pairs = columns.map((column, at) => [column, cells[at] ?? '']);
  return { ok: true, value: Object.fromEntries(pairs) as Record<C, string> };
}
