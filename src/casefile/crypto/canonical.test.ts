import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, NotCanonical } from './canonical.js';

const text = fc.string({ unit: 'grapheme' });
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

/** The same value with the keys of every object in the opposite order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, reversed(each)]),
  );
};

describe('canonical JSON', () => {
  it('parses back to the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is a fixed point', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it.each([
    ['keys by code unit', { b: 1, a: 2, B: 3, 10: 4, 9: 5 }, '{"10":4,"9":5,"B":3,"a":2,"b":1}'],
    ['nested', { z: [{ y: null, x: true }] }, '{"z":[{"x":true,"y":null}]}'],
    ['not normalised', 'e\u0301', '"e\u0301"'],
    ['beyond the BMP', '𠮷·', '"𠮷·"'],
    ['escapes', '"\\\n\u0001', String.raw`"\"\\\n\u0001"`],
    ['minus zero', -0, '0'],
    ['largest integer', Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ['an own key called __proto__', JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
  ])('%s', (_, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it('accepts objects without a prototype', () => {
    expect(canonicalJson(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });
});

describe('what has no canonical form', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const withHole: unknown[] = [1];
  withHole[2] = 3;

  it.each([
    ['undefined', undefined, '/'],
    ['an undefined member', { a: { b: undefined } }, '/a/b'],
    ['a hole', { list: withHole }, '/list/1'],
    ['NaN', [Number.NaN], '/0'],
    ['infinity', Number.POSITIVE_INFINITY, '/'],
    ['a fraction', { amount: 60.5 }, '/amount'],
    ['an unsafe integer', 2 ** 53, '/'],
    ['a bigint', 1n, '/'],
    ['a symbol', Symbol('s'), '/'],
    ['a function', () => 1, '/'],
    ['a Date', { on: new Date(0) }, '/on'],
    ['bytes', Uint8Array.of(1), '/'],
    ['a Map', new Map([['a', 1]]), '/'],
    ['a class', new (class Person {})(), '/'],
  ])('%s', (_, value, path) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonical);
    expect(() => canonicalJson(value)).toThrow(`${path}: `);
  });

  it('a cycle', () => {
    expect(() => canonicalJson(cycle)).toThrow('nesting this deep');
  });

  it('half a surrogate pair, in a value or in a key', () => {
    expect(() => canonicalJson('\ud842')).toThrow('body_invalid');
    expect(() => canonicalJson({ '\ud842': 1 })).toThrow('body_invalid');
  });

  it('and says so without the content', () => {
    const secret = new (class {
      idNumber = '441625199001011234';
    })();
    expect(() => canonicalJson({ secret })).toThrow(/^\/secret: an instance of (?!.*4416)/);
  });
});
