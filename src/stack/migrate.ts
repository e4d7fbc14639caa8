import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { openDatabase } from '../casefile/db.js';
import type { Say } from './progress.js';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** The two roles that own nothing: one that works, one that only reads. */
const GROUPS = ['onedoor_app', 'onedoor_reader'] as const;

export interface DatabaseUrls {
  readonly appUrl: string;
  readonly readerUrl: string;
}

/**
 * Brings a database to head as its administrator and gives the application and the reader a way in. Forward only,
 * one at a time (advisory lock), and nothing to do when it is there already.
 * @param logins URLs whose users shall exist; those not given get a new password at every call
 */
export async function migrate(
  adminUrl: string,
  logins: { appUrl?: string | undefined; readerUrl?: string | undefined },
  say: Say,
): Promise<DatabaseUrls> {
  const admin = openDatabase(adminUrl, { max: 1, name: 'onedoor-migrate' });
  try {
    await admin.sql`SELECT pg_advisory_lock(hashtext('onedoor:migrate'))`;
    for (const group of GROUPS) await ensureGroup(admin.sql, group);
    say('migrating the case file');
    await applyMigrations(admin.db, { migrationsFolder: MIGRATIONS });
    return {
      appUrl: await ensureLogin(admin.sql, { group: 'onedoor_app', url: logins.appUrl, adminUrl }),
      readerUrl: await ensureLogin(admin.sql, { group: 'onedoor_reader', url: logins.readerUrl, adminUrl }),
    };
  } finally {
    await admin.close();
  }
}

async function ensureGroup(sql: postgres.Sql, group: string): Promise<void> {
  await sql.unsafe(
    `DO $$ BEGIN CREATE ROLE ${group} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  );
}

/** A user of its own for each database, so that two installations in one cluster never share a password. */
async function ensureLogin(
  sql: postgres.Sql,
  wanted: { group: string; url: string | undefined; adminUrl: string },
): Promise<string> {
  const url = new URL(wanted.url ?? wanted.adminUrl);
  if (!wanted.url) {
    url.username = `${wanted.group}_${url.pathname.slice(1)}`.replace(/\W/g, '_').slice(0, 60);
    url.password = randomBytes(18).toString('base64url');
  }
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const quoted = `"${user.replaceAll('"', '""')}"`;
  const secret = `'${password.replaceAll("'", "''")}'`;
  await sql.unsafe(
    `DO $$ BEGIN CREATE ROLE ${quoted} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  );
  await sql.unsafe(`ALTER ROLE ${quoted} WITH LOGIN NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${secret}`);
  await sql.unsafe(`GRANT ${wanted.group} TO ${quoted}`);
  return url.toString();
}

/** The one row that makes business time simulated. Never called under production configuration. */
export async function beginSimulatedTime(adminUrl: string, offsetMs: number): Promise<void> {
  const admin = openDatabase(adminUrl, { max: 1, name: 'onedoor-clock' });
  try {
    await admin.sql`INSERT INTO business_clock ("only", offset_ms) VALUES (true, ${offsetMs}) ON CONFLICT DO NOTHING`;
  } finally {
    await admin.close();
  }
}
