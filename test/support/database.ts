import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { openDatabase, type Database } from '../../src/casefile/db.js';
import type { Casefile } from '../../src/casefile/tx.js';
import { beginSimulatedTime, migrate, type DatabaseUrls } from '../../src/stack/migrate.js';
import { createVault } from '../../src/stack/vault.js';
import type { Keys } from '../../src/stack/keys.js';

export interface TestDatabase {
  readonly name: string;
  readonly adminUrl: string;
  /** How the application and the reader get in. */
  readonly urls: DatabaseUrls;
  readonly admin: Database;
  readonly reader: Database;
  readonly casefile: Casefile;
  readonly keys: Keys;
  drop(): Promise<void>;
}

/** A migrated database of one's own, with its roles, keys and a clock at the given offset. */
export async function freshDatabase(options: { offsetMs?: number } = {}): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('TEST_DATABASE_URL is set by test/stack.ts');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const root = postgres(server, { max: 1, onnotice: () => {} });
  await root.unsafe(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const urls = await migrate(url.toString(), {}, () => {});
  await beginSimulatedTime(url.toString(), options.offsetMs ?? 0);
  const keys: Keys = {
    field: randomBytes(32),
    index: randomBytes(32),
    payload: randomBytes(32),
    cursor: randomBytes(32),
  };
  const app = openDatabase(urls.appUrl, { max: 20 });
  const admin = openDatabase(url.toString(), { max: 4 });
  const reader = openDatabase(urls.readerUrl, { max: 4 });
  return {
    name,
    adminUrl: url.toString(),
    urls,
    admin,
    reader,
    keys,
    casefile: { database: app, vault: createVault(keys) },
    drop: async () => {
      await Promise.all([app.close(), admin.close(), reader.close()]);
      await root.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
      for (const role of [new URL(urls.appUrl).username, new URL(urls.readerUrl).username])
        await root.unsafe(`DROP ROLE IF EXISTS "${role}"`);
      await root.end();
    },
  };
}

/** The record as it is now, as a backup would bring it back: its own database, with the same roles and keys. */
export async function copyDatabase(source: TestDatabase): Promise<TestDatabase> {
  const name = `${source.name}_copy`;
  const at = (from: string): string => Object.assign(new URL(from), { pathname: `/${name}` }).toString();
  const root = postgres(Object.assign(new URL(source.adminUrl), { pathname: '/postgres' }).toString(), {
    max: 1,
    onnotice: () => {},
  });
  // Pools connect again by themselves; nobody may be connected while Postgres copies.
  await root`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${source.name}`;
  await root.unsafe(`CREATE DATABASE ${name} TEMPLATE ${source.name}`);
  const app = openDatabase(at(source.urls.appUrl), { max: 20 });
  const admin = openDatabase(at(source.adminUrl), { max: 4 });
  const reader = openDatabase(at(source.urls.readerUrl), { max: 4 });
  return {
    name,
    adminUrl: at(source.adminUrl),
    urls: { appUrl: at(source.urls.appUrl), readerUrl: at(source.urls.readerUrl) },
    admin,
    reader,
    keys: source.keys,
    casefile: { database: app, vault: createVault(source.keys) },
    drop: async () => {
      await Promise.all([app.close(), admin.close(), reader.close()]);
      await root.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
      await root.end();
    },
  };
}
