import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockCase } from '../src/casefile/case-state.js';
import { readApplication } from '../src/casefile/evidence.js';
import { newId } from '../src/casefile/record.js';
import { recordRemark } from '../src/casefile/remarks.js';
import { attempt, inCasefile, once, type Tx } from '../src/casefile/tx.js';
import { plainDate } from '../src/terms/index.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import type { Person } from './support/town.js';

/** What a transaction keeps, it keeps for whom it was reckoned and for as long as it is true. */
let record: TestRecord;
let caseNo: string;
const DAY = plainDate('2026-03-23');
beforeAll(async () => {
  record = await openTestRecord();
  caseNo = await record.walker.walkTo('county_reviewed');
});
afterAll(() => record.database.drop());

const as = <T>(who: Person, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inCasefile(record.database.casefile, { actor: `staff:${record.town.staff[who]}`, on: DAY }, work);
const count = async (tx: Tx, table: string): Promise<number> => {
  const [row] = await tx.q.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM ${sql.identifier(table)} WHERE case_no = ${caseNo}`,
  );
  return row?.n ?? -1;
};
/** A case, a row of it, what waits there, and a key: each under a policy of another kind. */
const LOOKED_AT = ['cases', 'applications', 'tasks', 'commands', 'data_keys'];
const seen = async (tx: Tx): Promise<boolean[]> => {
  const found: boolean[] = [];
  for (const table of LOOKED_AT) found.push((await count(tx, table)) > 0);
  return found;
};
const all = (value: boolean): boolean[] => LOOKED_AT.map(() => value);

describe('the scope that was reckoned', () => {
  it.each([
    ['is said with act_as', (id: string) => sql`SELECT onedoor.act_as(${`staff:${id}`}, ${DAY}, '', '')`],
    ['is only named', (id: string) => sql`SELECT set_config('onedoor.actor', ${`staff:${id}`}, true)`],
  ])('is nobody else’s, when somebody else %s in the same transaction', async (_, names) => {
    await as('clerk', async (tx) => {
      expect(await seen(tx)).toEqual(all(true));
      await tx.q.execute(names(record.town.staff.strangeClerk));
      expect(await seen(tx)).toEqual(all(false));
      await tx.q.execute(names(record.town.staff.clerk));
      expect(await seen(tx)).toEqual(all(true));
    });
  });

  it('is of no other day', async () => {
    await as('clerk', async (tx) => {
      expect(await seen(tx)).toEqual(all(true));
      // Before anybody was granted anything.
      await tx.q.execute(sql`SELECT set_config('onedoor.on', '2019-01-01', true)`);
      // What somebody asked for themselves stays theirs to see.
      expect(await seen(tx)).toEqual(LOOKED_AT.map((table) => table === 'commands'));
    });
  });

  it('ends with the transaction, on whichever connection the next one comes', async () => {
    await Promise.all(Array.from({ length: 40 }, () => as('clerk', seen)));
    const next = await Promise.all(Array.from({ length: 40 }, () => as('strangeClerk', seen)));
    expect(next).toEqual(next.map(() => all(false)));
    const [left] = await record.database.casefile.database.sql<
      { left: string | null }[]
    >`SELECT nullif(concat(current_setting('onedoor.scope', true), current_setting('onedoor.case_seen', true)), '') AS left`;
    expect(left).toEqual({ left: null });
  });

  it('is asked by every policy through a function that looks once: none joins the cases', async () => {
    const policies = await record.database.admin.sql<{ name: string }[]>`
      SELECT tablename AS name FROM pg_policies
      WHERE 'onedoor_app' = ANY (roles) AND concat(qual, with_check) ~ 'FROM cases' ORDER BY 1`;
    expect(policies.map(({ name }) => name)).toEqual([]);
  });
});

describe('statements', () => {
  it('are kept by their connection and planned once', async () => {
    const kept = await as('clerk', async (tx) => {
      for (let n = 0; n < 3; n += 1) {
        tx.read.clear();
        await readApplication(tx, caseNo);
      }
      return tx.q.execute<{ custom: number; generic: number }>(
        sql`SELECT custom_plans::int AS custom, generic_plans::int AS generic FROM pg_prepared_statements WHERE statement LIKE 'select%from "applications"%'`,
      );
    });
    expect([...kept]).toEqual([{ custom: 0, generic: expect.any(Number) as number }]);
    expect(kept[0]?.generic).toBeGreaterThanOrEqual(3);
  });
});

describe('what a step has read', () => {
  const loads = (tx: Tx) => {
    let n = 0;
    return () => once(tx, 'anything', caseNo, () => Promise.resolve((n += 1)));
  };

  it('is read once, also when it is asked for twice at a time', async () => {
    await as('supervisor', async (tx) => {
      const read = loads(tx);
      expect(await Promise.all([read(), read()])).toEqual([1, 1]);
      expect(await read()).toBe(1);
    });
  });

  it('is read anew after a row was written, a lock was waited for, and a savepoint held', async () => {
    const undone = new Error('undone');
    const write = (tx: Tx) => recordRemark(tx, caseNo, { about: 'decision', refId: newId(), text: '复核。' });
    await as('clerk', async (tx) => {
      const read = loads(tx);
      expect(await read()).toBe(1);
      await write(tx);
      expect(await read()).toBe(2);
      await lockCase(tx, caseNo);
      expect(await read()).toBe(3);
      await attempt(tx, write);
      expect(await read()).toBe(4);
      throw undone;
    }).catch((error: unknown) => expect(error).toBe(undone));
  });

  it('inside a savepoint is gone with it', async () => {
    await as('clerk', async (tx) => {
      await attempt(tx, async (inner) => {
        await once(inner, 'anything', caseNo, () => Promise.resolve('of the savepoint'));
        throw new Error('undone');
      }).catch(() => {});
      expect(await once(tx, 'anything', caseNo, () => Promise.resolve('outside'))).toBe('outside');
    });
  });
});
