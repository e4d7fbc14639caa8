import { randomInt } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCase } from '../src/casefile/case-state.js';
import { openTask } from '../src/casefile/tasks.js';
import { inCasefile, type Acting, type Tx } from '../src/casefile/tx.js';
import { plainDate } from '../src/terms/index.js';
import { db09 } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { mergeTownship, type Person } from './support/town.js';
import { on } from './support/walk.js';

/** Two townships of one county with a case each. What a person or the system may see is what their grants reach. */
let record: TestRecord;
let ours: string;
let theirs: string;
const DAY = plainDate('2026-03-23');

beforeAll(async () => {
  record = await openTestRecord();
  ours = await record.walker.walkTo('in_benefit');
  theirs = await record.walker.walkTo('submitted', db09({ township: '441625104' }));
});
afterAll(() => record.database.drop());

const as = <T>(who: Person, work: (tx: Tx) => Promise<T>, day = DAY): Promise<T> =>
  inCasefile(record.database.casefile, { actor: `staff:${record.town.staff[who]}`, on: day }, work);
const within = <T>(acting: Acting, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inCasefile(record.database.casefile, acting, work);
const casesSeen = async (tx: Tx): Promise<string[]> =>
  [...(await tx.q.execute<{ case_no: string }>(sql`SELECT case_no FROM cases ORDER BY 1`))].map(
    (row) => row.case_no,
  );

/** Every table with a case, and the cases whose rows show. */
async function rowsSeen(tx: Tx): Promise<Record<string, string[]>> {
  const tables = await tx.q.execute<{ name: string }>(
    sql`SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'case_no' ORDER BY 1`,
  );
  const seen: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await tx.q.execute<{ case_no: string }>(
      sql`SELECT DISTINCT case_no FROM ${sql.identifier(name)} ORDER BY 1`,
    );
    if (rows.length > 0) seen[name] = [...rows].map((row) => row.case_no);
  }
  return seen;
}

describe('a member of staff', () => {
  it.each<[Person, () => string[]]>([
    ['clerk', () => [ours]],
    ['leader', () => [ours]],
    ['otherClerk', () => [theirs]],
    ['examiner', () => [ours, theirs]],
    ['supervisor', () => [ours, theirs]],
    ['strangeClerk', () => []],
  ])('%s sees the cases of their divisions and below', async (who, expected) => {
    expect(await as(who, casesSeen)).toEqual(expected());
  });

  it('sees no row of another township in any table', async () => {
    const seen = await as('clerk', rowsSeen);
    expect(Object.keys(seen).length).toBeGreaterThan(30);
    expect([...new Set(Object.values(seen).flat())]).toEqual([ours]);
    expect(Object.keys(await as('strangeClerk', rowsSeen))).toEqual([]);
  });

  it('sees nothing before the grant begins, and nothing after it was revoked', async () => {
    expect(await as('clerk', casesSeen, plainDate('2019-12-31'))).toEqual([]);
    await record.database.admin
      .sql`INSERT INTO role_revocations (grant_id, revoked_from) SELECT id, '2026-06-01' FROM role_grants WHERE staff_id = ${record.town.staff.verifier}`;
    expect(await as('verifier', casesSeen, plainDate('2026-05-31'))).toEqual([ours, theirs]);
    expect(await as('verifier', casesSeen, plainDate('2026-06-01'))).toEqual([]);
  });

  it('is told the same of a case out of scope as of one that is not there', async () => {
    for (const caseNo of [theirs, 'AP-441625103-2026-99999'])
      await expect(as('clerk', (tx) => readCase(tx, caseNo))).rejects.toMatchObject({
        code: 'case_not_found',
      });
  });

  it('follows a township into the one it was merged into, from that day', async () => {
    await mergeTownship(record.database.admin, record.town, {
      from: '441625104',
      into: '441625103',
      on: '2026-07-01',
    });
    expect(await as('clerk', casesSeen, plainDate('2026-06-30'))).toEqual([ours]);
    expect(await as('clerk', casesSeen, plainDate('2026-07-01'))).toEqual([ours, theirs]);
  });

  it('cannot add rows to a case out of scope', async () => {
    const add = as('clerk', (tx) =>
      tx.q.execute(sql`INSERT INTO households (id, case_no) VALUES (gen_random_uuid(), ${theirs})`),
    );
    await expect(add).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

describe('10,000 random case numbers', () => {
  it('out of scope: not one row, in no table', async () => {
    const random = Array.from(
      { length: 9_998 },
      () =>
        `AP-4416${String(randomInt(100_000)).padStart(5, '0')}-2026-${String(randomInt(100_000)).padStart(5, '0')}`,
    );
    const asked = JSON.stringify([
      ...random.filter((caseNo) => caseNo !== ours),
      theirs,
      'AP-441625104-2026-00002',
    ]);
    const leaks = await as('clerk', async (tx) => {
      const tables = Object.keys(await rowsSeen(tx));
      let found = 0;
      for (const name of tables) {
        const [row] = await tx.q.execute<{ n: number }>(
          sql`SELECT count(*)::int AS n FROM ${sql.identifier(name)} t JOIN jsonb_array_elements_text(${asked}::jsonb) a(case_no) ON a.case_no = t.case_no`,
        );
        found += row?.n ?? 0;
      }
      return { found, tables: tables.length };
    });
    expect(leaks.tables).toBeGreaterThan(30);
    expect(leaks.found).toBe(0);
  });
});

describe('a cooperating division', () => {
  it('sees its task, and nothing of the case', async () => {
    await record.walker.inside(ours, '2026-03-23', (tx) =>
      openTask(tx, {
        caseNo: ours,
        divisionId: record.town.divisions['441621100'] ?? '',
        role: 'window_clerk',
        kind: 'letter_inquiry',
        at: on('2026-03-23'),
      }),
    );
    const seen = await as('strangeClerk', rowsSeen);
    expect(seen).toEqual({ tasks: [ours] });
    const kinds = await as('strangeClerk', (tx) =>
      tx.q.execute<{ kind: string }>(sql`SELECT kind FROM tasks`),
    );
    expect([...kinds].map(({ kind }) => kind)).toEqual(['letter_inquiry']);
  });
});

describe('a system actor', () => {
  it('sees the one case it was opened for', async () => {
    const acting = { actor: 'system:clock', on: DAY } as const;
    expect(await within({ ...acting, caseNo: ours }, casesSeen)).toEqual([ours]);
    expect([...new Set(Object.values(await within({ ...acting, caseNo: theirs }, rowsSeen)).flat())]).toEqual(
      [theirs],
    );
    expect(await within(acting, casesSeen)).toEqual([]);
  });

  it('does not widen what a person sees: naming a case is not a ground', async () => {
    const named = await within(
      { actor: `staff:${record.town.staff.clerk}`, on: DAY, caseNo: theirs },
      casesSeen,
    );
    expect(named).toEqual([ours]);
  });

  it('leaves nothing behind on the connection', async () => {
    await within({ actor: 'system:clock', on: DAY, caseNo: ours }, casesSeen);
    const { sql: raw } = record.database.casefile.database;
    const counts = await Promise.all(
      Array.from({ length: 20 }, () => raw<{ n: number }[]>`SELECT count(*)::int AS n FROM cases`),
    );
    expect(counts.map(([row]) => row?.n)).toEqual(counts.map(() => 0));
  });
});

describe('what belongs to no case', () => {
  it('unmatched callbacks and the chain of the house are the operator’s and the auditor’s', async () => {
    await record.database.admin
      .sql`INSERT INTO raw_answers (id, source, webhook_id, key_id, body, salt, content_hash, received_at)
      VALUES (gen_random_uuid(), 'bank', 'unmatched-1', gen_random_uuid(), '\\x00', '\\x00', 'x', now())`;
    const unmatched = async (tx: Tx): Promise<number> =>
      (await tx.q.execute(sql`SELECT 1 FROM raw_answers WHERE case_no IS NULL`)).length;
    expect(await as('clerk', unmatched)).toBe(0);
    expect(await as('supervisor', unmatched)).toBe(0);
    expect(await as('operator', unmatched)).toBe(1);
  });
});
