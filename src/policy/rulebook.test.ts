import { describe, expect, it } from 'vitest';
import { plainDate } from '../terms/dates.js';
import { DomainError } from '../terms/errors.js';
import { divisionCode } from '../terms/ids.js';
import { parameter, parameterIfAny, parseRulebook, RulebookError, statutory } from './rulebook.js';
import { realRulebook, rulebookTexts, sha256 } from './test-support.js';

const rulebook = realRulebook();
const dongyuan = divisionCode('441625');
const linkou = divisionCode('231025');
const on = plainDate;

function missingParams(read: () => unknown): Readonly<Record<string, string | number>> | string {
  try {
    read();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'parameter_missing') return error.params;
    throw error;
  }
  return 'found';
}

describe('the values of a place', () => {
  it("come with everything a decision cites: Dongyuan's standard of 2009", () => {
    const found = parameter(rulebook, {
      place: dongyuan,
      key: 'dibao_standard',
      on: on('2009-07-15'),
      area: 'rural',
    });
    expect(found).toMatchObject({
      key: 'dibao_standard',
      value: 10_000,
      unit: 'yuan_per_person_month',
      place: '441625',
      from: '2009-01-01',
      to: '2009-12-31',
      published: '2009-07-15',
      known: null,
      url: 'http://www.heyuanxw.com/2009/sh_0715/4967.html',
      confidence: 'published_page',
      path: 'places/dongyuan.yaml',
    });
    expect(found.version).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['2025-01-01', 'rural', 58_500],
    ['2025-12-31', 'rural', 58_500],
    ['2026-04-01', 'rural', 63_200],
    ['2026-12-31', 'rural', 63_200],
    ['2025-06-30', 'urban', 78_000],
    ['2026-06-30', 'urban', 83_200],
  ] as const)('Linkou on %s, %s: %i fen', (date, area, expected) => {
    expect(parameter(rulebook, { place: linkou, key: 'dibao_standard', on: on(date), area }).value).toBe(
      expected,
    );
  });

  it("a township's are its county's", () => {
    const township = divisionCode('231025103');
    const query = { key: 'dibao_standard', on: on('2026-06-01'), area: 'rural' } as const;
    expect(parameter(rulebook, { ...query, place: township }).place).toBe('231025');
  });

  it.each([
    ['the gap in the record, first day', '231025', '2026-01-01', 'rural'],
    ['the gap, in it', '231025', '2026-02-15', 'rural'],
    ['the gap, last day', '231025', '2026-03-31', 'urban'],
    ['after the last known value', '231025', '2027-01-01', 'rural'],
    ['before the first', '231025', '2024-12-31', 'rural'],
    ['a year later in Dongyuan', '441625', '2010-01-01', 'rural'],
    ['an area nobody published', '441625', '2009-07-15', 'urban'],
    ['a county without a file', '441621', '2009-07-15', 'rural'],
  ] as const)('stop the calculation, named: %s', (_, place, date, area) => {
    const query = { place: divisionCode(place), key: 'dibao_standard', on: on(date), area } as const;
    expect(missingParams(() => parameter(rulebook, query))).toEqual({
      parameter: 'dibao_standard',
      place,
      date,
      area,
    });
  });

  it('an area has to be asked for where values differ by area', () => {
    const query = { place: linkou, key: 'dibao_standard', on: on('2026-06-01') } as const;
    expect(missingParams(() => parameter(rulebook, query))).toEqual({
      parameter: 'dibao_standard',
      place: '231025',
      date: '2026-06-01',
    });
  });

  it('say so where the place has published none', () => {
    for (const place of [dongyuan, linkou]) {
      const at = { place, on: on('2026-03-02') };
      expect(parameter(rulebook, { ...at, key: 'property_limit' })).toMatchObject({
        value: { rule: 'person_finds' },
        confidence: 'none_published',
        document: null,
      });
      expect(parameter(rulebook, { ...at, key: 'supplement_period' })).toMatchObject({
        unit: 'working_days',
        confidence: 'assumed_for_demonstration',
        document: null,
      });
    }
  });
});

describe('a platform that a place asks through', () => {
  const query = { key: 'verification_platform', on: on('2026-03-02') } as const;

  it('is named with the sources it is asked about', () => {
    expect(parameterIfAny(rulebook, { ...query, place: linkou })).toMatchObject({
      value: { platform: 'provincial_platform', sources: expect.arrayContaining(['bank', 'tax']) as unknown },
      confidence: 'assumed_for_demonstration',
      path: 'places/linkou.yaml',
    });
  });

  it('need not be there: before the day it begins, and where there is none', () => {
    expect(parameterIfAny(rulebook, { ...query, place: dongyuan })).toBeUndefined();
    expect(parameterIfAny(rulebook, { ...query, place: linkou, on: on('2024-12-31') })).toBeUndefined();
  });
});

describe('the values of the law', () => {
  it.each([
    ['investigation_start_working_days', 3, 15],
    ['verification_start_working_days', 3, 17],
    ['public_notice_days', 7, 19],
    ['county_opinion_working_days', 10, 20],
    ['refusal_notice_working_days', 3, 21],
    ['total_working_days', 30, 22],
    ['total_working_days_special', 45, 22],
    ['total_working_days_delegated', 20, 4],
    ['benefit_start', 1, 21],
  ] as const)('%s: %i (art. %i)', (key, value, article) => {
    expect(statutory(rulebook, key, on('2026-03-02'))).toMatchObject({ value, article, place: 'CN' });
  });

  it('the condition of income moves to the Law on the day it enters into force', () => {
    expect(statutory(rulebook, 'income_comparison', on('2026-06-30'))).toMatchObject({
      law: 'REG-649',
      article: 9,
    });
    expect(statutory(rulebook, 'income_comparison', on('2026-07-01'))).toMatchObject({
      law: 'LAW-2026',
      article: 18,
    });
  });

  it('before the measure there is no limit to cite', () => {
    expect(missingParams(() => statutory(rulebook, 'total_working_days', on('2021-06-30')))).toEqual({
      parameter: 'total_working_days',
      place: 'CN',
      date: '2021-06-30',
    });
  });
});

describe('the files', () => {
  const texts = rulebookTexts();
  const dongyuanText = texts['places/dongyuan.yaml'] ?? '';

  function problem(changed: Record<string, string>): string {
    try {
      parseRulebook({ ...texts, ...changed }, sha256);
    } catch (error) {
      if (error instanceof RulebookError) return error.message;
      throw error;
    }
    return 'accepted';
  }

  it('have one version each, which changes with the text', () => {
    expect(Object.keys(rulebook.versions).sort()).toEqual(Object.keys(texts).sort());
    const commented = parseRulebook(
      { ...texts, 'places/dongyuan.yaml': `${dongyuanText}# changed\n` },
      sha256,
    );
    expect(commented.versions['places/dongyuan.yaml']).not.toBe(rulebook.versions['places/dongyuan.yaml']);
    expect(commented.versions['places/linkou.yaml']).toBe(rulebook.versions['places/linkou.yaml']);
  });

  it.each([
    ['value: 100', 'value: 100.005', 'places/dongyuan.yaml: parameters.dibao_standard.0.value'],
    ['value: 100', 'value: -1', 'places/dongyuan.yaml: parameters.dibao_standard.0.value'],
    ['unit: yuan_per_person_month', 'unit: fen', 'places/dongyuan.yaml: parameters.dibao_standard.0.unit'],
    [
      'to: 2009-12-31',
      'to: 2009-02-30',
      'places/dongyuan.yaml: parameters.dibao_standard.0.to: not a calendar day',
    ],
    [
      'to: 2009-12-31',
      'to: 2008-12-31',
      'places/dongyuan.yaml: parameters.dibao_standard.0: ends before it begins',
    ],
    ['mode: half_up', 'mode: bankers', 'places/dongyuan.yaml: parameters.benefit_rounding.0.value.mode'],
    [
      'income_window:',
      'income_windows:',
      'places/dongyuan.yaml: parameters: Unrecognized key: "income_windows"',
    ],
    ["place: '441625'", 'place: 441625', 'places/dongyuan.yaml: place'],
    ["place: '441625'", "place: '231025'", 'places/linkou.yaml: place: 231025 has a file already'],
    ['parameters:', 'parameters: [', 'places/dongyuan.yaml: '],
    [
      'confidence: none_published',
      'confidence: published_page',
      'places/dongyuan.yaml: parameters.property_limit.0',
    ],
  ])('%s → %s is refused by file, place in it and reason', (from, to, message) => {
    expect(dongyuanText).toContain(from);
    expect(problem({ 'places/dongyuan.yaml': dongyuanText.replace(from, to) })).toContain(message);
  });

  it('two values in force on one day are refused', () => {
    const linkouText = texts['places/linkou.yaml'] ?? '';
    const overlapping = linkouText.replace(
      'from: 2025-01-01, to: 2025-12-31',
      'from: 2025-01-01, to: 2026-04-01',
    );
    expect(problem({ 'places/linkou.yaml': overlapping })).toBe(
      'places/linkou.yaml: parameters.dibao_standard: two values on 2026-04-01',
    );
  });

  it.each([
    ['a source named twice', 'sources: [bank,', 'sources: [tax,', 'value.sources: names one twice'],
    ['no source', /sources: \[bank.*\]/, 'sources: []', 'value.sources'],
    ['a platform that is no code', 'platform: provincial_platform', 'platform: 省级', 'value.platform'],
  ])('a platform with %s is refused', (_, from, to, message) => {
    const linkouText = (texts['places/linkou.yaml'] ?? '').replace(from, to);
    expect(problem({ 'places/linkou.yaml': linkouText })).toContain(
      `places/linkou.yaml: parameters.verification_platform.0.${message}`,
    );
  });

  it('a statutory value without its article is refused', () => {
    const national = (texts['national.yaml'] ?? '').replace('article: 15, ', '');
    expect(problem({ 'national.yaml': national })).toContain(
      'national.yaml: parameters.investigation_start_working_days.0.article',
    );
  });

  it.each([
    [
      'a day of another year',
      'holidays:',
      'holidays:\n  - 2025-06-01',
      'a day outside the year of the notice',
    ],
    ['a day both off and worked', 'workdays:', 'workdays:\n  - 2026-05-01', 'a day both off and worked'],
    ['a year that is not its name', 'year: 2026', 'year: 2027', 'calendar/2026.yaml: '],
  ])('a calendar with %s is refused', (_, from, to, message) => {
    const text = (texts['calendar/2026.yaml'] ?? '').replace(from, to);
    expect(problem({ 'calendar/2026.yaml': text })).toContain(message);
  });

  it('a file nobody reads is refused, and so is a rulebook without the law', () => {
    expect(problem({ 'place/typo.yaml': '{}' })).toBe('place/typo.yaml: not a file of the rulebook');
    expect(() => parseRulebook({}, sha256)).toThrow('national.yaml: missing');
  });
});
