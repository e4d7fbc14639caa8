import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.js';
import { openWire, type Wire } from '../../test/support/proxy.js';
import { until } from '../../test/support/until.js';
import { openDatabase, type Database } from './db.js';
import { sql } from 'drizzle-orm';

/** What a process sees of a Postgres that is killed. One that ends by it would end this test run. */
let whole: TestDatabase;
let wire: Wire;
let lost: Database;

beforeAll(async () => {
  whole = await freshDatabase();
  const url = new URL(whole.urls.appUrl);
  wire = await openWire(url.host);
  url.host = wire.address;
  lost = openDatabase(url.toString(), { max: 2 });
});
afterAll(async () => {
  wire.mend();
  await lost.close();
  await wire.close();
  await whole.drop();
});

const one = (database: Database) => database.db.execute(sql`SELECT 1 AS n`);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** The code somewhere in what drizzle has wrapped. */
function codeOf(error: unknown): unknown {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause) return cause.code;
  return error;
}

describe('a connection that is lost', () => {
  it.each([
    ['while a statement is under way', 'SELECT pg_sleep(5)'],
    ['between two statements', undefined],
  ])('%s ends its transaction, and nothing else', async (_, statement) => {
    wire.mend();
    await one(lost);
    const late: unknown[] = [];
    const working = lost.db.transaction(async (tx) => {
      await tx.execute(sql`SELECT 1`);
      if (statement) {
        setTimeout(() => wire.cut(), 50);
        await tx.execute(sql.raw(statement));
      } else {
        wire.cut();
        await pause(20);
        await tx.execute(sql`SELECT 2`).catch((error: unknown) => late.push(codeOf(error)));
        // Longer than any socket is kept.
        await pause(800);
        await tx.execute(sql`SELECT 3`).catch((error: unknown) => late.push(codeOf(error)));
      }
    });
    const began = performance.now();
    expect(await working.then(() => 'committed', codeOf)).toBe('CONNECTION_CLOSED');
    expect(performance.now() - began).toBeLessThan(2_000);
    await pause(1_000);
    expect(late).toEqual(statement ? [] : ['CONNECTION_CLOSED', 'CONNECTION_CLOSED']);
    wire.mend();
    await until(
      'a new connection',
      () =>
        one(lost).then(
          () => true,
          () => false,
        ),
      3_000,
    );
  });

  it('says so to whoever asks meanwhile, by a code that passes', async () => {
    wire.cut();
    await pause(1_000);
    expect(String(await one(lost).then(() => 'answered', codeOf))).toMatch(/^(ECONN|CONNECTION_)/);
    wire.mend();
    await until(
      'a new connection',
      () =>
        one(lost).then(
          () => true,
          () => false,
        ),
      3_000,
    );
  });

  it('is soon forgotten where nothing was under way', async () => {
    await one(lost);
    wire.cut();
    wire.mend();
    await pause(100);
    expect(await one(lost).then(() => 'answered', codeOf)).toBe('answered');
  });

  it('fails what was about to begin', async () => {
    await one(lost);
    const ended = lost.db.transaction((tx) => tx.execute(sql`SELECT 1`));
    wire.cut();
    expect(await ended.then(() => 'committed', codeOf)).toMatch(/^(ECONN|CONNECTION_)/);
    wire.mend();
    await pause(100);
    expect(await one(lost).then(() => 'answered', codeOf)).toBe('answered');
  });

  it('is closed at once by whoever has done with it', async () => {
    const own = openDatabase(whole.urls.appUrl, { max: 1 });
    await one(own);
    const began = performance.now();
    await own.close();
    expect(performance.now() - began).toBeLessThan(400);
  });
});

describe('what is left of a transaction that has failed', () => {
  it('is refused, for its connection may carry another one', async () => {
    const own = openDatabase(whole.urls.appUrl, { max: 1 });
    let straggler: Promise<unknown> = Promise.resolve();
    const failed = own.db.transaction(async (tx) => {
      straggler = pause(100).then(() => tx.execute(sql`SELECT 'left over'`));
      straggler.catch(() => undefined);
      await tx.execute(sql`SELECT no_such_column`);
    });
    await expect(failed).rejects.toThrow();
    await expect(
      straggler.catch((error: unknown) => Promise.reject(new Error(String(codeOf(error))))),
    ).rejects.toThrow('CONNECTION_CLOSED');
    await own.close();
  });
});
