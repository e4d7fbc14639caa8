import { hashOf, readApplication, restsOn } from '../../casefile/evidence.js';
import { decisionOf, latestOpinion } from '../../casefile/opinions.js';
import { includedMembers } from '../../casefile/persons.js';
import { releaseUnit, requestOf } from '../../casefile/requests.js';
import { newId, record } from '../../casefile/record.js';
import { recordRemark } from '../../casefile/remarks.js';
import { decisions, entitlementLines, fileReturns, recognitions } from '../../casefile/schema/index.js';
import { maskId } from '../../policy/papers/masked-id.js';
import { reasonText } from '../../policy/reasons.js';
import { statutory } from '../../policy/rulebook.js';
import { DomainError, fen, monthOf, nextMonth, type IdNumber, type Month } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { applicantOf, ofPlace } from './context.js';
import { giveNewest } from './delivery.js';
import { REFUSED_UNDER } from './opinion.js';
import { arithmetic, issue } from './papers.js';

type Stage = 'county' | 'township';

/** 确认 or 不予确认, by someone who took no part before (DIBAO-2021 art. 21; LAW-2026 art. 44 where delegated). */
export async function decide(
  step: CommandContext,
  { kind, by }: { kind: 'confirm' | 'refuse'; by: Stage },
  given: unknown,
): Promise<Effect> {
  const body = bodyOf('confirm', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const opinion = await latestOpinion(tx, caseNo, by);
  if (!opinion) throw new DomainError('guard_not_met', { params: { guard: `${by}_opinion` } });
  const effectiveMonth = kind === 'confirm' ? firstMonth(step) : null;
  const monthlyBenefitFen = kind === 'confirm' ? opinion.monthlyBenefitFen : fen(0);
  const { parametersOn } = await readApplication(tx, caseNo);
  const id = newId();
  await record(tx, decisions, {
    id,
    caseNo,
    stage: by === 'county' ? 'county_confirmation' : 'delegated_confirmation',
    kind,
    countyOpinionId: by === 'county' ? opinion.id : null,
    townshipOpinionId: by === 'township' ? opinion.id : null,
    determinationId: opinion.determinationId,
    monthlyBenefitFen,
    effectiveMonth,
    article: by === 'county' ? 'DIBAO-2021 art. 21' : 'LAW-2026 art. 44',
    reasonCode: body.reasonCode,
    evidenceHash: hashOf(await restsOn(tx, caseNo)),
    parametersOn,
    staffId,
    commandId,
    occurredOn,
  });
  await recordRemark(tx, caseNo, { about: 'decision', refId: id, text: body.remarks });
  if (kind === 'refuse')
    await issue(
      step,
      'refusal_notice',
      {
        applicant: (await applicantOf(step)).name,
        reason: { code: body.reasonCode, text: reasonText(body.reasonCode) },
        articles: REFUSED_UNDER,
        arithmetic: await arithmetic(step, opinion.determinationId),
        remedies: null,
      },
      by,
    );
  return {
    outcome: kind === 'confirm' ? 'confirmed' : 'refused',
    result: { decisionId: id, kind, monthlyBenefitFen, effectiveMonth, parametersOn },
    auditParams: { kind, by, monthlyBenefitFen, effectiveMonth, parametersOn },
  };
}

/** Paid from the month after the decision, unless the law in force counts otherwise. */
function firstMonth(step: StepContext): Month {
  const months = statutory(step.rulebook, 'benefit_start', step.today).value;
  return Array.from({ length: months }).reduce<Month>((month) => nextMonth(month), monthOf(step.occurredOn));
}

/** 认定: the dated recognition of the unit, the entitlement of its first month, and the paper that says so. */
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
  await confirmationPaper(step, { ...decision, effectiveMonth: decision.effectiveMonth });
  await releaseUnit(tx, caseNo);
  return {
    auditParams: {
      recognitionId: id,
      fromMonth: decision.effectiveMonth,
      monthlyBenefitFen: decision.monthlyBenefitFen,
    },
  };
}

type Confirmed = NonNullable<Awaited<ReturnType<typeof decisionOf>>> & { effectiveMonth: Month };

/** 确认通知书 or 最低生活保障证, as the place says (art. 21). */
async function confirmationPaper(step: StepContext, decision: Confirmed): Promise<void> {
  const by = decision.stage === 'county_confirmation' ? 'county' : 'township';
  const applicant = await applicantOf(step);
  const memberCount = (await includedMembers(step.tx, step.caseNo)).length;
  const { monthlyBenefitFen, effectiveMonth: fromMonth } = decision;
  if ((await ofPlace(step, 'confirmation_document')) === 'certificate')
    await issue(
      step,
      'dibao_certificate',
      {
        certificateNo: step.caseNo,
        holder: applicant.name,
        holderMaskedId: applicant.idNumber === null ? null : maskId(applicant.idNumber as IdNumber),
        category: '最低生活保障',
        members: [],
        monthlyBenefitFen,
        fromMonth,
      },
      by,
    );
  else
    await issue(
      step,
      'confirmation_notice',
      {
        applicant: applicant.name,
        category: '最低生活保障',
        memberCount,
        monthlyBenefitFen,
        fromMonth,
        arithmetic: await arithmetic(step, decision.determinationId),
        remedies: null,
      },
      by,
    );
}

/** The certificate or notice was brought to the household, or what became of it (art. 21). */
export async function giveConfirmationNotice(step: CommandContext, given: unknown): Promise<Effect> {
  const { how, result } = bodyOf('give_confirmation_notice', given);
  const brought = await giveNewest(step, ['confirmation_notice', 'dibao_certificate'], { how, result });
  return { result: brought, auditParams: { how, result }, finishes: ['give_confirmation_notice'] };
}

/** The written refusal reached the household, or what became of it: delivered through the township (art. 21). */
export async function giveRefusalNotice(step: CommandContext, given: unknown): Promise<Effect> {
  const { how, result } = bodyOf('give_refusal_notice', given);
  const brought = await giveNewest(step, ['refusal_notice'], { how, result });
  await releaseUnit(step.tx, step.caseNo);
  return { result: brought, auditParams: { how, result } };
}

/** 退回: the file goes back with a reason; what had been formed stays on record. */
export async function returnFile(step: CommandContext, given: unknown): Promise<Effect> {
  const { reasonCode, remarks } = bodyOf('return_file', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const id = newId();
  await record(tx, fileReturns, { id, caseNo, reasonCode, staffId, commandId, occurredOn });
  await recordRemark(tx, caseNo, { about: 'return', refId: id, text: remarks });
  return { result: { returnId: id }, auditParams: { reasonCode } };
}

/** The township takes the returned file up again: what is looked into anew is a person's choice. */
export async function resumeReturned(step: CommandContext, given: unknown): Promise<Effect> {
  const { reasonCode, remarks } = bodyOf('resume_returned', given);
  await recordRemark(step.tx, step.caseNo, { about: 'resumption', refId: step.commandId, text: remarks });
  return { auditParams: { reasonCode } };
}

/** The county draws a delegated case to itself. */
export async function takeBack(step: CommandContext, given: unknown): Promise<Effect> {
  const { reasonCode, remarks } = bodyOf('take_back', given);
  await recordRemark(step.tx, step.caseNo, { about: 'take_back', refId: step.commandId, text: remarks });
  return { auditParams: { reasonCode } };
}
