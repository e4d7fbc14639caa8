import { evidenceHash, readApplication } from '../../casefile/evidence.js';
import { decisionOf, latestOpinion } from '../../casefile/opinions.js';
import { documentsOf } from '../../casefile/documents.js';
import { releaseUnit, requestOf } from '../../casefile/requests.js';
import { newId, record } from '../../casefile/record.js';
import { recordRemark } from '../../casefile/remarks.js';
import { decisions, deliveries, entitlementLines, recognitions } from '../../casefile/schema/index.js';
import { statutory } from '../../policy/rulebook.js';
import { DomainError, fen, monthOf, nextMonth, type Month } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { confirmationNotice, refusalNotice } from './papers.js';

/** 确认 or 不予确认, by someone who took no part before (DIBAO-2021 art. 21). */
export async function decide(
  step: CommandContext,
  kind: 'confirm' | 'refuse',
  given: unknown,
): Promise<Effect> {
  const body = bodyOf(kind, given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const county = await latestOpinion(tx, caseNo, 'county');
  if (!county) throw new DomainError('guard_not_met', { params: { guard: 'county_opinion' } });
  const effectiveMonth = kind === 'confirm' ? firstMonth(step) : null;
  const monthlyBenefitFen = kind === 'confirm' ? county.monthlyBenefitFen : fen(0);
  const { parametersOn } = await readApplication(tx, caseNo);
  const id = newId();
  await record(tx, decisions, {
    id,
    caseNo,
    stage: 'county_confirmation',
    kind,
    countyOpinionId: county.id,
    determinationId: county.determinationId,
    monthlyBenefitFen,
    effectiveMonth,
    article: 'DIBAO-2021 art. 21',
    reasonCode: body.reasonCode,
    evidenceHash: await evidenceHash(tx, caseNo),
    parametersOn,
    staffId,
    commandId,
    occurredOn,
  });
  await recordRemark(tx, caseNo, { about: 'decision', refId: id, text: body.remarks });
  if (kind === 'refuse') await refusalNotice(step, body);
  return {
    outcome: kind === 'confirm' ? 'confirmed' : 'refused',
    result: { decisionId: id, kind, monthlyBenefitFen, effectiveMonth, parametersOn },
    auditParams: { kind, monthlyBenefitFen, effectiveMonth, parametersOn },
  };
}

/** Paid from the month after the decision, unless the law in force counts otherwise. */
function firstMonth(step: StepContext): Month {
  const months = statutory(step.rulebook, 'benefit_start', step.today).value;
  return Array.from({ length: months }).reduce<Month>((month) => nextMonth(month), monthOf(step.occurredOn));
}

/** 认定: the dated recognition of the unit, and the entitlement of its first month. */
export async function recognise(step: StepContext): Promise<Effect> {
  const { tx, caseNo, today } = step;
  const decision = await decisionOf(tx, caseNo);
  const application = await readApplication(tx, caseNo);
  const request = await requestOf(tx, caseNo);
  if (!decision?.effectiveMonth || !request)
    throw new DomainError('guard_not_met', { params: { guard: 'decision' } });
  const id = newId();
  await record(tx, recognitions, {
    id,
    caseNo,
    requestId: request.id,
    decisionId: decision.id,
    programme: 'dibao',
    unitKind: 'household',
    householdId: application.householdId,
    fromMonth: decision.effectiveMonth,
    recognisedOn: today,
  });
  await record(tx, entitlementLines, {
    id: newId(),
    caseNo,
    recognitionId: id,
    component: 'dibao_gap',
    month: decision.effectiveMonth,
    amountFen: decision.monthlyBenefitFen,
  });
  await confirmationNotice(step, {
    monthlyBenefitFen: decision.monthlyBenefitFen,
    fromMonth: decision.effectiveMonth,
  });
  await releaseUnit(tx, caseNo);
  return {
    auditParams: {
      recognitionId: id,
      fromMonth: decision.effectiveMonth,
      monthlyBenefitFen: decision.monthlyBenefitFen,
    },
  };
}

/** The written refusal reached the household, or what became of it: delivered through the township (art. 21). */
export async function giveRefusalNotice(step: CommandContext, given: unknown): Promise<Effect> {
  const { how, result } = bodyOf('give_refusal_notice', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const paper = (await documentsOf(tx, caseNo)).find((row) => row.kind === 'refusal_notice');
  if (!paper) throw new DomainError('guard_not_met', { params: { guard: 'refusal_notice' } });
  const { applicantId } = await readApplication(tx, caseNo);
  const id = newId();
  await record(tx, deliveries, {
    id,
    caseNo,
    documentId: paper.id,
    personId: applicantId,
    how,
    result,
    staffId,
    commandId,
    occurredOn,
  });
  await releaseUnit(tx, caseNo);
  return { result: { deliveryId: id, documentId: paper.id }, auditParams: { how, result } };
}
