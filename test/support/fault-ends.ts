import { expect } from 'vitest';
import type { Guide } from '../../src/departments/simulator/fault-guide.js';
import type { CaseNo } from '../../src/terms/index.js';
import type { Counter } from './counter.js';
import { BANK } from './faulty-bank.js';
import type { TestHouse } from './house.js';

/** What a person is told because a department went wrong. */
const TROUBLE = [
  'answer_unusable',
  'late_answer',
  'contradiction',
  'answer_corrected',
  'unanswered',
  'lookup_refused',
  'case_stuck',
];

export interface Walked {
  readonly caseNo: CaseNo;
  /** Where what came of the fault is heard, when that is another case. */
  readonly heardIn?: CaseNo;
  /** Audit events of no case that came while the fault was on. */
  readonly strays?: readonly string[] | undefined;
  /** Whose trouble counts besides the bank’s. */
  readonly senders?: readonly string[];
  /** What was declared and truly answered. */
  readonly depositFen: number;
}

/** Whether a case stands where the guide says, weeks after the bank, or whoever spoke for it, had a fault. */
export async function expectEnd(
  { house, counter }: { house: TestHouse; counter: Counter },
  { audit, task, ends }: Guide,
  { caseNo, heardIn = caseNo, strays, senders = [], depositFen }: Walked,
): Promise<void> {
  const { sql } = house.database.reader;
  const whose = [BANK, ...senders];
  const events = await sql<{ code: string }[]>`
    SELECT code FROM audit_events WHERE chain = ${heardIn} AND coalesce(params->>'source', ${BANK}) IN ${sql(whose)}`;
  const told = await sql<{ kind: string }[]>`
    SELECT kind FROM tasks WHERE case_no = ${heardIn} AND coalesce(params->>'source', ${BANK}) IN ${sql(whose)}`;
  const adopted = await sql<{ fen: number }[]>`
    SELECT amount_fen::float8 AS fen FROM adopted_facts WHERE case_no = ${caseNo} AND category = 'deposit'`;
  const { requests, applicantId } = await counter.page(caseNo);

  if (audit === 'answer_unmatched') expect(strays).toContain(audit);
  else if (audit !== null) expect(events.map(({ code }) => code)).toContain(audit);
  const kinds = told.map(({ kind }) => kind);
  if (task === null) expect(kinds.filter((kind) => TROUBLE.includes(kind))).toEqual([]);
  else expect(kinds).toContain(task);
  const standing = requests
    .filter(({ source, personId }) => source === BANK && personId === applicantId)
    .map((request) => request.standing);
  if (ends === 'either_way') expect(['found', 'none']).toContain(standing[0]);
  else expect(standing).toEqual([ends === 'unanswered' ? 'unanswered' : 'found']);
  // Nothing wrong is adopted: what was declared and truly answered, or nothing before a person says so.
  if (ends !== 'either_way')
    expect(adopted.map(({ fen }) => fen)).toEqual(ends === 'answered' ? [depositFen] : []);
}
