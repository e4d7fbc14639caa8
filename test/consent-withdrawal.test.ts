import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsOf, unsentRequests, type RequestStanding } from '../src/casefile/evidence.js';
import { openPersons } from '../src/casefile/persons.js';
import { answerFacts, answerReadings, lookupAttempts, tasks } from '../src/casefile/schema/index.js';
import { plainDate, type CaseNo } from '../src/terms/index.js';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on } from './support/walk.js';

/** A signature is taken back while departments are being asked (PIPL art. 15; 23 of the security list). */
let world: TestRecord;
let caseNo: CaseNo;
let applicant: string;
let other: string;
const DAY = '2026-03-05';
const WAGE = { item: 'contributions', category: 'contribution' } as const;

beforeAll(async () => {
  world = await openTestRecord();
  const { walker } = world;
  const household = db09({ members: [member('m1'), member('m2')] });
  caseNo = await walker.submit({ ...household, declared: [] });
  await applied(walker.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-03')));
  await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
  const persons = await walker.inside(caseNo, DAY, (tx) => openPersons(tx, caseNo));
  [applicant = '', other = ''] = persons.map(({ id }) => id);
});
afterAll(() => world.database.drop());

const requests = (): Promise<RequestStanding[]> =>
  world.walker.inside(caseNo, DAY, (tx) => requestsOf(tx, caseNo));
const about = async (person: string): Promise<RequestStanding[]> =>
  (await requests()).filter(({ personId }) => personId === person);
const withdraw = (person: string, hour: number) =>
  world.walker.act(
    'clerk',
    caseNo,
    'record_consents',
    { consents: [], refusals: [], withdrawals: [{ person }] },
    on(DAY, hour),
  );
const leftSince = async (before: number): Promise<string[]> =>
  (await world.database.admin.db.select().from(lookupAttempts).where(eq(lookupAttempts.phase, 'leaving')))
    .slice(before)
    .map(({ requestId }) => requestId);

describe('a signature that is taken back', () => {
  it('stops what waits, and lets through what is asked about others', async () => {
    await applied(withdraw(other, 9));
    await world.walker.ask(caseNo, on(DAY, 10));
    const left = await leftSince(0);
    expect(left.toSorted()).toEqual((await about(applicant)).map(({ id }) => id).toSorted());
    expect((await about(other)).map(({ outcome }) => outcome)).toEqual([null, null, null]);
  });

  it('keeps an answer that was under way from being read', async () => {
    const [asked] = (await about(applicant)).filter(({ source }) => source === 'social_insurance');
    if (!asked) throw new Error('nobody was asked');
    await applied(withdraw(applicant, 11));
    await world.walker.answer(caseNo, asked, [WAGE], on(DAY, 12));
    const { db } = world.database.admin;
    const [reading] = await db.select().from(answerReadings).where(eq(answerReadings.requestId, asked.id));
    expect(reading?.verdict).toBe('consent_withdrawn');
    expect(await db.select().from(answerFacts)).toEqual([]);
    expect((await about(applicant)).find(({ id }) => id === asked.id)?.outcome).toBeNull();
  });

  it('cannot be taken back twice', async () => {
    expect(await withdraw(applicant, 13)).toMatchObject({
      status: 'rejected',
      outcome: { code: 'guard_not_met', params: { guard: 'consent_in_force' } },
    });
  });

  it('harms nobody: when the time is over the questions are unanswered, and a person is told', async () => {
    await world.walker.due(caseNo, 'verification_answer');
    expect(new Set((await requests()).map(({ outcome }) => outcome))).toEqual(new Set(['unanswered']));
    const open = await world.database.admin.db.select().from(tasks).where(eq(tasks.caseNo, caseNo));
    expect(open.filter(({ doneAt }) => doneAt === null).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['no_lookup_possible', 'unanswered']),
    );
    expect(await world.walker.inside(caseNo, DAY, (tx) => unsentRequests(tx, caseNo))).toEqual([]);
  });

  it('leaves a file in which every question that left had its ground when it left', async () => {
    await world.seal();
    const { checks } = (await world.verify()) as unknown as {
      checks: { invariant: string; findings: unknown[] }[];
    };
    expect(checks.find(({ invariant }) => invariant === 'I7')?.findings).toEqual([]);
  });
});

describe('a signature that is given anew', () => {
  it('puts the question anew, and what is answered counts', async () => {
    const { walker } = world;
    const again = await walker.submit({ ...db09({ members: [member('m1')] }), declared: [] });
    await applied(walker.act('clerk', again, 'accept', { nearRelatives: [] }, on('2026-03-03')));
    await walker.due(again, 'begin_investigation', on('2026-03-03', 10));
    const [person] = await walker.inside(again, DAY, (tx) => openPersons(tx, again));
    const of = async () => walker.inside(again, DAY, (tx) => requestsOf(tx, again));
    const before = await of();
    const signed = {
      person: person?.id ?? '',
      signedBy: person?.id ?? '',
      sources: ['social_insurance' as const],
      textVersion: '2026-01',
      channel: 'paper' as const,
      validTo: plainDate('2027-12-31'),
    };
    // One visit to the window: the old form is taken back, the new one is signed.
    const both = { consents: [signed], refusals: [], withdrawals: [{ person: person?.id ?? '' }] };
    await applied(walker.act('clerk', again, 'record_consents', both, on(DAY, 9)));
    await walker.due(again, 'ask_again', on(DAY, 9));
    const anew = (await of()).filter(({ id }) => before.every((old) => old.id !== id));
    expect(anew.map(({ source, supersedes }) => [source, supersedes])).toEqual([
      ['social_insurance', before.find(({ source }) => source === 'social_insurance')?.id],
    ]);
    await walker.ask(again, on(DAY, 10));
    const [asked] = anew;
    if (!asked) throw new Error('nothing was asked anew');
    await walker.answer(again, asked, [WAGE], on(DAY, 12));
    expect((await of()).find(({ id }) => id === asked.id)?.outcome).toBe('found');
    // What was asked before stays cut short.
    expect((await of()).filter(({ superseded }) => superseded).map(({ outcome }) => outcome)).toEqual([null]);
  });
});
