import type { SubmitBody } from '../../src/terms/index.js';
import { twoPeople } from '../../test/support/journeys.js';
import { db09, idNumber, member } from '../../test/support/household.js';
import type { Walker } from '../../test/support/walk.js';

const DAY = '2026-03-02';

/** A household of two, the `nth` of its kind: nobody has the number of anybody else. */
export function household(nth: number): SubmitBody {
  const people = ['m1', 'm2'].map((ref, at) => {
    const person = nth * 2 + at;
    const birth = `${1940 + (person % 60)}${String(1 + (Math.floor(person / 60) % 12)).padStart(2, '0')}15`;
    return member(ref, { idNumber: idNumber('441625', birth, Math.floor(person / 720) % 1000) });
  });
  const { members: _, ...rest } = twoPeople(DAY);
  return { ...db09({ members: people }), ...rest };
}

/** Takes `count` households to the desk of whoever confirms. Four at a time: it is preparation. */
export async function readyForDecision(walker: Walker, count: number): Promise<string[]> {
  const ready: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (next < count) {
        const nth = next;
        next += 1;
        ready.push(await walker.walkTo('county_reviewed', household(nth)));
      }
    }),
  );
  return ready;
}
