import { latestOpinion, noticesOf, postedNotice } from '../../casefile/opinions.js';
import { includedMembers } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { recordReporter } from '../../casefile/reports.js';
import {
  noticePhotos,
  objections,
  publicNoticeRemovals,
  publicNotices,
} from '../../casefile/schema/index.js';
import { clockDue } from '../../policy/clock-due.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { placeOf, villageOf } from './context.js';
import { issue } from './papers.js';
import { noticeOf } from './posting.js';

/** 公示: full name on the village board where the place says so, masked online; members, amount, days (art. 19). */
export async function postNotice(step: CommandContext, given: unknown): Promise<Effect> {
  const { photos = [] } = bodyOf('post_notice', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const opinion = await latestOpinion(tx, caseNo, 'township');
  if (!opinion) throw new DomainError('guard_not_met', { params: { guard: 'opinion' } });
  const round = (await noticesOf(tx, caseNo)).length === 0 ? 1 : 2;
  const ends = clockDue(step.rulebook, {
    length:
      round === 1
        ? { unit: 'calendar_days', parameter: 'public_notice_days' }
        : { unit: 'parameter', parameter: 'second_notice_days' },
    place: await placeOf(tx, caseNo),
    start: occurredOn,
  });
  const memberCount = (await includedMembers(tx, caseNo)).length;
  const posted = await noticeOf(step, {
    memberCount,
    monthlyBenefitFen: opinion.monthlyBenefitFen,
    from: occurredOn,
    to: ends.date,
  });
  const documentId = await issue(step, 'public_notice_sheet', posted.board);
  const id = newId();
  await record(tx, publicNotices, {
    id,
    caseNo,
    opinionId: opinion.id,
    villageCode: await villageOf(tx, caseNo),
    maskedName: posted.online.name,
    memberCount,
    monthlyBenefitFen: opinion.monthlyBenefitFen,
    postedOn: occurredOn,
    endsOn: ends.date,
    documentId,
    round,
    staffId,
    commandId,
    occurredOn,
  });
  for (const photo of photos)
    await record(tx, noticePhotos, { id: newId(), caseNo, noticeId: id, documentId: photo });
  return {
    result: { noticeId: id, documentId, endsOn: ends.date, round },
    auditParams: { endsOn: ends.date, round, photos: photos.length },
  };
}

/** The notice comes down: its days are over, somebody objected, or there is nothing left to be noticed. */
export async function takeDown(
  step: StepContext,
  reasonCode: 'period_over' | 'objection' | 'case_ended',
): Promise<Effect> {
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

/** 异议 during the notice. Who objected, and in which words, stays apart from the case's readers. */
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
  await recordReporter(tx, caseNo, { refId: id, reporter: body.reporter, words: body.text });
  await takeDown(step, 'objection');
  return { result: { objectionId: id }, auditParams: { ground: body.groundCode, realName: body.realName } };
}
