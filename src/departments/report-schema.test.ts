import { describe, expect, it } from 'vitest';
import { headOf, MAX_REPORT_BYTES, MAX_SECTIONS, parseReport, readSection } from './report-schema.js';
import { LIN } from './test-support.js';
import type { ReportEnvelope } from './report-schema.js';

const REPORT_ID = '0195552e-7a00-7000-8000-000000000030';
const REQUEST_ID = '0195552e-7a00-7000-8000-000000000031';
const found = {
  requestId: REQUEST_ID,
  source: 'bank',
  outcome: 'found',
  valuedOn: '2026-03-01',
  facts: [{ item: 'deposits', category: 'deposit', amountFen: 86_400 }],
};
const report = {
  reportId: REPORT_ID,
  platform: 'provincial_platform',
  answeredAt: '2026-03-03T10:00:00+08:00',
  subject: LIN,
  sections: [found],
};
const parse = (value: unknown) => parseReport(Buffer.from(JSON.stringify(value)));
const faultOf = (value: unknown): string => {
  const parsed = parse(value);
  return parsed.ok ? 'good' : `${parsed.error.code} ${parsed.error.pointer}`;
};

describe('a report', () => {
  it.each<[string, object, string]>([
    ['is good as it is', {}, 'good'],
    ['may hold sections that nobody can read: they spoil themselves only', { sections: [null, 7] }, 'good'],
    ['needs an id', { reportId: 'r-1' }, 'schema /reportId'],
    ['is no source’s', { platform: 'bank' }, 'schema /platform'],
    ['needs a moment', { answeredAt: '2026-03-03' }, 'schema /answeredAt'],
    ['needs somebody it is about', { subject: { name: '林桂香' } }, 'schema /subject/idNumber'],
    ['needs a section', { sections: [] }, 'schema /sections'],
    ['has not endless ones', { sections: Array(MAX_SECTIONS + 1).fill(found) }, 'schema /sections'],
    ['says nothing that nobody reads', { note: '' }, 'schema '],
  ])('%s', (_, changes, fault) => {
    expect(faultOf({ ...report, ...changes })).toBe(fault);
  });

  it('is not read beyond its size', () => {
    const parsed = parseReport(Buffer.alloc(MAX_REPORT_BYTES + 1, ' '));
    expect(parsed).toMatchObject({ ok: false, error: { code: 'too_large' } });
  });
});

describe('a section', () => {
  const envelope = report as unknown as ReportEnvelope;
  const read = (changes: object) => readSection(envelope, { ...found, ...changes });

  it('is the answer of its source, of the report’s moment', () => {
    expect(read({})).toEqual({
      ok: true,
      value: {
        kind: 'answer',
        valuedOn: '2026-03-01',
        answer: {
          answerId: REPORT_ID,
          requestId: REQUEST_ID,
          source: 'bank',
          answeredAt: '2026-03-03T10:00:00+08:00',
          subject: LIN,
          outcome: 'found',
          facts: found.facts,
        },
      },
    });
  });

  it('is about whom its source found, where that is somebody else', () => {
    const other = { idNumber: '441625198001010011', name: '林桂香' };
    expect(read({ subject: other })).toMatchObject({ value: { answer: { subject: other } } });
  });

  it('may say that the source was not reached, which is no answer', () => {
    const { valuedOn: _, ...rest } = found;
    expect(readSection(envelope, { ...rest, outcome: 'not_answered', facts: [] })).toEqual({
      ok: true,
      value: { kind: 'not_answered' },
    });
  });

  it.each<[string, object, string]>([
    ['not reached, and facts all the same', { outcome: 'not_answered', valuedOn: undefined }, '/outcome'],
    ['not reached, and valued', { outcome: 'not_answered', facts: [] }, '/outcome'],
    ['facts of no day', { valuedOn: undefined }, '/valuedOn'],
    ['facts of a day after the report', { valuedOn: '2026-03-04' }, '/valuedOn'],
    ['a day that is none', { valuedOn: '2026-02-30' }, '/valuedOn'],
    ['nothing found, and facts', { outcome: 'none' }, '/outcome'],
    ['found, and no fact', { facts: [] }, '/outcome'],
    ['another outcome', { outcome: 'person_not_found' }, '/outcome'],
    ['an item of another source', { source: 'tax' }, '/facts/0/item'],
    ['less than nothing', { facts: [{ ...found.facts[0], amountFen: -1 }] }, '/facts/0/amountFen'],
    [
      'a month that is over',
      { facts: [{ ...found.facts[0], periodFrom: '1900-01' }] },
      '/facts/0/periodFrom',
    ],
    ['a field that nobody reads', { note: '' }, ''],
  ])('may not have %s', (_, changes, pointer) => {
    expect(read(changes)).toMatchObject({ ok: false, error: { code: 'schema', pointer } });
  });

  it.each<[string, unknown, object]>([
    ['as it should be', found, { requestId: REQUEST_ID, source: 'bank' }],
    [
      'of a source that is none',
      { ...found, source: 'police' },
      { requestId: REQUEST_ID, source: undefined },
    ],
    ['without an id', { source: 'bank' }, { requestId: undefined, source: 'bank' }],
    ['that is nothing', null, { requestId: undefined, source: undefined }],
  ])('%s says what it means to answer, as far as it does', (_, section, head) => {
    expect(headOf(section)).toEqual(head);
  });
});
