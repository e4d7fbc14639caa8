import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCursors } from './cursor.js';

const cursors = createCursors(new Uint8Array(32).fill(7), 'cases');

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
    const other = createCursors(new Uint8Array(32).fill(8), 'cases').sign({ id: '1' });
    expect(() => cursors.read(other)).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
  });

  it('of another list is not read', () => {
    const other = createCursors(new Uint8Array(32).fill(7), 'worklist').sign({ id: '1' });
    expect(() => cursors.read(other)).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
  });

  it('has one spelling', () => {
    const cursor = cursors.sign({ id: '1' });
    const twin = (last: string) =>
      'AQgw'.includes(last) ? ({ A: 'B', Q: 'R', g: 'h', w: 'x' }[last] ?? last) : last;
    for (const other of [
      `${cursor}.`,
      `${cursor}=`,
      `${cursor}.x`,
      ` ${cursor}`,
      cursor.slice(0, -1) + twin(cursor.slice(-1)),
    ])
      if (other !== cursor)
        expect(() => cursors.read(other), other).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
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
