import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditKey } from '../src/casefile/record.js';
import { RECORD_TABLES, TABLES } from '../src/casefile/schema/tables.js';
import { isWorkingState } from '../src/casefile/schema/working-state.js';
import { openTestRecord, type TestRecord } from './support/record.js';

/** What Postgres itself says about the tables, for every table there is, also for one that nobody has thought of. */
let record: TestRecord;
let tables: string[];
let appRole: string;

beforeAll(async () => {
  record = await openTestRecord();
  const { sql } = record.database.admin;
  tables = (
    await sql<
      { name: string }[]
    >`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`
  ).map(({ name }) => name);
  const [me] = await record.database.casefile.database.sql<{ name: string }[]>`SELECT current_user AS name`;
  appRole = me?.name ?? '';
  for (const landmark of ['in_benefit', 'public_notice'] as const) await record.walker.walkTo(landmark);
  await record.seal();
});
afterAll(() => record.database.drop());

const admin = () => record.database.admin.sql;
const app = () => record.database.casefile.database.sql;

describe('tables of record', () => {
  it('are all that are not on the list of working state', () => {
    expect(tables).toEqual(TABLES.map(({ name }) => name));
  });

  it.each(RECORD_TABLES.map(({ name }) => name))(
    '%s refuses UPDATE, DELETE and TRUNCATE to the superuser who owns it',
    async (name) => {
      const column =
        auditKey(name) === 'id' && name === 'duties'
          ? 'case_no'
          : name === 'audit_seals'
            ? 'seq'
            : auditKey(name);
      const blank = (await admin().unsafe(`SELECT 1 FROM ${name} LIMIT 1`)).length === 0;
      const refuse = expect.objectContaining({
        code: '23001',
        message: `rows of ${name} are added, never edited`,
      });
      await expect(admin().unsafe(`TRUNCATE ${name} CASCADE`)).rejects.toMatchObject({ code: '23001' });
      // A row trigger has nothing to refuse in a table without rows; that it is there is checked below.
      if (blank) return;
      await expect(admin().unsafe(`UPDATE ${name} SET ${column} = ${column}`)).rejects.toEqual(refuse);
      await expect(admin().unsafe(`DELETE FROM ${name}`)).rejects.toEqual(refuse);
    },
  );

  it('each have both triggers, enabled', async () => {
    const rows = await admin()<{ name: string; triggers: string[] }[]>`
      SELECT c.relname AS name, array_agg(t.tgname ORDER BY t.tgname) AS triggers FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE p.proname = 'refuse_change' AND t.tgenabled IN ('O', 'A') GROUP BY c.relname ORDER BY 1`;
    expect(rows.map(({ name }) => name)).toEqual(tables.filter((name) => !isWorkingState(name)));
    for (const { name, triggers } of rows) expect(triggers, name).toEqual(['append_only', 'append_only_all']);
  });

  it('are not granted to the application for anything but reading and adding', async () => {
    const rows = await admin()<{ name: string; privilege: string }[]>`
      SELECT t.name, p.privilege FROM unnest(${tables}::text[]) AS t(name), unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p(privilege)
      WHERE has_table_privilege(${appRole}, 'public.' || t.name, p.privilege) ORDER BY 1, 2`;
    expect(rows.filter(({ name }) => !isWorkingState(name))).toEqual([]);
    expect([...new Set(rows.map(({ privilege }) => privilege))]).toEqual(['UPDATE']);
  });

  it('answer the application with "permission denied" and the reader likewise, for adding too', async () => {
    await expect(app()`UPDATE opinions SET proposes = 'refuse'`).rejects.toMatchObject({ code: '42501' });
    await expect(app()`DELETE FROM audit_events`).rejects.toMatchObject({ code: '42501' });
    await expect(app()`TRUNCATE decisions`).rejects.toMatchObject({ code: '42501' });
    await expect(
      app()`INSERT INTO divisions (id, code, name, level, valid_from) VALUES (gen_random_uuid(), '99', 'x', 'county', '2026-01-01')`,
    ).rejects.toMatchObject({ code: '42501' });
    const { sql: reader } = record.database.reader;
    await expect(reader`UPDATE tasks SET overdue = true`).rejects.toMatchObject({ code: '42501' });
    await expect(reader`INSERT INTO outbox DEFAULT VALUES`).rejects.toMatchObject({ code: '42501' });
  });
});

describe('roles', () => {
  it('of the application and the reader own nothing and can become nothing more', async () => {
    const roles = await admin()<{ rolname: string }[]>`
      SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles
      WHERE pg_has_role(rolname, 'onedoor_app', 'MEMBER') AND NOT rolsuper OR rolname IN ('onedoor_app', 'onedoor_reader') OR rolname = ${appRole}`;
    expect(roles.length).toBeGreaterThanOrEqual(3);
    for (const role of roles)
      expect(role).toMatchObject({
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
      });
    const owned =
      await admin()`SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname LIKE 'onedoor%'
      UNION ALL SELECT p.proname FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE r.rolname LIKE 'onedoor%'`;
    expect([...owned]).toEqual([]);
  });

  it('cannot create anything, nor switch triggers off', async () => {
    await expect(app()`CREATE TABLE public.mine (a int)`).rejects.toMatchObject({ code: '42501' });
    await expect(
      app()`CREATE FUNCTION onedoor.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    ).rejects.toMatchObject({ code: '42501' });
    await expect(app()`SET session_replication_role = replica`).rejects.toMatchObject({ code: '42501' });
    await expect(app()`ALTER TABLE opinions DISABLE TRIGGER append_only`).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('row-level security', () => {
  it('is on for every table, with a policy for each of the two roles', async () => {
    const off =
      await admin()`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT relrowsecurity`;
    expect([...off]).toEqual([]);
    const policies = await admin()<{ name: string; roles: string[] }[]>`
      SELECT tablename AS name, array_agg(DISTINCT roles[1]::text ORDER BY roles[1]::text) AS roles FROM pg_policies WHERE schemaname = 'public' GROUP BY 1 ORDER BY 1`;
    expect(policies.map(({ name }) => name)).toEqual(tables);
    for (const { name, roles } of policies) expect(roles, name).toEqual(['onedoor_app', 'onedoor_reader']);
  });

  it('shows nothing of a case to a connection that says neither who acts nor where', async () => {
    const open = [
      'divisions',
      'division_successions',
      'staff',
      'role_grants',
      'role_revocations',
      'business_clock',
      'case_counters',
    ];
    const leaks: string[] = [];
    for (const name of tables)
      if ((await app().unsafe(`SELECT 1 FROM ${name} LIMIT 1`)).length > 0) leaks.push(name);
    expect(leaks.filter((name) => !open.includes(name))).toEqual([]);
  });
});
