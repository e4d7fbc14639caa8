import { expect, it } from 'vitest';
import { fen, instant, type Month } from '../terms/index.js';
import type { WeighedFact } from './adoptable.js';
import { reportLines } from './report-lines.js';

const wage = (id: string, amount: number, part: Partial<WeighedFact> = {}): WeighedFact => ({
  id,
  personId: 'li',
  kind: 'income',
  category: 'wage',
  amountFen: fen(amount),
  periodFrom: '2025-03' as Month,
  periodTo: '2026-02' as Month,
  ...part,
});

it('adds up what one side says for the same months, and leaves two sources on two lines', () => {
  const lines = reportLines({
    declared: [wage('d1', 100), wage('d2', 50), wage('d3', 7, { periodTo: '2025-03' as Month })],
    answered: [wage('a', 150, { source: 'social_insurance' }), wage('b', 170, { source: 'tax' })],
    adopted: [
      {
        ...wage('x', 150),
        declaredFactId: null,
        answerFactId: 'a',
        documentId: null,
        by: 'person',
        at: instant(1),
      },
    ],
  });
  expect(
    lines.map(({ to, source, declaredFen, verifiedFen, adoptedFen, chosenBy }) => [
      to,
      source,
      declaredFen,
      verifiedFen,
      adoptedFen,
      chosenBy,
    ]),
  ).toEqual([
    ['2026-02', 'social_insurance', 150, 150, 150, 'person'],
    ['2026-02', 'tax', 150, 170, 150, 'person'],
    // Nothing stated is no zero.
    ['2025-03', null, 7, null, null, null],
  ]);
});
