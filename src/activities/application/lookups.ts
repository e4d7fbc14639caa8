import { clocksOf, endClocks } from '../../casefile/clocks.js';
import { lastActor } from '../../casefile/case-state.js';
import { validConsent } from '../../casefile/consents.js';
import { requestsOf } from '../../casefile/evidence.js';
import { includedMembers, openPersons } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { departmentRequests } from '../../casefile/schema/index.js';
import { openTask } from '../../casefile/tasks.js';
import { itemsFor, namedIn, SOURCES } from '../../departments/sources.js';
import { clockDue } from '../../policy/clock-due.js';
import { RULE_INPUTS } from '../../policy/rule-inputs.js';
import type { StepContext } from '../procedure-desk.js';
import { platformsAsked } from './asked-through.js';
import { placeOf } from './context.js';

/**
 * Opens a question to every source about every member that has a ground and was not asked yet.
 * A member without consent or without ID is asked about nowhere: a person adopts other proof.
 * @returns how many questions will leave the house
 */
export async function openLookups(step: StepContext): Promise<number> {
  const { tx, caseNo, today } = step;
  const due = clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter: 'department_answer_period' },
    place: await placeOf(tx, caseNo),
    start: today,
  });
  const members = await includedMembers(tx, caseNo);
  const known = new Map((await openPersons(tx, caseNo)).map((person) => [person.id, person]));
  const before = await requestsOf(tx, caseNo);
  const via = await platformsAsked(step);
  const causedBy = await lastActor(tx, caseNo);
  let asked = 0;
  for (const { personId } of members) {
    const withoutGround: string[] = [];
    for (const source of SOURCES) {
      const needed = itemsFor(source, RULE_INPUTS.dibao);
      if (needed.length === 0) continue;
      if (before.some((row) => row.personId === personId && row.source === source)) continue;
      const consent = await validConsent(tx, { caseNo, personId, source, on: today });
      const items = consent ? namedIn(consent.textVersion, needed) : [];
      if (!consent || items.length === 0 || !known.get(personId)?.idNumber) {
        withoutGround.push(source);
        continue;
      }
      await record(tx, departmentRequests, {
        id: newId(),
        caseNo,
        personId,
        source,
        items: [...items],
        purpose: 'dibao_means_verification',
        caseRef: newId(),
        consentId: consent.id,
        via: via(source),
        causedBy,
        requestedOn: today,
        dueOn: due.date,
      });
      asked += 1;
    }
    if (withoutGround.length > 0)
      await openTask(tx, {
        caseNo,
        divisionId: step.state.workingDivisionId,
        role: 'verification_officer',
        kind: 'no_lookup_possible',
        params: { personId, sources: withoutGround.join(' ') },
        at: step.at,
      });
  }
  return asked;
}

const ANSWER_CLOCKS = ['verification_answer', 'first_answer', 'later_answer'];

/** Ends the clocks whose every question has come to something: an answer, or silence. */
export async function endAnswered({ tx, caseNo, today }: StepContext): Promise<void> {
  const requests = await requestsOf(tx, caseNo);
  for (const clock of await clocksOf(tx, caseNo)) {
    if (clock.doneOn !== null || !ANSWER_CLOCKS.includes(clock.code)) continue;
    const own = requests.filter(({ dueOn }) => dueOn <= clock.dueOn);
    // Where nobody could be asked, nothing was answered either.
    if (own.length > 0 && own.every(({ outcome }) => outcome !== null))
      await endClocks(tx, caseNo, [clock.code], today, clock.refId ? { refId: clock.refId } : {});
  }
}
