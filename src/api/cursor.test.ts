import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCursors } from './cursor.js';

const cursors = createCursors(new Uint8Array(32).fill(7));

describe('a page cursor', () => {
  it('gives back what was signed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
          fc.string({ unit: 'binary' }),
        ),
        (value) => {
          expect(cursors.read(cursors.sign(value))).toEqual({ ...value });
        },
      ),
    );
  });

  it('can be put into a URL as it is', () => {
    const cursor = cursors.sign({ caseNo: 'AP-441625103-2026-00001' });
    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  it('of another key is not read', () => {
    const other = createCursors(new Uint8Array(32).fill(8)).sign({ id: '1' });
    expect(() => cursors.read(other)).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
  });

  it('nobody composes one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => cursors.read(text)).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
      }),
    );
  });

  it('is not read with another body under its signature', () => {
    const [, signature = ''] = cursors.sign({ id: '1' }).split('.');
    const forged = `${Buffer.from('{"id":"2"}').toString('base64url')}.${signature}`;
    expect(() => cursors.read(forged)).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
  });
});
