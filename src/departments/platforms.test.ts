import { describe, expect, it } from 'vitest';
import { checkedPlatform, isPlatform, PLATFORM_BOOK, PLATFORMS, SENDERS, speaksFor } from './platforms.js';
import { isSource, SOURCES } from './sources.js';
import type { PlatformDefinition } from './platform.js';

describe('the platforms', () => {
  it('are those of the folder, and nobody’s name twice', () => {
    expect(PLATFORMS).toEqual(['provincial_platform']);
    expect(SENDERS).toEqual([...SOURCES, ...PLATFORMS]);
    expect(new Set(SENDERS).size).toBe(SENDERS.length);
  });

  it.each(PLATFORM_BOOK)('$code says in both languages what it is, and why it may be asked', (platform) => {
    expect(platform.name.zh).toMatch(/\p{Script=Han}/u);
    expect(platform.name.en).toMatch(/^[a-z]/);
    expect(platform.article).toMatch(/art\./);
    for (const source of platform.sources) expect(isSource(source)).toBe(true);
  });

  it('speak for the sources they have, and for nobody else', () => {
    expect(speaksFor('provincial_platform', 'bank')).toBe(true);
    expect(speaksFor('provincial_platform', 'payment_institution')).toBe(false);
    expect(speaksFor('bank', 'bank')).toBe(false);
    expect(isPlatform('bank')).toBe(false);
  });
});

it.each<[string, Partial<PlatformDefinition>, string]>([
  ['the code of a source', { code: 'bank' }, 'bank: is the code of a source already'],
  ['nobody to speak for', { sources: [] }, 'city_platform: speaks for nobody'],
  ['a source twice', { sources: ['tax', 'tax'] }, 'city_platform: names a source twice'],
  ['a source that is none', { sources: ['police'] }, 'city_platform: there is no source police'],
])('a platform may not have %s', (_, changes, reason) => {
  const definition: PlatformDefinition = {
    code: 'city_platform',
    name: { zh: '市级核对平台', en: 'city platform' },
    article: 'LAW-2026 art. 41',
    limits: { perMinute: 60, atOnce: 1 },
    sources: ['bank', 'tax'],
  };
  expect(checkedPlatform(definition)).toBe(definition);
  expect(() => checkedPlatform({ ...definition, ...changes })).toThrow(reason);
});
