import { createHash } from 'node:crypto';
import { hashOf, restsOn } from '../../casefile/evidence.js';
import { draftsOf, latestOpinion, openObjection } from '../../casefile/opinions.js';
import { includedMembers } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { recordRemark } from '../../casefile/remarks.js';
import { determinations, objectionFindings, opinionDrafts, opinions } from '../../casefile/schema/index.js';
import { householdToTest, standingFacts } from '../../casefile/weighing.js';
import { afterwards } from '../../policy/adoptable.js';
import { inputsText, type Determination } from '../../policy/determination.js';
import { meansTest } from '../../policy/means-test.js';
import { reasonText } from '../../policy/reasons.js';
import { DomainError, fen } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { applicantOf, staffNamesOf } from './context.js';
import { arithmetic, issue } from './papers.js';

/** The means test on what was adopted: same inputs and rulebook, same answer. @throws {DomainError} `parameter_missing`, `guard_not_met` */
export async function determine({ tx, caseNo, rulebook, today }: StepContext): Promise<Determination> {
  const household = await householdToTest(tx, caseNo, today);
  return meansTest(rulebook, { ...household, facts: afterwards(await standingFacts(tx, caseNo), []) });
}

/** 拟稿: the receiver writes what a leader may sign; the arithmetic is shown, nothing is proposed yet. */
export async function draftOpinion(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('draft_opinion', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const { monthlyBenefitFen } = await determine(step);
  const id = newId();
  await record(tx, opinionDrafts, {
    id,
    caseNo,
    proposes: body.proposes,
    monthlyBenefitFen: body.proposes === 'grant' ? monthlyBenefitFen : fen(0),
    reasonCode: body.reasonCode,
    staffId,
    commandId,
    occurredOn,
  });
  await recordRemark(tx, caseNo, { about: 'opinion_draft', refId: id, text: body.remarks });
  return { result: { draftId: id, monthlyBenefitFen }, auditParams: { proposes: body.proposes } };
}

/** 初审意见: what the township proposes, for whom, with the arithmetic it rests on (DIBAO-2021 art. 19). */
export async function formOpinion(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('form_opinion', given);
  const { tx, caseNo, at, staffId, commandId, occurredOn } = step;
  const draft = body.draftId ? (await draftsOf(tx, caseNo)).find(({ id }) => id === body.draftId) : undefined;
  if (body.draftId && draft?.proposes !== body.proposes)
    throw new DomainError('body_invalid', { pointer: '/draftId', params: { reason: 'another_proposal' } });
  const determination = await determine(step);
  const determinationId = newId();
  await record(tx, determinations, {
    id: determinationId,
    caseNo,
    format: determination.format,
    inputs: determination.inputs,
    inputsHash: createHash('sha256').update(inputsText(determination.inputs)).digest('hex'),
    parameters: determination.parameterVersions,
    steps: determination.steps,
    eligible: determination.eligible,
    monthlyBenefitFen: determination.monthlyBenefitFen,
    at,
  });
  const grant = body.proposes === 'grant';
  const monthlyBenefitFen = grant ? determination.monthlyBenefitFen : fen(0);
  const id = newId();
  const version = ((await latestOpinion(tx, caseNo, 'township'))?.version ?? 0) + 1;
  const rests = await restsOn(tx, caseNo);
  const members = (await includedMembers(tx, caseNo)).map(({ personId }) => personId);
  await record(tx, opinions, {
    id,
    caseNo,
    level: 'township',
    version,
    proposes: body.proposes,
    category: grant ? determination.category : 'none',
    determinationId,
    monthlyBenefitFen,
    article: grant ? 'DIBAO-2021 art. 19, 23' : 'DIBAO-2021 art. 3, 13–14',
    reasonCode: body.reasonCode,
    evidenceHash: hashOf(rests),
    restsOn: rests,
    units: members,
    draftId: draft?.id ?? null,
    staffId,
    commandId,
    occurredOn,
  });
  await recordRemark(tx, caseNo, { about: 'opinion', refId: id, text: body.remarks });
  await answerObjection(step, id, body.objectionFinding);
  const [handledBy = '', leader = ''] = await staffNamesOf(tx, [draft?.staffId ?? staffId, staffId]);
  const { name } = await applicantOf(step);
  await issue(step, 'preliminary_opinion_form', {
    applicant: name,
    memberCount: members.length,
    proposal: grant
      ? {
          kind: 'grant',
          category: '最低生活保障',
          units: [{ name, memberCount: members.length, monthlyBenefitFen }],
        }
      : {
          kind: 'refuse',
          reason: { code: body.reasonCode, text: reasonText(body.reasonCode) },
          articles: REFUSED_UNDER,
        },
    arithmetic: await arithmetic(step, determinationId),
    remarks: body.remarks ?? null,
    handledBy,
    leader,
  });
  return {
    result: { opinionId: id, version, proposes: body.proposes, monthlyBenefitFen },
    auditParams: { version, proposes: body.proposes, monthlyBenefitFen },
  };
}

/** What a refusal about money and property rests on. */
export const REFUSED_UNDER = [
  { law: 'DIBAO-2021', article: 3 },
  { law: 'DIBAO-2021', article: 13 },
  { law: 'DIBAO-2021', article: 14 },
] as const;

async function answerObjection(
  { tx, caseNo }: CommandContext,
  opinionId: string,
  finding: 'upheld' | 'partly_upheld' | 'not_upheld' | undefined,
): Promise<void> {
  const objection = await openObjection(tx, caseNo);
  if (!objection) return;
  if (!finding) throw new DomainError('body_invalid', { pointer: '/objectionFinding' });
  await record(tx, objectionFindings, { objectionId: objection.id, caseNo, opinionId, finding });
}

/** 审核意见 of the county, on the township's arithmetic (DIBAO-2021 art. 20). */
export async function countyOpine(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('county_opine', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const township = await latestOpinion(tx, caseNo, 'township');
  if (!township) throw new DomainError('guard_not_met', { params: { guard: 'township_opinion' } });
  const version = ((await latestOpinion(tx, caseNo, 'county'))?.version ?? 0) + 1;
  const grant = body.proposes === 'grant';
  if (grant && township.proposes === 'refuse')
    throw new DomainError('guard_not_met', { params: { guard: 'township_opinion_grants' } });
  const rests = await restsOn(tx, caseNo);
  const id = newId();
  await record(tx, opinions, {
    id,
    caseNo,
    level: 'county',
    version,
    proposes: body.proposes,
    category: grant ? township.category : 'none',
    determinationId: township.determinationId,
    monthlyBenefitFen: grant ? township.monthlyBenefitFen : fen(0),
    article: 'DIBAO-2021 art. 20',
    reasonCode: body.reasonCode,
    evidenceHash: hashOf(rests),
    restsOn: rests,
    units: township.units,
    staffId,
    commandId,
    occurredOn,
  });
  await recordRemark(tx, caseNo, { about: 'opinion', refId: id, text: body.remarks });
  return {
    result: { opinionId: id, version, proposes: body.proposes },
    auditParams: { version, proposes: body.proposes },
    finishes: ['county_opinion_again'],
  };
}
