import { eq } from 'drizzle-orm';
import { createBlindIndex } from '../casefile/crypto/blind-index.js';
import { CryptoError } from '../casefile/crypto/crypto-error.js';
import { createKeyring } from '../casefile/crypto/envelope.js';
import type { Database } from '../casefile/db.js';
import { dataKeys } from '../casefile/schema/index.js';
import { inCasefile } from '../casefile/tx.js';
import type { Vault } from '../casefile/vault.js';
import { dateAt, instant } from '../terms/index.js';
import { ConfigError } from './config.js';
import type { Keys } from './keys.js';

/** The row of `data_keys` by which an installation recognises its own key. */
const WITNESS = '00000000-0000-7000-8000-000000000001';

export const createVault = (keys: Keys): Vault => ({
  keyring: createKeyring({ kek: keys.field, kekId: 'field-1' }),
  blindIndex: createBlindIndex(keys.index),
});

/**
 * Does this key open this case file? The first start leaves a witness; every later one has to open it.
 * @throws {ConfigError} before anything else is written, when the key is another
 */
export async function proveFieldKey(database: Database, vault: Vault): Promise<void> {
  const acting = { actor: 'system:operator', on: dateAt(instant(Date.now())) } as const;
  await inCasefile({ database, vault }, acting, async (tx) => {
    const [witness] = await tx.q.select().from(dataKeys).where(eq(dataKeys.id, WITNESS));
    if (!witness) {
      const key = vault.keyring.newDataKey(WITNESS);
      await tx.q
        .insert(dataKeys)
        .values({ id: WITNESS, owner: 'system', caseNo: null, kekId: key.kekId, wrapped: key.wrapped });
      return;
    }
    try {
      vault.keyring.unwrap({ keyId: WITNESS, wrapped: witness.wrapped });
    } catch (error) {
      if (error instanceof CryptoError)
        throw new ConfigError('ONEDOOR_FIELD_KEY', 'is not the key this case file was encrypted with');
      throw error;
    }
  });
}
