import { eq } from 'drizzle-orm';
import type { Database } from './db.js';
import { dataKeys } from './schema/index.js';
import type { Tx } from './tx.js';
import type { Vault } from './vault.js';

/** The row of `data_keys` by which an installation recognises its own key. */
const WITNESS = '00000000-0000-7000-8000-000000000001';

/**
 * The same question to a case file that may not exist yet; writes nothing. For the administrator, before migrations.
 * @throws {CryptoError} `key_mismatch`
 */
export async function keyFitsExisting({ sql }: Database, { keyring }: Vault): Promise<void> {
  const [there] = await sql<
    { there: boolean }[]
  >`SELECT to_regclass('public.data_keys') IS NOT NULL AS there`;
  if (!there?.there) return;
  const [witness] = await sql<
    { wrapped: Uint8Array | null }[]
  >`SELECT wrapped FROM data_keys WHERE id = ${WITNESS}`;
  if (witness) keyring.unwrap({ keyId: WITNESS, wrapped: witness.wrapped });
}

/**
 * Does this installation's key open this case file? The first call leaves a witness, every later one opens it.
 * @throws {CryptoError} `key_mismatch`
 */
export async function witnessKey(tx: Tx): Promise<void> {
  const [witness] = await tx.q.select().from(dataKeys).where(eq(dataKeys.id, WITNESS));
  if (witness) {
    tx.vault.keyring.unwrap({ keyId: WITNESS, wrapped: witness.wrapped });
    return;
  }
  const key = tx.vault.keyring.newDataKey(WITNESS);
  await tx.q
    .insert(dataKeys)
    .values({ id: WITNESS, owner: 'system', caseNo: null, kekId: key.kekId, wrapped: key.wrapped })
    .onConflictDoNothing();
}
