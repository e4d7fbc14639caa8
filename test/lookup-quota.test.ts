import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLookupActivities } from '../src/activities/lookup.js';
import { unsentRequests } from '../src/casefile/evidence.js';
import { heldRequests } from '../src/casefile/lookups.js';
import { SOURCES } from '../src/departments/sources.js';
import type { LookupRequest } from '../src/departments/contract.js';
import type { Instant, MemberEntry } from '../src/terms/index.js';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { rulebookWith } from './support/rulebook.js';
import { applied, on } from './support/walk.js';

/** How many questions may leave, by whom they are caused and about whom, however many workers ask at once. */
const CLERK_DAY = 20;
const PERSON_MONTH = 4;
let world: TestRecord;
let ask: ReturnType<typeof createLookupActivities>['askDepartment'];
const left: LookupRequest[] = [];

beforeAll(async () => {
  const rulebook = rulebookWith({
    lookup_quota_clerk_day: CLERK_DAY,
    lookup_quota_person_month: PERSON_MONTH,
  });
  world = await openTestRecord(rulebook);
  ({ askDepartment: ask } = createLookupActivities({
    casefile: world.database.casefile,
    rulebook: () => rulebook,
    connectors: Object.fromEntries(
      SOURCES.map((source) => [
        source,
        { source, ask: (request) => (left.push(request), Promise.resolve({ kind: 'accepted' })) },
      ]),
    ),
    callbackUrl: 'http://127.0.0.1:1',
  }));
});
afterAll(() => world.database.drop());

/** A household whose questions are open and have not left. */
async function opened(members: readonly MemberEntry[], day: string, township?: string): Promise<string> {
  const { walker } = world;
  const caseNo = await walker.submit(db09({ members, ...(township && { township }) }));
  const who = township ? 'otherClerk' : 'clerk';
  await applied(walker.act(who, caseNo, 'accept', { nearRelatives: [] }, on(day)));
  await walker.due(caseNo, 'begin_investigation', on(day));
  return caseNo;
}
const people = (n: number): MemberEntry[] => Array.from({ length: n }, (_, index) => member(`m${index + 1}`));
const waiting = (caseNo: string, day: string) =>
  world.walker.inside(caseNo, day, (tx) => unsentRequests(tx, caseNo));
async function askAll(cases: readonly string[], at: Instant, day: string): Promise<string[]> {
  const open = await Promise.all(
    cases.map(async (record) =>
      (await waiting(record, day)).map(({ id: requestId }) => ({ record, requestId })),
    ),
  );
  return Promise.all(open.flat().map((question) => ask({ ...question, at })));
}
const times = (came: readonly string[], outcome: string): number =>
  came.filter((each) => each === outcome).length;
const attemptsOf = async (caseNo: string) =>
  world.database.reader.sql<{ phase: string; code: string | null; n: number }[]>`
    SELECT phase, code, count(*)::int AS n FROM lookup_attempts WHERE case_no = ${caseNo} GROUP BY 1, 2 ORDER BY 1, 2`;
const tasksOf = async (caseNo: string) =>
  world.database.reader.sql<{ role: string; params: Record<string, unknown>; open: boolean }[]>`
    SELECT role, params, done_at IS NULL AS open FROM tasks WHERE case_no = ${caseNo} AND kind = 'lookup_over_quota' ORDER BY id`;
const heldEvents = async (caseNo: string) =>
  (
    await world.database.reader.sql<{ params: Record<string, unknown> }[]>`
      SELECT params FROM audit_events WHERE chain = ${caseNo} AND code = 'lookup_held' ORDER BY seq`
  ).map(({ params }) => params);

describe('the quota of a clerk and day', () => {
  let mine: string[];

  it('is never exceeded, though five files are asked about at once, and the gate says which wait', async () => {
    mine = [];
    for (let n = 0; n < 5; n += 1) mine.push(await opened(people(2), '2026-03-03'));
    const came = await askAll(mine, on('2026-03-03', 10), '2026-03-03');
    expect(came).toHaveLength(30);
    expect(times(came, 'accepted')).toBe(CLERK_DAY);
    expect(times(came, 'over_quota')).toBe(30 - CLERK_DAY);
    expect(left).toHaveLength(CLERK_DAY);
  });

  it('leaves another clerk’s questions alone', async () => {
    const theirs = await opened(people(1), '2026-03-03', '441625104');
    expect(await askAll([theirs], on('2026-03-03', 11), '2026-03-03')).toEqual(Array(3).fill('accepted'));
  });

  it('tells a supervisor once for a file, and is on record with what was used; asked again that day, nothing is added', async () => {
    const held = [];
    for (const caseNo of mine)
      if ((await world.walker.inside(caseNo, '2026-03-03', (tx) => heldRequests(tx, caseNo))).length > 0)
        held.push(caseNo);
    expect(held.length).toBeGreaterThan(0);
    const before = await Promise.all(held.map(attemptsOf));
    expect(times(await askAll(held, on('2026-03-03', 12), '2026-03-03'), 'over_quota')).toBe(30 - CLERK_DAY);
    expect(await Promise.all(held.map(attemptsOf))).toEqual(before);
    for (const caseNo of held) {
      expect(await tasksOf(caseNo)).toEqual([
        { role: 'supervisor', params: { quota: 'clerk_day', limit: CLERK_DAY }, open: true },
      ]);
      for (const params of await heldEvents(caseNo))
        expect(params).toMatchObject({ quota: 'clerk_day', limit: CLERK_DAY, used: CLERK_DAY });
    }
  });

  it('has room again the next day: the questions leave, and the supervisor’s task is over', async () => {
    const came = await askAll(mine, on('2026-03-04', 0), '2026-03-04');
    expect(came).toEqual(Array(30 - CLERK_DAY).fill('accepted'));
    for (const caseNo of mine) {
      expect(await world.walker.inside(caseNo, '2026-03-04', (tx) => heldRequests(tx, caseNo))).toEqual([]);
      for (const task of await tasksOf(caseNo)) expect(task.open).toBe(false);
    }
  });

  it('does not count a question again that is only tried again', async () => {
    const [counted] = await world.database.reader.sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM access_events WHERE kind = 'question_left' AND staff_id = ${world.town.staff.clerk}`;
    expect(counted?.n).toBe(30);
    const caseNo = mine[0] ?? '';
    const [asked] = await world.database.reader.sql<{ id: string }[]>`
      SELECT request_id AS id FROM lookup_attempts WHERE case_no = ${caseNo} AND phase = 'leaving' LIMIT 1`;
    await ask({ record: caseNo, requestId: asked?.id ?? '', at: on('2026-03-04', 1) });
    const [after] = await world.database.reader.sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM access_events WHERE kind = 'question_left' AND staff_id = ${world.town.staff.clerk}`;
    expect(after?.n).toBe(30);
  });
});

describe('the quota of a person and month', () => {
  it('counts the same ID number in two townships’ files, asked about at once', async () => {
    const someone = member('m1');
    const cases = [await opened([someone], '2026-03-05'), await opened([someone], '2026-03-05', '441625104')];
    const came = await askAll(cases, on('2026-03-05', 10), '2026-03-05');
    expect(times(came, 'accepted')).toBe(PERSON_MONTH);
    expect(times(came, 'over_quota')).toBe(6 - PERSON_MONTH);
    // Not the next day, and not the last day of the month; the first of the next.
    expect(times(await askAll(cases, on('2026-03-31', 23), '2026-03-31'), 'over_quota')).toBe(2);
    expect(await askAll(cases, on('2026-04-01', 0), '2026-04-01')).toEqual(['accepted', 'accepted']);
  });

  it('never refuses anybody anything: time runs out, silence is written down, the case stays open', async () => {
    const someone = member('m1');
    await askAll([await opened([someone], '2026-05-06')], on('2026-05-06', 10), '2026-05-06');
    const second = await opened([someone], '2026-05-06', '441625104');
    expect(times(await askAll([second], on('2026-05-06', 11), '2026-05-06'), 'over_quota')).toBe(2);
    await world.walker.due(second, 'verification_answer');
    const [state] = await world.database.reader.sql<{ open: boolean; state: string; silent: number }[]>`
      SELECT s.open, s.state, (SELECT count(*)::int FROM request_outcomes o WHERE o.case_no = s.case_no AND o.outcome = 'unanswered') AS silent
      FROM case_state s WHERE s.case_no = ${second}`;
    expect(state).toEqual({ open: true, state: 'investigating', silent: 3 });
    expect((await tasksOf(second)).map(({ open }) => open)).toEqual([false]);
    expect(await askAll([second], on('2026-05-20'), '2026-05-20')).toEqual([]);
  });
});

it('the record is sound with all of it', async () => {
  await world.seal();
  const report = await world.verify({ now: on('2026-05-21') });
  const about = report.checks.filter(({ invariant }) => invariant === 'I7' || invariant === 'I8');
  expect(about.map(({ invariant }) => invariant)).toEqual(['I7', 'I8']);
  expect(about.flatMap((check) => ('findings' in check ? check.findings : []))).toEqual([]);
});
