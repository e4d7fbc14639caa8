import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './idempotency.js';

describe('the fingerprint of a body', () => {
  const base = fingerprintOf({ occurredOn: '2026-03-02', items: ['commitment'], remarks: undefined });

  it('does not see the order of properties, nor what is absent', () => {
    expect(fingerprintOf({ items: ['commitment'], occurredOn: '2026-03-02' })).toEqual(base);
  });

  it.each([
    ['another value', { occurredOn: '2026-03-03', items: ['commitment'] }],
    ['another order of a list', { occurredOn: '2026-03-02', items: ['commitment', 'commitment'] }],
    ['a null', { occurredOn: '2026-03-02', items: ['commitment'], remarks: null }],
    ['another kind of value', { occurredOn: '2026-03-02', items: 'commitment' }],
  ])('sees %s', (_, body) => {
    expect(fingerprintOf(body).fingerprint).not.toBe(base.fingerprint);
  });

  it('is over the text that is stored', () => {
    expect(JSON.parse(base.text)).toEqual({ occurredOn: '2026-03-02', items: ['commitment'] });
    expect(base.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });
});
