import { z } from 'zod';
import { writeFrame, type BatchHead } from './batch-frame.js';
import { idSchema } from './wire.js';
import type { DepartmentAnswer, Fact, Result } from './contract.js';

/**
 * One row for each fact, or for an answer that has none. `facts` is how many rows with facts the answer has, `fact` which
 * of them this is, from 1: without it half an answer would look like a whole one.
 */
export const ANSWERS = {
  name: 'onedoor_answers',
  columns: [
    'request_id',
    'answer_id',
    'id_number',
    'name',
    'outcome',
    'facts',
    'fact',
    'item',
    'category',
    'amount_fen',
    'period_from',
    'period_to',
    'text',
    'answered_at',
  ],
} as const;
export type AnswerColumn = (typeof ANSWERS.columns)[number];
export type AnswerCells = Readonly<Record<AnswerColumn, string>>;

/** `value`: what stands there is not what the column holds. */
export type CellFault = 'value';

/** An answer as a file has it: the department may also say that it cannot tell. */
export type FileAnswer = Omit<DepartmentAnswer, 'source' | 'outcome'> & {
  readonly outcome: DepartmentAnswer['outcome'] | 'unable';
};

/** What a row says; whether the whole is an answer is found out when all of its rows are there. */
export type RowContent = Omit<FileAnswer, 'facts'> & {
  readonly factCount: number;
  readonly fact: Fact | undefined;
};

const OF_A_FACT = ['fact', 'item', 'category', 'amount_fen', 'period_from', 'period_to', 'text'] as const;
const rowSchema = z.object({
  request_id: idSchema,
  answer_id: idSchema,
  outcome: z.enum(['found', 'none', 'unable']),
  facts: z.string().regex(/^\d{1,3}$/),
  fact: z.string().regex(/^([1-9]\d{0,2})?$/),
  // More digits than any amount has are not a number any more.
  amount_fen: z.string().regex(/^(\d{1,15})?$/),
});

/** Reads one row by itself; the error is the column that is wrong. */
export function answerIn(cells: AnswerCells): Result<RowContent, AnswerColumn> {
  const parsed = rowSchema.safeParse(cells);
  const at = parsed.error?.issues[0]?.path[0];
  const column = ANSWERS.columns.find((each) => each === at) ?? misplaced(cells);
  if (!parsed.success || column) return { ok: false, error: column ?? 'request_id' };
  return {
    ok: true,
    value: {
      requestId: parsed.data.request_id,
      answerId: parsed.data.answer_id,
      answeredAt: cells.answered_at,
      subject: { idNumber: cells.id_number, name: cells.name } as DepartmentAnswer['subject'],
      outcome: parsed.data.outcome,
      factCount: Number(cells.facts),
      fact: parsed.data.outcome === 'found' ? factIn(cells) : undefined,
    },
  };
}

/** "Nothing found" beside a fact, a fact that is not one of so many. */
function misplaced(cells: AnswerCells): AnswerColumn | undefined {
  if ((cells.outcome === 'found') !== Number(cells.facts) > 0) return 'facts';
  if (cells.outcome !== 'found') return OF_A_FACT.find((column) => cells[column] !== '');
  return cells.fact === '' || Number(cells.fact) > Number(cells.facts) ? 'fact' : undefined;
}

const factIn = ({ item, category, amount_fen, period_from, period_to, text }: AnswerCells): Fact =>
  ({
    item,
    category,
    ...(amount_fen !== '' && { amountFen: Number(amount_fen) }),
    ...(period_from !== '' && { periodFrom: period_from }),
    ...(period_to !== '' && { periodTo: period_to }),
    ...(text !== '' && { text }),
  }) as Fact;

/** The rows of one answer. */
export function rowsOf(answer: FileAnswer): Partial<Record<AnswerColumn, string>>[] {
  const shared = {
    request_id: answer.requestId,
    answer_id: answer.answerId,
    id_number: answer.subject.idNumber,
    name: answer.subject.name,
    outcome: answer.outcome,
    facts: String(answer.facts.length),
    answered_at: answer.answeredAt,
  };
  if (answer.facts.length === 0) return [shared];
  return answer.facts.map((fact, at) => ({
    ...shared,
    fact: String(at + 1),
    item: fact.item,
    category: fact.category,
    amount_fen: fact.amountFen === undefined ? '' : String(fact.amountFen),
    period_from: fact.periodFrom ?? '',
    period_to: fact.periodTo ?? '',
    text: fact.text ?? '',
  }));
}

/** What a department writes. */
export const writeAnswersFile = (head: BatchHead, answers: readonly FileAnswer[]): Uint8Array =>
  writeFrame(ANSWERS, head, answers.flatMap(rowsOf));
