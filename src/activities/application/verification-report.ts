import { adoptedOf, answeredOf, declaredOf, hashOf, requestsOf, restsOn } from '../../casefile/evidence.js';
import { newId, record } from '../../casefile/record.js';
import { verificationReports } from '../../casefile/schema/index.js';
import { latestReport } from '../../casefile/verification-reports.js';
import { sourceOf } from '../../departments/sources.js';
import type { ComparedFact } from '../../policy/papers/types.js';
import { dateAt, nextMonth, monthOf, type Fen, type Month } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';
import { namesOf, ofPlace } from './context.js';
import { CATEGORY_NAMES } from './names.js';
import { issue } from './papers.js';

/** Makes the report once every question has come to something; silence counts as that. */
export async function reportWhenSettled(step: StepContext): Promise<void> {
  const requests = await requestsOf(step.tx, step.caseNo);
  if (requests.some((row) => row.outcome === null)) return;
  await makeReport(step);
}

/** 核对报告, the next version: every question and how it ended; declared, verified, adopted side by side. @returns its id */
export async function makeReport(step: StepContext): Promise<string> {
  const { tx, caseNo, today, at } = step;
  const version = ((await latestReport(tx, caseNo))?.version ?? 0) + 1;
  const evidenceHash = hashOf(await restsOn(tx, caseNo));
  const months = await ofPlace(step, 'verification_validity');
  const validTo = monthsLater(today, months);
  const name = await namesOf(step);
  const requests = await requestsOf(tx, caseNo);
  const documentId = await issue(
    step,
    'verification_report',
    {
      version,
      valuedOn: requests[0]?.requestedOn ?? today,
      validUntil: validTo,
      answers: requests.map((row) => ({
        person: name(row.personId) ?? '',
        source: sourceOf(row.source).name.zh,
        answer: row.outcome ?? 'unanswered',
      })),
      facts: await compared(step),
      hash: evidenceHash,
    },
    'county',
  );
  const id = newId();
  await record(tx, verificationReports, {
    id,
    caseNo,
    version,
    evidenceHash,
    documentId,
    madeOn: today,
    validTo,
    at,
  });
  return id;
}

/** One row for each thing that anybody said, however many said it. */
export async function compared(step: StepContext): Promise<ComparedFact[]> {
  const { tx, caseNo } = step;
  const name = await namesOf(step);
  const rows = new Map<string, ComparedFact>();
  const enter = (
    side: 'declaredFen' | 'verifiedFen' | 'adoptedFen',
    facts: readonly {
      personId: string | null;
      category: keyof typeof CATEGORY_NAMES;
      amountFen: Fen;
      periodFrom: Month;
      periodTo: Month;
    }[],
  ) => {
    for (const { personId, category, amountFen, periodFrom, periodTo } of facts) {
      const key = [personId, category, periodFrom, periodTo].join(' ');
      const row = rows.get(key) ?? {
        person: name(personId),
        item: CATEGORY_NAMES[category],
        from: periodFrom,
        to: periodTo,
        declaredFen: null,
        verifiedFen: null,
        adoptedFen: null,
      };
      rows.set(key, { ...row, [side]: amountFen });
    }
  };
  enter('declaredFen', await declaredOf(tx, caseNo));
  enter('verifiedFen', await answeredOf(tx, caseNo));
  enter('adoptedFen', await adoptedOf(tx, caseNo));
  return [...rows.values()];
}

/** The same day so many months later; the last day of a shorter month. */
function monthsLater(day: ReturnType<typeof dateAt>, months: number): ReturnType<typeof dateAt> {
  let month = monthOf(day);
  for (let n = 0; n < months; n += 1) month = nextMonth(month);
  const [year = 0, index = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, index, 0)).getUTCDate();
  return `${month}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, '0')}` as typeof day;
}
