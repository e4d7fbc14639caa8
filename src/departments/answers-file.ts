import { ANSWERS, answerIn, type AnswerCells, type AnswerColumn, type CellFault } from './answer-row.js';
import { checkAnswerShape } from './answer-schema.js';
import { readFrame, type BatchHead, type FileFault, type WritingFault } from './batch-frame.js';
import type { DepartmentAnswer, Result, Source } from './contract.js';
import type { Id } from '../terms/ids.js';

/**
 * What a row came to. An answer of several rows stands where its last row does. `unable`: the department says that it
 * cannot tell, which is neither an answer nor "nothing found".
 */
export type AnswerRow =
  | { readonly kind: 'answer'; readonly row: number; readonly answer: DepartmentAnswer }
  | { readonly kind: 'unable'; readonly row: number; readonly requestId: Id; readonly answerId: Id }
  | { readonly kind: 'repeated'; readonly row: number }
  | AnswerRowRefused;

/**
 * Names the place and never what stands there. `answer_incomplete`: other rows of the same answer are missing or cannot
 * be read, and an answer counts whole or not at all. `answer_differs`: one answer id for two different things.
 */
export interface AnswerRowRefused {
  readonly kind: 'refused';
  readonly row: number;
  /** Null where the row as a whole is meant. */
  readonly column: AnswerColumn | null;
  readonly code: WritingFault | CellFault | 'answer_incomplete' | 'answer_differs';
}

export interface AnswersFile {
  readonly head: BatchHead;
  /** False when the file is half-written: its whole rows count, the rest is fetched again. */
  readonly complete: boolean;
  /** One for each row of the file in its order, except that an answer of several rows is one. */
  readonly rows: readonly AnswerRow[];
}

/** Rows of one answer, until all are there. What was spoiled stays so. */
interface Gathering {
  readonly shared: string;
  readonly parts: { readonly row: number; readonly cells: AnswerCells }[];
  state: 'open' | 'done' | 'spoiled';
}

/** Reads an answers file of a source as untrusted input: a row that is wrong spoils its own answer and no other. */
export function readAnswersFile(source: Source, bytes: Uint8Array): Result<AnswersFile, FileFault> {
  const frame = readFrame(ANSWERS, source, bytes);
  if (!frame.ok) return frame;
  const gathered = new Map<string, Gathering>();
  const seen = new Set<string>();
  const read: AnswerRow[] = [];
  for (const { row, cells } of frame.value.rows) {
    if (!cells.ok) {
      read.push(refused(row, cells.error));
      continue;
    }
    const text = JSON.stringify(cells.value);
    read.push(
      ...(seen.has(text) ? [{ kind: 'repeated', row } as const] : gather(source, gathered, row, cells.value)),
    );
    seen.add(text);
  }
  for (const { state, parts } of gathered.values())
    if (state !== 'done') read.push(...parts.map(({ row }) => refused(row, 'answer_incomplete')));
  const { head, complete } = frame.value;
  return { ok: true, value: { head, complete, rows: read.toSorted((a, b) => a.row - b.row) } };
}

const refused = (
  row: number,
  code: AnswerRowRefused['code'],
  column: AnswerColumn | null = null,
): AnswerRowRefused => ({ kind: 'refused', row, column, code });

function gather(
  source: Source,
  gathered: Map<string, Gathering>,
  row: number,
  cells: AnswerCells,
): AnswerRow[] {
  const parsed = answerIn(cells);
  const { request_id, outcome, facts, id_number, name, answered_at } = cells;
  const shared = JSON.stringify([request_id, outcome, facts, id_number, name, answered_at]);
  const own = gathered.get(cells.answer_id) ?? { shared, parts: [], state: 'open' };
  gathered.set(cells.answer_id, own);
  const differs =
    own.state === 'done' ||
    (own.parts.length > 0 && own.shared !== shared) ||
    own.parts.some((each) => each.cells.fact === cells.fact);
  if (!parsed.ok || differs) {
    if (own.state === 'open') own.state = 'spoiled';
    return [parsed.ok ? refused(row, 'answer_differs', 'answer_id') : refused(row, 'value', parsed.error)];
  }
  own.parts.push({ row, cells });
  if (own.state === 'spoiled' || own.parts.length < parsed.value.factCount) return [];
  own.state = 'done';
  const { requestId, answerId } = parsed.value;
  return parsed.value.outcome === 'unable'
    ? [{ kind: 'unable', row, requestId, answerId }]
    : assembled(source, row, own);
}

/** The rows of one answer as what a callback would have said. */
function assembled(source: Source, row: number, { parts }: Gathering): AnswerRow[] {
  const inOrder = parts.toSorted((a, b) => Number(a.cells.fact) - Number(b.cells.fact));
  const read = inOrder.flatMap(({ cells }) => {
    const each = answerIn(cells);
    return each.ok ? [each.value] : [];
  });
  const { requestId, answerId, answeredAt, subject, outcome } = read[0] ?? {};
  const facts = read.flatMap(({ fact }) => fact ?? []);
  const shape = checkAnswerShape({ answerId, requestId, source, answeredAt, subject, outcome, facts });
  if (shape.ok) return [{ kind: 'answer', row, answer: shape.value }];
  const [, top, at, field] = shape.error.pointer.split('/');
  const wrong = top === 'facts' ? inOrder[Number(at)]?.row : row;
  const column = COLUMN_OF[top === 'facts' ? (field ?? '') : shape.error.pointer] ?? null;
  return inOrder.map((part) =>
    part.row === wrong ? refused(part.row, 'value', column) : refused(part.row, 'answer_incomplete'),
  );
}

const COLUMN_OF: Readonly<Record<string, AnswerColumn>> = {
  item: 'item',
  category: 'category',
  amountFen: 'amount_fen',
  periodFrom: 'period_from',
  periodTo: 'period_to',
  text: 'text',
  '/subject/idNumber': 'id_number',
  '/subject/name': 'name',
  '/answeredAt': 'answered_at',
};
