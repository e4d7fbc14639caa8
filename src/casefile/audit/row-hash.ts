import { createHash } from 'node:crypto';
import { canonicalJson } from '../crypto/canonical.js';
import type { RowRef } from './chain.js';

/**
 * A reference to a stored row: SHA-256 in hex over its columns as stored. Bytes (ciphertext, salts) go in as they
 * lie in the table, so a destroyed key leaves every reference valid.
 * @param columns column name → stored value; a column that is `undefined` counts as NULL.
 * @throws {NotCanonical} for a value that is neither bytes nor canonical JSON.
 */
export function rowRef(table: string, id: string, columns: Readonly<Record<string, unknown>>): RowRef {
  const cells = Object.entries(columns).map(([name, value]): [string, unknown] =>
    value instanceof Uint8Array
      ? [name, ['bytes', Buffer.from(value).toString('base64')]]
      : [name, ['json', value ?? null]],
  );
  const text = canonicalJson({ table, id, columns: Object.fromEntries(cells) });
  return { table, id, hash: createHash('sha256').update(`onedoor/audit-row/1\n${text}`).digest('hex') };
}
