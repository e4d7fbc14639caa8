import { expect, it } from 'vitest';
import { PERSONAL_DETAILS } from '../src/policy/personal-detail.js';
import { tryNotices } from './support/notice-trial.js';

it('a hundred thousand notices: no ID number, telephone, account, illness or name of a minor is posted', () => {
  const tally = tryNotices({ numRuns: 33_400, seed: 20_260_318 });
  expect(tally.notices).toBeGreaterThan(100_000);
  expect(Object.keys(tally.refused).toSorted()).toEqual(PERSONAL_DETAILS.toSorted());
  expect(tally.produced).toBeGreaterThan(40_000);
  expect(tally.inFull).toBeGreaterThan(5_000);
});
