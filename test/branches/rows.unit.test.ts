import { expect, it } from 'vitest';
import { ALL_ROWS } from '../support/row-coverage.js';
import * as rows from './rows.js';

const covered = Object.values(rows).flatMap((each): readonly string[] => each);

it('every row of the table is some way’s to take on the real server', () => {
  expect(ALL_ROWS.filter((row) => !covered.includes(row))).toEqual([]);
});

it('no way promises a row that is none', () => {
  expect(covered.filter((row) => !ALL_ROWS.includes(row))).toEqual([]);
});
