import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from './api.js';
import { RULES, type Place } from './model.js';
import { rulebookWith } from './rulebook.js';
import { hireEverybody, openRun, STARTS, steps, type Tried } from './model-run.js';

const parametersOf = ({ delegated, secondNotice }: Place) => ({
  confirmation_delegated: delegated,
  second_notice: secondNotice,
  ...(secondNotice && { second_notice_days: 3 }),
});

/**
 * Random ways through the API and through the model, which must agree after every step. A failure is shrunk to a short
 * way and printed with the seed, path and replayPath that bring it back.
 * @param all whether the ways are so many that every act has to have been done and every refusal met
 */
export function compareWithModel({
  numRuns,
  seed,
  place,
  all,
}: {
  numRuns: number;
  seed: number;
  place: Place;
  all: boolean;
}): void {
  const limitMs = all ? 1_500_000 : 250_000;
  let api: TestApi;
  const tried: Tried[] = [];
  beforeAll(async () => {
    api = await openTestApi({ rulebook: rulebookWith(parametersOf(place)) });
    await hireEverybody(api);
  });
  afterAll(() => api.close());

  it(
    `${numRuns} random ways of up to 20 steps: the API does what the statute says`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...STARTS), fc.boolean(), steps, (start, papersMissing, way) =>
          fc.asyncModelRun(() => openRun(api, { start, papersMissing, tried, place }), way),
        ),
        // Shrinking stops in time for the report to be printed.
        { numRuns, seed, interruptAfterTimeLimit: limitMs, markInterruptAsFailure: true },
      );
    },
    limitMs + 50_000,
  );

  it('have come far enough to mean something', () => {
    const done = new Set(tried.filter(({ came }) => came === 'done').map(({ name }) => name));
    const never = Object.keys(RULES).filter((name) => !done.has(name as Tried['name']));
    // Nobody signs for another, and nobody investigates alone.
    const elsewhere = place.delegated ? [] : ['confirm_delegated', 'refuse_delegated', 'take_back'];
    const expected = ['visit_by_one', ...elsewhere, 'withdraw_by_another'];
    if (all) expect(never).toEqual(expected);
    else expect(never.length, never.join(', ')).toBeLessThan(Object.keys(RULES).length * 0.7);
    const refusals = ['forbidden', 'not_allowed_now', 'case_closed', 'guard_not_met'];
    if (all) refusals.push('contributor_barred', 'opinion_stale');
    expect([...new Set(tried.map(({ came }) => came))]).toEqual(expect.arrayContaining(refusals));
  });
}
