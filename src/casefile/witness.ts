import { eq } from 'drizzle-orm';
import { dataKeys } from './schema/index.js';
import type { Tx } from './tx.js';

/** The row of `data_keys` by which an installation recognises its own key. */
const WITNESS = '00000000-0000-7000-8000-000000000001';

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
