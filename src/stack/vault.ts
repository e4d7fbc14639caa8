import { createBlindIndex } from '../casefile/crypto/blind-index.js';
import { CryptoError } from '../casefile/crypto/crypto-error.js';
import { createKeyring } from '../casefile/crypto/envelope.js';
import type { Database } from '../casefile/db.js';
import { inCasefile } from '../casefile/tx.js';
import type { Vault } from '../casefile/vault.js';
import { witnessKey } from '../casefile/witness.js';
import { dateAt, instant } from '../terms/index.js';
import { ConfigError } from './config.js';
import type { Keys } from './keys.js';

export const createVault = (keys: Keys): Vault => ({
  keyring: createKeyring({ kek: keys.field, kekId: 'field-1' }),
  blindIndex: createBlindIndex(keys.index),
});

/** @throws {ConfigError} before anything else is written, when the key is not this case file's */
export async function proveFieldKey(database: Database, vault: Vault): Promise<void> {
  try {
    await inCasefile(
      { database, vault },
      { actor: 'system:operator', on: dateAt(instant(Date.now())) },
      witnessKey,
    );
  } catch (error) {
    if (error instanceof CryptoError)
      throw new ConfigError('ONEDOOR_FIELD_KEY', 'is not the key this case file was encrypted with');
    throw error;
  }
}
