import { eq, sql } from 'drizzle-orm';
import { purposeOf, seal, open, openText, type Purpose } from './crypto/sealed.js';
import { contentHash, newSalt } from './crypto/content-hash.js';
import type { BlindIndex } from './crypto/blind-index.js';
import type { Keyring } from './crypto/envelope.js';
import { dataKeys } from './schema/index.js';
import { newId } from './record.js';
import type { Tx } from './tx.js';

/** The keys of this installation. They come from outside the database and never go into it. */
export interface Vault {
  readonly keyring: Keyring;
  readonly blindIndex: BlindIndex;
}

/** A new data key for a person, a case, or what belongs to no case. @returns its id */
export async function newKey(
  tx: Tx,
  owner: 'person' | 'case' | 'system' | 'reporter',
  caseNo: string | null,
  id = newId(),
): Promise<string> {
  const key = tx.vault.keyring.newDataKey(id);
  await tx.q
    .insert(dataKeys)
    .values({ id: key.keyId, owner, caseNo, kekId: key.kekId, wrapped: key.wrapped });
  tx.keys.set(key.keyId, key.plain);
  return key.keyId;
}

async function plainKey(tx: Tx, keyId: string): Promise<Uint8Array> {
  const known = tx.keys.get(keyId);
  if (known) return known;
  const [row] = await tx.q.select({ wrapped: dataKeys.wrapped }).from(dataKeys).where(eq(dataKeys.id, keyId));
  const plain = tx.vault.keyring.unwrap({ keyId, wrapped: row?.wrapped ?? null });
  tx.keys.set(keyId, plain);
  return plain;
}

/** Takes a key that a function of the database handed out with what it seals. */
export function receiveKey(
  tx: Tx,
  key: { readonly keyId: string; readonly wrapped: Uint8Array | null },
): void {
  if (!tx.keys.has(key.keyId)) tx.keys.set(key.keyId, tx.vault.keyring.unwrap(key));
}

/** Fetches keys that are about to be used, all at once. */
export async function fetchKeys(tx: Tx, keyIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(keyIds)].filter((id) => !tx.keys.has(id));
  if (wanted.length === 0) return;
  const rows = await tx.q
    .select({ keyId: dataKeys.id, wrapped: dataKeys.wrapped })
    .from(dataKeys)
    .where(sql`${dataKeys.id} = ANY (${sql.param(wanted)}::uuid[])`);
  for (const row of rows) if (row.wrapped) tx.keys.set(row.keyId, tx.vault.keyring.unwrap(row));
}

/** Encrypts one field under a stored key, bound to its table, column and row. */
export async function sealField(
  tx: Tx,
  keyId: string,
  purpose: Purpose,
  plaintext: string | Uint8Array,
): Promise<Uint8Array> {
  return seal(await plainKey(tx, keyId), keyId, plaintext, purposeOf(purpose));
}

export async function openField(
  tx: Tx,
  keyId: string,
  purpose: Purpose,
  sealed: Uint8Array,
): Promise<string> {
  return openText(await plainKey(tx, keyId), keyId, sealed, purposeOf(purpose));
}

export async function openBytes(
  tx: Tx,
  keyId: string,
  purpose: Purpose,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  return open(await plainKey(tx, keyId), keyId, sealed, purposeOf(purpose));
}

/** Content with its salted hash; the salt is encrypted beside it and leaves the house with the file. */
export interface SealedContent {
  readonly bytes: Uint8Array;
  readonly salt: Uint8Array;
  readonly contentHash: string;
}

export async function sealContent(
  tx: Tx,
  keyId: string,
  table: string,
  row: string,
  content: string | Uint8Array,
): Promise<SealedContent> {
  const salt = newSalt();
  return {
    bytes: await sealField(tx, keyId, { table, column: 'bytes', row }, content),
    salt: await sealField(tx, keyId, { table, column: 'salt', row }, salt),
    contentHash: contentHash(content, salt),
  };
}
