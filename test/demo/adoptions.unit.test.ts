import { describe, expect, it } from 'vitest';
import { adoptionsFor, needsProof } from '../../demo/adoptions.js';
import { fact, request, view } from './case-view.js';

const deposit = { personId: 'p1', category: 'deposit' };
const stated = {
  person: 'p1',
  kind: 'property',
  category: 'deposit',
  amountFen: 86_000,
  periodFrom: '2026-03',
  periodTo: '2026-03',
};

describe('adoptionsFor', () => {
  it('takes what the register found over what was declared', () => {
    const questions = [{ ...deposit, why: 'contradiction' as const }];
    const contradicted = view({
      questions,
      declared: [fact({ id: 'd1', amountFen: 1 })],
      verified: [fact({ id: 'a1' })],
    });
    expect(adoptionsFor(contradicted, null)).toEqual([
      { fact: stated, answerFactId: 'a1', reasonCode: 'register_prevails' },
    ]);
    expect(needsProof(contradicted)).toBe(false);
  });

  it('lets a declaration stand that the register knows nothing of', () => {
    const questions = [{ ...deposit, why: 'contradiction' as const }];
    expect(adoptionsFor(view({ questions, declared: [fact({ id: 'd1' })] }), null)).toEqual([
      { fact: stated, declaredFactId: 'd1', reasonCode: 'declaration_against_interest' },
    ]);
  });

  it('puts proof in place of each silent question, and of what was declared there', () => {
    const questions = [{ ...deposit, why: 'unanswered' as const }];
    const silent = view({
      questions,
      requests: [request('unanswered'), request('none')],
      declared: [fact({ id: 'd1' })],
    });
    expect(needsProof(silent)).toBe(true);
    expect(adoptionsFor(silent, 'doc')).toEqual([
      { requestId: 'r-unanswered', documentId: 'doc', reasonCode: 'source_silent' },
      { fact: stated, declaredFactId: 'd1', documentId: 'doc', reasonCode: 'source_silent' },
    ]);
  });

  it('does not ask again where proof was adopted', () => {
    const settled = view({ requests: [request('unanswered', true)] });
    expect(needsProof(settled)).toBe(false);
    expect(adoptionsFor(settled, null)).toEqual([]);
  });

  it('names no person for what belongs to the household', () => {
    const questions = [{ personId: null, category: 'deposit', why: 'contradiction' as const }];
    const [entry] = adoptionsFor(view({ questions, verified: [fact({ personId: null })] }), null);
    expect(entry).not.toHaveProperty('fact.person');
  });
});
