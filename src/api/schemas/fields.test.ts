import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  amount,
  code,
  day,
  division,
  freeText,
  isSet,
  month,
  personName,
  ref,
  township,
  village,
} from './fields.js';

const takes = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

describe('fields take', () => {
  it.each<[string, z.ZodType, readonly unknown[]]>([
    ['a leap day', day, ['2024-02-29', '2026-03-02']],
    ['a month', month, ['2026-01', '2026-12']],
    ['whole fen', amount, [0, 1, 100_000_000_000]],
    ['a code', code, ['ab', 'below_standard', 'x9']],
    ['counties, townships and villages', division, ['441625', '441625103', '441625103201']],
    ['a township', township, ['441625103']],
    ['a village', village, ['441625103201']],
    [
      'names as their holders write them',
      personName,
      ['张三', '阿依古丽·买买提', '𠮷𡨴野', '张e\u0301', 'x'.repeat(100)],
    ],
    ['a ref', ref, ['m1', '老大', '𠮷']],
    ['text with lines', freeText, ['一\n二\t三', '😀', 'x'.repeat(4_000)]],
  ])('%s', (_, schema, values) => {
    for (const value of values) expect(takes(schema, value), String(value)).toBe(true);
  });
});

describe('fields do not take', () => {
  it.each<[string, z.ZodType, readonly unknown[]]>([
    [
      'days that are none',
      day,
      ['2026-02-29', '2026-13-01', '2026-2-3', '2026-03-02T00:00:00Z', ' 2026-03-02', '', 20260302, null],
    ],
    ['months that are none', month, ['2026-00', '2026-13', '2026', '26-01', '2026-1']],
    ['fractions and debts', amount, [0.5, -1, 100_000_000_001, Number.NaN, Infinity, 1e21, '1', null]],
    [
      'anything that could be a sentence',
      code,
      ['张三', 'Below', 'a b', 'a', '1a', 'a-b', 'x'.repeat(65), ''],
    ],
    ['codes of other lengths', division, ['44', '4416', '44162510', '4416251032011', '44162a', '']],
    ['a county or a village for a township', township, ['441625', '441625103201', '441625103\n']],
    ['a township for a village', village, ['441625103']],
    [
      'names that are none',
      personName,
      ['', ' ', '\t\n', 'x'.repeat(101), '张\ud842', '\udfb7张', '张\u0000', null],
    ],
    ['half a pair as a ref', ref, ['', 'm\ud800', 'x'.repeat(41)]],
    ['text that says nothing', freeText, ['', '  \n', '\ud83d', 'x'.repeat(4_001)]],
  ])('%s', (_, schema, values) => {
    for (const value of values) expect(takes(schema, value), JSON.stringify(value)).toBe(false);
  });

  it('text that would not come back as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text) => {
        if (takes(personName, text)) expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      }),
    );
  });
});

it('a set names nothing twice', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'a']].map(isSet)).toEqual([true, true, true, false]);
});
