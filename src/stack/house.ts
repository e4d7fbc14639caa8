import { join } from 'node:path';
import { z } from 'zod';
import { openDatabase, type Database } from '../casefile/db.js';
import type { Casefile } from '../casefile/tx.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { businessTime, type BusinessTime } from './business-time.js';
import { ConfigError, type Config } from './config.js';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { completeKeys, ensureLocalKeys, type Keys, type LocalKeys } from './keys.js';
import { readIfThere, writePrivate } from './private-file.js';
import { readRulebook } from './rulebook-files.js';
import { readRunState, type RunState } from './run-state.js';
import type { TemporalAccess } from './temporal-client.js';
import { createVault, proveFieldKey } from './vault.js';

const urls = z.object({ adminUrl: z.string().nullable(), appUrl: z.string(), readerUrl: z.string() });
export type KnownDatabase = z.output<typeof urls>;

/** Where the application and the reader get in; written by `migrate`, mode 0600. */
const databaseFile = (stateDir: string): string => join(stateDir, 'database.json');
export const rememberDatabase = (stateDir: string, known: KnownDatabase): Promise<void> =>
  writePrivate(databaseFile(stateDir), JSON.stringify(known, null, 2));

export async function knownDatabase(config: Config): Promise<KnownDatabase> {
  const text = await readIfThere(databaseFile(config.stateDir));
  const stored = text === null ? null : urls.parse(JSON.parse(text));
  const appUrl = config.database.appUrl ?? stored?.appUrl;
  const readerUrl = config.database.readerUrl ?? stored?.readerUrl;
  if (!appUrl)
    throw new DependencyUnavailable(
      'no case file is known here: run `onedoor start`, or `onedoor migrate` with DATABASE_URL',
    );
  // The application's role sees nothing without an actor: checks through it would find nothing wrong.
  if (!readerUrl)
    throw new ConfigError('DATABASE_READER_URL', 'is missing, and no `onedoor migrate` left one here');
  return { adminUrl: config.database.adminUrl ?? stored?.adminUrl ?? null, appUrl, readerUrl };
}

/** Keys from the configuration, completed from the state directory in simulated mode. */
export async function keysOf(config: Config): Promise<{ keys: Keys; local: LocalKeys | null }> {
  if (config.mode === 'production') return { keys: config.keys as Keys, local: null };
  const local = await ensureLocalKeys(config.stateDir);
  return { keys: completeKeys(config.keys, local), local };
}

/** What every role of a running installation stands on. */
export interface House {
  readonly config: Config;
  readonly keys: Keys;
  readonly local: LocalKeys | null;
  readonly database: Database;
  readonly casefile: Casefile;
  readonly time: BusinessTime;
  readonly rulebook: Rulebook;
  close(): Promise<void>;
}

/** @throws {ConfigError} also for a key that does not open this case file, before anything is written */
export async function openHouse(config: Config, role: string): Promise<House> {
  const rulebook = readRulebook();
  const { appUrl } = await knownDatabase(config);
  const { keys, local } = await keysOf(config);
  const database = openDatabase(appUrl, { name: `onedoor-${role}`, max: 20 });
  const vault = createVault(keys);
  await proveFieldKey(database, vault);
  return {
    config,
    keys,
    local,
    database,
    casefile: { database, vault },
    time: businessTime(database, config.mode),
    rulebook,
    close: () => database.close(),
  };
}

/** The running servers as the state directory knows them, for the command line. */
export async function runningStack(config: Config): Promise<RunState | null> {
  return readRunState(config.stateDir);
}

export async function temporalOf(config: Config, keys: Keys): Promise<TemporalAccess> {
  const address = config.temporal.address ?? (await runningStack(config))?.temporalAddress;
  if (!address)
    throw new DependencyUnavailable(
      'no Temporal server is known here: run `onedoor start`, or set TEMPORAL_ADDRESS',
    );
  // The client is heavy; commands that never reach this do not load it.
  const { openTemporal } = await import('./temporal-client.js');
  return openTemporal({ address, namespace: config.temporal.namespace, keys });
}

export const needed = (value: string | undefined, variable: string): string => {
  if (value === undefined) throw new ConfigError(variable, 'is missing, and this role needs it');
  return value;
};
