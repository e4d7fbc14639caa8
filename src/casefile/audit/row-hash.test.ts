import { describe, expect, it } from 'vitest';
import { NotCanonical } from '../crypto/canonical.js';
import { rowRef } from './row-hash.js';

const columns = {
  caseNo: 'AP-441625103-2026-00001',
  name: Uint8Array.of(1, 2, 3),
  provisional: false,
  phone: null,
};
const ref = rowRef('persons', '0195-1', columns);

describe('row references', () => {
  it('name the row and hash it as stored', () => {
    expect(ref).toEqual({ table: 'persons', id: '0195-1', hash: expect.stringMatching(/^[\da-f]{64}$/) });
  });

  it.each([
    ['the order of columns', Object.fromEntries(Object.entries(columns).toReversed())],
    ['Buffer or Uint8Array', { ...columns, name: Buffer.from([1, 2, 3]) }],
    ['undefined or NULL', { ...columns, phone: undefined }],
  ])('do not depend on %s', (_, same) => {
    expect(rowRef('persons', '0195-1', same)).toEqual(ref);
  });

  it.each([
    ['a byte of ciphertext', 'persons', '0195-1', { ...columns, name: Uint8Array.of(1, 2, 4) }],
    ['a value', 'persons', '0195-1', { ...columns, provisional: true }],
    ['another table', 'obligors', '0195-1', columns],
    ['another row', 'persons', '0195-2', columns],
    ['a column more', 'persons', '0195-1', { ...columns, note: null }],
    ['text that looks like bytes', 'persons', '0195-1', { ...columns, name: 'AQID' }],
    ['JSON that looks like bytes', 'persons', '0195-1', { ...columns, name: ['bytes', 'AQID'] }],
  ])('change with %s', (_, table, id, other) => {
    expect(rowRef(table, id, other).hash).not.toBe(ref.hash);
  });

  it('refuse what has no canonical form', () => {
    expect(() => rowRef('persons', '0195-1', { at: new Date(0) })).toThrow(NotCanonical);
  });
});
