import { describe, expect, it } from 'vitest';
import { requestSchema } from './request-schema.js';
import { LIN, lookupOf } from './test-support.js';

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
