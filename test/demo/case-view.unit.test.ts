import { describe, expect, it } from 'vitest';
import { caseView, openLines } from '../../demo/case-view.js';
import { comparing, line, view } from './case-view.js';

const { persons: _, comparison, proposed: __, etag, ...page } = view();
const beside = { comparison, etag };
const household = {
  members: ['m1', 'm2'].map((ref) => ({ ref, name: ref, idNumber: null, reasonCode: 'spouse' })),
};

describe('caseView', () => {
  it('knows members by the ref of the file, in its order', () => {
    expect(caseView(page, household, beside).persons).toEqual({ m1: 'p1', m2: 'p2' });
  });

  it('knows which lines still wait for somebody', () => {
    const lines = [line(), line({ category: 'wage', open: false })];
    const read = caseView(page, household, { ...beside, comparison: comparing(...lines) });
    expect(openLines(read).map(({ category }) => category)).toEqual(['deposit']);
  });

  it('tells the two opinions apart', () => {
    const opinions = [
      { level: 'township', proposes: 'grant' as const },
      { level: 'county', proposes: 'refuse' as const },
    ];
    expect(caseView({ ...page, opinions }, household, beside).proposed).toEqual({
      township: 'grant',
      county: 'refuse',
    });
  });
});
