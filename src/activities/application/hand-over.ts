import { assign, whereabouts } from '../../casefile/assignments.js';
import { runningClocks } from '../../casefile/clocks.js';
import { documentsOf } from '../../casefile/documents.js';
import { divisionAbove, divisionByCode, liesWithin } from '../../casefile/divisions.js';
import { openTask } from '../../casefile/tasks.js';
import { paperTitle } from '../../policy/papers/index.js';
import { reasonText } from '../../policy/reasons.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { applicantOf, ofPlace } from './context.js';
import { takeDown } from './notice.js';
import { issue } from './papers.js';

/**
 * 移交: the household moved, and its file follows without a second application (DIBAO-2021 art. 4–5). No clock stops;
 * what has to be seen at home is seen anew, and the new place's published parameters apply.
 */
export async function handOver(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('hand_over', given);
  const { tx, caseNo, commandId, occurredOn, today, at, state } = step;
  const to = await divisionByCode(tx, body.township, today);
  if (to.id === state.workingDivisionId || to.level !== 'township')
    throw new DomainError('body_invalid', {
      pointer: '/township',
      params: { reason: 'not_another_township' },
    });
  await villageIn(step, body.village, to.id);
  const before = await whereabouts(tx, caseNo);
  await takeDown(step, 'case_ended');
  const county = await divisionAbove(tx, to.id, 'county');
  const letterId = await issue(step, 'hand_over_letter', {
    toOffice: `${county.name}${to.name}人民政府`,
    applicant: (await applicantOf(step)).name,
    reason: { code: body.reasonCode, text: reasonText(body.reasonCode) },
    articles: [
      { law: 'DIBAO-2021', article: 4 },
      { law: 'DIBAO-2021', article: 5 },
    ],
    documents: (await documentsOf(tx, caseNo)).map((each, at_) => ({
      title: paperTitle(each.kind) ?? each.kind,
      version: each.version ?? at_ + 1,
      date: each.occurredOn,
      contentHash: each.contentHash,
    })),
    openLimits: (await runningClocks(tx, caseNo)).map(({ code, dueOn }) => ({ name: code, dueOn })),
    contact: await ofPlace(step, 'complaint_phone'),
  });
  await assign(tx, state, {
    caseNo,
    to,
    village: body.village,
    reasonCode: body.reasonCode,
    fromDay: occurredOn,
    documentId: body.documentId,
    commandId,
  });
  await openTask(tx, {
    caseNo,
    divisionId: to.id,
    role: 'window_clerk',
    kind: 'file_arrived',
    params: { from: before.village.slice(0, 9) },
    at,
  });
  return {
    workingDivisionId: to.id,
    result: { division: to.code, documentId: letterId },
    auditParams: { division: to.code, reasonCode: body.reasonCode },
  };
}

async function villageIn({ tx, today }: CommandContext, code: string, townshipId: string): Promise<void> {
  const village = await divisionByCode(tx, code, today).catch(() => undefined);
  if (!village || !(await liesWithin(tx, village.id, townshipId, today)))
    throw new DomainError('division_unknown', { pointer: '/village' });
}
