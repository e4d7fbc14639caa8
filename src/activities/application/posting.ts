import { householdOf } from '../../casefile/persons.js';
import { boardNotice, onlineNotice, publication, type NoticePerson } from '../../policy/public-notice.js';
import { birthDate, parseIdNumber } from '../../policy/resident-id.js';
import { DomainError, type Fen, type PlainDate } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';
import { applicantOf, officeOf, ofPlace } from './context.js';

interface Posted {
  readonly memberCount: number;
  readonly monthlyBenefitFen: Fen;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** A number that is in dispute and cannot be read says nothing of an age: then the name is masked like a minor's. */
function known({ name, idNumber }: { name: string; idNumber: string | null }): NoticePerson {
  try {
    return { name, birthDate: idNumber === null ? null : birthDate(parseIdNumber(idNumber)) };
  } catch (error) {
    if (error instanceof DomainError) return { name, birthDate: null };
    throw error;
  }
}

/**
 * What may be posted of a case, made by the only functions that make it.
 * @throws {DomainError} `guard_not_met` with `guard: 'notice_clean'` when a detail of somebody's life slipped in
 */
async function posting(step: StepContext, { memberCount, monthlyBenefitFen }: Posted) {
  return {
    office: await officeOf(step, 'township'),
    programme: '最低生活保障',
    applicant: known(await applicantOf(step)),
    members: (await householdOf(step.tx, step.caseNo)).map(known),
    memberCount,
    monthlyBenefitFen,
    boardName: await ofPlace(step, 'board_name'),
  };
}

/** 公示: the sheet for the board, and what anybody may read online. */
export async function noticeOf(step: StepContext, posted: Posted) {
  const input = {
    ...(await posting(step, posted)),
    from: posted.from,
    to: posted.to,
    complaintPhone: await ofPlace(step, 'complaint_phone'),
  };
  return { board: boardNotice(input), online: onlineNotice(input) };
}

/** 公布: the same after the confirmation. */
export async function publicationOf(step: StepContext, posted: Posted) {
  const input = { ...(await posting(step, posted)), date: posted.from };
  return {
    board: publication({ ...input, where: 'board' }),
    online: publication({ ...input, where: 'online' }),
  };
}
