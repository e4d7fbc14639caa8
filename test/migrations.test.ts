import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getTableName } from 'drizzle-orm';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '../src/casefile/schema/index.js';
import { TABLES } from '../src/casefile/schema/tables.js';
import { migrate } from '../src/stack/migrate.js';
import { freshDatabase, type TestDatabase } from './support/database.js';

const FOLDER = fileURLToPath(new URL('../drizzle', import.meta.url));
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('a database that was migrated from empty to head', () => {
  it('has the columns of the model: names, types, NOT NULL, defaults', async () => {
    const rows = await database.admin.sql<
      { name: string; type: string; notNull: boolean; hasDefault: boolean }[]
    >`
      SELECT table_name || '.' || column_name AS name, data_type AS type, is_nullable = 'NO' AS "notNull", column_default IS NOT NULL AS "hasDefault"
      FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1`;
    const model = TABLES.flatMap((table) =>
      table.columns.map((column) => ({
        name: `${table.name}.${column.name}`,
        type: column.getSQLType(),
        notNull: column.notNull,
        hasDefault: column.hasDefault,
      })),
    );
    expect([...rows].sort(byName)).toEqual(model.sort(byName));
  });

  it('has the primary keys, unique constraints, checks and foreign keys of the model', async () => {
    const rows = await database.admin.sql<{ name: string }[]>`
      SELECT contype::text || ' ' || conrelid::regclass::text || ' ' || coalesce((SELECT string_agg(attname, ',' ORDER BY k.n) FROM unnest(conkey) WITH ORDINALITY k(num, n)
        JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.num), '') || CASE WHEN contype = 'f' THEN ' -> ' || confrelid::regclass::text ELSE '' END AS name
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')`;
    const model = TABLES.flatMap((table) => [
      ...table.columns.filter((column) => column.primary).map((column) => `p ${table.name} ${column.name}`),
      ...table.columns.filter((column) => column.isUnique).map((column) => `u ${table.name} ${column.name}`),
      ...table.uniqueConstraints.map(
        (unique) => `u ${table.name} ${unique.columns.map(({ name }) => name).join(',')}`,
      ),
      ...table.foreignKeys.map((key) => {
        const { columns, foreignTable } = key.reference();
        return `f ${table.name} ${columns.map(({ name }) => name).join(',')} -> ${getTableName(foreignTable)}`;
      }),
    ]);
    expect(rows.map(({ name }) => name).sort()).toEqual(model.sort());
    const checks = await database.admin.sql<
      { name: string }[]
    >`SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype = 'c' ORDER BY 1`;
    expect(checks.map(({ name }) => name)).toEqual(
      TABLES.flatMap((table) => table.checks.map(({ name }) => name)).sort(),
    );
  });

  it('has the indexes of the model', async () => {
    const rows = await database.admin.sql<{ name: string }[]>`
      SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid) ORDER BY 1`;
    expect(rows.map(({ name }) => name)).toEqual(
      TABLES.flatMap((table) => table.indexes.map(({ config }) => config.name ?? '')).sort(),
    );
  });

  it('is at the last migration of the folder, and stays there when it is migrated again', async () => {
    const applied = () =>
      database.admin.sql<
        { n: number; last: string }[]
      >`SELECT count(*)::int AS n, max(created_at)::text AS last FROM drizzle.__drizzle_migrations`;
    const [before] = await applied();
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));
    expect(before?.n).toBe(files.length);
    const catalogue = () => database.admin.sql<{ n: number }[]>`SELECT count(*)::int AS n FROM pg_depend`;
    const [objects] = await catalogue();
    await migrate(database.adminUrl, {}, () => {});
    expect([...(await applied())]).toEqual([before]);
    expect([...(await catalogue())]).toEqual([objects]);
  });
});

describe('the model', () => {
  it('has no change that no migration brings', async () => {
    const journal = JSON.parse(readFileSync(`${FOLDER}/meta/_journal.json`, 'utf8')) as {
      entries: { idx: number; tag: string }[];
    };
    const last = journal.entries.at(-1);
    const snapshot = JSON.parse(
      readFileSync(`${FOLDER}/meta/${String(last?.idx).padStart(4, '0')}_snapshot.json`, 'utf8'),
    ) as ReturnType<typeof generateDrizzleJson>;
    const missing = await generateMigration(snapshot, generateDrizzleJson(schema, snapshot.id));
    expect(missing).toEqual([]);
  });

  it('has a journal in which every migration is newer than the one before', () => {
    const journal = JSON.parse(readFileSync(`${FOLDER}/meta/_journal.json`, 'utf8')) as {
      entries: { when: number; tag: string }[];
    };
    const times = journal.entries.map(({ when }) => when);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(
      readdirSync(FOLDER)
        .filter((name) => name.endsWith('.sql'))
        .sort(),
    );
  });
});

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
