import { advanceClock } from '../../src/stack/clock-advance.js';
import { instant, rfc3339, type CaseNo } from '../../src/terms/index.js';
import { atCounter, DUTIES, type Counter } from './counter.js';
import { openHouse, type TestHouse } from './house.js';
import { inParallel } from './in-parallel.js';
import { openLetterWitness, type LetterWitness } from './letter-witness.js';
import { rulebookWith } from './rulebook.js';
import { mixedHousehold, mixedProfiles, together, type MixedHousehold } from './mixed-households.js';

export interface MixedCase extends MixedHousehold {
  readonly caseNo: CaseNo;
  /** What a leader's signature came to when everything that the departments will ever say has been said. */
  opinion?: string;
}

export interface MixedRun {
  readonly house: TestHouse;
  readonly witness: LetterWitness;
  readonly seed: number;
  readonly cases: readonly MixedCase[];
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const AT_ONCE = 6;
/** The time to answer is five working days, and a correction takes as long; the last letter comes after thirty days. */
const STEPS_IN_DAYS = [1, 2, 2, 3, 26, 1];

/**
 * Households before twelve departments that go wrong in every way at once; then thirty-five days pass. Then
 * households are visited, and a leader tries to sign an opinion on them.
 */
export async function runMixedFaults({
  seed,
  cases: count,
  opinionOnEvery = 1,
}: {
  seed: number;
  cases: number;
  /** Every how manieth is visited and opined on. */
  opinionOnEvery?: number;
}): Promise<MixedRun> {
  let witness: LetterWitness | undefined;
  const house = await openHouse({
    seed,
    profiles: mixedProfiles(seed),
    // Two thousand households on one day are more than a clerk's questions of that day may be about.
    rulebook: rulebookWith({ lookup_quota_clerk_day: 1_000_000 }),
    letterbox: async (apiUrl) => {
      witness = await openLetterWitness(apiUrl);
      return witness.url;
    },
  });
  if (!witness) throw new Error('nobody sees the letters');
  const letters = witness;
  const counter = atCounter(house);
  const cases = await submitAll(house, counter, seed, count);
  await house.quiet();
  for (const days of STEPS_IN_DAYS) await pass(house, days * DAY_MS);
  const opined = cases.filter((_, nth) => nth % opinionOnEvery === 0);
  await inParallel(opined, AT_ONCE, async (each) => {
    await visit(house, counter, each.caseNo);
    each.opinion = await opinionOn(counter, each.caseNo);
  });
  await house.quiet();
  return {
    house,
    witness: letters,
    seed,
    cases,
    close: async () => {
      await house.close();
      await letters.stop();
    },
  };
}

async function submitAll(
  house: TestHouse,
  counter: Counter,
  seed: number,
  count: number,
): Promise<MixedCase[]> {
  const today = await house.today();
  const households = Array.from({ length: count }, (_, nth) => mixedHousehold(seed, nth, today));
  await house.register(together(households.map(({ registers }) => registers)));
  const cases: MixedCase[] = [];
  await inParallel(households, AT_ONCE, async (household, nth) => {
    const caseNo = await counter.submit(household.body, []);
    // Whether the desk has it within five seconds or is busy: nobody waits here, the sweep does not forget.
    const { path, body } = DUTIES.accept;
    const { status } = await counter.send('clerk', caseNo, path, body);
    if (status !== 200 && status !== 202) throw new Error(`acceptance of ${caseNo}: ${status}`);
    cases[nth] = { ...household, caseNo };
  });
  return cases;
}

/** Lets time pass in one go: the house stops at its own deadlines, letters come when it is over. */
async function pass(house: TestHouse, ms: number): Promise<void> {
  const { clock } = house;
  const to = instant((await house.time.now()) + ms);
  await advanceClock({ ...clock, departmentsUrl: null }, to);
  const moved = await fetch(`${clock.departmentsUrl}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: rfc3339(to) }),
  });
  if (!moved.ok) throw new Error(await moved.text());
  await house.quiet();
}

async function visit({ town }: TestHouse, counter: Counter, caseNo: CaseNo): Promise<void> {
  const { applicantId } = await counter.page(caseNo);
  const investigators = [town.staff.investigator, town.staff.secondInvestigator];
  const seen = { method: 'home_visit', propertyWithinLimits: 'yes', findings: '砖木结构平房三间。' };
  const body = { ...seen, investigators, householdSignatory: applicantId };
  await counter.act('investigator', caseNo, 'visits', body);
}

/** `signed`, or the refusal and its guard. */
async function opinionOn(counter: Counter, caseNo: CaseNo): Promise<string> {
  const { path, body } = DUTIES.form_opinion;
  const { status, json } = await counter.insist('leader', caseNo, path, body);
  if (status === 200) return 'signed';
  const params = json['params'] as Readonly<Record<string, unknown>> | undefined;
  return [status, json['code'], params?.['guard']].join(' ');
}
