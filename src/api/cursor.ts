import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../terms/index.js';

/** Opaque page cursors of one list: what comes next, signed, so that nobody composes one or takes another list's. */
export function createCursors(key: Uint8Array, list: string) {
  const mark = (text: string): Buffer =>
    createHmac('sha256', key).update(`onedoor/cursor/1\0${list}\0${text}`).digest().subarray(0, 16);
  const written = (text: string): string =>
    `${Buffer.from(text).toString('base64url')}.${mark(text).toString('base64url')}`;
  return {
    sign: (value: Readonly<Record<string, string>>): string => written(JSON.stringify(value)),
    /** @throws {DomainError} `cursor_invalid` */
    read: (cursor: string): Record<string, string> => {
      const text = Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString('utf8');
      // As text, not as bytes: base64 has several spellings of the same bytes.
      const given = Buffer.from(cursor);
      const want = Buffer.from(written(text));
      if (given.length !== want.length || !timingSafeEqual(given, want))
        throw new DomainError('cursor_invalid');
      return JSON.parse(text) as Record<string, string>;
    },
  };
}

export type Cursors = ReturnType<typeof createCursors>;
