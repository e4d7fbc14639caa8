import { readFrame, writeFrame, type BatchHead, type FileFault, type WritingFault } from './batch-frame.js';
import { checkShape } from './json-body.js';
import { batchQuestionSchema } from './request-schema.js';
import type { LookupRequest, Result, Source } from './contract.js';

/** A question as a row of a file: nobody calls back. */
export type BatchQuestion = Omit<LookupRequest, 'callbackUrl'>;

const QUERY = {
  name: 'onedoor_query',
  columns: [
    'request_id',
    'purpose',
    'case_ref',
    'consent_hash',
    'items',
    'id_number',
    'name',
    'as_of',
    'due_at',
  ],
} as const;
export type QueryColumn = (typeof QUERY.columns)[number];

/** A row that is no question: where and why, and nothing of what it says. */
export interface QueryRowFault {
  readonly row: number;
  /** Null where the row as a whole is meant. */
  readonly column: QueryColumn | null;
  readonly code: WritingFault | 'value';
}
export interface QueryFile {
  readonly head: BatchHead;
  readonly complete: boolean;
  readonly questions: readonly BatchQuestion[];
  readonly faults: readonly QueryRowFault[];
}

/** The questions of many cases to one source, a row each; items are parted by blanks. */
export const writeQueryFile = (head: BatchHead, questions: readonly BatchQuestion[]): Uint8Array =>
  writeFrame(
    QUERY,
    head,
    questions.map((question) => ({
      request_id: question.requestId,
      purpose: question.purpose,
      case_ref: question.caseRef,
      consent_hash: question.consentHash,
      items: question.items.join(' '),
      id_number: question.subject.idNumber,
      name: question.subject.name,
      as_of: question.asOf,
      due_at: question.dueAt,
    })),
  );

/** What a department reads. */
export function readQueryFile(source: Source, bytes: Uint8Array): Result<QueryFile, FileFault> {
  const frame = readFrame(QUERY, source, bytes);
  if (!frame.ok) return frame;
  const { head, complete, rows } = frame.value;
  const questions: BatchQuestion[] = [];
  const faults: QueryRowFault[] = [];
  for (const { row, cells } of rows) {
    const question = cells.ok ? questionIn(source, cells.value) : undefined;
    if (question?.ok) questions.push(question.value);
    else if (!cells.ok) faults.push({ row, column: null, code: cells.error });
    else if (question) faults.push({ row, column: COLUMN_OF[question.error.pointer] ?? null, code: 'value' });
  }
  return { ok: true, value: { head, complete, questions, faults } };
}

const questionIn = (source: Source, cells: Readonly<Record<QueryColumn, string>>) =>
  checkShape(batchQuestionSchema, {
    requestId: cells.request_id,
    source,
    purpose: cells.purpose,
    caseRef: cells.case_ref,
    consentHash: cells.consent_hash,
    items: cells.items.split(' '),
    subject: { idNumber: cells.id_number, name: cells.name },
    asOf: cells.as_of,
    dueAt: cells.due_at,
  });

const COLUMN_OF: Readonly<Record<string, QueryColumn>> = {
  '/requestId': 'request_id',
  '/purpose': 'purpose',
  '/caseRef': 'case_ref',
  '/consentHash': 'consent_hash',
  '/items': 'items',
  '/items/0': 'items',
  '/subject/idNumber': 'id_number',
  '/subject/name': 'name',
  '/asOf': 'as_of',
  '/dueAt': 'due_at',
};
