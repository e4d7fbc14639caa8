import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redraw } from '../../src/casefile/samples.js';
import { drawSample } from '../../src/policy/sampling.js';
import { atBranches, type Branches } from '../support/branches.js';
import { atCounter } from '../support/counter.js';
import { openHouse, type TestHouse } from '../support/house.js';
import { missing, rowsTaken } from '../support/row-coverage.js';
import { rulebookWith } from '../support/rulebook.js';
import { soundAfter } from '../support/sound.js';
import { DELEGATED_ROWS } from './rows.js';
import { delegatedWays } from './ways-delegated.js';

const DELEGATED = rulebookWith({
  confirmation_delegated: true,
  second_notice: true,
  second_notice_days: 3,
  clock_excludes: ['appraisal', 'public_notice'],
  confirmation_document: 'certificate',
});

let house: TestHouse;
let at: Branches;
let ways: ReturnType<typeof delegatedWays>;
const confirmed: string[] = [];
beforeAll(async () => {
  house = await openHouse({ rulebook: DELEGATED });
  at = atBranches(house, atCounter(house));
  ways = delegatedWays(house, at);
});
afterAll(() => house.close());

describe('an objection before an appraisal (1.6, 1.7)', () => {
  it('needs its quorum and shares, a new opinion, a second notice, and a leader who took no part', async () => {
    const caseNo = await ways.appraised({
      tooFew: async (no) => {
        expect(await at.tryTo('leader', no, 'appraisals', await ways.appraisal(4, 1))).toEqual([
          409,
          'guard_not_met',
          'appraisal_valid',
        ]);
        expect(await at.tryTo('leader', no, 'appraisals', await ways.appraisal(5, 4))).toEqual([
          409,
          'guard_not_met',
          'appraisal_valid',
        ]);
      },
      byTheSigner: async (no) =>
        expect(
          await at.tryTo('leader', no, 'decisions', { kind: 'confirm_delegated', reasonCode: 'agreed' }),
        ).toEqual([403, 'contributor_barred']),
    });
    confirmed.push(caseNo);
    expect(await at.page(caseNo)).toMatchObject({ state: 'in_benefit', outcome: 'confirmed' });
    expect(await at.documentText(caseNo, 'appraisal_record')).toContain('何记录');
    expect(await at.documentText(caseNo, 'dibao_certificate')).toContain('周行远');
    // Both limits ran without the days of notice and appraisal, and both were kept.
    const { clocks } = await at.page(caseNo);
    const total = clocks.find(({ code }) => code === 'total');
    const short = clocks.find(({ code }) => code === 'total_delegated');
    expect([total?.late, short?.late]).toEqual([false, false]);
    expect((short?.due ?? '') < (total?.due ?? '')).toBe(true);
  });
});

describe('confirmation by the township (1.7)', () => {
  it('is returned by another leader, and drawn by the county', async () => {
    const caseNo = await ways.drawn();
    const [row] = await house.database.reader
      .sql`SELECT stage, staff_id FROM decisions WHERE case_no = ${caseNo}`;
    expect(row).toEqual({ stage: 'county_confirmation', staff_id: house.town.staff.confirmer });
  });

  it('may also refuse, in writing', async () => {
    const caseNo = await ways.refused();
    expect(await at.page(caseNo)).toMatchObject({ state: 'closed', outcome: 'refused' });
    const [row] = await house.database.reader.sql`SELECT stage FROM decisions WHERE case_no = ${caseNo}`;
    expect(row).toEqual({ stage: 'delegated_confirmation' });
  });

  it('gives way to the county when somebody reports; who it was, the readers of the case do not learn (1.4)', async () => {
    const caseNo = await ways.reported({
      unvisited: async (no) => {
        expect(await at.page(no)).toMatchObject({ state: 'forwarded', turn: 'county' });
        expect(
          await at.tryTo('examiner', no, 'county-opinions', { proposes: 'grant', reasonCode: 'x1' }),
        ).toEqual([409, 'guard_not_met', 'county_visit_done']);
      },
      unanswered: async (no) => {
        const [report] = (await at.page(no)).reports;
        const path = `/v1/cases/${no}/reports/${report?.id}`;
        for (const who of ['clerk', 'leader', 'examiner', 'confirmer', 'auditor'] as const)
          expect([who, (await house.get(who, `${path}/reporter`)).status]).toEqual([who, 403]);
        const known = await house.get('countySupervisor', `${path}/reporter`);
        expect(known.json).toEqual({ name: '钱进', phone: '13700137007', words: '该户长期不在本村居住。' });
        const { sql } = house.database.reader;
        const looks =
          await sql`SELECT actor FROM audit_events WHERE chain = ${no} AND code = 'reporter_read'`;
        expect(looks.map(({ actor }) => String(actor))).toEqual([
          `staff:${house.town.staff.countySupervisor}`,
        ]);
        const seen = JSON.stringify([
          (await house.get('examiner', `/v1/cases/${no}`)).json,
          (await house.get('examiner', `/v1/cases/${no}/reports`)).json,
          (await house.get('examiner', `/v1/cases/${no}/timeline`)).json,
        ]);
        expect(seen).not.toMatch(/钱进|13700137007|长期不在/);
      },
    });
    expect((await at.page(caseNo)).reports).toMatchObject([{ finding: 'not_confirmed' }]);
    expect(await at.documentText(caseNo, 'report_answer')).not.toMatch(/钱进/);
    expect(await at.tryAnswer(caseNo)).toEqual([409, 'not_allowed_now']);
  });
});

describe('the county’s sample (1.7)', () => {
  it('is drawn once, from a printed seed, and anybody can draw it again', async () => {
    const today = await house.today();
    const asked = { from: '2026-03-01', to: today, seed: 'drawn-in-public-2026' };
    const drawn = await house.post('examiner', '/v1/samples', asked);
    expect(drawn.status).toBe(201);
    expect(drawn.json).toMatchObject({ seed: asked.seed, percent: 30, population: confirmed.length });
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const again = drawSample({ seed: asked.seed, population: confirmed, percent: 30 }, sha);
    const cases = (drawn.json['drawn'] as { caseNo: string; drawId: string }[]).map(({ caseNo }) => caseNo);
    expect(cases).toEqual(again);
    const id = String(drawn.json['sampleId']);
    expect(await redraw(house.database.reader, id)).toMatchObject({
      drawn: again,
      different: [],
      samePopulation: true,
    });
    const second = await house.post('examiner', '/v1/samples', { ...asked, seed: 'another-lot-please' });
    expect([second.status, second.json['code']]).toEqual([409, 'not_allowed_now']);
    const [first] = drawn.json['drawn'] as { drawId: string }[];
    const found = await house.post('examiner', `/v1/sample-draws/${first?.drawId}/finding`, {
      occurredOn: today,
      finding: 'needs_review',
      reasonCode: 'moved_away',
    });
    expect(found.status).toBe(201);
    // A finding is a task for a person; the benefit goes on.
    expect(await at.page(confirmed[0] ?? '')).toMatchObject({ state: 'in_benefit', outcome: 'confirmed' });
    const tasks = await house.database.reader
      .sql`SELECT kind FROM tasks WHERE kind = 'sample_needs_review' AND done_at IS NULL`;
    expect(tasks).toHaveLength(1);
  });
});

it('took every row that these ways are there for', async () => {
  expect(missing(DELEGATED_ROWS, await rowsTaken(house))).toEqual([]);
});

it('leaves nothing that verify would name', () => soundAfter(house));
