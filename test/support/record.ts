import { sealHeads } from '../../src/casefile/audit-log.js';
import { inCasefile } from '../../src/casefile/tx.js';
import type { Rulebook } from '../../src/policy/rulebook-types.js';
import { readRulebook } from '../../src/stack/rulebook-files.js';
import { runVerify, type Report, type VerifyOptions } from '../../src/stack/verify.js';
import { instant, plainDate } from '../../src/terms/index.js';
import { freshDatabase, type TestDatabase } from './database.js';
import { seedTown, type Town } from './town.js';
import { createWalker, on, type Walker } from './walk.js';

/** A case file of one's own with a town in it, and somebody who walks households through it. */
export interface TestRecord {
  readonly database: TestDatabase;
  readonly town: Town;
  readonly walker: Walker;
  readonly rulebook: Rulebook;
  seal(): Promise<number>;
  /** `onedoor verify` on 2026-03-23 over the record alone: what rests on Temporal is unknown. */
  verify(options?: Partial<VerifyOptions>): Promise<Report>;
  /**
   * Does as the administrator, with triggers off, what nobody may; and undoes it when the test is over, so that
   * each violation is planted into a sound file.
   */
  tamper<T>(statements: readonly string[], look: () => Promise<T>): Promise<T>;
}

export async function openTestRecord(rulebook: Rulebook = readRulebook()): Promise<TestRecord> {
  const database = await freshDatabase();
  const town = await seedTown(database.admin);
  const walker = createWalker({ casefile: database.casefile, rulebook, town });

  const seal = () =>
    inCasefile(database.casefile, { actor: 'system:sealer', on: plainDate('2026-03-23') }, sealHeads);

  const verify: TestRecord['verify'] = (options = {}) =>
    runVerify({
      reader: database.reader,
      temporal: null,
      rulebook,
      logFiles: [],
      now: on('2026-03-23'),
      realNow: instant(Date.now()),
      patience: { unsealedMs: 0 },
      ...options,
    });

  /** Every table as it was, written back with triggers off. */
  const tamper: TestRecord['tamper'] = async (statements, look) => {
    const { sql } = database.admin;
    const tables = await sql<
      { name: string }[]
    >`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
    await sql.begin(async (tx) => {
      await tx`SET LOCAL session_replication_role = replica`;
      await tx`CREATE SCHEMA kept`;
      for (const { name } of tables)
        await tx`CREATE TABLE ${tx(`kept.${name}`)} AS TABLE ${tx(`public.${name}`)}`;
      for (const statement of statements) await tx.unsafe(statement);
    });
    try {
      return await look();
    } finally {
      await sql.begin(async (tx) => {
        await tx`SET LOCAL session_replication_role = replica`;
        for (const { name } of tables) {
          await tx`DELETE FROM ${tx(`public.${name}`)}`;
          await tx`INSERT INTO ${tx(`public.${name}`)} SELECT * FROM ${tx(`kept.${name}`)}`;
        }
        await tx`DROP SCHEMA kept CASCADE`;
      });
    }
  };

  return { database, town, walker, rulebook, seal, verify, tamper };
}
