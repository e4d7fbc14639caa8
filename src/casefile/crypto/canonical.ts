import { wellFormed } from './text-bytes.js';

/** JSON without fractions: amounts are whole fen, instants are whole milliseconds. */
export type CanonicalValue =
  null | boolean | number | string | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue };

/** Deep enough for anything on record; a cycle ends here instead of in a stack overflow. */
const MAX_DEPTH = 64;

/** Thrown when a value has no canonical form. Says where and which kind of thing it is, never its content. */
export class NotCanonical extends TypeError {
  constructor(
    readonly path: string,
    readonly found: string,
  ) {
    super(`${path === '' ? '/' : path}: ${found} has no canonical form`);
    this.name = 'NotCanonical';
  }
}

/**
 * One text for equal values, whatever the order of keys: RFC 8785 restricted to safe integers.
 * Keys are sorted by UTF-16 code units, strings are left as they are (not normalised), `-0` is written `0`.
 * @throws {NotCanonical} for undefined, fractions, NaN, bigint, Date and every other class, cycles.
 * @throws {DomainError} `body_invalid` for text with half a surrogate pair.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '', 0);
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) throw new NotCanonical(path, 'nesting this deep');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(wellFormed(value));
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new NotCanonical(path, 'a number that is not a safe integer');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    // Array.from visits holes, map does not.
    return `[${Array.from(value, (item: unknown, i) => write(item, `${path}/${i}`, depth + 1)).join(',')}]`;
  }
  if (!isPlainObject(value)) throw new NotCanonical(path, describe(value));
  const members = Object.keys(value)
    .toSorted(byCodeUnit)
    .map((key) => `${JSON.stringify(wellFormed(key))}:${write(value[key], `${path}/${key}`, depth + 1)}`);
  return `{${members.join(',')}}`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const describe = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `an instance of ${value.constructor?.name ?? 'a class'}`
    : typeof value;
