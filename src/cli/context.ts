import { resolve } from 'node:path';
import { openDatabase, type Database } from '../casefile/db.js';
import { loadConfig, type Config, type ConfigOverrides } from '../stack/config.js';
import { keysOf, knownDatabase, openHouse, temporalOf, type House } from '../stack/house.js';
import type { TemporalAccess } from '../stack/temporal-client.js';

/** Options that every command takes. */
export interface Common {
  readonly state?: string;
  readonly json?: boolean;
}

/** Configuration from the environment, with what the command line says on top. */
export function configOf(options: Common, more: ConfigOverrides = {}): Config {
  return loadConfig(process.env, {
    ...(options.state !== undefined && { ONEDOOR_STATE_DIR: resolve(options.state) }),
    ...more,
  });
}

/** Runs `work` with a read-only database and closes it. */
export async function withReader<T>(config: Config, work: (reader: Database) => Promise<T>): Promise<T> {
  const reader = openDatabase((await knownDatabase(config)).readerUrl, {
    name: 'onedoor-cli-reader',
    max: 4,
  });
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}

export async function withHouse<T>(config: Config, work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(config, 'cli');
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

export async function withTemporal<T>(
  config: Config,
  work: (temporal: TemporalAccess) => Promise<T>,
): Promise<T> {
  const temporal = await temporalOf(config, (await keysOf(config)).keys);
  try {
    return await work(temporal);
  } finally {
    await temporal.close();
  }
}
