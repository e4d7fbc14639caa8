import { clocksOf, endClocks } from '../../casefile/clocks.js';
import { lastActor } from '../../casefile/case-state.js';
import { validConsent, wasWithdrawn } from '../../casefile/consents.js';
import { openFreshQuestions } from '../../casefile/earlier-reports.js';
import { requestsOf, type RequestRow, type RequestStanding } from '../../casefile/evidence.js';
import { includedMembers, openPersons } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { departmentRequests } from '../../casefile/schema/index.js';
import { openTask } from '../../casefile/tasks.js';
import { itemsFor, namedIn, SOURCES } from '../../departments/sources.js';
import { clockDue } from '../../policy/clock-due.js';
import { PURPOSE_OF, RULE_INPUTS } from '../../policy/rule-inputs.js';
import type { PlainDate } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';
import { platformsAsked } from './asked-through.js';
import { placeOf } from './context.js';
import { answeredEarlier } from './earlier-answers.js';

/** What became of the questions that were opened: some leave the house, some are settled by an earlier report. */
export interface Opened {
  readonly asked: number;
  readonly settled: number;
}

/**
 * Opens a question to every source about every member that has a ground and was not asked yet, those that a person wants
 * put anew, and those that nobody may answer any more because their signature was taken back, when there is a new one.
 * What an earlier report answers is not asked. A member without consent or without ID is asked about nowhere: a person
 * adopts other proof.
 */
export async function openLookups(step: StepContext): Promise<Opened> {
  const { tx, caseNo, today } = step;
  const dueOn = await answerDue(step);
  const members = await includedMembers(tx, caseNo);
  const known = new Map((await openPersons(tx, caseNo)).map((person) => [person.id, person]));
  const before = await requestsOf(tx, caseNo);
  const via = await platformsAsked(step);
  const causedBy = await lastActor(tx, caseNo);
  const afresh = (await openFreshQuestions(tx, caseNo)).map(({ requestId }) => requestId);
  let asked = 0;
  let settled = 0;
  for (const { personId } of members) {
    const withoutGround: string[] = [];
    const person = known.get(personId);
    for (const source of SOURCES) {
      const needed = itemsFor(source, RULE_INPUTS.dibao);
      if (needed.length === 0) continue;
      const own = before.filter((row) => row.personId === personId && row.source === source);
      const standing = own.filter(({ superseded }) => !superseded);
      const cutShort = await cutShortOf(step, standing);
      if (cutShort.length < standing.length) continue;
      const anew = cutShort[0] ?? own.find(({ id }) => afresh.includes(id));
      const consent = await validConsent(tx, {
        caseNo,
        personId,
        source,
        purpose: PURPOSE_OF.dibao,
        on: today,
      });
      const items = consent ? namedIn(consent.textVersion, needed) : [];
      if (!consent || items.length === 0 || !person?.idNumber) {
        withoutGround.push(source);
        continue;
      }
      const request = await openQuestion(step, {
        personId,
        source,
        items: [...items],
        consentId: consent.id,
        via: via(source),
        causedBy,
        dueOn,
        supersedes: anew?.id ?? null,
      });
      if (!anew && (await answeredEarlier(step, request, person))) settled += 1;
      else asked += 1;
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
  return { asked, settled };
}

/** Asked by a signature that was taken back before anything came of it. */
async function cutShortOf({ tx, today }: StepContext, asked: readonly RequestStanding[]) {
  const cut: RequestStanding[] = [];
  for (const row of asked)
    if (row.outcome === null && row.consentId && (await wasWithdrawn(tx, row.consentId, today)))
      cut.push(row);
  return cut;
}

/** By when a question that is opened today is to be answered. */
export async function answerDue(step: StepContext): Promise<PlainDate> {
  const due = clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter: 'department_answer_period' },
    place: await placeOf(step.tx, step.caseNo),
    start: step.today,
  });
  return due.date;
}

type NewQuestion = Pick<
  RequestRow,
  'personId' | 'source' | 'items' | 'consentId' | 'via' | 'causedBy' | 'dueOn' | 'supersedes'
>;

/** Puts a question on record. It leaves the house unless something settles it in the same step. */
export async function openQuestion({ tx, caseNo, today }: StepContext, question: NewQuestion) {
  const request = { ...question, id: newId(), purpose: PURPOSE_OF.dibao };
  await record(tx, departmentRequests, { ...request, caseNo, caseRef: newId(), requestedOn: today });
  return request;
}

const ANSWER_CLOCKS = ['verification_answer', 'first_answer', 'later_answer'];

/**
 * Ends the clocks whose every question has come to something: an answer, or silence. A question that is put anew is none
 * of those that the investigation began with.
 */
export async function endAnswered({ tx, caseNo, today }: StepContext): Promise<void> {
  const requests = await requestsOf(tx, caseNo);
  for (const clock of await clocksOf(tx, caseNo)) {
    if (clock.doneOn !== null || !ANSWER_CLOCKS.includes(clock.code)) continue;
    const own = requests.filter(
      ({ dueOn, supersedes }) =>
        dueOn <= clock.dueOn && (supersedes === null || clock.code !== 'verification_answer'),
    );
    // Where nobody could be asked, nothing was answered either.
    if (own.length > 0 && own.every(({ outcome }) => outcome !== null))
      await endClocks(tx, caseNo, [clock.code], today, clock.refId ? { refId: clock.refId } : {});
  }
}
