import { describe, expect, it } from 'vitest';
import { stepsFor } from '../bare/step-activities.js';
import { recordedHistories } from './recorded.js';
import { eventsIn } from './replay.js';

describe('histories to replay', () => {
  it('are those of the tests, whole', () => {
    const histories = recordedHistories();
    expect(histories.length).toBeGreaterThan(20);
    for (const { events } of histories) expect(events?.length).toBeGreaterThan(4);
    expect(eventsIn(histories)).toBeGreaterThan(500);
  });

  it.each([
    [5, 0],
    [6, 1],
    [12, 1],
    [13, 2],
    [224, 32],
  ])('of %d events are matched by %d bare steps', (events, count) => {
    expect(stepsFor(events)).toBe(count);
  });
});
