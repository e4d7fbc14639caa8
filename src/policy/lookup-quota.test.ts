import { expect, it } from 'vitest';
import { divisionCode, plainDate } from '../terms/index.js';
import { accessValue } from './access-defaults.js';
import { quotasOf } from './lookup-quota.js';
import { inventedPlace, realRulebook } from './test-support.js';

const on = plainDate('2026-03-02');
const REAL = realRulebook();

it.each(['441625', '231025'])('%s states both quotas, hours and from when on an auditor is told', (code) => {
  const where = { place: divisionCode(code), on };
  expect(quotasOf(REAL, where)).toEqual([
    { quota: 'clerk_day', limit: 1000 },
    { quota: 'person_month', limit: 60 },
  ]);
  expect(accessValue(REAL, { ...where, key: 'office_hours' })).toEqual({
    opens: '08:00',
    closes: '18:00',
  });
  expect(accessValue(REAL, { ...where, key: 'lookup_signals' })).toMatchObject({
    windowMinutes: 30,
  });
});

it('a place that states nothing has the default', () => {
  const rulebook = inventedPlace({
    standardYuan: 100,
    windowMonths: 12,
    rounding: '{ stage: household_month, mode: half_up, to: fen }',
  });
  const where = { place: divisionCode('990001'), on };
  expect(quotasOf(rulebook, where)).toEqual([
    { quota: 'clerk_day', limit: 1000 },
    { quota: 'person_month', limit: 60 },
  ]);
  expect(accessValue(rulebook, { ...where, key: 'lookup_signals' })).toMatchObject({ offHoursFiles: 5 });
});
