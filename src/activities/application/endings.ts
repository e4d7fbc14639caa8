import { reachedOn } from '../../casefile/deliveries.js';
import { warningById } from '../../casefile/opinions.js';
import { missingPapers, supplementRequestOf } from '../../casefile/papers.js';
import { openPersons } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { recordRemark } from '../../casefile/remarks.js';
import { releaseUnit } from '../../casefile/requests.js';
import { endings, extensions, warnings } from '../../casefile/schema/index.js';
import { clockDue } from '../../policy/clock-due.js';
import { reasonText } from '../../policy/reasons.js';
import { DomainError, type PlainDate } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { applicantOf, placeOf } from './context.js';
import { deliver, giveNewest } from './delivery.js';
import { takeDown } from './notice.js';
import { issue } from './papers.js';

const act = ({ staffId, commandId, occurredOn }: CommandContext) => ({ staffId, commandId, occurredOn });
const reason = (code: string) => ({ code, text: reasonText(code) });

/** When the household's time to bring what is missing ends: it began when the notification reached them. */
export async function supplementDue(step: StepContext): Promise<PlainDate | undefined> {
  const request = await supplementRequestOf(step.tx, step.caseNo);
  const reached = request && (await reachedOn(step.tx, step.caseNo, request.documentId));
  return reached && (await period(step, 'supplement_period', reached));
}

/** 终结: a person closes what was not supplied in time; the household is told, and may apply again (art. 10). */
export async function closeUnsupplied(step: CommandContext, given: unknown): Promise<Effect> {
  const { reasonCode, remarks } = bodyOf('close_unsupplied', given);
  const { tx, caseNo } = step;
  const request = await supplementRequestOf(tx, caseNo);
  const bringBy = await supplementDue(step);
  if (!request || !bringBy) throw new DomainError('not_allowed_now');
  const documentId = await issue(step, 'closing_notice', {
    applicant: (await applicantOf(step)).name,
    notifiedOn: request.occurredOn,
    bringBy,
    missing: await missingPapers(tx, caseNo),
    remedies: null,
  });
  return end(step, { kind: 'unsupplied', reasonCode, remarks, documentId });
}

/** 撤回: by the applicant's own signed request, at any stage before the decision. */
export async function withdraw(step: CommandContext, given: unknown): Promise<Effect> {
  const { documentId, signedBy } = bodyOf('withdraw', given);
  await takeDown(step, 'case_ended');
  const effect = await end(step, {
    kind: 'withdrawn',
    reasonCode: 'withdrawn_by_household',
    documentId,
    signedById: signedBy,
  });
  await releaseUnit(step.tx, step.caseNo);
  return effect;
}

/** 催告: what a member is asked to do, by when, and what may follow (art. 29). Nothing runs before it has reached them. */
export async function warn(step: CommandContext, given: unknown): Promise<Effect> {
  const { person, refusal, delivery } = bodyOf('warn', given);
  const { tx, caseNo } = step;
  const [member] = await openPersons(tx, caseNo, [person]);
  const documentId = await issue(step, 'cooperation_warning', {
    applicant: member?.name ?? '',
    reason: reason(refusal),
    asked: ASKED[refusal],
    until: await period(step, 'warning_period', step.occurredOn),
  });
  const id = newId();
  await record(tx, warnings, { id, caseNo, personId: person, refusal, documentId, ...act(step) });
  if (delivery) await deliver(step, { documentId, person, ...delivery });
  return { refId: id, result: { warningId: id, documentId }, auditParams: { refusal } };
}

const ASKED = {
  refuses_verification: ['在家庭经济状况核对授权书上签字，或者说明不能签字的理由'],
  refuses_home_visit: ['配合工作人员入户调查，或者另行约定时间'],
  refuses_signature: ['在入户调查表等材料上签字，或者说明不能签字的理由'],
  conceals_whereabouts: ['说明实际居住地址，并配合调查'],
} as const;

/** Warned in a way that reached them, about the same thing, and the time to answer is over. */
export async function warningUnheeded(step: CommandContext, given: unknown): Promise<boolean> {
  const { warningId, reasonCode } = bodyOf('terminate', given);
  const warning = await warningById(step.tx, step.caseNo, warningId);
  if (warning?.refusal !== reasonCode) return false;
  const reached = await reachedOn(step.tx, step.caseNo, warning.documentId);
  return reached !== undefined && step.occurredOn > (await period(step, 'warning_period', reached));
}

/** 终止审核确认程序: a named person's decision with a coded reason, after a warning that was delivered (art. 29). */
export async function terminate(step: CommandContext, given: unknown): Promise<Effect> {
  const { warningId, reasonCode, remarks } = bodyOf('terminate', given);
  const warning = await warningById(step.tx, step.caseNo, warningId);
  if (!warning) throw new DomainError('body_invalid', { pointer: '/warningId' });
  await takeDown(step, 'case_ended');
  const documentId = await issue(step, 'termination_notice', {
    applicant: (await applicantOf(step)).name,
    reason: reason(reasonCode),
    warnedOn: (await reachedOn(step.tx, step.caseNo, warning.documentId)) ?? warning.occurredOn,
    remedies: null,
  });
  return end(step, { kind: 'terminated', reasonCode, remarks, documentId, warningId });
}

const OUTCOMES = { withdrawn: 'withdrawn', unsupplied: 'closed', terminated: 'terminated' } as const;

async function end(
  step: CommandContext,
  ending: {
    kind: keyof typeof OUTCOMES;
    reasonCode: string;
    remarks?: string | undefined;
    documentId: string;
    signedById?: string;
    warningId?: string;
  },
): Promise<Effect> {
  const { remarks, kind, ...columns } = ending;
  const id = newId();
  await record(step.tx, endings, { id, caseNo: step.caseNo, kind, ...columns, ...act(step) });
  await recordRemark(step.tx, step.caseNo, { about: 'ending', refId: id, text: remarks });
  return {
    outcome: OUTCOMES[kind],
    result: { endingId: id, documentId: ending.documentId },
    auditParams: { kind, reasonCode: ending.reasonCode },
  };
}

/** The written notice of an ending reached the household, or what became of it. */
export async function giveClosingNotice(step: CommandContext, given: unknown): Promise<Effect> {
  const { how, result } = bodyOf('give_closing_notice', given);
  const brought = await giveNewest(step, ['closing_notice', 'termination_notice'], { how, result });
  await releaseUnit(step.tx, step.caseNo);
  return { result: brought, auditParams: { how, result } };
}

/** 延长: 45 working days from acceptance, on a listed ground, by a person (art. 22; NOTICE-2022 section 4 (1)). */
export async function extend(step: CommandContext, given: unknown): Promise<Effect> {
  const { ground } = bodyOf('extend', given);
  const id = newId();
  await record(step.tx, extensions, { id, caseNo: step.caseNo, ground, ...act(step) });
  return { result: { extensionId: id, ground }, auditParams: { ground } };
}

const period = async (
  step: StepContext,
  parameter: 'supplement_period' | 'warning_period',
  start: PlainDate,
): Promise<PlainDate> =>
  clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter },
    place: await placeOf(step.tx, step.caseNo),
    start,
  }).date;
