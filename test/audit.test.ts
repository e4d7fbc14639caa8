import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestRecord, type TestRecord } from './support/record.js';
import { auditCheck, auditHead, type AuditHead } from '../src/stack/audit-report.js';
import { instant } from '../src/terms/index.js';
import { linkNext, type AuditEntry } from '../src/casefile/audit/chain.js';
import { linkSeal, type SealEntry } from '../src/casefile/audit/seals.js';
import type { Finding, Read } from '../src/casefile/invariants/check.js';
import { readChains, readSeals } from '../src/casefile/invariants/audit-rows.js';

let record: TestRecord;
let caseNo: string;
let exported: AuditHead;

beforeAll(async () => {
  record = await openTestRecord();
  caseNo = await record.walker.walkTo('in_benefit');
  await record.walker.walkTo('accepted');
  await record.seal();
  exported = await auditHead(record.database.reader);
});
afterAll(() => record.database.drop());

const check = async (head = exported.head ?? undefined): Promise<readonly Finding[]> =>
  (await auditCheck(record.database.reader, head)).findings;
const tampered = (...statements: string[]): Promise<readonly Finding[]> =>
  record.tamper(statements, () => check());
const event = (seq: number): string => `chain = '${caseNo}' AND seq = ${seq}`;
const literal = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;

describe('a sound chain', () => {
  it('has a head to export: last seal, chains, nothing unsealed', () => {
    expect(exported).toMatchObject({
      head: { seq: 2, hash: expect.stringMatching(/^[\da-f]{64}$/) },
      seals: 2,
      chains: 2,
      unsealed: [],
    });
  });

  it('checks clean, with every event looked at', async () => {
    const checked = await auditCheck(record.database.reader, exported.head ?? undefined);
    expect(checked).toMatchObject({ invariant: 'I8', findings: [] });
    expect(checked.checked).toBeGreaterThan(80);
  });
});

describe('rows on record', () => {
  it('changed: named, with the event that wrote it', async () => {
    const [row] = await record.database.admin.sql<
      { id: string }[]
    >`SELECT id FROM opinions WHERE case_no = ${caseNo} AND level = 'township'`;
    const findings = await tampered(`UPDATE opinions SET proposes = 'refuse' WHERE id = '${row?.id}'`);
    expect(findings).toEqual([
      { record: `opinions ${row?.id}`, problem: expect.stringMatching(/^is not what .*#\d+ put on record$/) },
    ]);
  });

  it('changed by one byte of ciphertext', async () => {
    const [row] = await record.database.admin.sql<
      { id: string }[]
    >`SELECT id FROM persons WHERE case_no = ${caseNo} LIMIT 1`;
    const findings = await tampered(
      `UPDATE persons SET name = set_byte(name, 40, (get_byte(name, 40) + 1) % 256) WHERE id = '${row?.id}'`,
    );
    expect(findings.map(({ record: name }) => name)).toEqual([`persons ${row?.id}`]);
  });

  it('deleted', async () => {
    const findings = await tampered(`DELETE FROM acceptances WHERE case_no = '${caseNo}'`);
    expect(findings).toEqual([
      {
        record: expect.stringMatching(/^acceptances /),
        problem: expect.stringMatching(/^is gone; .* put it on record$/),
      },
    ]);
  });

  it('put in beside the procedure', async () => {
    const findings = await tampered(
      `INSERT INTO remarks (id, case_no, about, ref_id, key_id, body) SELECT '01900000-0000-7000-8000-000000000001', case_no, 'visit', key_id, key_id, '\\x00' FROM cases WHERE case_no = '${caseNo}'`,
    );
    expect(findings).toEqual([
      {
        record: 'remarks 01900000-0000-7000-8000-000000000001',
        problem: 'is on file, and no audit event put it there',
      },
    ]);
  });

  it('of every table with a case: an inserted twin is found in each', async () => {
    const { sql } = record.database.admin;
    const tables = await sql<{ name: string; columns: string }[]>`
      SELECT table_name AS name, string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns c
      WHERE table_schema = 'public' AND column_name <> 'id' AND EXISTS (SELECT 1 FROM information_schema.columns k
        WHERE k.table_schema = 'public' AND k.table_name = c.table_name AND k.column_name = 'case_no')
        AND EXISTS (SELECT 1 FROM information_schema.columns k WHERE k.table_schema = 'public' AND k.table_name = c.table_name AND k.column_name = 'id')
        AND table_name NOT IN ('tasks', 'clocks', 'commands', 'outbox', 'data_keys', 'person_links') GROUP BY table_name ORDER BY 1`;
    const filled: string[] = [];
    for (const { name } of tables)
      if ((await sql.unsafe(`SELECT 1 FROM ${name} LIMIT 1`)).length > 0) filled.push(name);
    expect(filled.length).toBeGreaterThan(18);
    const twins = tables
      .filter(({ name }) => filled.includes(name))
      .flatMap(({ name, columns }) => [
        ...dropUniques(name),
        `INSERT INTO ${name} (id, ${columns}) SELECT gen_random_uuid(), ${columns} FROM ${name} LIMIT 1`,
      ]);
    const findings = await tampered(...twins);
    const named = findings
      .filter(({ problem }) => problem.startsWith('is on file'))
      .map(({ record: name }) => name.split(' ')[0]);
    expect(new Set(named)).toEqual(new Set(filled));
    expect(named).toHaveLength(filled.length);
  });
});

/** So that a twin can be put in at all. The constraints are proved elsewhere. */
const dropUniques = (table: string): string[] => [
  `DO $$ DECLARE c text; BEGIN FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = 'public.${table}'::regclass AND contype = 'u'
    LOOP EXECUTE format('ALTER TABLE public.${table} DROP CONSTRAINT %I', c); END LOOP; END $$`,
  `DO $$ DECLARE i text; BEGIN FOR i IN SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 'public.${table}'::regclass
      AND indisunique AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
    LOOP EXECUTE format('DROP INDEX %s', i); END LOOP; END $$`,
];

describe('events', () => {
  it('changed', async () => {
    expect(
      await tampered(`UPDATE audit_events SET actor = 'staff:${record.town.staff.leader}' WHERE ${event(3)}`),
    ).toEqual([{ record: `audit ${caseNo}#3`, problem: 'changed' }]);
  });

  it('deleted, with the rows they alone put on record', async () => {
    const findings = await tampered(`DELETE FROM audit_events WHERE ${event(3)}`);
    expect(findings).toContainEqual({ record: `audit ${caseNo}#3`, problem: 'deleted up to #3' });
    expect(findings.filter(({ problem }) => problem.startsWith('is on file')).length).toBeGreaterThan(0);
  });

  it('inserted', async () => {
    const findings = await tampered(
      `UPDATE audit_events SET seq = seq + 100 WHERE chain = '${caseNo}' AND seq > 3`,
      `UPDATE audit_events SET seq = seq - 99 WHERE chain = '${caseNo}' AND seq > 100`,
      `INSERT INTO audit_events SELECT gen_random_uuid(), chain, 4, at, actor, 'forged', article, params, '[]', hash, repeat('a', 64), written_at_ms FROM audit_events WHERE ${event(3)}`,
    );
    expect(findings).toContainEqual({
      record: `audit ${caseNo}#4`,
      problem: expect.stringMatching(/inserted|changed/),
    });
    expect(findings).toContainEqual({ record: `audit ${caseNo}#5`, problem: 'reordered, was #4' });
  });

  it('reordered', async () => {
    const findings = await tampered(
      `UPDATE audit_events SET seq = 9999 WHERE ${event(2)}`,
      `UPDATE audit_events SET seq = 2 WHERE ${event(3)}`,
      `UPDATE audit_events SET seq = 3 WHERE chain = '${caseNo}' AND seq = 9999`,
    );
    expect(findings).toEqual([
      { record: `audit ${caseNo}#2`, problem: 'reordered, was #3' },
      { record: `audit ${caseNo}#3`, problem: 'reordered, was #2' },
    ]);
  });

  it('cut at the tail: the seal knows how long the chain was', async () => {
    const [last] = await record.database.admin.sql<
      { seq: number }[]
    >`SELECT max(seq) AS seq FROM audit_events WHERE chain = ${caseNo}`;
    const findings = await tampered(`DELETE FROM audit_events WHERE ${event(last?.seq ?? 0)}`);
    expect(findings).toContainEqual({
      record: `audit ${caseNo}#${last?.seq}`,
      problem: `tail_cut up to #${last?.seq}`,
    });
  });

  it('of a whole case deleted, rows and all', async () => {
    const findings = await tampered(
      `DELETE FROM audit_events WHERE chain = '${caseNo}'`,
      `DELETE FROM cases WHERE case_no = '${caseNo}'`,
    );
    expect(findings).toContainEqual({
      record: `audit ${caseNo}#1`,
      problem: expect.stringMatching(/^tail_cut/),
    });
  });
});

/** The chain of the case as it would be if its third event had always been another. */
async function rewrittenChain(): Promise<AuditEntry[]> {
  const entries = await record.database.reader.sql.begin((read: Read) => readChains(read, [caseNo]));
  return entries.reduce<AuditEntry[]>((chain, entry) => {
    const params = entry.seq === 3 ? { ...entry.params, forged: true } : entry.params;
    return [...chain, linkNext(chain.at(-1) ?? null, { ...entry, params })];
  }, []);
}

async function rewrittenSeals(head: AuditEntry | undefined): Promise<SealEntry[]> {
  const seals = await record.database.reader.sql.begin((read: Read) => readSeals(read));
  return seals.reduce<SealEntry[]>((chain, seal) => {
    const chainHash = seal.chain === caseNo ? (head?.hash ?? '') : seal.chainHash;
    return [...chain, linkSeal(chain.at(-1) ?? null, { ...seal, chainHash })];
  }, []);
}

const setEvent = (entry: AuditEntry): string =>
  `UPDATE audit_events SET params = ${literal(JSON.stringify(entry.params))}, prev_hash = '${entry.prevHash}', hash = '${entry.hash}' WHERE id = '${entry.id}'`;
const setSeal = (seal: SealEntry): string =>
  `UPDATE audit_seals SET chain_hash = '${seal.chainHash}', prev_hash = '${seal.prevHash}', hash = '${seal.hash}' WHERE seq = ${seal.seq}`;

describe('a chain written anew to its end', () => {
  it('is found by its seal', async () => {
    const chain = await rewrittenChain();
    const findings = await tampered(...chain.map(setEvent));
    expect(findings).toEqual([{ record: `audit ${caseNo}#${chain.length}`, problem: 'rewritten' }]);
  });

  it('with all seals written anew as well is found by the exported head, and by nothing inside the house', async () => {
    const chain = await rewrittenChain();
    const seals = await rewrittenSeals(chain.at(-1));
    await record.tamper([...chain.map(setEvent), ...seals.map(setSeal)], async () => {
      expect((await auditCheck(record.database.reader)).findings).toEqual([]);
      expect(await check()).toEqual([{ record: `audit seals#${exported.head?.seq}`, problem: 'rewritten' }]);
    });
  });
});

describe('sealing', () => {
  it('says what is not sealed yet, and lets the newest events wait for the sealer', async () => {
    const later = await record.walker.walkTo('submitted');
    try {
      expect(await check()).toEqual([{ record: `audit ${later}#1`, problem: 'unsealed up to #1' }]);
      expect((await auditHead(record.database.reader)).unsealed).toEqual([later]);
      expect((await auditCheck(record.database.reader, undefined, instant(0))).findings).toEqual([]);
    } finally {
      await record.seal();
    }
    expect(await check()).toEqual([]);
  });
});
