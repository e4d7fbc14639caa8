import { describe, expect, it } from 'vitest';
import { sniff } from './documents.js';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe('what the bytes are', () => {
  it.each<[string, Uint8Array]>([
    ['application/pdf', bytes('%PDF-1.4\n', [0, 255, 0])],
    ['image/png', bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], [0, 1, 2])],
    ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe1], [0, 1, 2])],
    ['text/plain; charset=utf-8', bytes('收入证明\r\n\t月薪 540 元')],
    ['text/plain; charset=utf-8', bytes('<html><script>alert(1)</script>')],
  ])('%s', (mediaType, content) => {
    expect(sniff(content)).toBe(mediaType);
  });

  it.each<[string, Uint8Array]>([
    ['an archive or an office file', bytes('PK', [3, 4, 0, 0])],
    ['a program', bytes([0x7f], 'ELF', [2, 1, 1, 0])],
    ['a half PNG', bytes([0x89, 0x50, 0x4e, 0x47])],
    ['GBK text', bytes([0xca, 0xd5, 0xc8, 0xeb])],
    ['text with a zero in it', bytes('abc', [0], 'def')],
    ['a GIF', bytes('GIF89a', [0, 0, 0xff])],
  ])('nothing we take: %s', (_, content) => {
    expect(() => sniff(content)).toThrow(expect.objectContaining({ code: 'media_type_unsupported' }));
  });
});
