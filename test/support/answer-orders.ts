import fc from 'fast-check';
import { expect } from 'vitest';
import { adoptedOf, answeredOf, requestsOf, type RequestStanding } from '../../src/casefile/evidence.js';
import type { Fact } from '../../src/departments/contract.js';
import { openQuestions } from '../../src/activities/application/adoption.js';
import { fenFromYuan, type CaseNo, type Month } from '../../src/terms/index.js';
import { db09, member } from './household.js';
import type { TestRecord } from './record.js';
import { on } from './walk.js';

/** What departments say about one person, each at an hour of its own: said twice, corrected, and contradicted. */
interface Saying {
  readonly source: string;
  /** Of the day on which it was said. */
  readonly hour: number;
  readonly yuan: number | null;
}
const SOURCES = ['social_insurance', 'bank', 'household_register'] as const;
const saying: fc.Arbitrary<Omit<Saying, 'hour'>> = fc.record({
  source: fc.constantFrom(...SOURCES),
  // What the household declared, something else, or nothing.
  yuan: fc.constantFrom(6480, 1200, 9000, null),
});
/** Some are delivered twice, and all in any order. */
const shuffled = (said: readonly Saying[]): fc.Arbitrary<Saying[]> =>
  fc.subarray([...said]).chain((again) => {
    const letters = [...said, ...again];
    return fc.shuffledSubarray(letters, { minLength: letters.length });
  });
const ORDERS_OF_EACH = 4;
/** What was said, in order, and a few orders in which it is heard. */
const orders: fc.Arbitrary<{ said: Saying[]; heard: Saying[][] }> = fc
  .array(saying, { minLength: 4, maxLength: 8 })
  .map((sayings) => sayings.map((each, index): Saying => ({ ...each, hour: index + 9 })))
  .chain((said) =>
    fc
      .array(shuffled(said), { minLength: ORDERS_OF_EACH, maxLength: ORDERS_OF_EACH })
      .map((heard) => ({ said, heard })),
  );

function factsOf({ source, yuan }: Saying): Fact[] {
  if (yuan === null) return [];
  const amountFen = fenFromYuan(String(yuan));
  if (source === 'bank') return [{ item: 'deposits', category: 'deposit', amountFen }];
  if (source === 'household_register') return [{ item: 'hukou', category: 'hukou', text: '农业户口' }];
  const year = { periodFrom: '2025-03' as Month, periodTo: '2026-02' as Month };
  return [{ item: 'contributions', category: 'wage', amountFen, ...year }];
}

/** What a case has come to, without ids: what is stated, adopted and open, and how each question stands. */
async function exported(world: TestRecord, caseNo: CaseNo): Promise<object> {
  return world.walker.inside(caseNo, '2026-03-06', async (tx) => ({
    questions: (await requestsOf(tx, caseNo)).map(({ source, outcome }) => `${source} ${outcome}`).toSorted(),
    stated: (await answeredOf(tx, caseNo))
      .map(({ source, category, amountFen }) => `${source} ${category} ${amountFen}`)
      .toSorted(),
    adopted: (await adoptedOf(tx, caseNo))
      .map(({ category, amountFen, ruleCode }) => `${category} ${amountFen} ${ruleCode}`)
      .toSorted(),
    open: (await openQuestions(tx, caseNo)).map(({ category, why }) => `${category} ${why}`).toSorted(),
  }));
}

/** Hears the answers in an order, and says what came of it. */
async function cameTo(world: TestRecord, heard: readonly Saying[]): Promise<object> {
  const { walker } = world;
  const household = db09({ members: [member('m1')] });
  const caseNo = await walker.submit(household);
  await walker.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-03'));
  await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
  await walker.ask(caseNo, on('2026-03-04'));
  const requests: RequestStanding[] = await walker.inside(caseNo, '2026-03-04', (tx) =>
    requestsOf(tx, caseNo),
  );
  for (const each of heard) {
    const request = requests.find(({ source }) => source === each.source);
    if (!request) throw new Error(`${each.source} was not asked`);
    await walker.answer(caseNo, request, factsOf(each), on('2026-03-05', 23), on('2026-03-05', each.hour));
  }
  return exported(world, caseNo);
}

/** Whatever order it is heard in, it comes to what it comes to in order. */
export async function expectOneOutcome(
  world: TestRecord,
  options: { readonly orders: number; readonly seed?: number },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(orders, async ({ said, heard }) => {
      const inOrder = await cameTo(world, said);
      for (const order of heard) expect(await cameTo(world, order)).toEqual(inOrder);
    }),
    {
      numRuns: options.orders / ORDERS_OF_EACH,
      ...(options.seed !== undefined && { seed: options.seed }),
    },
  );
}
