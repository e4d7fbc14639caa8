import { standingRequests } from '../../casefile/evidence.js';
import { newId, record } from '../../casefile/record.js';
import { verificationReports } from '../../casefile/schema/index.js';
import { closeTasks } from '../../casefile/tasks.js';
import { latestReport } from '../../casefile/verification-reports.js';
import { weigh } from '../../casefile/weighing.js';
import { reachOf, sourceOf } from '../../departments/sources.js';
import type { ComparedFact } from '../../policy/papers/types.js';
import { reportLines } from '../../policy/report-lines.js';
import type { StepContext } from '../procedure-desk.js';
import { adoptByRule } from './adoption.js';
import { namesOf } from './context.js';
import { endAnswered } from './lookups.js';
import { CATEGORY_NAMES } from './names.js';
import { issue } from './papers.js';
import { reportContent } from './report-content.js';

/** Makes the report once every question has come to something; silence counts as that. */
export async function reportWhenSettled(step: StepContext): Promise<void> {
  const requests = await standingRequests(step.tx, step.caseNo);
  if (requests.some((row) => row.outcome === null)) return;
  await makeReport(step);
}

/** Something was learned: what follows from it for facts, clocks and tasks, and the report when it was the last. */
export async function afterSettling(step: StepContext): Promise<void> {
  const { tx, caseNo, at } = step;
  await adoptByRule(step);
  await endAnswered(step);
  if ((await standingRequests(tx, caseNo)).some((row) => row.outcome === null)) return;
  await closeTasks(tx, caseNo, ['await_departments'], at);
  await makeReport(step);
}

/** 核对报告, the next version: every question and how it ended; declared, verified, adopted side by side. @returns its id */
export async function makeReport(step: StepContext): Promise<string> {
  const { tx, caseNo, at } = step;
  const version = ((await latestReport(tx, caseNo))?.version ?? 0) + 1;
  const { content, contentHash } = await reportContent(step, version);
  const { evidenceHash, purpose, madeOn, validFrom, validTo } = content;
  const name = await namesOf(step);
  const documentId = await issue(
    step,
    'verification_report',
    {
      version,
      purpose,
      valuedOn: content.valuedOn,
      validUntil: validTo,
      answers: (await standingRequests(tx, caseNo)).map(({ personId, source, outcome, origin }) => ({
        person: name(personId) ?? '',
        source: sourceOf(source).name.zh,
        answer: outcome ?? 'unanswered',
        earlier: origin && {
          kind: origin.kind,
          version: origin.fromVersion,
          valuedOn: origin.valuedOn,
          validUntil: origin.validTo,
        },
      })),
      facts: await compared(step),
      hash: contentHash,
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
    madeOn,
    validTo,
    purpose,
    validFrom,
    content,
    contentHash,
    at,
  });
  return id;
}

/** The lines of the comparison, with names. */
async function compared(step: StepContext): Promise<ComparedFact[]> {
  const name = await namesOf(step);
  const weighed = await weigh(step.tx, step.caseNo, reachOf);
  return reportLines(weighed).map(({ personId, category, source, ...line }) => ({
    person: name(personId),
    item: CATEGORY_NAMES[category],
    source: source === null ? null : sourceOf(source).name.zh,
    ...line,
  }));
}
