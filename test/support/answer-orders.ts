import { and, eq, isNull } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { adoptedOf, answeredOf, requestsOf, type RequestStanding } from '../../src/casefile/evidence.js';
import { readCase } from '../../src/casefile/case-state.js';
import { tasks } from '../../src/casefile/schema/index.js';
import type { Tx } from '../../src/casefile/tx.js';
import { latestReport } from '../../src/casefile/verification-reports.js';
import { comparison } from '../../src/casefile/views/comparison.js';
import type { Fact } from '../../src/departments/contract.js';
import { reachOf } from '../../src/departments/sources.js';
import { openQuestions } from '../../src/activities/application/adoption.js';
import { fenFromYuan, plainDate, type CaseNo, type Month } from '../../src/terms/index.js';
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

const ID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|AP-[\d-]+|\b[\da-f]{64}\b/g;
/** Which row it is in the table, and how many were written before it, is no part of what the file says. */
const OF_THE_WRITING = new Set([
  'id',
  'version',
  'at',
  'openedAt',
  'recordedAt',
  'evidenceHash',
  'contentHash',
  'hash',
]);

/** The same for two files that say the same: without ids, numbers and hashes, lists in one order. */
function canonical(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(ID, '·');
  if (Array.isArray(value))
    return value.map(canonical).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !OF_THE_WRITING.has(key))
      .map(([key, each]): [string, unknown] => [key.replaceAll(ID, '·'), canonical(each)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * A file as far as departments have a say in it: how each question stands, everything that is stated and adopted, the
 * comparison with what each choice would do to the benefit, the newest report, open tasks, and where the case stands.
 */
async function exported(world: TestRecord, caseNo: CaseNo): Promise<unknown> {
  const today = plainDate('2026-03-06');
  return world.walker.inside(caseNo, today, async (tx) => {
    const { unused: _, ...compared } = await comparison(tx, {
      caseNo,
      rulebook: world.rulebook,
      reach: reachOf,
      today,
    });
    const report = await latestReport(tx, caseNo);
    return canonical({
      state: (await readCase(tx, caseNo)).state,
      questions: (await requestsOf(tx, caseNo)).map(({ source, items, outcome }) => ({
        source,
        items,
        outcome,
      })),
      stated: await answeredOf(tx, caseNo),
      adopted: await adoptedOf(tx, caseNo),
      open: await openQuestions(tx, caseNo),
      compared,
      report: report && { purpose: report.purpose, validTo: report.validTo, content: report.content },
      tasks: await openTasksOf(tx, caseNo),
    });
  });
}

const openTasksOf = (tx: Tx, caseNo: string) =>
  tx.q
    .select({ kind: tasks.kind, role: tasks.role, params: tasks.params })
    .from(tasks)
    .where(and(eq(tasks.caseNo, caseNo), isNull(tasks.doneAt)));

/** Hears the answers in an order, and says what came of it. */
async function cameTo(world: TestRecord, heard: readonly Saying[]): Promise<unknown> {
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
