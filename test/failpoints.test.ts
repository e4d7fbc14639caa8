import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAILPOINT_NAMES, type CaseNo, type Failpoint } from '../src/terms/index.js';
import { atCounter, type Counter } from './support/counter.js';
import { openHouse, type TestHouse } from './support/house.js';
import { twoPeople } from './support/journeys.js';
import { soundAfter } from './support/sound.js';

/**
 * What is cut short at every failpoint, once each, in one case. Here the rest of a step is lost; that whole processes are,
 * is for the crash runs.
 */
const QUESTIONS = 6;
const left = new Set<Failpoint>();
let house: TestHouse;
let counter: Counter;
let caseNo: CaseNo;

beforeAll(async () => {
  house = await openHouse({
    failpoints: {
      pass(name) {
        if (!left.delete(name)) return;
        // As when Postgres went away: it passes.
        throw Object.assign(new Error(`cut short at ${name}`), { code: '57P01' });
      },
    },
  });
  counter = atCounter(house);
  caseNo = await counter.submit(twoPeople(await house.today()));
  for (const name of FAILPOINT_NAMES) left.add(name);
  await counter.investigate(caseNo);
  await house.quiet();
});
afterAll(() => house.close());

const count = async (what: string): Promise<number> => {
  const { sql } = house.database.reader;
  return Number((await sql.unsafe(`SELECT count(*) AS n FROM ${what}`))[0]?.['n']);
};

describe('a case that is cut short at every failpoint', () => {
  it('has passed each of them', () => {
    expect([...left]).toEqual([]);
  });

  it('has asked every question under one id, and heard every answer once', async () => {
    expect(await count('department_requests')).toBe(QUESTIONS);
    expect(await count(`lookup_attempts WHERE phase = 'accepted'`)).toBe(QUESTIONS);
    // One attempt more for each that was cut short between its leaving and the word that it was taken.
    expect(await count(`lookup_attempts WHERE phase = 'leaving'`)).toBe(QUESTIONS + 3);
    expect(await count('raw_answers')).toBe(QUESTIONS);
    expect(await count(`answer_readings WHERE verdict IN ('found', 'none')`)).toBe(QUESTIONS);
    expect(await count('request_outcomes')).toBe(QUESTIONS);
    expect(await count('answer_facts')).toBe(1);
    expect((await counter.page(caseNo)).requests.every(({ standing }) => standing !== 'pending')).toBe(true);
  });

  it('calls nobody, goes on, and is sound', async () => {
    expect((await counter.page(caseNo)).tasks.map(({ kind }) => kind)).not.toContain('case_stuck');
    await counter.doDuty(caseNo, 'form_opinion');
    expect((await counter.page(caseNo)).state).toBe('preliminary_opinion');
    await soundAfter(house);
  });
});
