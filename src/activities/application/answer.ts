import { confirmationsOf, rawAnswer } from '../../casefile/answers.js';
import { wasWithdrawn } from '../../casefile/consents.js';
import { firstLeft } from '../../casefile/lookups.js';
import { canonicalJson } from '../../casefile/crypto/canonical.js';
import { requestsOf, type RequestStanding } from '../../casefile/evidence.js';
import { openPersons } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { answerFacts, answerReadings, requestOutcomes } from '../../casefile/schema/index.js';
import { closeTasks, openTask } from '../../casefile/tasks.js';
import { openBytes } from '../../casefile/vault.js';
import { checkAnswer } from '../../departments/answer-check.js';
import { parseAnswer } from '../../departments/answer-schema.js';
import type { DepartmentAnswer, Fact, LookupItem } from '../../departments/contract.js';
import { isAmount } from '../../departments/source.js';
import { implausible, meaningOf, valued } from '../../departments/sources.js';
import { monthOf, type Id, type IdNumber, type Source } from '../../terms/index.js';
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

  // Nobody reads what was asked with a signature that was taken back since.
  if (request.consentId && (await wasWithdrawn(tx, request.consentId, step.today)))
    return kept(step, await note('consent_withdrawn'), request.source);
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
  if (step.state.open && (request.outcome === 'found' || request.outcome === 'none'))
    return correct(step, answerId, request, parsed.value, note);
  if (!step.state.open || request.outcome === 'unanswered') {
    await note(step.state.open ? 'repeated' : 'after_closing');
    await tell(step, 'late_answer', request.source);
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

/**
 * A second answer to a question that was answered. The same again adds no fact; something else is what the department
 * states now, if it stated it later: the question it answers is a person's again, and opinions on the first are stale.
 */
async function correct(
  step: StepContext,
  answerId: string,
  request: RequestStanding,
  answer: DepartmentAnswer,
  note: (verdict: Verdict) => Promise<unknown>,
): Promise<Effect | null> {
  const { source, personId } = request;
  const { tx, caseNo, state, at } = step;
  const before = request.answerId ? await statedIn(step, request.answerId) : undefined;
  if (!before) {
    await note('repeated');
    return null;
  }
  const known = [before];
  for (const id of await confirmationsOf(tx, caseNo, request.id))
    known.push((await statedIn(step, id)) ?? before);
  const newer = known.every((each) => statedAt(answer) > statedAt(each));
  if (contentOf(before) === contentOf(answer)) {
    // Said once more, later: whatever was said in between does not hold.
    await note(newer ? 'confirmed' : 'repeated');
    return null;
  }
  if (!newer) await note('outdated');
  else if (answer.facts.some(implausible)) return kept(step, await noted(note, 'implausible'), source);
  else {
    await note(answer.outcome === 'found' ? 'corrected_found' : 'corrected_none');
    for (const fact of valued(source, answer.facts)) await keepFact(step, answerId, request, fact);
    await adoptByRule(step);
    if ((await requestsOf(tx, caseNo)).every((row) => row.outcome !== null)) await makeReport(step);
  }
  await openTask(tx, {
    caseNo,
    divisionId: state.workingDivisionId,
    role: 'verification_officer',
    kind: 'answer_corrected',
    params: { source, personId },
    at,
  });
  return newer ? { refId: answerId, auditParams: { source, verdict: 'corrected' } } : null;
}

async function noted(note: (verdict: Verdict) => Promise<unknown>, verdict: Verdict) {
  await note(verdict);
  return { verdict };
}

/** What an answer says, whoever sends it how often. */
const contentOf = ({ outcome, facts }: DepartmentAnswer): string =>
  JSON.stringify([outcome, facts.map((fact) => canonicalJson({ ...fact })).toSorted()]);
/** In order of the statement; of two of one moment the order of their ids, so that it does not matter which came first. */
const statedAt = ({ answeredAt, answerId }: DepartmentAnswer): string =>
  `${new Date(answeredAt).toISOString()} ${answerId}`;

async function statedIn({ tx }: StepContext, answerId: string): Promise<DepartmentAnswer | undefined> {
  const raw = await rawAnswer(tx, answerId);
  if (!raw) return undefined;
  const field = { table: 'raw_answers', column: 'bytes', row: raw.id } as const;
  const parsed = parseAnswer(await openBytes(tx, raw.keyId, field, raw.body));
  return parsed.ok ? parsed.value : undefined;
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

/** Somebody is to look into what a register says of this person. */
const lookInto = (
  { tx, caseNo, state, at }: StepContext,
  { personId, source }: { personId: string; source: Source },
  finding: string,
): Promise<void> =>
  openTask(tx, {
    caseNo,
    divisionId: state.workingDivisionId,
    role: 'verification_officer',
    kind: finding,
    params: { personId, source },
    at,
  });

/** Amounts become facts; a death or a second home is a question to a person, never a machine's conclusion. */
async function keepFact(
  step: StepContext,
  answerId: string,
  request: { personId: string; source: Source },
  fact: Fact,
): Promise<void> {
  const { tx, caseNo, today } = step;
  const meaning = meaningOf(fact);
  if (meaning === undefined || meaning === 'noted') return;
  if (!isAmount(meaning)) return lookInto(step, request, meaning.finding);
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
