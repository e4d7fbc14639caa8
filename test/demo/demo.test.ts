import { describe, expect, it } from 'vitest';
import { SOURCES } from '../../src/departments/sources.js';
import { ALL_HOLD, demo, leftBehind } from './program.js';

describe('onedoor demo', () => {
  it('carries the published household to 60 yuan a month, and leaves nothing behind', async () => {
    expect(SOURCES).toHaveLength(12);
    const before = await leftBehind();
    const { exit, stdout, stderr } = await demo('--json');
    expect({ exit, lines: stdout.trimEnd().split('\n').length }, stderr).toEqual({ exit: 0, lines: 1 });
    const result = JSON.parse(stdout) as { deadlines: { code: string; late: boolean }[] };
    expect(result).toEqual({
      caseNo: 'AP-441625103-2026-00001',
      outcome: 'confirmed',
      monthlyBenefitFen: 6_000,
      simulatedDays: 25,
      departments: SOURCES.toSorted(),
      deadlines: expect.any(Array),
      history: { events: expect.any(Number), bytes: expect.any(Number) },
      verify: ALL_HOLD,
    });
    // The household register never answered: its clock is the one that was missed.
    expect(result.deadlines.filter(({ late }) => late).map(({ code }) => code)).toEqual([
      'verification_answer',
    ]);
    expect(stderr).toMatch(
      /request_supplement[^]*supply[^]*object[^]*record_visit[^]*form_opinion[^]*confirm/,
    );
    expect((await leftBehind()).filter((name) => !before.includes(name))).toEqual([]);
  }, 240_000);

  it.each([
    ['a file that is not there', ['--case', '/nowhere.json'], 'cannot be read'],
    ['a file that is none of ours', ['--case', 'package.json'], 'place: is missing'],
    ['a language it does not speak', ['--lang', 'fr'], '--lang must be zh or en'],
  ])('answers %s with 2, before anything starts', async (_, args, sentence) => {
    const { exit, stdout, stderr } = await demo(...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });
});
