import { describe, expect, it } from 'vitest';
import { plainDate } from '../terms/dates.js';
import { divisionCode } from '../terms/ids.js';
import { APPLICATION } from './application.js';
import { clockDue } from './clock-due.js';
import { realRulebook } from './test-support.js';

const rulebook = realRulebook();
const place = divisionCode('441625103');
const start = plainDate('2026-03-02');

describe('the clocks of an application in Dongyuan, started on 2026-03-02', () => {
  it.each([
    ['at_once', '', '2026-03-02'],
    ['working_days', 'investigation_start_working_days', '2026-03-05'],
    ['working_days', 'county_opinion_working_days', '2026-03-16'],
    ['working_days', 'total_working_days_delegated', '2026-03-30'],
    ['working_days', 'total_working_days', '2026-04-14'],
    ['working_days', 'total_working_days_special', '2026-05-08'],
    ['calendar_days', 'public_notice_days', '2026-03-09'],
    ['parameter', 'supplement_period', '2026-03-16'],
    ['parameter', 'department_answer_period', '2026-03-09'],
  ] as const)('%s %s: %s', (unit, name, date) => {
    const length = unit === 'at_once' ? { unit } : { unit, parameter: name };
    expect(clockDue(rulebook, { length, place, start })).toEqual({ date, provisional: false });
  });

  it.each(['working_days', 'calendar_days', 'parameter'] as const)(
    'an unknown limit in %s is named',
    (unit) => {
      const length = { unit, parameter: 'forwarding' };
      expect(() => clockDue(rulebook, { length, place, start })).toThrow('parameter_missing');
    },
  );

  it('in December they are provisional', () => {
    const length = { unit: 'working_days', parameter: 'total_working_days' } as const;
    expect(clockDue(rulebook, { length, place, start: plainDate('2026-12-01') })).toMatchObject({
      provisional: true,
      missingYear: 2027,
    });
  });
});

it("every clock of the application's table has a length", () => {
  // No place but one has a second notice; whoever asks another for its days is told so.
  const yubei = divisionCode('500112');
  const due = Object.entries(APPLICATION.clocks).map(([code, { length }]) =>
    clockDue(rulebook, { length, place: code === 'second_notice' ? yubei : place, start }),
  );
  expect(due.filter(({ date }) => date < start)).toEqual([]);
});
