import { describe, expect, it } from 'vitest';
import { FAILPOINT_NAMES } from '../../../src/terms/index.js';
import { KINDS, planOf } from './plan.js';

const OPTIONS = { seed: 7, each: 10, longestMs: 3_000 } as const;

describe('a plan of kills', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planOf(OPTIONS)).toEqual(planOf(OPTIONS));
    expect(planOf({ ...OPTIONS, seed: 8 }).kills).not.toEqual(planOf(OPTIONS).kills);
  });

  it('kills every kind as often as it was told, mixed, within the pause', () => {
    const { kills } = planOf(OPTIONS);
    for (const kind of KINDS) expect(kills.filter((kill) => kill.kind === kind)).toHaveLength(10);
    expect(kills.map(({ kind }) => kind)).not.toEqual(kills.map(({ kind }) => kind).toSorted());
    expect(kills.every(({ afterMs }) => afterMs >= 200 && afterMs <= 3_000)).toBe(true);
  });

  it('lets a process die at every failpoint', () => {
    expect(planOf(OPTIONS).deaths.map(({ at }) => at)).toEqual(FAILPOINT_NAMES);
    expect(planOf({ ...OPTIONS, failpoints: ['lookup.after_send'] }).deaths).toHaveLength(1);
  });
});
