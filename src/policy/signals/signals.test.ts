import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, plainDate, startOf, type Instant } from '../../terms/index.js';
import { realRulebook } from '../test-support.js';
import type { Access, SignalContext } from './access.js';
import { lookBack, signalsIn } from './index.js';
import { isOffHours, nightOf } from './off-hours.js';

const CONTEXT: SignalContext = {
  rule: {
    windowMinutes: 30,
    runOfNumbers: 10,
    filesInWindow: 30,
    offHoursFiles: 5,
    numbersNotFound: 5,
    personsWithoutGround: 3,
  },
  hours: { opens: '08:00', closes: '18:00' },
  calendar: realRulebook().calendar,
};
const MINUTE = 60_000;
const at = (day: string, time: string): Instant => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return instant(startOf(plainDate(day)) + (hours * 60 + minutes) * MINUTE);
};
const numbered = (n: number): string => `AP-441625103-2026-${String(n).padStart(5, '0')}`;
const look = (n: number, when: Instant, part: Partial<Access> = {}): Access => ({
  kind: 'case_page',
  at: when,
  caseNo: numbered(n),
  personId: null,
  found: true,
  marks: [],
  acted: false,
  tasked: false,
  ...part,
});
/** One look a minute, from a time on. */
const looks = (numbers: readonly number[], from: Instant, part: Partial<Access> = {}): Access[] =>
  numbers.map((n, index) => look(n, instant(from + index * MINUTE), part));
const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
const said = (accesses: readonly Access[]) => signalsIn(accesses, CONTEXT).map(({ kind }) => kind);

// 2026-03-02 is a Monday.
const MORNING = at('2026-03-02', '09:00');

describe('office hours', () => {
  it.each([
    ['2026-03-02', '07:59', true, 'before it opens'],
    ['2026-03-02', '08:00', false, 'when it opens'],
    ['2026-03-02', '17:59', false, 'just before it closes'],
    ['2026-03-02', '18:00', true, 'when it closes'],
    ['2026-03-07', '10:00', true, 'a Saturday'],
    ['2026-02-28', '10:00', false, 'a Saturday that is worked for the Spring Festival'],
    ['2026-10-01', '10:00', true, 'a holiday on a Thursday'],
  ])('%s %s: off %s, %s', (day, time, off) => {
    expect(isOffHours(at(day, time), CONTEXT)).toBe(off);
  });

  it('count what is before the opening to the night before', () => {
    expect(nightOf(at('2026-03-03', '02:00'), CONTEXT.hours)).toBe('2026-03-02');
    expect(nightOf(at('2026-03-02', '22:00'), CONTEXT.hours)).toBe('2026-03-02');
  });
});

describe('a signal is given', () => {
  it('with the fifth file of a night, across midnight, and once', () => {
    const night = [
      ...looks([1, 9, 20], at('2026-03-02', '23:50')),
      ...looks([33, 47, 60], at('2026-03-03', '00:10')),
    ];
    const signals = signalsIn(night, CONTEXT);
    expect(signals).toEqual([
      {
        kind: 'off_hours',
        key: '2026-03-02',
        from: at('2026-03-02', '23:50'),
        to: at('2026-03-03', '00:11'),
        params: { files: 5, night: '2026-03-02' },
      },
    ]);
    expect(said(night.slice(0, 4))).toEqual([]);
  });

  it('with the tenth of a run of numbers, in any order, whether there are such cases or not', () => {
    const shuffled = [5, 3, 9, 1, 7, 10, 2, 8, 4, 6];
    expect(said(looks(shuffled.slice(0, 9), MORNING))).toEqual([]);
    const [run] = signalsIn(looks(shuffled, MORNING), CONTEXT);
    expect(run).toMatchObject({
      kind: 'sequence_browsing',
      params: { pattern: 'run_of_numbers', files: 10, first: numbered(1) },
    });
  });

  it('with the thirtieth file of half an hour, however far apart their numbers are', () => {
    const far = (n: number): Access[] =>
      upTo(n).map((each) => look(each * 7, instant(MORNING + each * 50_000)));
    expect(said(far(29))).toEqual([]);
    expect(signalsIn(far(30), CONTEXT)).toMatchObject([{ params: { pattern: 'many_files', files: 30 } }]);
  });

  it('with the fifth number that is nobody’s', () => {
    const tried = [11, 200, 3, 777, 42];
    expect(said(looks(tried.slice(0, 4), MORNING, { found: false }))).toEqual([]);
    expect(said(looks(tried, MORNING, { found: false }))).toEqual(['no_open_case']);
  });

  it('with the third person in a row about whom nothing may be asked, not with the twelfth question about one', () => {
    const refused = (person: string, when: number): Access =>
      look(1, instant(MORNING + when), { kind: 'question_without_ground', personId: person });
    const left = look(1, instant(MORNING + 2), { kind: 'question_left', personId: 'd' });
    expect(said(upTo(12).map((n) => refused('a', n)))).toEqual([]);
    expect(said([refused('a', 0), refused('b', 1), left, refused('c', 3)])).toEqual([]);
    expect(said([refused('a', 0), refused('b', 1), refused('c', 3)])).toEqual(['no_ground']);
  });

  it.each([
    ['question_left', 'colleague', { acted: true }, 'colleague'],
    ['question_left', 'relative_of_colleague', { acted: true, tasked: true }, 'colleague'],
    ['case_page', 'own_relative', { acted: true, tasked: true }, 'colleague'],
    ['case_page', 'colleague', {}, 'colleague'],
    ['question_left', 'same_name', { acted: true }, 'namesake'],
    ['question_held', 'same_surname_and_village', {}, 'namesake'],
  ] as const)('about %s of %s with %o: %s', (kind, mark, part, signal) => {
    expect(said([look(1, MORNING, { kind, marks: [mark], personId: 'p', ...part })])).toEqual([signal]);
  });
});

describe('no signal is given', () => {
  it.each([{ acted: true }, { tasked: true }])('for sixty files in their order, each with %o', (part) => {
    expect(said(looks(upTo(60), MORNING, part))).toEqual([]);
  });

  it('for overtime that leaves acts behind; a task that waits is no reason to read at night', () => {
    const night = at('2026-03-02', '20:00');
    expect(said(looks([3, 8, 20, 41, 60, 77], night, { acted: true }))).toEqual([]);
    expect(said(looks([3, 8, 20, 41, 60, 77], night, { tasked: true }))).toEqual(['off_hours']);
  });

  it('for a colleague’s relative whose case they have to do with', () => {
    const mark = { marks: ['relative_of_colleague'] } as const;
    expect(said([look(1, MORNING, { ...mark, tasked: true })])).toEqual([]);
    expect(said([look(1, MORNING, { ...mark, acted: true })])).toEqual([]);
  });

  it('for nine neighbours again and again, or ten over a day', () => {
    expect(said([...looks(upTo(9), MORNING), ...looks(upTo(9), instant(MORNING + 10 * MINUTE))])).toEqual([]);
    const slow = upTo(20).map((n) => look(n, instant(MORNING + n * 4 * MINUTE)));
    expect(said(slow)).toEqual([]);
  });

  it('for lists', () => {
    expect(
      said(upTo(100).map((n) => look(n, instant(MORNING + n), { caseNo: null, kind: 'case_list' }))),
    ).toEqual([]);
  });
});

describe('what is read again', () => {
  it('reaches half an hour back in office hours, and to the opening of its day at night', () => {
    expect(lookBack(MORNING, CONTEXT)).toBe(at('2026-03-02', '08:30'));
    expect(lookBack(at('2026-03-03', '03:00'), CONTEXT)).toBe(at('2026-03-02', '08:00'));
  });

  it('is enough: every signal that the whole tells is told when only that much is read, access by access', () => {
    const anyLook = fc.record({
      n: fc.integer({ min: 1, max: 25 }),
      minutes: fc.integer({ min: 0, max: 36 * 60 }),
      found: fc.boolean(),
      acted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyLook, { maxLength: 120 }), (drawn) => {
        const all = drawn
          .map(({ n, minutes, ...part }) => look(n, instant(MORNING + minutes * MINUTE), part))
          .toSorted((a, b) => a.at - b.at);
        const whole = signalsIn(all, CONTEXT).map(({ kind, key }) => `${kind} ${key}`);
        const piecewise = new Set(
          all.flatMap((last) => {
            const from = lookBack(last.at, CONTEXT);
            return signalsIn(
              all.filter((each) => each.at >= from && each.at <= last.at),
              CONTEXT,
            ).map(({ kind, key }) => `${kind} ${key}`);
          }),
        );
        expect(whole.filter((each) => !piecewise.has(each))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
