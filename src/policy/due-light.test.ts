import { describe, expect, it } from 'vitest';
import { plainDate } from '../terms/index.js';
import { dueLight } from './due-light.js';

describe('the light of a due day', () => {
  it.each([
    ['2026-03-10', 7, 'green'],
    ['2026-03-08', 5, 'green'],
    ['2026-03-07', 4, 'amber'],
    ['2026-03-05', 2, 'amber'],
    ['2026-03-04', 1, 'red'],
    ['2026-03-03', 0, 'red'],
    ['2026-02-28', -3, 'red'],
  ] as const)('on 2026-03-03, %s has %i days and is %s', (dueOn, daysLeft, light) => {
    expect(dueLight(plainDate('2026-03-03'), plainDate(dueOn))).toEqual({ daysLeft, light });
  });
});
