import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLICATION, type ApplicationState } from '../src/policy/application.js';
import type { CaseNo } from '../src/terms/index.js';
import { atCounter, type Counter, type Page } from './support/counter.js';
import { badEnds, runsOf } from './support/executions.js';
import { openHouse, type TestHouse } from './support/house.js';
import { journeys } from './support/journeys.js';

/** The procedure from the window to a decision: HTTP to the house, HTTP to the departments, Temporal in between. */
let house: TestHouse;
let counter: Counter;
let ways: ReturnType<typeof journeys>;
beforeAll(async () => {
  house = await openHouse();
  counter = atCounter(house);
  ways = journeys(house, counter);
});
afterAll(() => house.close());

const statesOf = async (caseNo: string): Promise<string[]> => {
  const rows = await house.database.reader.sql<
    { to_state: string }[]
  >`SELECT to_state FROM transitions WHERE case_no = ${caseNo} ORDER BY seq`;
  return rows.map((row) => row.to_state).filter((state, at, all) => state !== all[at - 1]);
};
/** The stages of the story in the order the case went through them. */
const stagesOf = async (caseNo: string): Promise<string[]> => {
  const stages = (await statesOf(caseNo))
    .map((state) => APPLICATION.stageOf[state as ApplicationState])
    .filter((stage) => stage !== 'done');
  return stages.filter((stage, at) => stage !== stages[at - 1]);
};
/** A case takes a new run at the end of a stage; what moves on while a run begins belongs to that run. */
async function expectChain(caseNo: string): Promise<void> {
  const runs = await runsOf(house.temporal, caseNo);
  expect(runs.length).toBeGreaterThanOrEqual(4);
  expect(runs.length).toBeLessThanOrEqual((await stagesOf(caseNo)).length);
  expect(runs.map((run) => run.status)).toEqual([
    ...runs.slice(1).map(() => 'CONTINUED_AS_NEW'),
    'COMPLETED',
  ]);
  expect(Math.max(...runs.map((run) => run.history.events?.length ?? 0))).toBeLessThan(400);
}
const taskKinds = (page: Page): string[] =>
  page.tasks.map((task) => (task.params['clock'] ? `${task.kind}:${task.params['clock']}` : task.kind));

describe('DB09 from the window to a confirmed benefit', () => {
  let caseNo: CaseNo;
  beforeAll(async () => {
    caseNo = await ways.straight();
  });

  it('comes to 60 yuan a month from the month after the decision', async () => {
    const page = await counter.page(caseNo);
    expect(page).toMatchObject({ state: 'in_benefit', open: false, outcome: 'confirmed' });
    expect(page.decision).toMatchObject({
      kind: 'confirm',
      monthlyBenefitFen: 6000,
      effectiveMonth: '2026-04',
    });
  });

  it('passes through the stages in the order of the statute', async () => {
    expect(await statesOf(caseNo)).toEqual([
      'submitted',
      'accepted',
      'investigating',
      'preliminary_opinion',
      'public_notice',
      'forwarded',
      'county_reviewed',
      'confirmed',
      'granted',
      'in_benefit',
    ]);
  });

  it('keeps every deadline of the way', async () => {
    const { clocks } = await counter.page(caseNo);
    expect(clocks.filter((clock) => clock.late)).toEqual([]);
    expect(clocks.filter((clock) => clock.done === null)).toEqual([]);
  });

  it('takes a new run between stages, and completes', async () => {
    await expectChain(caseNo);
  });
});

describe('other ways', () => {
  it('refuses by a named person, and closes when the paper was given', async () => {
    const caseNo = await ways.refusal();
    const page = await counter.page(caseNo);
    expect(page).toMatchObject({ state: 'closed', outcome: 'refused', open: false });
    expect(page.decision).toMatchObject({ kind: 'refuse', monthlyBenefitFen: 0, effectiveMonth: null });
    expect(await statesOf(caseNo)).toEqual([
      'submitted',
      'accepted',
      'investigating',
      'refusal_proposed',
      'forwarded',
      'county_reviewed',
      'refused',
      'closed',
    ]);
    const [decision] = await house.database.reader
      .sql`SELECT staff_id FROM decisions WHERE case_no = ${caseNo}`;
    expect(decision).toEqual({ staff_id: house.town.staff.confirmer });
  });

  it('looks into an objection, and goes to the county without a second notice', async () => {
    const caseNo = await ways.objection();
    expect(await statesOf(caseNo)).toEqual([
      'submitted',
      'accepted',
      'investigating',
      'preliminary_opinion',
      'public_notice',
      'reinvestigate',
      'forwarding',
      'forwarded',
      'county_reviewed',
      'confirmed',
      'granted',
      'in_benefit',
    ]);
    await expectChain(caseNo);
  });

  it('closes nothing when the time to bring papers runs out: a person is told', async () => {
    let atExpiry: Page | undefined;
    const caseNo = await ways.supplement((page) => (atExpiry = page));
    expect(atExpiry).toMatchObject({ state: 'awaiting_supplement', open: true, turn: 'household' });
    expect(atExpiry?.clocks).toContainEqual(
      expect.objectContaining({ code: 'supplement', done: null, late: true }),
    );
    expect(taskKinds(atExpiry as Page)).toContain('deadline_passed:supplement');
    expect(await counter.page(caseNo)).toMatchObject({ state: 'in_benefit' });
  });

  it('writes a silent department down as silence, and rests on other proof', async () => {
    let atExpiry: Page | undefined;
    const caseNo = await ways.silence(async (page) => {
      atExpiry = page;
      const early = await counter.send('leader', caseNoOf(page), 'opinions', {
        proposes: 'grant',
        reasonCode: 'below_standard',
      });
      expect(early).toMatchObject({
        status: 409,
        json: { code: 'guard_not_met', params: { guard: 'investigation_complete' } },
      });
    });
    const standings = atExpiry?.requests.map(({ source, standing }) => `${source}:${standing}`).toSorted();
    expect([...new Set(standings)]).toEqual([
      'bank:found',
      'bank:none',
      'household_register:unanswered',
      'social_insurance:none',
    ]);
    expect(atExpiry).toMatchObject({ state: 'investigating', open: true });
    expect(taskKinds(atExpiry as Page)).toContain('unanswered');
    const page = await counter.page(caseNo);
    expect(page).toMatchObject({ state: 'in_benefit' });
    expect(
      page.requests
        .filter(({ standing }) => standing === 'unanswered')
        .every(({ proofAdopted }) => proofAdopted),
    ).toBe(true);
  });

  it('escalates when the whole time is over, and takes nothing from the household', async () => {
    const caseNo = await ways.submitTwo();
    await counter.doDuty(caseNo, 'accept');
    await counter.pass((await counter.running(caseNo, 'total')).due);
    const page = await counter.page(caseNo);
    expect(page).toMatchObject({ state: 'investigating', open: true, outcome: null });
    expect(page.clocks).toContainEqual(expect.objectContaining({ code: 'total', done: null, late: true }));
    expect(page.tasks).toContainEqual(
      expect.objectContaining({ kind: 'deadline_passed', role: 'supervisor', params: { clock: 'total' } }),
    );
    await counter.visit(caseNo);
    expect(await counter.page(caseNo)).toMatchObject({ state: 'investigating', open: true });
  });
});

it('no execution ever ended badly', async () => {
  expect(await badEnds(house.temporal)).toEqual([]);
});

const caseNoOf = (page: Page): string => page.tag.replace(/^"(.*)\.\d+"$/, '$1');
