import { endClocks } from '../../casefile/clocks.js';
import { newId, record } from '../../casefile/record.js';
import { answerFacts, answerReadings, requestOutcomes } from '../../casefile/schema/index.js';
import { openTask } from '../../casefile/tasks.js';
import type { DepartmentAnswer, Fact } from '../../departments/contract.js';
import { isAmount } from '../../departments/source.js';
import { meaningOf, valued } from '../../departments/sources.js';
import { monthOf, type PlainDate, type Source } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';

type Verdict = (typeof answerReadings.$inferInsert)['verdict'];
/** Writes down what became of the answer that is being read. */
export type Note = (verdict: Verdict) => Promise<Verdict>;

/** A verification officer is to look. */
export const tell = (
  { tx, caseNo, state, at }: StepContext,
  kind: string,
  params: Readonly<Record<string, string>>,
): Promise<void> =>
  openTask(tx, {
    caseNo,
    divisionId: state.workingDivisionId,
    role: 'verification_officer',
    kind,
    params,
    at,
  });

/** Kept, used for nothing, and shown to a person. `not_asked`: a section that belongs to no question of this case. */
export async function kept(
  step: StepContext,
  verdict: Verdict | 'not_asked',
  source: Source,
  about: Readonly<Record<string, string>> = {},
): Promise<null> {
  await tell(step, 'answer_unusable', { source, verdict, ...about });
  return null;
}

/** A question comes to what this answer says: read, with its outcome and its facts. */
export async function settle(
  step: StepContext,
  {
    request,
    answerId,
    answer,
    valuedOn = null,
  }: {
    request: { id: string; personId: string; source: Source };
    answerId: string;
    answer: DepartmentAnswer;
    /** The day that a platform valued it on. */
    valuedOn?: PlainDate | null;
  },
): Promise<void> {
  const { tx, caseNo, at } = step;
  const { outcome } = answer;
  await record(tx, answerReadings, {
    answerId,
    caseNo,
    requestId: request.id,
    verdict: outcome,
    valuedOn,
    at,
  });
  await record(tx, requestOutcomes, { requestId: request.id, caseNo, outcome, answerId, at });
  for (const fact of valued(request.source, answer.facts)) await keepFact(step, answerId, request, fact);
  await hasTheQuestion(step);
}

/** Whoever answers has the question, also where nobody lived to write down that it was taken. */
export const hasTheQuestion = ({ tx, caseNo, today }: StepContext): Promise<void> =>
  endClocks(tx, caseNo, ['verification_start', 'verification_start_escalated'], today);

/** Amounts become facts; a death or a second home is a question to a person, never a machine's conclusion. */
export async function keepFact(
  step: StepContext,
  answerId: string,
  request: { personId: string; source: Source },
  fact: Fact,
): Promise<void> {
  const { tx, caseNo, today } = step;
  const meaning = meaningOf(fact);
  if (meaning === undefined || meaning === 'noted') return;
  if (!isAmount(meaning))
    return tell(step, meaning.finding, { personId: request.personId, source: request.source });
  if (fact.amountFen === undefined) return;
  const { kind, category } = meaning;
  const periodFrom = fact.periodFrom ?? monthOf(today);
  await record(tx, answerFacts, {
    id: newId(),
    caseNo,
    answerId,
    source: request.source,
    item: fact.item,
    personId: request.personId,
    kind,
    category,
    amountFen: fact.amountFen,
    periodFrom,
    periodTo: fact.periodTo ?? periodFrom,
  });
}
