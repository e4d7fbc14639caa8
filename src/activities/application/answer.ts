import { openAnswer, rawAnswer } from '../../casefile/answers.js';
import { wasWithdrawn } from '../../casefile/consents.js';
import { requestsOf } from '../../casefile/evidence.js';
import { firstLeft } from '../../casefile/lookups.js';
import { openPersons } from '../../casefile/persons.js';
import { record } from '../../casefile/record.js';
import { answerReadings, requestOutcomes } from '../../casefile/schema/index.js';
import { closeTasks } from '../../casefile/tasks.js';
import { checkAnswer } from '../../departments/answer-check.js';
import { parseAnswer } from '../../departments/answer-schema.js';
import type { LookupItem } from '../../departments/contract.js';
import { implausible, valued } from '../../departments/sources.js';
import type { Id, IdNumber } from '../../terms/index.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { adoptByRule } from './adoption.js';
import { keepFact, kept, tell, type Note } from './answer-facts.js';
import { readLaterAnswer } from './later-answer.js';
import { endAnswered } from './lookups.js';
import { makeReport } from './verification-report.js';

/**
 * Reads one callback (DIBAO-2021 art. 17). It counts once, for the person and question it was asked about; whatever
 * else came is kept, named for what it is, and shown to a person where that helps.
 */
export async function readDepartmentAnswer(answerId: string, step: StepContext): Promise<Effect | null> {
  const { tx, caseNo, at } = step;
  const raw = await rawAnswer(tx, answerId);
  if (!raw?.requestId) return null;
  const request = (await requestsOf(tx, caseNo)).find((row) => row.id === raw.requestId);
  if (!request) return null;
  const note: Note = async (verdict) => {
    await record(tx, answerReadings, { answerId, caseNo, requestId: request.id, verdict, at });
    return verdict;
  };

  // Nobody reads what was asked with a signature that was taken back since.
  if (request.consentId && (await wasWithdrawn(tx, request.consentId, step.today)))
    return kept(step, await note('consent_withdrawn'), request.source);
  const parsed = parseAnswer(await openAnswer(tx, raw));
  if (!parsed.ok) return kept(step, await note('unreadable'), request.source);
  const [person] = await openPersons(tx, caseNo, [request.personId]);
  const checked = checkAnswer({
    answer: parsed.value,
    request: {
      requestId: request.id as Id,
      source: request.source,
      items: request.items as LookupItem[],
      subject: { idNumber: (person?.idNumber ?? '') as IdNumber, name: person?.name ?? '' },
    },
    askedAt: (await firstLeft(tx, request.id)) ?? at,
    now: at,
  });
  if (!checked.ok)
    return kept(
      step,
      await note(checked.error === 'other_person' ? 'wrong_person' : 'unreadable'),
      request.source,
    );
  if (step.state.open && (request.outcome === 'found' || request.outcome === 'none'))
    return readLaterAnswer(step, answerId, request, parsed.value, note);
  if (!step.state.open || request.outcome === 'unanswered') {
    await note(step.state.open ? 'repeated' : 'after_closing');
    await tell(step, 'late_answer', { source: request.source });
    return null;
  }
  if (parsed.value.facts.some(implausible)) return kept(step, await note('implausible'), request.source);
  const verdict = parsed.value.outcome;
  await note(verdict);
  await record(tx, requestOutcomes, { requestId: request.id, caseNo, outcome: verdict, answerId, at });
  for (const fact of valued(request.source, parsed.value.facts))
    await keepFact(step, answerId, request, fact);
  await adoptByRule(step);
  await endAnswered(step);
  if ((await requestsOf(tx, caseNo)).every((row) => row.outcome !== null)) {
    await closeTasks(tx, caseNo, ['await_departments'], at);
    await makeReport(step);
  }
  return { refId: answerId, auditParams: { source: request.source, verdict } };
}
