import { randomUUID } from 'node:crypto';
import { newId } from '../../src/casefile/record.js';
import { workflowId, type CaseNo } from '../../src/terms/index.js';
import type { Counter } from './counter.js';
import type { TestHouse } from './house.js';
import { twoPeople } from './journeys.js';
import { until } from './until.js';

/** Bytes of a row as they were, so that the damage can be mended. */
export interface Damage {
  mend(): Promise<void>;
}

/** Does to one stored value what a disk would: nobody is asked, no trigger runs. */
export async function damage(
  { database }: TestHouse,
  at: { table: 'raw_answers' | 'persons' | 'commands'; column: 'body' | 'id_number'; id: string },
): Promise<Damage> {
  const { sql } = database.admin;
  const [row] = await sql<{ bytes: Uint8Array }[]>`
    SELECT ${sql(at.column)} AS bytes FROM ${sql(at.table)} WHERE id = ${at.id}`;
  if (!row) throw new Error(`no ${at.table} ${at.id}`);
  const write = async (bytes: Uint8Array): Promise<void> => {
    await sql.begin(async (tx) => {
      await tx`SET LOCAL session_replication_role = replica`;
      await tx`UPDATE ${tx(at.table)} SET ${tx(at.column)} = ${Buffer.from(bytes)} WHERE id = ${at.id}`;
    });
  };
  const wrong = Buffer.from(row.bytes);
  wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
  await write(wrong);
  return { mend: () => write(row.bytes) };
}

/** Promises to bring commands that are on no file. Oldest of all, so that whoever goes by age meets them first. */
export async function promiseNothing({ database }: TestHouse, caseNo: CaseNo, count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1)
    await database.admin.sql`INSERT INTO outbox (id, topic, case_no, ref_id, next_attempt_at)
      VALUES (${`00000000-0000-7000-8000-${String(nth).padStart(12, '0')}`}, 'command', ${caseNo}, ${newId()}, now())`;
}

/** A desk that takes every message and answers none: its queue has no worker. */
export async function openDeafDesk({ temporal, time }: TestHouse, caseNo: CaseNo): Promise<void> {
  await temporal.client.workflow.start('application', {
    workflowId: workflowId('application', caseNo),
    taskQueue: `nobody/${randomUUID()}`,
    args: [
      { version: 1, procedure: 'application', record: caseNo, offsetSeconds: await time.offsetSeconds() },
    ],
  });
}

/** Households that go through the door and the departments; everything about them is left to the sweep. */
export async function innocents(house: TestHouse, counter: Counter, count: number): Promise<CaseNo[]> {
  const cases = await Promise.all(
    Array.from({ length: count }, async () => counter.submit(twoPeople(await house.today()))),
  );
  for (const caseNo of cases) await counter.send('clerk', caseNo, 'acceptance', { nearRelatives: [] });
  const { sql } = house.database.reader;
  await until(
    'the innocents to be answered',
    async () => {
      const [row] = await sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM answer_readings WHERE case_no = ANY (${cases})`;
      return row?.n === count * 6;
    },
    60_000,
  );
  return cases;
}

/** Real milliseconds from each promise to what it promised – a step taken, an answer read – in ascending order. */
export async function waitsOf({ database }: TestHouse, cases: readonly CaseNo[]): Promise<number[]> {
  const rows = await database.reader.sql<{ ms: number | null }[]>`
    SELECT extract(epoch FROM coalesce(
      (SELECT min(t.recorded_at) FROM transitions t WHERE o.topic = 'command' AND t.command_id = o.ref_id),
      (SELECT min(g.recorded_at) FROM answer_readings g WHERE o.topic = 'answer' AND g.answer_id = o.ref_id),
      o.delivered_at) - o.recorded_at)::float8 * 1000 AS ms FROM outbox o
    WHERE o.case_no = ANY (${[...cases]}) ORDER BY 1`;
  return rows.map(({ ms }) => ms ?? Infinity);
}
