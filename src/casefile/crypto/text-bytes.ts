import { DomainError } from '../../terms/errors.js';

/** Half of a surrogate pair: UTF-8 cannot hold it, and Node would silently store U+FFFD instead. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** @throws {DomainError} `body_invalid` when the text would not come back as it went in. */
export function wellFormed(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new DomainError('body_invalid');
  return text;
}

/** Text as UTF-8, bytes as they are; never normalised, because a name is kept as its holder writes it. */
export const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? Buffer.from(wellFormed(content), 'utf8') : content;

/** Joins parts so that no two different lists of parts give the same bytes. */
export function lengthPrefixed(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = bytesOf(part);
      const length = Buffer.alloc(8);
      length.writeUIntBE(bytes.length, 2, 6);
      return [length, bytes];
    }),
  );
}
