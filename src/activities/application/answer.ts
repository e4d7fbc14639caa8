import { rawAnswer } from '../../casefile/answers.js';
import { wasWithdrawn } from '../../casefile/consents.js';
import { requestsOf } from '../../casefile/evidence.js';
import { firstLeft } from '../../casefile/lookups.js';
import { openPersons } from '../../casefile/persons.js';
import { record } from '../../casefile/record.js';
import { answerReadings, requestOutcomes } from '../../casefile/schema/index.js';
import { closeTasks } from '../../casefile/tasks.js';
import { checkAnswer, samePerson } from '../../departments/answer-check.js';
import type { LookupItem } from '../../departments/contract.js';
import { implausible, valued } from '../../departments/sources.js';
import type { Id, IdNumber, PlainDate } from '../../terms/index.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { adoptByRule } from './adoption.js';
import { keepFact, kept, tell, type Note } from './answer-facts.js';
import { readLaterAnswer } from './later-answer.js';
import { endAnswered } from './lookups.js';
import { statementIn } from './statement.js';
import { makeReport } from './verification-report.js';

/**
 * Reads one answer to one question (DIBAO-2021 art. 17). It counts once, for the person and question it was asked about;
 * whatever else came is kept, named for what it is, and shown to a person where that helps. Whoever gets an effect back
 * draws the conclusions ({@link conclude}): once, however many answers were read together.
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
  const stated = await statementIn(tx, raw);
  if (!stated.ok) return kept(step, await note('unreadable'), request.source);
  // Not a word about the person: the question is as open as it was, and a later report may answer it.
  if (stated.value.kind === 'not_answered') {
    await note('not_answered');
    return null;
  }
  const { answer, about } = stated.value;
  valuedOn = stated.value.valuedOn;
  const [person] = await openPersons(tx, caseNo, [request.personId]);
  const subject = { idNumber: (person?.idNumber ?? '') as IdNumber, name: person?.name ?? '' };
  const checked = checkAnswer({
    answer,
    request: {
      requestId: request.id as Id,
      source: request.source,
      items: request.items as LookupItem[],
      subject,
    },
    askedAt: (await firstLeft(tx, request.id)) ?? at,
    now: at,
  });
  if (!checked.ok && checked.error !== 'other_person')
    return kept(step, await note('unreadable'), request.source);
  if (!checked.ok || !about.every((each) => samePerson(each, subject)))
    return kept(step, await note('wrong_person'), request.source);
  if (step.state.open && (request.outcome === 'found' || request.outcome === 'none'))
    return readLaterAnswer(step, answerId, request, answer, note);
  if (!step.state.open || request.outcome === 'unanswered') {
    await note(step.state.open ? 'repeated' : 'after_closing');
    await tell(step, 'late_answer', { source: request.source });
    return null;
  }
  if (answer.facts.some(implausible)) return kept(step, await note('implausible'), request.source);
  const verdict = answer.outcome;
  await note(verdict);
  await record(tx, requestOutcomes, { requestId: request.id, caseNo, outcome: verdict, answerId, at });
  for (const fact of valued(request.source, answer.facts)) await keepFact(step, answerId, request, fact);
  return { refId: answerId, auditParams: { source: request.source, verdict } };
}

/** What follows from something new: what a rule may adopt, clocks that end, and the report once nobody is waited for. */
export async function conclude(step: StepContext): Promise<void> {
  const { tx, caseNo, at } = step;
  await adoptByRule(step);
  await endAnswered(step);
  if ((await requestsOf(tx, caseNo)).every((row) => row.outcome !== null)) {
    await closeTasks(tx, caseNo, ['await_departments'], at);
    await makeReport(step);
  }
}
