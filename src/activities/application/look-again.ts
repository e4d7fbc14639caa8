import { validConsent } from '../../casefile/consents.js';
import { requestsOf, type RequestStanding } from '../../casefile/evidence.js';
import { newId, record } from '../../casefile/record.js';
import { departmentRequests } from '../../casefile/schema/index.js';
import { namedIn } from '../../departments/sources.js';
import { clockDue } from '../../policy/clock-due.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { placeOf } from './context.js';

/** A question that was answered, and that its source was not asked to look into again yet. */
export async function mayBeAskedAgain({ tx, caseNo }: StepContext, requestId: string): Promise<boolean> {
  const requests = await requestsOf(tx, caseNo);
  const outcome = requests.find(({ id }) => id === requestId)?.outcome;
  return (
    (outcome === 'found' || outcome === 'none') && !requests.some(({ againOf }) => againOf === requestId)
  );
}

/**
 * 再次核对: the same question, asked anew of the same source, with days of its own. Until it is answered what was said
 * stands; from then on the new answer does, and its line is compared anew.
 * @throws {DomainError} `no_ground_for_lookup` when nobody's signature holds for it any more
 */
export async function lookAgain(step: CommandContext, given: unknown): Promise<Effect> {
  const { requestId, reasonCode } = bodyOf('look_again', given);
  const { tx, caseNo, today } = step;
  const asked = (await requestsOf(tx, caseNo)).find(({ id }) => id === requestId);
  if (!asked) throw new DomainError('not_found');
  const consentId = await groundFor(step, asked);
  const due = clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter: 'department_answer_period' },
    place: await placeOf(tx, caseNo),
    start: today,
  });
  const id = newId();
  await record(tx, departmentRequests, {
    id,
    caseNo,
    personId: asked.personId,
    source: asked.source,
    items: [...asked.items],
    purpose: asked.purpose,
    caseRef: newId(),
    consentId,
    causedBy: step.staffId,
    againOf: requestId,
    requestedOn: today,
    dueOn: due.date,
  });
  return {
    refId: id,
    result: { requestId: id, dueOn: due.date },
    auditParams: { source: asked.source, again: requestId, reason: reasonCode },
  };
}

async function groundFor(
  { tx, caseNo, today }: StepContext,
  { personId, source, purpose, items }: RequestStanding,
): Promise<string> {
  const consent = await validConsent(tx, { caseNo, personId, source, purpose, on: today });
  if (!consent || namedIn(consent.textVersion, items).length < items.length)
    throw new DomainError('no_ground_for_lookup');
  return consent.id;
}
