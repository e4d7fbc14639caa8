import type { Profile } from '../../src/departments/simulator/profile.js';
import type { DepartmentView } from '../../src/departments/simulator/steering.js';
import { SOURCES } from '../../src/departments/sources.js';
import { instant, type CaseNo, type Source } from '../../src/terms/index.js';
import type { Counter } from './counter.js';
import type { TestHouse } from './house.js';
import { twoPeople } from './journeys.js';
import { until } from './until.js';

export const BANK: Source = 'bank';
const MINUTE_MS = 60_000;

/** The bank of a house, which can be told to go wrong, and is then asked about a household. */
export interface FaultyBank {
  behave(profile: Profile): Promise<void>;
  forward(ms: number): Promise<unknown>;
  /** A household of two that the bank is asked about while it behaves like that. Returns when what is due today is sent. */
  household(profile: Profile): Promise<CaseNo>;
}

export function atFaultyBank(house: TestHouse, counter: Counter): FaultyBank {
  const departments = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${house.clock.departmentsUrl}${path}`, init);
  async function behaveAs(source: Source, profile: Profile): Promise<void> {
    const response = await departments(`/departments/${source}/profile`, {
      method: 'PUT',
      body: JSON.stringify(profile),
    });
    if (!response.ok) throw new Error(await response.text());
  }
  async function bank(): Promise<DepartmentView> {
    const response = (await (await departments('/departments')).json()) as { departments: DepartmentView[] };
    const view = response.departments.find(({ source }) => source === BANK);
    if (!view) throw new Error('there is no bank');
    return view;
  }
  const forward = async (ms: number): Promise<unknown> =>
    house.advance(instant((await house.time.now()) + ms));

  /** Until every question is with the bank: what was refused is asked again after 1, 4, 16 seconds. */
  async function untilTaken(): Promise<void> {
    for (let tries = 0; tries < 6 && (await bank()).refused > 0; tries += 1) await forward(MINUTE_MS);
    await until('the bank to have the questions', async () => (await bank()).refused === 0);
  }

  /** Due times are whole seconds, so what is due at once is due in a moment. */
  async function untilSent(): Promise<void> {
    await until('what is due to be sent', async () => {
      const { undelivered, nextDueAt } = await bank();
      const next = nextDueAt === null ? Infinity : Date.parse(nextDueAt);
      return undelivered === 0 && next > (await house.time.now()) + MINUTE_MS;
    });
  }

  async function household(profile: Profile): Promise<CaseNo> {
    for (const source of SOURCES) await behaveAs(source, source === BANK ? profile : AT_ONCE);
    // So that whoever the bank passes over is one of this household.
    await house.register(Object.fromEntries(SOURCES.map((source) => [source, []])), 'replace');
    const caseNo = await counter.submit(twoPeople(await house.today()));
    const before = await bank();
    await counter.doDuty(caseNo, 'accept');
    await until('the questions to leave', async () => {
      const { taken, refused } = await bank();
      return taken + refused === before.taken + before.refused + 2;
    });
    await untilTaken();
    await untilSent();
    await house.quiet();
    return caseNo;
  }

  return { behave: (profile) => behaveAs(BANK, profile), forward, household };
}

export const AT_ONCE: Profile = { kind: 'prompt', delayHours: 0 };
