import { reachedOn } from '../../casefile/deliveries.js';
import { newId, record } from '../../casefile/record.js';
import { rechecks, verificationNotices, verificationObjections } from '../../casefile/schema/index.js';
import { latestFindingsNotice, latestReport } from '../../casefile/verification-reports.js';
import { sourceOf } from '../../departments/sources.js';
import { clockDue } from '../../policy/clock-due.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { adoptEntries } from './adoption.js';
import { contest, settleValues } from './contested-values.js';
import { bodyOf } from './bodies.js';
import { applicantOf, namesOf, placeOf } from './context.js';
import { deliver } from './delivery.js';
import { findingsAgainst } from './findings-against.js';
import { CATEGORY_NAMES } from './names.js';
import { issue } from './papers.js';
import { makeReport } from './verification-report.js';

/** 核对结果告知: what stands against the household, and until when it may object with evidence (art. 18). */
export async function informFindings(step: CommandContext, given: unknown): Promise<Effect> {
  const { delivery } = bodyOf('inform_findings', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const report = await latestReport(tx, caseNo);
  if (!report) throw new DomainError('guard_not_met', { params: { guard: 'report_made' } });
  const due = clockDue(step.rulebook, await objectionPeriod(step, occurredOn));
  const name = await namesOf(step);
  const documentId = await issue(step, 'verification_finding_notice', {
    applicant: (await applicantOf(step)).name,
    findings: (await findingsAgainst(step)).map(({ answer, declaredFen }) => ({
      source: sourceOf(answer.source).name.zh,
      person: name(answer.personId),
      item: CATEGORY_NAMES[answer.category],
      declaredFen,
      verifiedFen: answer.amountFen,
    })),
    objectBy: due.date,
  });
  const id = newId();
  await record(tx, verificationNotices, {
    id,
    caseNo,
    reportId: report.id,
    documentId,
    staffId,
    commandId,
    occurredOn,
  });
  await deliver(step, { documentId, ...delivery });
  return {
    result: { noticeId: id, documentId, objectBy: due.date },
    auditParams: { reportVersion: report.version },
  };
}

export async function objectToVerification(step: CommandContext, given: unknown): Promise<Effect> {
  const { groundCode, documentId, values = [] } = bodyOf('object_to_verification', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const found = await latestFindingsNotice(tx, caseNo);
  if (!found) throw new DomainError('not_allowed_now');
  const id = newId();
  await record(tx, verificationObjections, {
    id,
    caseNo,
    noticeId: found.notice.id,
    groundCode,
    documentId,
    staffId,
    commandId,
    occurredOn,
  });
  await contest(step, id, values);
  return {
    result: { objectionId: id, values: values.length },
    auditParams: { ground: groundCode, values: values.length },
  };
}

/** 复查: what the evidence changes is adopted, and the report is made again as its next version. */
export async function recheck(step: CommandContext, given: unknown): Promise<Effect> {
  const { finding, adoptions, values = [], reasonCode } = bodyOf('recheck', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const found = await latestFindingsNotice(tx, caseNo);
  if (!found?.objection) throw new DomainError('not_allowed_now');
  await settleValues(step, found.objection.id, values);
  await adoptEntries(step, adoptions);
  const reportId = await makeReport(step);
  await record(tx, rechecks, {
    objectionId: found.objection.id,
    caseNo,
    reportId,
    finding,
    reasonCode,
    staffId,
    commandId,
    occurredOn,
  });
  const version = (await latestReport(tx, caseNo))?.version ?? 0;
  return { result: { reportId, version, finding }, auditParams: { finding, version } };
}

/** The household was told in a way that reached it, and its time to object is over or its objection was looked into. */
export async function wasHeard(step: StepContext): Promise<boolean> {
  const { tx, caseNo, occurredOn } = step;
  const found = await latestFindingsNotice(tx, caseNo);
  if (!found) return false;
  if (found.recheck) return true;
  if (found.objection) return false;
  const reached = await reachedOn(tx, caseNo, found.notice.documentId);
  if (reached === undefined) return false;
  return occurredOn > clockDue(step.rulebook, await objectionPeriod(step, reached)).date;
}

const objectionPeriod = async (step: StepContext, start: StepContext['occurredOn']) => ({
  length: { unit: 'parameter', parameter: 'verification_objection_period' } as const,
  place: await placeOf(step.tx, step.caseNo),
  start,
});
