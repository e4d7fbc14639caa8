import { rawAnswer } from '../../casefile/answers.js';
import { firstLeft } from '../../casefile/lookups.js';
import { requestsOf } from '../../casefile/evidence.js';
import { openPersons } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { answerFacts, answerReadings, requestOutcomes } from '../../casefile/schema/index.js';
import { closeTasks, openTask } from '../../casefile/tasks.js';
import { openBytes } from '../../casefile/vault.js';
import { checkAnswer } from '../../departments/answer-check.js';
import { parseAnswer } from '../../departments/answer-schema.js';
import { MONEY_CATEGORIES, type Fact, type LookupItem } from '../../departments/contract.js';
import { monthOf, type FactCategory, type FactKind, type Id, type IdNumber } from '../../terms/index.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { adoptByRule } from './adoption.js';
import { endAnswered } from './lookups.js';
import { makeReport } from './verification-report.js';

type Verdict = (typeof answerReadings.$inferInsert)['verdict'];

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
  const note = (verdict: Verdict) =>
    record(tx, answerReadings, { answerId, caseNo, requestId: request.id, verdict, at });

  const parsed = parseAnswer(
    await openBytes(tx, raw.keyId, { table: 'raw_answers', column: 'bytes', row: raw.id }, raw.body),
  );
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
  if (request.outcome !== null && request.outcome !== 'unanswered') {
    await note('repeated');
    return null;
  }
  if (!step.state.open || request.outcome === 'unanswered') {
    await note(step.state.open ? 'repeated' : 'after_closing');
    await tell(step, 'late_answer', request.source);
    return null;
  }
  const verdict = parsed.value.outcome;
  await note(verdict);
  await record(tx, requestOutcomes, { requestId: request.id, caseNo, outcome: verdict, answerId, at });
  for (const fact of parsed.value.facts) await keepFact(step, answerId, request, fact);
  await adoptByRule(step);
  await endAnswered(step);
  if ((await requestsOf(tx, caseNo)).every((row) => row.outcome !== null)) {
    await closeTasks(tx, caseNo, ['await_departments'], at);
    await makeReport(step);
  }
  return { refId: answerId, auditParams: { source: request.source, verdict } };
}

async function kept(step: StepContext, reading: { verdict: Verdict }, source: string): Promise<null> {
  await tell(step, 'answer_unusable', source, reading.verdict);
  return null;
}

const tell = (
  { tx, caseNo, state, at }: StepContext,
  kind: string,
  source: string,
  verdict?: string,
): Promise<void> =>
  openTask(tx, {
    caseNo,
    divisionId: state.workingDivisionId,
    role: 'verification_officer',
    kind,
    params: { source, ...(verdict && { verdict }) },
    at,
  });

const KIND: Partial<Record<FactCategory, FactKind>> = {
  wage: 'income',
  transfer_net: 'income',
  deposit: 'property',
};

/** Amounts become facts; a death or a move is a question to a person, never a machine's conclusion. */
async function keepFact(
  step: StepContext,
  answerId: string,
  request: { personId: string; source: (typeof answerFacts.$inferInsert)['source'] },
  fact: Fact,
): Promise<void> {
  const { tx, caseNo, today } = step;
  if (fact.item === 'death') return tell(step, 'death_reported', request.source);
  const category = MONEY_CATEGORIES.includes(fact.category) ? (fact.category as FactCategory) : undefined;
  const kind = category && KIND[category];
  if (!category || !kind || fact.amountFen === undefined) return;
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
