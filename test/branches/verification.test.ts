import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atBranches, type Branches } from '../support/branches.js';
import { atCounter } from '../support/counter.js';
import { openHouse, type TestHouse } from '../support/house.js';
import { missing, rowsTaken } from '../support/row-coverage.js';
import { rulebookWith } from '../support/rulebook.js';
import { soundAfter } from '../support/sound.js';
import { VERIFICATION_ROWS } from './rows.js';
import { verifiedFirst } from './ways-first.js';
import { verificationWays } from './ways-verification.js';

let house: TestHouse;
let at: Branches;
let ways: ReturnType<typeof verificationWays>;
beforeAll(async () => {
  house = await openHouse({ rulebook: rulebookWith() });
  at = atBranches(house, atCounter(house));
  ways = verificationWays(house, at);
});
afterAll(() => house.close());

describe('verification against the household (1.5, art. 18)', () => {
  it('is told, objected to with evidence, looked at again, and reported anew; stale opinions decide nothing', async () => {
    const caseNo = await ways.disputed({
      beforeTold: async (no) =>
        expect(
          await at.tryTo('leader', no, 'opinions', { proposes: 'refuse', reasonCode: 'above_standard' }),
        ).toEqual([409, 'guard_not_met', 'findings_told']),
      whileObjected: async (no) =>
        expect(
          await at.tryTo('leader', no, 'opinions', { proposes: 'refuse', reasonCode: 'above_standard' }),
        ).toEqual([409, 'not_allowed_now']),
      afterRecheck: async (no) =>
        expect((await at.page(no)).verificationReport).toMatchObject({ version: 2 }),
      staleBeforePosting: async (no) => {
        const answer = await at.send('clerk', no, 'notices', { kind: 'public' });
        expect([answer.status, answer.json['code']]).toEqual([412, 'opinion_stale']);
        expect(answer.json['params']).toMatchObject({ opinion: 'township', version: 1, changed_facts: 2 });
      },
      staleAtConfirmation: async (no) => {
        const answer = await at.send('confirmer', no, 'decisions', { kind: 'confirm', reasonCode: 'agreed' });
        expect([answer.status, answer.json['code']]).toEqual([412, 'opinion_stale']);
        expect(answer.json['params']).toMatchObject({
          opinion: 'township',
          version: 2,
          changed_facts: 2,
          changedOn: await house.today(),
          by: `staff:${house.town.staff.verifier}`,
        });
      },
    });
    const page = await at.page(caseNo);
    expect(page).toMatchObject({ state: 'in_benefit', outcome: 'confirmed' });
    const opinions = await house.database.reader.sql<{ level: string; version: number }[]>`
      SELECT level, version FROM opinions WHERE case_no = ${caseNo} ORDER BY level, version`;
    expect(opinions.map(({ level, version }) => `${level} ${version}`)).toEqual([
      'county 1',
      'county 2',
      'township 1',
      'township 2',
      'township 3',
    ]);
  });

  it('is not objected to, and a leader proposes the refusal when the time is over', async () => {
    const caseNo = await ways.undisputed(async (no) =>
      expect(
        await at.tryTo('leader', no, 'opinions', { proposes: 'refuse', reasonCode: 'above_standard' }),
      ).toEqual([409, 'guard_not_met', 'objection_period_over']),
    );
    expect(await at.page(caseNo)).toMatchObject({ state: 'closed', outcome: 'refused' });
    const paper = await at.documentText(caseNo, 'refusal_notice');
    expect(paper).toContain('六十日内');
    expect(paper).toContain('不予确认');
  });

  it('refusals are posted where the place says so, and again after a return', async () => {
    house.rulebook = rulebookWith({ refusals_posted: true, second_notice: true, second_notice_days: 3 });
    const caseNo = await ways.postedRefusal();
    expect(await at.page(caseNo)).toMatchObject({ state: 'closed', outcome: 'refused' });
    const notices = await house.database.reader.sql<{ round: number; masked_name: string }[]>`
      SELECT round, masked_name FROM public_notices WHERE case_no = ${caseNo} ORDER BY id`;
    expect(notices.map(({ round, masked_name }) => [round, masked_name])).toEqual([
      [1, '周**'],
      [2, '周**'],
    ]);
    await soundAfter(house);
    house.rulebook = rulebookWith();
  });
});

describe('verification before acceptance, where the place verifies first', () => {
  it('is over, with an answer or with silence, before the file is accepted; it refuses nobody and asks nobody twice', async () => {
    house.rulebook = rulebookWith({ verification_before_acceptance: true });
    const refused = [409, 'guard_not_met', 'verified_first'];
    const accept = (no: string) => at.tryTo('clerk', no, 'acceptance', { nearRelatives: [] });
    const aboutAnswers = async (no: string) =>
      (await at.page(no)).tasks.map(({ kind }) => kind).filter((kind) => ABOUT_ANSWERS.includes(kind));
    const caseNo = await verifiedFirst(house, at, {
      whileAsked: async (no) => {
        expect(await at.page(no)).toMatchObject({ state: 'submitted', turn: 'township' });
        expect(await standings(no)).toEqual({
          bank: ['pending', 'pending'],
          household_register: ['none'],
          social_insurance: ['found', 'none'],
        });
        expect(await accept(no)).toEqual(refused);
      },
      beforeAcceptance: async (no) => {
        expect((await standings(no))['bank']).toEqual(['unanswered', 'unanswered']);
        // Nobody could act on it yet.
        expect(await aboutAnswers(no)).toEqual([]);
      },
      accepted: async (no) => {
        expect(await at.page(no)).toMatchObject({ state: 'investigating' });
        expect((await aboutAnswers(no)).toSorted()).toEqual(['contradiction', 'unanswered', 'unanswered']);
        expect((await standings(no))['bank']).toEqual(['unanswered', 'unanswered']);
      },
    });
    const page = await at.page(caseNo);
    expect(page.clocks.filter(({ code }) => code === 'verification_start')).toHaveLength(1);
    expect(page.clocks.filter(({ code }) => code === 'verification_answer')).toEqual([]);
    house.rulebook = rulebookWith();
  });

  const ABOUT_ANSWERS = ['unanswered', 'contradiction'];
  async function standings(caseNo: string): Promise<Record<string, string[]>> {
    const bySource: Record<string, string[]> = {};
    for (const { source, standing } of (await at.page(caseNo)).requests)
      bySource[source] = [...(bySource[source] ?? []), standing].toSorted();
    return bySource;
  }
});

it('took every row that these ways are there for', async () => {
  expect(missing(VERIFICATION_ROWS, await rowsTaken(house))).toEqual([]);
});
