import { readApplication } from '../../casefile/evidence.js';
import { latestOpinion, postedNotice } from '../../casefile/opinions.js';
import { includedMembers, openPersons } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { recordRemark } from '../../casefile/remarks.js';
import { objections, publicNoticeRemovals, publicNotices } from '../../casefile/schema/index.js';
import { clockDue } from '../../policy/clock-due.js';
import { maskName } from '../../policy/masking.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { placeOf } from './place.js';

/** 公示: name (masked online), number of members, amount; seven days (DIBAO-2021 art. 19). */
export async function postNotice(step: CommandContext): Promise<Effect> {
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const opinion = await latestOpinion(tx, caseNo, 'township');
  if (!opinion) throw new DomainError('guard_not_met', { params: { guard: 'opinion' } });
  const application = await readApplication(tx, caseNo);
  const [applicant] = await openPersons(tx, caseNo, [application.applicantId]);
  const ends = clockDue(step.rulebook, {
    length: { unit: 'calendar_days', parameter: 'public_notice_days' },
    place: await placeOf(tx, caseNo),
    start: occurredOn,
  });
  const id = newId();
  await record(tx, publicNotices, {
    id,
    caseNo,
    opinionId: opinion.id,
    villageCode: application.villageCode,
    maskedName: maskName(applicant?.name ?? ''),
    memberCount: (await includedMembers(tx, caseNo)).length,
    monthlyBenefitFen: opinion.monthlyBenefitFen,
    postedOn: occurredOn,
    endsOn: ends.date,
    staffId,
    commandId,
    occurredOn,
  });
  return { result: { noticeId: id, endsOn: ends.date }, auditParams: { endsOn: ends.date } };
}

/** The notice comes down: its days are over, or somebody objected. */
export async function takeDown(step: StepContext, reasonCode: 'period_over' | 'objection'): Promise<Effect> {
  const notice = await postedNotice(step.tx, step.caseNo);
  if (!notice) return {};
  const removedOn = reasonCode === 'period_over' ? notice.endsOn : step.occurredOn;
  await record(step.tx, publicNoticeRemovals, {
    noticeId: notice.id,
    caseNo: step.caseNo,
    removedOn,
    reasonCode,
    at: step.at,
  });
  return { auditParams: { removedOn } };
}

/** 异议 during the notice. Who objected stays apart from the case's readers; here is the ground and the text, encrypted. */
export async function object(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('object', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const notice = await postedNotice(tx, caseNo);
  if (!notice) throw new DomainError('not_allowed_now');
  const id = newId();
  await record(tx, objections, {
    id,
    caseNo,
    noticeId: notice.id,
    groundCode: body.groundCode,
    realName: body.realName,
    staffId,
    commandId,
    occurredOn,
  });
  await recordRemark(tx, caseNo, { about: 'objection', refId: id, text: body.text });
  await takeDown(step, 'objection');
  return { result: { objectionId: id }, auditParams: { ground: body.groundCode, realName: body.realName } };
}
