import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate, VERIFICATION_PURPOSES } from '../terms/index.js';
import {
  earliest,
  monthsLater,
  whyAskedAnew,
  type AskedAnew,
  type EarlierAnswer,
  type WantedAnswer,
} from './earlier-report.js';

const GOOD: EarlierAnswer = {
  purpose: 'dibao_means_verification',
  items: ['contributions', 'pension'],
  validFrom: plainDate('2026-03-05'),
  validTo: plainDate('2026-09-05'),
  toldApart: false,
  withdrawnOn: null,
  heardSince: false,
  disputed: false,
};
const WANTED: WantedAnswer = {
  purpose: 'dibao_means_verification',
  items: ['contributions', 'pension'],
  on: plainDate('2026-06-01'),
  consented: true,
};

describe('an earlier answer', () => {
  it('answers the same question for the same purpose', () => {
    expect(whyAskedAnew(GOOD, WANTED)).toBeNull();
  });

  it.each<[string, Partial<EarlierAnswer>, Partial<WantedAnswer>, AskedAnew | null]>([
    ['on the last day', {}, { on: plainDate('2026-09-05') }, null],
    ['one day too late', {}, { on: plainDate('2026-09-06') }, 'not_valid'],
    ['on the first day', {}, { on: plainDate('2026-03-05') }, null],
    ['one day too early', {}, { on: plainDate('2026-03-04') }, 'not_valid'],
    ['which was asked more', { items: ['pension', 'x', 'contributions'] }, {}, null],
    ['which was asked less', { items: ['pension'] }, {}, 'fewer_items'],
    ['about whoever signs nothing here', {}, { consented: false }, 'no_consent'],
    ['with its signature taken back later', { withdrawnOn: plainDate('2026-06-02') }, {}, null],
    [
      'with its signature taken back today',
      { withdrawnOn: plainDate('2026-06-01') },
      {},
      'consent_withdrawn',
    ],
    ['about somebody else, as a person found', { toldApart: true }, {}, 'told_apart'],
    ['that its department has gone back to', { heardSince: true }, {}, 'heard_since'],
    ['that its household objected to', { disputed: true }, {}, 'disputed'],
  ])('%s', (_, earlier, wanted, why) => {
    expect(whyAskedAnew({ ...GOOD, ...earlier }, { ...WANTED, ...wanted })).toBe(why);
  });

  it('for one purpose answers no question for another, whichever two they are', () => {
    for (const learned of VERIFICATION_PURPOSES)
      for (const wanted of VERIFICATION_PURPOSES)
        expect(whyAskedAnew({ ...GOOD, purpose: learned }, { ...WANTED, purpose: wanted })).toBe(
          learned === wanted ? null : 'other_purpose',
        );
  });

  it('is reused in the one right combination of purpose, days, items, consent and withdrawal, and in no other', () => {
    // Each choice says itself whether it is right, so that nothing here reckons as the policy does.
    const choice = <T>(...options: readonly (readonly [T, boolean])[]) => fc.constantFrom(...options);
    const day = (text: string) => plainDate(text);
    fc.assert(
      fc.property(
        fc.constantFrom(...VERIFICATION_PURPOSES),
        fc.constantFrom(...VERIFICATION_PURPOSES),
        choice(
          [day('2026-03-04'), false],
          [day('2026-03-05'), true],
          [day('2026-06-01'), true],
          [day('2026-09-05'), true],
          [day('2026-09-06'), false],
        ),
        choice<readonly string[]>(
          [['a', 'b'], true],
          [['c', 'b', 'a'], true],
          [['a'], false],
          [['c'], false],
          [[], false],
        ),
        choice([true, true], [false, false]),
        choice<string | null>([null, true], ['2026-12-31', true], ['2026-03-01', false]),
        choice([false, true], [true, false]),
        choice([false, true], [true, false]),
        choice([false, true], [true, false]),
        (learned, purpose, on, items, consented, withdrawn, apart, heard, disputed) => {
          const earlier: EarlierAnswer = {
            purpose: learned,
            items: items[0],
            validFrom: day('2026-03-05'),
            validTo: day('2026-09-05'),
            withdrawnOn: withdrawn[0] === null ? null : day(withdrawn[0]),
            toldApart: apart[0],
            heardSince: heard[0],
            disputed: disputed[0],
          };
          const wanted = { purpose, items: ['a', 'b'], on: on[0], consented: consented[0] };
          const right =
            learned === purpose &&
            [on, items, consented, withdrawn, apart, heard, disputed].every(([, good]) => good);
          expect(whyAskedAnew(earlier, wanted) === null).toBe(right);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('how long a report may be rested on', () => {
  it.each([
    ['2026-03-05', 6, '2026-09-05'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-05', 0, '2026-03-05'],
  ])('from %s for %i months: to %s', (from, months, to) => {
    expect(monthsLater(plainDate(from), months)).toBe(to);
  });

  it('is no longer than what it rests on itself', () => {
    expect(earliest([plainDate('2026-09-05'), plainDate('2026-04-01')], plainDate('2026-01-01'))).toBe(
      '2026-04-01',
    );
    expect(earliest([], plainDate('2026-01-01'))).toBe('2026-01-01');
  });
});
