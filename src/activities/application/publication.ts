import { decisionOf } from '../../casefile/opinions.js';
import { includedMembers } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { publications } from '../../casefile/schema/index.js';
import { clockDue } from '../../policy/clock-due.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { placeOf, villageOf } from './context.js';
import { issue } from './papers.js';
import { publicationOf } from './posting.js';

/** 公布: name, number of members, amount, nothing else, and online only for the place's days (art. 24; LAW-2026 art. 45). */
export async function publish(step: CommandContext): Promise<Effect> {
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const decision = await decisionOf(tx, caseNo);
  if (!decision) throw new DomainError('not_allowed_now');
  const ends = clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter: 'publication_days' },
    place: await placeOf(tx, caseNo),
    start: occurredOn,
  });
  const memberCount = (await includedMembers(tx, caseNo)).length;
  const { monthlyBenefitFen } = decision;
  const posted = await publicationOf(step, {
    memberCount,
    monthlyBenefitFen,
    from: occurredOn,
    to: ends.date,
  });
  const documentId = await issue(step, 'publication_sheet', posted.board);
  const id = newId();
  await record(tx, publications, {
    id,
    caseNo,
    decisionId: decision.id,
    villageCode: await villageOf(tx, caseNo),
    maskedName: posted.online.name,
    memberCount,
    monthlyBenefitFen,
    publishedOn: occurredOn,
    endsOn: ends.date,
    documentId,
    staffId,
    commandId,
    occurredOn,
  });
  return { result: { publicationId: id, documentId, endsOn: ends.date }, auditParams: { endsOn: ends.date } };
}
