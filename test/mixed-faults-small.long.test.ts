import { afterAll, beforeAll, expect, it } from 'vitest';
import { parity } from '../src/stack/parity.js';
import { runMixedFaults, type MixedRun } from './support/mixed-faults.js';
import { mishapsOf, othersAttached, poorerIn, stuckIn, unsignedAccepted } from './support/mixed-findings.js';
import { soundAfter } from './support/sound.js';

/** T10: twelve departments, all mishaps mixed. The long one has 2,000 cases and a seed of its own each time. */
const SEED = 20260302;
const CASES = 60;
let run: MixedRun;
beforeAll(async () => {
  run = await runMixedFaults({ seed: SEED, cases: CASES, opinionOnEvery: 3 });
}, 600_000);
afterAll(() => run.close());

it('is a mixture: most mishaps there are, and questions that nothing befell', async () => {
  const befallen = [...(await mishapsOf(run)).values()];
  expect(new Set(befallen.filter((fault) => fault !== undefined)).size).toBeGreaterThan(20);
  expect(befallen.filter((fault) => fault === undefined).length).toBeGreaterThan(befallen.length / 4);
});

it('accepts nothing that is not signed, and loses nothing that is', async () => {
  expect(await unsignedAccepted(run)).toEqual([]);
});

it('attaches nobody’s data to anybody else', async () => {
  expect(await othersAttached(run)).toEqual([]);
});

it('leaves no case without a next step', async () => {
  expect(await stuckIn(run)).toEqual([]);
  const opinions = new Set(run.cases.flatMap(({ opinion }) => opinion ?? []));
  expect(opinions).toEqual(new Set(['signed', '409 guard_not_met investigation_complete']));
});

it('makes nobody poorer', async () => {
  expect(await poorerIn(run)).toEqual([]);
});

it('leaves a sound house: invariants, and each record with its workflow', async () => {
  await soundAfter(run.house);
  const { findings, unasked, checked } = await parity(run.house.database.reader, run.house.temporal);
  expect({ findings, unasked, checked }).toEqual({ findings: [], unasked: [], checked: CASES });
});
