import { confirmationsOf, rawAnswer } from '../../casefile/answers.js';
import { canonicalJson } from '../../casefile/crypto/canonical.js';
import type { RequestStanding } from '../../casefile/evidence.js';
import { decisionOf } from '../../casefile/opinions.js';
import type { DepartmentAnswer } from '../../departments/contract.js';
import { implausible, onlyItems, valued } from '../../departments/sources.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { keepFact, kept, tell, type Note } from './answer-facts.js';
import { statementIn } from './statement.js';

/**
 * A second answer to a question that was answered. The same again adds no fact; something else is what the department
 * states now, if it stated it later: the question it answers is a person's again, and opinions on the first are stale.
 */
export async function readLaterAnswer(
  step: StepContext,
  answerId: string,
  request: RequestStanding,
  answer: DepartmentAnswer,
  note: Note,
): Promise<Effect | null> {
  const { source, personId } = request;
  const { tx, caseNo } = step;
  const before = request.answerId ? await statedIn(step, request.answerId, request) : undefined;
  if (!before) {
    await note('repeated');
    return null;
  }
  const known = [before];
  for (const id of await confirmationsOf(tx, caseNo, request.id))
    known.push((await statedIn(step, id, request)) ?? before);
  const newer = known.every((each) => statedAt(answer) > statedAt(each));
  if (contentOf(before) === contentOf(answer)) {
    // Said once more, later: whatever was said in between does not hold.
    await note(newer ? 'confirmed' : 'repeated');
    return null;
  }
  if (await decisionOf(tx, caseNo)) {
    // What was decided rests on what was known; that it turned out otherwise is for a person to take up.
    await note('after_closing');
    await tell(step, 'late_answer', { source, personId });
    return null;
  }
  if (!newer) await note('outdated');
  else if (answer.facts.some(implausible)) return kept(step, await note('implausible'), source);
  else {
    await note(answer.outcome === 'found' ? 'corrected_found' : 'corrected_none');
    for (const fact of valued(source, answer.facts)) await keepFact(step, answerId, request, fact);
  }
  await tell(step, 'answer_corrected', { source, personId });
  return newer ? { refId: answerId, auditParams: { source, verdict: 'corrected' } } : null;
}

/** What an answer says, whoever sends it how often. */
const contentOf = ({ outcome, facts }: DepartmentAnswer): string =>
  JSON.stringify([outcome, facts.map((fact) => canonicalJson({ ...fact })).toSorted()]);
/** In order of the statement; of two of one moment the order of their ids, so that it does not matter which came first. */
const statedAt = ({ answeredAt, answerId }: DepartmentAnswer): string =>
  `${new Date(answeredAt).toISOString()} ${answerId}`;

async function statedIn(
  { tx }: StepContext,
  answerId: string,
  { items, origin }: RequestStanding,
): Promise<DepartmentAnswer | undefined> {
  const raw = await rawAnswer(tx, answerId);
  const stated = raw && (await statementIn(tx, raw));
  if (!stated?.ok || stated.value.kind !== 'answer') return undefined;
  return origin?.fromRequestId ? onlyItems(stated.value.answer, items) : stated.value.answer;
}
