import { createBlindIndex } from '../casefile/crypto/blind-index.js';
import { CryptoError } from '../casefile/crypto/crypto-error.js';
import { createKeyring } from '../casefile/crypto/envelope.js';
import { openDatabase, type Database } from '../casefile/db.js';
import { inCasefile } from '../casefile/tx.js';
import type { Vault } from '../casefile/vault.js';
import { keyFitsExisting, witnessKey } from '../casefile/witness.js';
import { dateAt, instant } from '../terms/index.js';
import { ConfigError } from './config.js';
import type { Keys } from './keys.js';

export const createVault = (keys: Keys): Vault => ({
  keyring: createKeyring({ kek: keys.field, kekId: 'field-1' }),
  blindIndex: createBlindIndex(keys.index),
});

/** @throws {ConfigError} when the key is not this case file's */
async function fits(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof CryptoError)
      throw new ConfigError('ONEDOOR_FIELD_KEY', 'is not the key this case file was encrypted with');
    throw error;
  }
}

/** Before a role serves. The first to come leaves a witness of its key. */
export const proveFieldKey = (database: Database, vault: Vault): Promise<void> =>
  fits(() =>
    inCasefile(
      { database, vault },
      { actor: 'system:operator', on: dateAt(instant(Date.now())) },
      witnessKey,
    ),
  );

/** Before anything at all is written to a database that may hold a case file already. */
export async function proveFieldKeyFirst(adminUrl: string, vault: Vault): Promise<void> {
  const admin = openDatabase(adminUrl, { max: 1, name: 'onedoor-key' });
  try {
    await fits(() => keyFitsExisting(admin, vault));
  } finally {
    await admin.close();
  }
}
