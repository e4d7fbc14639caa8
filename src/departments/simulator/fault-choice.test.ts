import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf, slownessMs, spoiledAttempts } from './fault-choice.js';
import { FAULT_CODES } from './faults.js';
import { platformProfileSchema, profileSchema } from './profile.js';
import type { FaultCode } from './faults.js';
import type { Profile } from './profile.js';

const thousand = Array.from({ length: 1_000 }, (_, nth) => ['bank', `person ${nth}`, 0]);
const faultsOf = (faults: Profile['faults'], seed = 1): (FaultCode | undefined)[] =>
  thousand.map((question) => faultOf({ profile: { kind: 'prompt', faults }, seed, question }));

describe('faultOf', () => {
  it('keeps to the rates, give or take, over a thousand questions', () => {
    const drawn = faultsOf({ namesake: 0.1, unavailable: 0.25 });
    const share = (code: FaultCode | undefined): number =>
      drawn.filter((each) => each === code).length / 1_000;
    expect(share('namesake')).toBeCloseTo(0.1, 1);
    expect(share('unavailable')).toBeCloseTo(0.25, 1);
    expect(share(undefined)).toBeCloseTo(0.65, 1);
  });

  it('is all of them at 1, none at 0 and none without rates', () => {
    expect(new Set(faultsOf({ silence: 1 }))).toEqual(new Set(['silence']));
    expect(new Set(faultsOf({ silence: 0 }))).toEqual(new Set([undefined]));
    expect(new Set(faultsOf(undefined))).toEqual(new Set([undefined]));
  });

  it('gives the same for the same seed, and something else for another', () => {
    const rates = Object.fromEntries(FAULT_CODES.map((code) => [code, 1 / FAULT_CODES.length]));
    expect(faultsOf(rates, 7)).toEqual(faultsOf(rates, 7));
    expect(faultsOf(rates, 7)).not.toEqual(faultsOf(rates, 8));
    expect(new Set(faultsOf(rates, 7)).size).toBeGreaterThanOrEqual(FAULT_CODES.length);
  });

  it('a higher rate adds questions to those that a lower one chose', () => {
    const few = faultsOf({ silence: 0.1 });
    const more = faultsOf({ silence: 0.3 });
    expect(few.every((fault, at) => fault === undefined || more[at] === fault)).toBe(true);
  });
});

it('spoils one to three attempts, all of which occur, or every one when it lasts', () => {
  const spoiled = (lasting: boolean) =>
    new Set(
      thousand.map((question) =>
        spoiledAttempts({ profile: { kind: 'prompt', lasting }, seed: 1, question }),
      ),
    );
  expect(spoiled(false)).toEqual(new Set([1, 2, 3]));
  expect(spoiled(true)).toEqual(new Set([Infinity]));
});

it('is slow by a log-normal: half above three seconds, one in a hundred above thirty', () => {
  const times = thousand.map((question) => slownessMs({ seed: 1, question }));
  const above = (ms: number): number => times.filter((each) => each > ms).length;
  expect(above(3_000)).toBeGreaterThan(450);
  expect(above(3_000)).toBeLessThan(550);
  expect(above(30_000)).toBeGreaterThan(2);
  expect(above(30_000)).toBeLessThan(25);
  expect(Math.max(...times)).toBeLessThanOrEqual(60_000);
});

describe('a profile', () => {
  const placeOf = (value: unknown): string =>
    profileSchema.safeParse(value).error?.issues[0]?.path.join('/') ?? 'good';

  it.each<[string, object, string]>([
    ['a fault at a rate', { namesake: 0.5 }, 'good'],
    ['several that come to 1', { namesake: 0.5, silence: 0.5 }, 'good'],
    ['no rate at all', {}, 'good'],
    ['rates that come to more', { namesake: 0.6, silence: 0.5 }, 'faults'],
    ['a rate below nothing', { namesake: -0.1 }, 'faults/namesake'],
    ['a rate above all', { namesake: 1.1 }, 'faults/namesake'],
    ['a fault that nobody knows', { lying: 1 }, 'faults'],
    ['a fault that only a platform has', { partial_report: 1 }, 'faults'],
  ])('with %s', (_, faults, place) => {
    expect(placeOf({ kind: 'prompt', faults })).toBe(place);
  });

  it('may give each of n faults an n-th, whatever n is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: FAULT_CODES.length }), (n) => {
        const faults = Object.fromEntries(FAULT_CODES.slice(0, n).map((code) => [code, 1 / n]));
        expect(platformProfileSchema.safeParse({ kind: 'prompt', faults }).success).toBe(true);
      }),
    );
  });
});
