import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../terms/index.js';

/** Opaque page cursors: what comes next, signed, so that nobody composes one. */
export function createCursors(key: Uint8Array) {
  const mark = (text: string): Buffer =>
    createHmac('sha256', key).update(`onedoor/cursor/1\0${text}`).digest().subarray(0, 16);
  return {
    sign: (value: Readonly<Record<string, string>>): string => {
      const text = JSON.stringify(value);
      return `${Buffer.from(text).toString('base64url')}.${mark(text).toString('base64url')}`;
    },
    /** @throws {DomainError} `cursor_invalid` */
    read: (cursor: string): Record<string, string> => {
      const [body = '', signature = ''] = cursor.split('.');
      const text = Buffer.from(body, 'base64url').toString('utf8');
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== 16 || !timingSafeEqual(given, mark(text))) throw new DomainError('cursor_invalid');
      return JSON.parse(text) as Record<string, string>;
    },
  };
}

export type Cursors = ReturnType<typeof createCursors>;
