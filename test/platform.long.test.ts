import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_GUIDE } from '../src/departments/simulator/fault-guide.js';
import { FAULT_CODES, FAULTS, type FaultCode } from '../src/departments/simulator/faults.js';
import type { DepartmentView } from '../src/departments/simulator/steering.js';
import { fenFromYuan, type CaseNo } from '../src/terms/index.js';
import { atCounter, type Counter, type Page } from './support/counter.js';
import { expectEnd } from './support/fault-ends.js';
import { AT_ONCE } from './support/faulty-bank.js';
import { openHouse, type TestHouse } from './support/house.js';
import { journeys, twoPeople } from './support/journeys.js';
import { rulebookWith } from './support/rulebook.js';
import { soundAfter } from './support/sound.js';
import { until } from './support/until.js';

/**
 * A place that asks bank and social insurance through the platform of its province, and the household register itself.
 * Households whose reports go wrong, one in each way; the one whose first report is partial goes on to its benefit.
 */
const PLATFORM = 'provincial_platform';
const REPORTING = FAULT_CODES.filter((fault) => FAULTS[fault].acts === 'reporting');

let house: TestHouse;
let counter: Counter;
const cases = new Map<FaultCode, CaseNo>();
/** The page of the household whose report was partial, from day to day. */
const pages: Page[] = [];
let departments: readonly DepartmentView[];

const caseOf = (fault: FaultCode): CaseNo => {
  const caseNo = cases.get(fault);
  if (!caseNo) throw new Error(`${fault} was not walked`);
  return caseNo;
};
const simulated = async (): Promise<readonly DepartmentView[]> => {
  const response = await fetch(`${house.clock.departmentsUrl}/departments`);
  return ((await response.json()) as { departments: DepartmentView[] }).departments;
};
async function household(fault: FaultCode): Promise<CaseNo> {
  const behaviour = { ...AT_ONCE, faults: { [fault]: 1 } };
  const set = await fetch(`${house.clock.departmentsUrl}/departments/${PLATFORM}/profile`, {
    method: 'PUT',
    body: JSON.stringify(behaviour),
  });
  expect(set.status).toBe(200);
  const caseNo = await counter.submit(twoPeople(await house.today()));
  await counter.doDuty(caseNo, 'accept');
  await until('the report to be sent', async () => {
    const platform = (await simulated()).find(({ source }) => source === PLATFORM);
    return platform?.taken === 2 * (cases.size + 1) && platform.undelivered === 0;
  });
  return caseNo;
}

beforeAll(async () => {
  const rulebook = rulebookWith({
    verification_platform: { platform: PLATFORM, sources: ['bank', 'social_insurance'] },
  });
  house = await openHouse({ rulebook });
  counter = atCounter(house);
  // First by itself: its days pass faster when nobody else's clocks run.
  cases.set('partial_report', await household('partial_report'));
  const going = caseOf('partial_report');
  const look = async () => void pages.push(await counter.page(going));
  await house.quiet();
  await look();
  await counter.visit(going);
  await counter.advance(await counter.dayAfter(3));
  await look();
  await journeys(house, counter).intoBenefit(going);
  await look();
  for (const fault of REPORTING) if (!cases.has(fault)) cases.set(fault, await household(fault));
  await counter.advance(await counter.dayAfter(10));
  departments = await simulated();
}, 120_000);
afterAll(() => house.close());

const standings = ({ requests, applicantId }: Page, source: string) =>
  requests
    .filter((request) => request.source === source)
    .toSorted((a) => (a.personId === applicantId ? -1 : 1))
    .map(({ standing }) => standing);

describe('a case in a place with a platform', () => {
  it('is asked about in one message for each person, and by nobody else', () => {
    const taken = (wanted: string) => departments.find(({ source }) => source === wanted)?.taken;
    expect(taken(PLATFORM)).toBe(2 * REPORTING.length);
    expect(taken('household_register')).toBe(2 * REPORTING.length);
    expect([taken('bank'), taken('social_insurance')]).toEqual([0, 0]);
  });

  it('waits for what the platform has not reached, and is never told that it is nothing', () => {
    const [first, later] = pages;
    if (!first || !later) throw new Error('nobody looked');
    expect(standings(first, 'bank')).toEqual(['pending', 'pending']);
    expect(standings(first, 'social_insurance')).toEqual(['none', 'none']);
    expect(standings(later, 'bank')).toEqual(['found', 'none']);
    expect(standings(later, 'social_insurance')).toEqual(['none', 'none']);
  });

  it('comes to its decision', () => {
    expect(pages.at(-1)).toMatchObject({ state: 'in_benefit', decision: { kind: 'confirm' } });
  });

  it('tells the person through whom they were looked up', async () => {
    const caseNo = caseOf('partial_report');
    const { applicantId } = await counter.page(caseNo);
    const { json } = await house.get('clerk', `/v1/cases/${caseNo}/persons/${applicantId}/lookups`);
    const items = json['items'] as { source: string; via: unknown; heard: unknown[]; left: unknown[] }[];
    const via = { platform: PLATFORM, name: { zh: '省级核对平台', en: 'provincial verification platform' } };
    expect(items.map((each) => [each.source, each.via, each.left.length, each.heard.length])).toEqual([
      ['bank', via, 1, 1],
      ['household_register', null, 1, 1],
      // The complete report said it once more.
      ['social_insurance', via, 1, 2],
    ]);
  });
});

describe('a report that goes wrong', () => {
  it.each<FaultCode>([
    'section_missing',
    'section_about_another',
    'section_not_asked',
    'section_against_source',
    'partial_report',
  ])('%s', async (fault) => {
    await expectEnd({ house, counter }, FAULT_GUIDE[fault], {
      caseNo: caseOf(fault),
      senders: [PLATFORM, 'civil_affairs'],
      depositFen: fenFromYuan('1200'),
    });
  });

  it('spoils no other section', async () => {
    for (const fault of REPORTING)
      expect(standings(await counter.page(caseOf(fault)), 'social_insurance')).toEqual(['none', 'none']);
  });

  it('says why: another person’s, or not asked', async () => {
    const tasksOf = async (fault: FaultCode) =>
      (await counter.page(caseOf(fault))).tasks
        .filter(({ kind }) => kind === 'answer_unusable')
        .map(({ params }) => params);
    const another = { source: 'bank', verdict: 'wrong_person', differs: 'id_number' };
    expect(await tasksOf('section_about_another')).toMatchObject([another, another]);
    expect(await tasksOf('section_not_asked')).toEqual([{ source: 'civil_affairs', verdict: 'not_asked' }]);
  });
});

it('walked every fault of reporting, and left a sound house', async () => {
  expect([...cases.keys()].toSorted()).toEqual(REPORTING.toSorted());
  await soundAfter(house);
});
