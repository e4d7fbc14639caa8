import { describe, expect, it } from 'vitest';
import { caseView } from '../../demo/case-view.js';
import { fact, view } from './case-view.js';

const { persons: _, questions: __, proposed: ___, etag: ____, ...page } = view();
const household = {
  members: ['m1', 'm2'].map((ref) => ({ ref, name: ref, idNumber: null, reasonCode: 'spouse' })),
};

describe('caseView', () => {
  it('knows members by the ref of the file, in its order', () => {
    expect(caseView(page, household, null).persons).toEqual({ m1: 'p1', m2: 'p2' });
  });

  it('reads open questions off the tasks, until a fact was adopted for them', () => {
    const tasks = [
      { kind: 'contradiction', params: { personId: 'p1', category: 'deposit' } },
      { kind: 'unanswered', params: { personId: 'household', category: 'wage' } },
      { kind: 'unanswered', params: { requestId: 'r1', source: 'bank' } },
      { kind: 'home_visit', params: {} },
    ];
    expect(caseView({ ...page, tasks }, household, null).questions).toEqual([
      { personId: 'p1', category: 'deposit', why: 'contradiction' },
      { personId: null, category: 'wage', why: 'unanswered' },
    ]);
    const adopted = [fact()];
    expect(caseView({ ...page, tasks, adopted }, household, null).questions).toEqual([
      { personId: null, category: 'wage', why: 'unanswered' },
    ]);
  });

  it('tells the two opinions apart', () => {
    const opinions = [
      { level: 'township', proposes: 'grant' as const },
      { level: 'county', proposes: 'refuse' as const },
    ];
    expect(caseView({ ...page, opinions }, household, null).proposed).toEqual({
      township: 'grant',
      county: 'refuse',
    });
  });
});
