import { lastActor } from '../../casefile/case-state.js';
import { documentsOf } from '../../casefile/documents.js';
import { standingRequests } from '../../casefile/evidence.js';
import { includedMembers, openPersons } from '../../casefile/persons.js';
import { recordRecognised } from '../../casefile/recognised-reports.js';
import { validConsent } from '../../casefile/consents.js';
import { implausible } from '../../departments/sources.js';
import type { Fact } from '../../departments/contract.js';
import { LOOKING_INTO } from '../../policy/application-states.js';
import { PURPOSE_OF } from '../../policy/rule-inputs.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { placeOf } from './context.js';
import { byRecognition, recognisedFor, recognisedUntil } from './recognition.js';
import { answerDue, openQuestion } from './lookups.js';
import { afterSettling } from './verification-report.js';

/**
 * 互认: an officer enters the report of another place (LAW-2026 art. 42). Questions that wait for an answer, or were
 * met with silence, are settled by it; before the investigation it waits for them. A question that its department has
 * answered stays as answered, and what the report does not cover is asked as usual.
 */
export async function recogniseReport(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('recognise_report', given);
  const { tx, caseNo, commandId } = step;
  const paper = (await documentsOf(tx, caseNo)).find(({ id }) => id === body.documentId);
  if (!paper) throw new DomainError('body_invalid', { pointer: '/documentId' });
  const at = body.answers.findIndex(({ facts }) => facts.some((fact) => implausible(fact as Fact)));
  // What no register really says would be kept out of an answer, too.
  if (at >= 0) throw new DomainError('body_invalid', { pointer: `/answers/${at}/facts` });
  const id = await recordRecognised(tx, caseNo, body, { commandId, documentHash: paper.contentHash });
  const open = (LOOKING_INTO as readonly string[]).includes(step.state.state);
  const settled = open ? await settleWaiting(step) : 0;
  if (settled > 0) await afterSettling(step);
  return {
    refId: id,
    result: { recognisedId: id, settled },
    auditParams: { recognisedId: id, reportHash: paper.contentHash, answers: body.answers.length, settled },
  };
}

/** @returns how many questions were settled */
async function settleWaiting(step: StepContext): Promise<number> {
  const { tx, caseNo, today } = step;
  const known = new Map((await openPersons(tx, caseNo)).map((person) => [person.id, person]));
  const dueOn = await answerDue(step);
  let settled = 0;
  for (const request of await standingRequests(tx, caseNo)) {
    const { personId, source, items, purpose } = request;
    const waits = request.outcome === null || (request.outcome === 'unanswered' && !request.proofAdopted);
    const person = known.get(personId);
    if (!waits || !person?.idNumber) continue;
    // The signature that let the source be asked may have been taken back since.
    const consent = await validConsent(tx, { caseNo, personId, source, purpose, on: today });
    if (!consent) continue;
    if (request.outcome === null) {
      if (await byRecognition(step, request, person)) settled += 1;
      continue;
    }
    if (!(await recognisedFor(step, request))) continue;
    // Silence stays on record as silence; the question is put once more, and this report answers it.
    const anew = await openQuestion(step, {
      personId,
      source,
      items,
      consentId: consent.id,
      via: null,
      causedBy: await lastActor(tx, caseNo),
      dueOn,
      supersedes: request.id,
    });
    if (await byRecognition(step, anew, person)) settled += 1;
  }
  return settled;
}

type GuardOf = (step: CommandContext, body: unknown) => Promise<boolean>;

/** Reports of this county are reused by themselves, and only by what is on record here. */
export const madeElsewhere: GuardOf = async ({ tx, caseNo }, given) =>
  bodyOf('recognise_report', given).place !== (await placeOf(tx, caseNo));

export const samePurpose: GuardOf = async (_, given) =>
  bodyOf('recognise_report', given).purpose === PURPOSE_OF.dibao;

export const reportInForce: GuardOf = async (step, given) => {
  const report = bodyOf('recognise_report', given);
  return report.madeOn <= step.occurredOn && (await recognisedUntil(step, report)) >= step.today;
};

export const aboutMembers: GuardOf = async ({ tx, caseNo }, given) => {
  const members = (await includedMembers(tx, caseNo)).map(({ personId }) => personId);
  return bodyOf('recognise_report', given).answers.every(({ person }) => members.includes(person));
};
