import fc from 'fast-check';
import { expect, it } from 'vitest';
import { walkTable } from './support/table-walker-cases.js';
import { INSIDE, OUTSIDE, refusalOf, STATES, WITHIN, type Square } from './support/table-walker.js';

/**
 * One square in ten and two pages of ten, the same at every run; the long suite walks them all. Half of the squares
 * are those where the command is somebody else's: a tenth of all would hold few of them.
 */
const SEED = 20210407;
const many = Math.round(OUTSIDE.length / 20);
const some = (squares: Square[]): Square[] =>
  fc
    .sample(fc.shuffledSubarray(squares, { minLength: many, maxLength: many }), { seed: SEED, numRuns: 1 })
    .flat();
const squares = [
  ...some(OUTSIDE.filter((square) => refusalOf(square) === 'forbidden')),
  ...some(OUTSIDE.filter((square) => refusalOf(square) !== 'forbidden')),
];
const pages = fc.sample(fc.shuffledSubarray([...WITHIN], { minLength: 2, maxLength: 2 }), {
  seed: SEED,
  numRuns: STATES.length,
});

it('every square of 25 states, 41 commands and 10 roles is either in the table or refused', () => {
  expect(OUTSIDE.length + INSIDE.length).toBe(25 * 41 * 10);
  expect(INSIDE.length).toBeGreaterThan(300);
});

walkTable({ squares, looking: (state) => pages[STATES.indexOf(state)] ?? WITHIN });
