import { describe, expect, it } from 'vitest';
import type { Act, StageShape } from '../orchestration/shape.js';
import { minimumEvents } from './minimum.js';

const stage = (acts: readonly Act[], timed = true): StageShape => ({ stage: 'any', acts, timed });

describe('the least that a history holds', () => {
  it.each<[string, StageShape[], number, number]>([
    ['an untimed run in which nothing happens', [stage([], false)], 6, 6],
    ['a clock that does not run out', [stage([])], 8, 8],
    ['a command', [stage([{ on: 'command', name: 'accept', records: 1 }])], 14, 14],
    [
      'a command that a second step follows',
      [stage([{ on: 'command', name: 'accept', records: 2 }])],
      15,
      15,
    ],
    ['a clock that runs out', [stage([{ on: 'due', name: 'public_notice', records: 1 }])], 12, 12],
    ['three answers', [stage([{ on: 'answers', count: 3, records: 3 }])], 17, 23],
    ['three questions', [stage([{ on: 'questions', count: 3, records: 0 }])], 20, 26],
    ['two runs', [stage([]), stage([])], 16, 16],
  ])('%s', (_, shape, shared, own) => {
    expect(minimumEvents(shape, 'shared')).toBe(shared);
    expect(minimumEvents(shape, 'own')).toBe(own);
  });
});
