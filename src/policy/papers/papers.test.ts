import { describe, expect, it } from 'vitest';
import { PAPERS_BY_KIND, paperTitle, type PaperKind } from './index.js';
import { SAMPLE_ID, SAMPLES, visibleText } from './test-support.js';

const KINDS = Object.keys(PAPERS_BY_KIND) as PaperKind[];
/** Kind and data come from one key, which the compiler cannot see over a union. */
const render = (kind: PaperKind, data: unknown = SAMPLES[kind]): string =>
  (PAPERS_BY_KIND[kind].render as (data: unknown) => string)(data);

/** The same data with every string, and every object, changed. */
function reworked(value: unknown, text: (text: string) => string, more: object = {}): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((each: unknown) => reworked(each, text, more));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, reworked(each, text, more)] as const);
  return { ...Object.fromEntries(entries), ...more };
}
/** Of papers whose wording has moved since the first. */
const VERSIONS: Partial<Record<PaperKind, number>> = { verification_report: 2 };
const plain = (text: string): string => text;
/** Codes, dates and months choose wording and are no text of anybody's. */
const isToken = (text: string): boolean =>
  /^\d{4}-\d{2}(-\d{2})?$/.test(text) || /^[a-z_]+$/.test(text) || /^[A-Z]+-(\d{4}|649)$/.test(text);

describe.each(KINDS)('%s', (kind) => {
  const paper = PAPERS_BY_KIND[kind];
  const document = render(kind);

  it('is registered under its own name and version', () => {
    expect([paper.kind, paper.template]).toEqual([kind, `${kind}/${VERSIONS[kind] ?? 1}`]);
  });

  it('is one self-contained Chinese document', () => {
    expect(document).toMatch(/^<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">/);
    expect(document).toContain(`<title>${paper.title}</title>`);
    expect(document).toContain('@page { size: A4;');
    expect(document.trimEnd().endsWith('</html>')).toBe(true);
    expect(document).not.toMatch(/<script|<link|<img|<iframe|https?:|url\(|@import|\son\w+=/i);
  });

  it('says what its title is, by which law, and never half a value', () => {
    const text = visibleText(document);
    expect(text.split('\n')[0]).toBe(paper.title);
    expect(text).toMatch(/依据：《.+》第.+[条分]/);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|false/);
  });

  it('escapes everything that it is given', () => {
    const hostile = `<script>alert("1")</script>'&`;
    const data = reworked(SAMPLES[kind], (text) => (isToken(text) ? text : `${text}${hostile}`));
    const attacked = render(kind, data);
    expect(attacked).not.toContain('<script');
    expect(attacked).not.toContain('alert("1")');
    expect(attacked).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
    expect(tags(attacked)).toEqual(tags(document));
  });

  it('takes no more from its data than it has a field for', () => {
    const more = { idNumber: SAMPLE_ID, phone: '13800138000', bankAccount: '6217000000000000000' };
    const overfull = render(kind, reworked(SAMPLES[kind], plain, more));
    expect(overfull).toBe(document);
  });
});

const tags = (document: string): string[] => document.match(/<[^>]*>/g) ?? [];

it('decisions, and only they, say how to have them looked at again', () => {
  const remedy = /六十日内依法.*申请行政复议，或者在六个月内依法.*提起行政诉讼/;
  expect(KINDS.filter((kind) => remedy.test(render(kind)))).toEqual([
    'closing_notice',
    'termination_notice',
    'confirmation_notice',
    'refusal_notice',
  ]);
});

it('only the authorisation and the certificate carry an ID number, and that one is masked', () => {
  expect(KINDS.filter((kind) => render(kind).includes('441625********4328'))).toEqual([
    'verification_authorisation',
    'dibao_certificate',
  ]);
  for (const kind of KINDS) expect(render(kind), kind).not.toContain(SAMPLE_ID);
});

it('what hangs in public has no case number', () => {
  for (const kind of ['public_notice_sheet', 'publication_sheet'] as const)
    expect(render(kind)).not.toContain('案号');
});

it('knows the Chinese name of its kinds and of no other', () => {
  expect(paperTitle('refusal_notice')).toBe('不予确认告知书');
  expect(paperTitle('toString')).toBeUndefined();
});
