import { boardNotice, onlineNotice, publication, type PostedInput } from '../../policy/public-notice.js';
import { birthDate, parseIdNumber } from '../../policy/resident-id.js';
import type { Fen, PlainDate } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';
import { applicantOf, officeOf, ofPlace } from './context.js';

interface Posted {
  readonly memberCount: number;
  readonly monthlyBenefitFen: Fen;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** What may be posted of a case, made by the only functions that make it: on the board, online, and once confirmed. */
export async function postable(step: StepContext, posted: Posted) {
  const applicant = await applicantOf(step);
  const input: PostedInput = {
    ...posted,
    office: await officeOf(step, 'township'),
    programme: '最低生活保障',
    name: applicant.name,
    birthDate: applicant.idNumber === null ? null : birthDate(parseIdNumber(applicant.idNumber)),
    boardName: await ofPlace(step, 'board_name'),
    complaintPhone: await ofPlace(step, 'complaint_phone'),
  };
  return { board: boardNotice(input), online: onlineNotice(input), publication: publication(input) };
}
