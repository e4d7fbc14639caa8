import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { answeredOf, requestsOf, type RequestStanding } from '../src/casefile/evidence.js';
import { answerReadings, tasks } from '../src/casefile/schema/index.js';
import { latestReport } from '../src/casefile/verification-reports.js';
import type { Fact } from '../src/departments/contract.js';
import { fenFromYuan, type CaseNo, type Month } from '../src/terms/index.js';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { on } from './support/walk.js';

/** A department says something else than it said before. */
const wage = (yuan: string): Fact => ({
  item: 'contributions',
  category: 'wage',
  amountFen: fenFromYuan(yuan),
  periodFrom: '2025-03' as Month,
  periodTo: '2026-02' as Month,
});

const world: TestRecord = await openTestRecord();
const { walker, database } = world;
let caseNo: CaseNo;
let asked: RequestStanding;
beforeEach(async () => {
  const household = db09({ members: [member('m1'), member('m2')] });
  // Nothing was declared, and nothing found: a clean case.
  caseNo = await walker.submit({ ...household, declared: [] });
  await walker.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-03'));
  await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
  await walker.ask(caseNo, on('2026-03-04'));
  for (const request of await requests()) await walker.answer(caseNo, request, [], on('2026-03-05'));
  const found = (await requests()).find(({ source }) => source === 'social_insurance');
  if (!found) throw new Error('nobody was asked');
  asked = found;
});
afterAll(() => database.drop());

const inside = <T>(work: Parameters<typeof walker.inside<T>>[2]) => walker.inside(caseNo, '2026-03-09', work);
const requests = () => inside((tx) => requestsOf(tx, caseNo));
const standing = async () => {
  const request = (await requests()).find(({ id }) => id === asked.id);
  return { outcome: request?.outcome, corrected: request?.corrected };
};
const stated = async () => (await inside((tx) => answeredOf(tx, caseNo))).map(({ amountFen }) => amountFen);
const verdicts = async () =>
  (
    await database.admin.db
      .select({ verdict: answerReadings.verdict })
      .from(answerReadings)
      .where(eq(answerReadings.requestId, asked.id))
      .orderBy(answerReadings.recordedAt)
  ).map(({ verdict }) => verdict);
const openTasks = async () =>
  (
    await database.admin.db
      .select({ kind: tasks.kind })
      .from(tasks)
      .where(and(eq(tasks.caseNo, caseNo), isNull(tasks.doneAt)))
  ).map(({ kind }) => kind);

describe('an answer that comes a second time', () => {
  it('and says the same once more adds no fact and tells nobody', async () => {
    await walker.answer(caseNo, asked, [], on('2026-03-06'));
    expect(await verdicts()).toEqual(['none', 'confirmed']);
    expect(await standing()).toEqual({ outcome: 'none', corrected: false });
    expect(await openTasks()).not.toContain('answer_corrected');
  });

  it('and says something else takes the place of the first, and a person is told', async () => {
    const before = await inside((tx) => latestReport(tx, caseNo));
    await walker.answer(caseNo, asked, [wage('24000')], on('2026-03-06'));
    expect(await verdicts()).toEqual(['none', 'corrected_found']);
    expect(await standing()).toEqual({ outcome: 'found', corrected: true });
    expect(await stated()).toEqual([fenFromYuan('24000')]);
    expect(await openTasks()).toEqual(expect.arrayContaining(['answer_corrected', 'contradiction']));
    const after = await inside((tx) => latestReport(tx, caseNo));
    expect((after?.version ?? 0) - (before?.version ?? 0)).toBe(1);
  });

  it('is weighed once, however often it is corrected', async () => {
    for (const [yuan, day] of [
      ['24000', '2026-03-06'],
      ['12000', '2026-03-07'],
    ] as const)
      await walker.answer(caseNo, asked, [wage(yuan)], on(day));
    expect(await stated()).toEqual([fenFromYuan('12000')]);
    await walker.answer(caseNo, asked, [], on('2026-03-08'));
    expect(await stated()).toEqual([]);
    expect(await standing()).toEqual({ outcome: 'none', corrected: true });
  });

  it('and was confirmed later is not overtaken by what was stated in between', async () => {
    await walker.answer(caseNo, asked, [], on('2026-03-07'));
    await walker.answer(caseNo, asked, [wage('24000')], on('2026-03-08'), on('2026-03-06'));
    expect(await verdicts()).toEqual(['none', 'confirmed', 'outdated']);
    expect(await standing()).toEqual({ outcome: 'none', corrected: false });
  });

  it('but was stated earlier does not overtake what was stated later', async () => {
    await walker.answer(caseNo, asked, [wage('24000')], on('2026-03-04', 12));
    expect(await verdicts()).toEqual(['none', 'outdated']);
    expect(await stated()).toEqual([]);
    expect(await openTasks()).toContain('answer_corrected');
  });

  it('makes an opinion stale that was formed on the first: 412, until somebody looked', async () => {
    await walker.act(
      'investigator',
      caseNo,
      'record_visit',
      {
        method: 'home_visit',
        investigators: [world.town.staff.investigator, world.town.staff.secondInvestigator],
        householdSignatory: asked.personId,
        propertyWithinLimits: 'yes',
        findings: '砖木结构平房两间。',
      },
      on('2026-03-06'),
    );
    const opinion = { proposes: 'grant', reasonCode: 'below_standard' } as const;
    await walker.act('leader', caseNo, 'form_opinion', opinion, on('2026-03-06', 12));
    await walker.answer(caseNo, asked, [wage('24000')], on('2026-03-07'));
    const { status, outcome } = await walker.act('clerk', caseNo, 'post_notice', {}, on('2026-03-09'));
    expect(status).toBe('rejected');
    expect(outcome).toMatchObject({ code: 'opinion_stale', params: { changed_asked: 2 } });
    expect(await openTasks()).toContain('answer_corrected');
  });
});

describe('a correction that comes after the decision', () => {
  it('moves nothing that was decided, and a person is told', async () => {
    caseNo = await walker.walkTo('granted');
    const bank = (await requests()).find(({ source, outcome }) => source === 'bank' && outcome === 'found');
    if (!bank) throw new Error('the bank found nothing');
    asked = bank;
    const before = await stated();
    await walker.answer(caseNo, bank, [], on('2026-03-21'));
    expect(await verdicts()).toEqual(['found', 'after_closing']);
    expect(await stated()).toEqual(before);
    expect(await openTasks()).toContain('late_answer');
    const { checks } = await world.verify();
    expect(checks.find(({ invariant }) => invariant === 'I6')?.findings).toEqual([]);
  });
});

describe('an answer', () => {
  it('with more in it than anything real is used for nothing, and a person is told', async () => {
    await walker.answer(caseNo, asked, [wage('1200001')], on('2026-03-06'));
    expect(await verdicts()).toEqual(['none', 'implausible']);
    expect(await stated()).toEqual([]);
    expect(await openTasks()).toContain('answer_unusable');
  });

  it('of two accounts is worth the sum of both', async () => {
    const bank = (await requests()).find(({ source }) => source === 'bank');
    if (!bank) throw new Error('no bank was asked');
    const account = (yuan: string): Fact => ({
      item: 'deposits',
      category: 'deposit',
      amountFen: fenFromYuan(yuan),
    });
    await walker.answer(caseNo, bank, [account('700'), account('500')], on('2026-03-06'));
    expect(await stated()).toEqual([fenFromYuan('1200')]);
  });
});
