import { describe, expect, it } from 'vitest';
import { CATEGORIES, ITEMS, SOURCES } from './contract.js';
import { requestSchema } from './request-schema.js';
import { LIN, lookupOf } from './test-support.js';

describe('the contract', () => {
  it('lists every source', () => {
    expect([...SOURCES].sort()).toEqual(Object.keys(ITEMS).sort());
  });
  it('gives every item to one source only, and a category to answer it', () => {
    const items = Object.values(ITEMS).flat();
    expect(new Set(items).size).toBe(items.length);
    expect(Object.keys(CATEGORIES).sort()).toEqual([...items].sort());
  });
});

describe('a request as a department reads it', () => {
  it('is read whole', () => {
    expect(requestSchema.parse(lookupOf())).toEqual(lookupOf());
  });

  it.each([
    ['no purpose', { purpose: undefined }],
    ['another purpose', { purpose: 'curiosity' }],
    ['a consent that is no hash', { consentHash: 'yes' }],
    ['no item', { items: [] }],
    ['another source’s item', { items: ['pension'] }],
    ['a day that is none', { asOf: '2026-02-30' }],
    ['a callback that is not HTTP', { callbackUrl: 'file:///etc/passwd' }],
    ['a short reference', { caseRef: 'c1' }],
    ['a person without a name', { subject: { idNumber: LIN.idNumber } }],
    ['more than it may say', { caseNo: 'AP-441625103-2026-00001' }],
  ])('is refused with %s', (_, changes) => {
    expect(requestSchema.safeParse({ ...lookupOf(), ...changes }).success).toBe(false);
  });
});
