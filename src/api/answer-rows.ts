import type { Context } from 'hono';
import { questionToMe } from '../casefile/verifier-questions.js';
import { checkAnswer, type AnswerMismatch } from '../departments/answer-check.js';
import type { AnswerRow } from '../departments/batch-file.js';
import type { DepartmentAnswer } from '../departments/contract.js';
import {
  DomainError,
  rfc3339,
  startOf,
  type ErrorCode,
  type Id,
  type IdNumber,
  type Source,
} from '../terms/index.js';
import { asPrincipal, type ApiEnv } from './auth.js';
import type { ApiDeps } from './ports.js';
import { takeDeskAnswer } from './verification-answers.js';

/** What became of one row. Names the place and the rule, never what stands there. */
export interface RowReport {
  readonly row: number;
  readonly status: 'taken' | 'known' | 'refused';
  readonly column: string | null;
  readonly code: string | null;
}

const COLUMN_OF: Readonly<Record<AnswerMismatch, string>> = {
  other_request: 'request_id',
  other_source: 'request_id',
  other_person: 'id_number',
  item_not_asked: 'item',
  answered_before_asked: 'answered_at',
  answered_in_future: 'answered_at',
};
/** Refusals that are a row's own; of anything else the whole request fails, and comes again. */
const OF_A_ROW: Partial<Record<ErrorCode, string>> = {
  not_found: 'request_id',
  relative_barred: 'request_id',
  contributor_barred: 'request_id',
  idempotency_key_reused: 'answer_id',
};

/** Takes one row of an answers file as if its person had entered it: the same checks, told at once. */
export async function takeRow(
  deps: ApiDeps,
  c: Context<ApiEnv>,
  source: Source,
  row: AnswerRow,
): Promise<RowReport> {
  const refused = (code: string, column: string | null): RowReport => ({
    row: row.row,
    status: 'refused',
    column,
    code,
  });
  if (row.kind === 'refused') return refused(row.code, row.column);
  if (row.kind === 'repeated') return { row: row.row, status: 'known', column: null, code: null };
  try {
    const requestId = row.kind === 'answer' ? row.answer.requestId : row.requestId;
    const question = await asPrincipal(deps, c, (tx) => questionToMe(tx, requestId));
    if (question.source !== source) return refused('other_source', 'request_id');
    const principal = c.get('principal');
    if (row.kind === 'answer') {
      const checked = checkAnswer({
        answer: row.answer,
        request: {
          requestId: requestId,
          source,
          items: question.items,
          subject: { name: question.subject.name, idNumber: question.subject.idNumber as IdNumber },
        },
        askedAt: startOf(question.asOf),
        now: principal.at,
      });
      if (!checked.ok) return refused(checked.error, COLUMN_OF[checked.error]);
    }
    const body =
      row.kind === 'answer'
        ? plain(row.answer)
        : {
            answerId: row.answerId,
            requestId,
            source,
            answeredAt: rfc3339(principal.at),
            subject: question.subject,
            outcome: 'cannot_verify',
            reasonCode: 'not_stated',
          };
    const { fresh } = await takeDeskAnswer(deps, principal, question, `file ${idOf(row)}`, body);
    return { row: row.row, status: fresh ? 'taken' : 'known', column: null, code: null };
  } catch (error) {
    const column = error instanceof DomainError ? OF_A_ROW[error.code] : undefined;
    if (error instanceof DomainError && column) return refused(error.code, column);
    throw error;
  }
}

const idOf = (row: Extract<AnswerRow, { kind: 'answer' | 'unable' }>): Id =>
  row.kind === 'answer' ? row.answer.answerId : row.answerId;
const plain = (answer: DepartmentAnswer): Record<string, unknown> => ({ ...answer });
