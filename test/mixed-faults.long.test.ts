import { expect, it } from 'vitest';
import { parity } from '../src/stack/parity.js';
import { runMixedFaults } from './support/mixed-faults.js';
import { othersAttached, poorerIn, stuckIn, unsignedAccepted } from './support/mixed-findings.js';
import { soundAfter } from './support/sound.js';

/**
 * T10 at size: `MIXED_FAULTS_CASES` households (2,000), a hundred to a house. Each house has a seed of its own, counted
 * on from `MIXED_FAULTS_SEED`, which is printed: given again, it is the same run.
 */
const CASES = Number(process.env['MIXED_FAULTS_CASES'] ?? 2_000);
const SEED = Number(process.env['MIXED_FAULTS_SEED'] ?? Date.now() % 1_000_000_000);
const A_HOUSE = 100;

it(`T10: ${CASES} cases before twelve departments that go wrong in every way`, async () => {
  process.stderr.write(`MIXED_FAULTS_SEED=${SEED} MIXED_FAULTS_CASES=${CASES}\n`);
  for (let first = 0; first < CASES; first += A_HOUSE) {
    const seed = SEED + first / A_HOUSE;
    const cases = Math.min(A_HOUSE, CASES - first);
    const run = await runMixedFaults({ seed, cases });
    try {
      const found = await Promise.all(
        [unsignedAccepted, othersAttached, stuckIn, poorerIn].map((look) => look(run)),
      );
      expect(found.flat(), `seed ${seed}`).toEqual([]);
      await soundAfter(run.house);
      const { findings, unasked, checked } = await parity(run.house.database.reader, run.house.temporal);
      expect({ findings, unasked, checked }, `seed ${seed}`).toEqual({
        findings: [],
        unasked: [],
        checked: cases,
      });
      process.stderr.write(
        `${first + cases} cases, ${run.witness.letters.length} letters in the last house\n`,
      );
    } finally {
      await run.close();
    }
  }
}, 7_200_000);
