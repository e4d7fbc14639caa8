import { endClocks } from '../../casefile/clocks.js';
import { validConsent } from '../../casefile/consents.js';
import { requestsOf } from '../../casefile/evidence.js';
import { openObjection } from '../../casefile/opinions.js';
import { includedMembers, openPersons } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { recordRemark } from '../../casefile/remarks.js';
import {
  departmentRequests,
  requestOutcomes,
  visitInvestigators,
  visits,
} from '../../casefile/schema/index.js';
import { openTask } from '../../casefile/tasks.js';
import { clockDue } from '../../policy/clock-due.js';
import { SOURCES } from '../../terms/index.js';
import { ITEMS } from '../../departments/contract.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { adoptByRule } from './adoption.js';
import { bodyOf } from './bodies.js';
import { placeOf } from './place.js';

/**
 * Opens the verification of every member with a valid consent, in every source (DIBAO-2021 art. 15, 17).
 * A member without consent or without ID is asked about nowhere: a person adopts other proof.
 */
export async function beginInvestigation(step: StepContext): Promise<Effect> {
  const { tx, caseNo, today } = step;
  const place = await placeOf(tx, caseNo);
  const due = clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter: 'department_answer_period' },
    place,
    start: today,
  });
  const members = await includedMembers(tx, caseNo);
  const known = new Map((await openPersons(tx, caseNo)).map((person) => [person.id, person]));
  let asked = 0;
  for (const { personId } of members) {
    for (const source of SOURCES) {
      const consent = await validConsent(tx, { caseNo, personId, source, on: today });
      if (!consent || !known.get(personId)?.idNumber) {
        await openTask(tx, {
          caseNo,
          divisionId: step.state.workingDivisionId,
          role: 'verification_officer',
          kind: 'no_lookup_possible',
          params: { personId, source },
          at: step.at,
        });
        continue;
      }
      await record(tx, departmentRequests, {
        id: newId(),
        caseNo,
        personId,
        source,
        items: [...ITEMS[source]],
        purpose: 'dibao_means_verification',
        caseRef: newId(),
        consentId: consent.id,
        requestedOn: today,
        dueOn: due.date,
      });
      asked += 1;
    }
  }
  await adoptByRule(step);
  return { auditParams: { requests: asked } };
}

/** 入户调查: two investigators and a member of the household sign (DIBAO-2021 art. 16). */
export async function recordVisit(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('record_visit', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const id = newId();
  const objection = await openObjection(tx, caseNo);
  await record(tx, visits, {
    id,
    caseNo,
    method: body.method,
    householdSignatoryId: body.householdSignatory ?? null,
    propertyWithinLimits: body.propertyWithinLimits,
    objectionId: objection?.id ?? null,
    staffId,
    commandId,
    occurredOn,
  });
  for (const investigator of new Set(body.investigators)) {
    await record(tx, visitInvestigators, {
      id: newId(),
      visitId: id,
      caseNo,
      staffId: investigator,
      signedOn: occurredOn,
    });
  }
  await recordRemark(tx, caseNo, { about: 'visit', refId: id, text: body.findings });
  return {
    result: { visitId: id },
    auditParams: { method: body.method, investigators: body.investigators.length },
    finishes: [body.method],
  };
}

/** The time to answer is over: silence is written down as silence, and a person is asked for other proof. */
export async function recordSilence(step: StepContext): Promise<Effect> {
  const { tx, caseNo, at, state } = step;
  const silent = (await requestsOf(tx, caseNo)).filter((request) => request.outcome === null);
  for (const request of silent) {
    await record(tx, requestOutcomes, { requestId: request.id, caseNo, outcome: 'unanswered', at });
    await openTask(tx, {
      caseNo,
      divisionId: state.workingDivisionId,
      role: 'verification_officer',
      kind: 'unanswered',
      params: { requestId: request.id, source: request.source },
      at,
    });
  }
  await adoptByRule(step);
  await endClocks(tx, caseNo, ['verification_answer'], step.today);
  return { auditParams: { unanswered: silent.length } };
}
