import { openObjection } from '../../casefile/opinions.js';
import { newId, record } from '../../casefile/record.js';
import { recordRemark } from '../../casefile/remarks.js';
import { visitInvestigators, visits } from '../../casefile/schema/index.js';
import type { ReportCooperationBody, VisitBody } from '../../terms/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { applicantOf, namesOf, staffNamesOf } from './context.js';
import { issue } from './papers.js';

type Seen = Omit<VisitBody, 'occurredOn'> | Omit<ReportCooperationBody, 'occurredOn'>;

/** A visit or inquiry with its signatures and its form (入户调查表). @returns its id */
export async function keepVisit(
  step: CommandContext,
  seen: Seen,
  of: { level?: 'county'; cooperationId?: string } = {},
): Promise<string> {
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const id = newId();
  const objection = await openObjection(tx, caseNo);
  const investigators = [...new Set(seen.investigators)];
  await record(tx, visits, {
    id,
    caseNo,
    method: seen.method,
    householdSignatoryId: seen.householdSignatory ?? null,
    propertyWithinLimits: seen.propertyWithinLimits,
    objectionId: objection?.id ?? null,
    level: of.level ?? null,
    cooperationId: of.cooperationId ?? null,
    staffId,
    commandId,
    occurredOn,
  });
  for (const investigator of investigators) {
    await record(tx, visitInvestigators, {
      id: newId(),
      visitId: id,
      caseNo,
      staffId: investigator,
      signedOn: occurredOn,
    });
  }
  await recordRemark(tx, caseNo, { about: 'visit', refId: id, text: seen.findings });
  const name = await namesOf(step);
  await issue(
    step,
    'home_visit_form',
    {
      applicant: (await applicantOf(step)).name,
      method: seen.method,
      visitedOn: occurredOn,
      investigators: await staffNamesOf(tx, investigators),
      householdSignatory: name(seen.householdSignatory ?? null),
      findings: seen.findings,
      propertyWithinLimits: seen.propertyWithinLimits,
    },
    of.level ?? 'township',
  );
  return id;
}

const inAudit = (seen: Seen) => ({ method: seen.method, investigators: new Set(seen.investigators).size });

/** 入户调查: two investigators and a member of the household sign (DIBAO-2021 art. 16). */
export async function recordVisit(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('record_visit', given);
  const visitId = await keepVisit(step, body);
  return {
    result: { visitId },
    auditParams: inAudit(body),
    finishes: VISITS.includes(body.method) ? ['home_visit'] : [],
  };
}
/** What ends the wait for the visit: itself, or what an emergency lets stand in for it. */
const VISITS: readonly string[] = ['home_visit', 'phone_visit', 'video_visit'];

/** 县级入户: for relatives who are registered separately, and when somebody reported at this stage (art. 20). */
export async function recordCountyVisit(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('record_county_visit', given);
  const visitId = await keepVisit(step, body, { level: 'county' });
  return { result: { visitId }, auditParams: inAudit(body), finishes: ['county_visit'] };
}
