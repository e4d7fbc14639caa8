import { openAnswer, rawAnswer } from '../../casefile/answers.js';
import { wasWithdrawn } from '../../casefile/consents.js';
import { requestsOf } from '../../casefile/evidence.js';
import { firstLeft } from '../../casefile/lookups.js';
import { openPersons } from '../../casefile/persons.js';
import { record } from '../../casefile/record.js';
import { answerReadings } from '../../casefile/schema/index.js';
import { checkAnswer, samePerson } from '../../departments/answer-check.js';
import { parseCannotVerify } from '../../departments/desk-answer.js';
import type { LookupItem } from '../../departments/contract.js';
import { implausible, onlyItems } from '../../departments/sources.js';
import { startOf, type Id, type IdNumber, type PlainDate } from '../../terms/index.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { kept, settle, tell, type Note } from './answer-facts.js';
import { endUnverified } from './cannot-verify.js';
import { readLaterAnswer } from './later-answer.js';
import { statementIn } from './statement.js';

/**
 * Reads one answer, a callback's or a verifier's, to one question (DIBAO-2021 art. 17). It counts once, for the person and
 * question it was asked about; whatever else came is kept, named for what it is, and shown to a person where that helps.
 * Whoever gets an effect back draws the conclusions (`afterSettling`): once, however many answers were read together.
 */
export async function readStatement(answerId: string, step: StepContext): Promise<Effect | null> {
  const { tx, caseNo, at } = step;
  const raw = await rawAnswer(tx, answerId);
  if (!raw?.requestId) return null;
  const request = (await requestsOf(tx, caseNo)).find((row) => row.id === raw.requestId);
  if (!request) return null;
  let valuedOn: PlainDate | null = null;
  const note: Note = async (verdict) => {
    await record(tx, answerReadings, { answerId, caseNo, requestId: request.id, verdict, valuedOn, at });
    return verdict;
  };

  // Nobody reads what was asked with a signature that was taken back since.
  if (request.consentId && (await wasWithdrawn(tx, request.consentId, step.today)))
    return kept(step, await note('consent_withdrawn'), request.source);
  const unable = raw.staffId !== null && parseCannotVerify(await openAnswer(tx, raw));
  if (unable && unable.ok) return endUnverified(step, answerId, request, unable.value, note);
  const stated = await statementIn(tx, raw);
  if (!stated.ok) return kept(step, await note('unreadable'), request.source);
  // Not a word about the person: the question is as open as it was, and a later report may answer it.
  if (stated.value.kind === 'not_answered') {
    await note('not_answered');
    return null;
  }
  const { about } = stated.value;
  valuedOn = stated.value.valuedOn;
  // What comes to the question of an earlier report is brought here too, and is read for what was reused of it.
  const { origin } = request;
  const answer = origin?.fromRequestId ? onlyItems(stated.value.answer, request.items) : stated.value.answer;
  const [person] = await openPersons(tx, caseNo, [request.personId]);
  const subject = { idNumber: (person?.idNumber ?? '') as IdNumber, name: person?.name ?? '' };
  const checked = checkAnswer({
    answer,
    request: {
      requestId: (origin?.fromRequestId ?? request.id) as Id,
      source: request.source,
      items: request.items as LookupItem[],
      subject,
    },
    // At the verifier's desk a question lies from the day it was asked, also if no machine took it.
    askedAt: raw.staffId
      ? startOf(request.requestedOn)
      : (origin?.askedAt ?? (await firstLeft(tx, request.id)) ?? at),
    now: at,
  });
  if (!checked.ok && checked.error !== 'other_person')
    return kept(step, await note('unreadable'), request.source);
  const other = about.find((each) => !samePerson(each, subject));
  if (!checked.ok || other)
    return kept(step, await note('wrong_person'), request.source, {
      personId: request.personId,
      // A namesake has another number; under one number another name is a slip of the pen, or somebody else's card.
      differs: (other ?? answer.subject).idNumber === subject.idNumber ? 'name' : 'id_number',
    });
  // Somebody wanted the department itself asked: what it says to that question counts.
  if (request.superseded) {
    await note('outdated');
    return null;
  }
  if (step.state.open && (request.outcome === 'found' || request.outcome === 'none'))
    return readLaterAnswer(step, answerId, request, answer, note);
  if (!step.state.open || request.outcome === 'unanswered') {
    await note(step.state.open ? 'repeated' : 'after_closing');
    await tell(step, 'late_answer', { source: request.source });
    return null;
  }
  if (answer.facts.some(implausible)) return kept(step, await note('implausible'), request.source);
  await settle(step, { request, answerId, answer, valuedOn });
  return { refId: answerId, auditParams: { source: request.source, verdict: answer.outcome } };
}
