import { describe, expect, it } from 'vitest';
import { adoptionsFor, needsProof } from '../../demo/adoptions.js';
import { comparing, line, option, request, view } from './case-view.js';

describe('adoptionsFor', () => {
  it('takes what a rule lays on top, and says which rule', () => {
    const options = [
      option('declared'),
      option('source', { adoptions: [{ entry: 'other' }] }),
      option('source', { preChosen: 'later_valuation' }),
    ];
    const contradicted = view({ comparison: comparing(line({ options })) });
    expect(adoptionsFor(contradicted, null)).toEqual([{ entry: 'source', reasonCode: 'later_valuation' }]);
    expect(needsProof(contradicted)).toBe(false);
  });

  it('takes what the register found over what was declared, also where no rule does', () => {
    const options = [option('declared'), option('source'), option('none')];
    expect(adoptionsFor(view({ comparison: comparing(line({ options })) }), null)).toEqual([
      { entry: 'source', reasonCode: 'register_prevails' },
    ]);
  });

  it('lets a declaration stand that the register knows nothing of', () => {
    const options = [option('declared'), option('none')];
    expect(adoptionsFor(view({ comparison: comparing(line({ options })) }), null)).toEqual([
      { entry: 'declared', reasonCode: 'declaration_against_interest' },
    ]);
  });

  it('puts proof in place of each silent question, and of what was declared there', () => {
    const silent = view({
      comparison: comparing(line({ standing: 'unanswered', options: [option('declared'), option('none')] })),
      requests: [request('unanswered'), request('none')],
    });
    expect(needsProof(silent)).toBe(true);
    expect(adoptionsFor(silent, 'doc')).toEqual([
      { requestId: 'r-unanswered', documentId: 'doc', reasonCode: 'source_silent' },
      { entry: 'declared', documentId: 'doc', reasonCode: 'source_silent' },
    ]);
  });

  it('does not ask again where proof was adopted, or where somebody has chosen', () => {
    const settled = view({
      requests: [request('unanswered', true)],
      comparison: comparing(line({ open: false, options: [option('source')] })),
    });
    expect(needsProof(settled)).toBe(false);
    expect(adoptionsFor(settled, null)).toEqual([]);
  });
});
