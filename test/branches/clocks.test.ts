import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atBranches, type Branches } from '../support/branches.js';
import { atCounter } from '../support/counter.js';
import { openHouse, type TestHouse } from '../support/house.js';
import { missing, rowsTaken } from '../support/row-coverage.js';
import { rulebookWith } from '../support/rulebook.js';
import { soundAfter } from '../support/sound.js';
import { CLOCK_ROWS } from './rows.js';
import { slowWays } from './ways-clocks.js';

let house: TestHouse;
let at: Branches;
let ways: ReturnType<typeof slowWays>;
beforeAll(async () => {
  // The shorter limit of a delegated place runs; a report sends the case to the county all the same.
  house = await openHouse({ rulebook: rulebookWith({ confirmation_delegated: true }) });
  at = atBranches(house, atCounter(house));
  ways = slowWays(house, at);
});
afterAll(() => house.close());

describe('every clock breached once (1.8, 2.2)', () => {
  let caseNo: Awaited<ReturnType<typeof ways.neglected>>;

  it('tells the supervisor, then the county, and nothing adverse happens', async () => {
    caseNo = await ways.neglected();
    const page = await at.page(caseNo);
    expect(page).toMatchObject({ state: 'investigating', open: true, outcome: null });
    const told = await house.database.reader.sql<{ kind: string; clock: string; level: string }[]>`
      SELECT t.kind, t.params->>'clock' AS clock, d.level FROM tasks t JOIN divisions d ON d.id = t.division_id
      WHERE t.case_no = ${caseNo} AND t.role = 'supervisor' AND t.kind LIKE 'deadline%' ORDER BY t.id`;
    for (const clock of [
      'investigation_start',
      'verification_start',
      'cooperation',
      'report_answer',
      'total_delegated',
      'total',
    ]) {
      expect(told).toContainEqual({ kind: 'deadline_passed', clock, level: 'township' });
      expect(told).toContainEqual({
        kind: 'deadline_escalated',
        clock: `${clock}_escalated`,
        level: 'county',
      });
    }
    const adverse = await house.database.reader
      .sql`SELECT 1 FROM transitions WHERE case_no = ${caseNo} AND to_state IN ('refused', 'closed', 'terminated', 'unsupplied', 'returned', 'refusal_proposed')`;
    expect(adverse).toHaveLength(0);
  });

  it('and the household gets its benefit in the end', async () => {
    // The second leader takes part, so that nobody of the township is left to confirm: the county decides.
    house.rulebook = rulebookWith();
    await ways.recovered(caseNo);
    const page = await at.page(caseNo);
    expect(page).toMatchObject({
      state: 'in_benefit',
      outcome: 'confirmed',
      extension: { ground: 'hard_investigation' },
    });
    const extended = page.clocks.find(({ code }) => code === 'total_extended');
    const accepted = page.clocks.find(({ code }) => code === 'total');
    // 45 working days from the acceptance, not from the extension.
    expect(extended?.from).toBe(accepted?.from);
    expect(page.turns.map(({ turn }) => turn)).toEqual(
      expect.arrayContaining(['township', 'public', 'county', 'nobody']),
    );
    house.rulebook = rulebookWith({ confirmation_delegated: true });
  });
});

it('took every row that these ways are there for', async () => {
  expect(missing(CLOCK_ROWS, await rowsTaken(house))).toEqual([]);
});

it('leaves nothing that verify would name', () => soundAfter(house));
