import { expect, it } from 'vitest';
import { rowsFor } from './decide-activities.js';

const A = '01a20b3a-f491-7041-8fd0-06ab17e30d0b';
const B = '01a20b3a-f491-7041-8fd0-06ab17e30d0c';
const rows = [
  { table: 'decisions', json: `{"id":"${A}","case_no":"AP-1"}` },
  { table: 'recognitions', json: `{"id":"${B}","decision_id":"${A}","case_no":"AP-1"}` },
];

it('makes the rows of one record those of another', () => {
  const [decision, recognition] = rowsFor('R-2', 'AP-1', rows).map(
    ({ json }) => JSON.parse(json) as Record<string, string>,
  );
  expect(decision?.['case_no']).toBe('R-2');
  expect([A, B]).not.toContain(decision?.['id']);
  expect(recognition?.['decision_id']).toBe(decision?.['id']);
  expect(recognition?.['id']).not.toBe(decision?.['id']);
});

it('never makes the same row twice', () => {
  expect(rowsFor('R', 'AP-1', rows)).not.toEqual(rowsFor('R', 'AP-1', rows));
});
