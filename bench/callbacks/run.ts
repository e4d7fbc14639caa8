import { randomUUID } from 'node:crypto';
import { requestsOf } from '../../src/casefile/evidence.js';
import { openPersons } from '../../src/casefile/persons.js';
import { openDatabase } from '../../src/casefile/db.js';
import { signBody } from '../../src/departments/signature.js';
import { listen } from '../../src/stack/listen.js';
import { rfc3339 } from '../../src/terms/index.js';
import { inParallel } from '../../test/support/in-parallel.js';
import { openTestRecord, type TestRecord } from '../../test/support/record.js';
import { openIssuer } from '../../test/support/tokens.js';
import { on } from '../../test/support/walk.js';
import { BENCH_KEY, benchApi } from '../api.js';
import { createDecideActivities } from '../bare/decide-activities.js';
import { household } from '../decision/cases.js';
import { makeBareTables, rowsAddedBy } from '../decision/written-rows.js';
import { interleave } from '../interleave.js';
import { measureOf, roundOf } from '../measure.js';
import { costsOf, explainingDatabase } from '../plans.js';
import type { Findings } from '../result.js';
import { progress, withServers } from '../servers.js';

const CASES = 40;
const A_ROUND = 400;
const WARM = 100;
const IN_FLIGHT = 16;
const TODAY = on('2026-03-05');

/** A question to the bank, and what the bank says to it. */
interface Asked {
  readonly caseNo: string;
  readonly body: string;
}
type Post = (asked: Asked) => Promise<void>;

/** Callbacks as departments send them: signature, raw bytes encrypted, audit event, the promise to read them. */
export const callbacks = (): Promise<Findings> =>
  withServers(async () => {
    const record = await openTestRecord();
    const { database, rulebook } = record;
    const pool = openDatabase(database.adminUrl, { max: 20 });
    const issuer = await openIssuer();
    const api = benchApi({ database, rulebook, issuer });
    const door = await listen(api.fetch, 0);
    try {
      progress(`taking ${CASES} cases to where departments are asked`);
      const asked = await questions(record, CASES);
      const [sample] = asked;
      if (!sample) throw new Error('nobody was asked');
      const overHttp: Post = (each) => post(each, (path, init) => fetch(door.url + path, init));
      const inProcess: Post = (each) => post(each, async (path, init) => api.request(path, init));
      const rows = await rowsAddedBy(database.admin.sql, sample.caseNo, () => overHttp(sample));
      await makeBareTables(
        database.admin.sql,
        rows.map(({ table }) => table),
      );
      const { write } = createDecideActivities(pool.sql, sample.caseNo, rows);
      const ours = (by: Post, count: number) => rate(count, (nth) => by(asked[nth % asked.length] ?? sample));
      const bare = (count: number) => rate(count, async () => void (await write(randomUUID())));
      await ours(overHttp, WARM);
      await bare(WARM);
      const pairs = await interleave<{ rate: number; inProcess: number }>({
        ours: async () => ({
          rate: await ours(overHttp, A_ROUND),
          inProcess: await ours(inProcess, A_ROUND),
        }),
        bare: async () => ({ rate: await bare(A_ROUND), inProcess: 0 }),
      });
      const against = (what: string, of: 'rate' | 'inProcess', goal: { atLeast: number } | null) =>
        measureOf(
          what,
          'callbacks/s',
          pairs.map(({ first, ours: mine, bare: other }) => roundOf(first, mine[of], other.rate)),
          goal,
        );
      return {
        chief: against('callbacks stored over HTTP against bare inserts', 'rate', { atLeast: 0.5 }),
        beside: [against('the same without a socket', 'inProcess', null)],
        notes: [
          `${A_ROUND} callbacks a round and side, ${IN_FLIGHT} at once, of ${CASES} cases in turn; clients and both servers share the machine`,
          `the bare side inserts the ${rows.length} rows that one callback adds (${rows.map(({ table }) => table).join(', ')}), in one transaction, one statement a row, encrypted bytes and hashes as they came out of ours, into tables with the same columns, indexes and checks`,
          'ours also takes HTTP, checks the signature, finds the case, locks it, looks for the same webhook id, encrypts, and hashes the row into the audit chain of its case; nobody reads the answers meanwhile',
        ],
        details: { rows: rows.map(({ table }) => table), one: await costs(record, asked[1] ?? sample) },
      };
    } finally {
      await door.stop();
      await pool.close();
      await database.drop();
    }
  });

async function questions({ walker }: TestRecord, count: number): Promise<Asked[]> {
  const asked: Asked[] = [];
  await inParallel(
    Array.from({ length: count }, (_, nth) => nth),
    4,
    async (nth) => {
      const caseNo = await walker.walkTo('investigating', household(nth));
      const about = await walker.inside(caseNo, '2026-03-05', async (tx) => {
        const request = (await requestsOf(tx, caseNo)).find(({ source }) => source === 'bank');
        const [subject] = request ? await openPersons(tx, caseNo, [request.personId]) : [];
        return { requestId: request?.id, subject: { idNumber: subject?.idNumber, name: subject?.name } };
      });
      const facts = [{ item: 'deposits', category: 'deposit', amountFen: 120_000 }];
      const answer = {
        answerId: randomUUID(),
        source: 'bank',
        answeredAt: rfc3339(TODAY),
        outcome: 'found',
        facts,
      };
      asked.push({ caseNo, body: JSON.stringify({ ...answer, ...about }) });
    },
  );
  return asked;
}

async function post(
  { body }: Asked,
  send: (path: string, init: RequestInit) => Promise<Response>,
): Promise<void> {
  const bytes = Buffer.from(body);
  const signed = signBody({ key: BENCH_KEY[0], id: randomUUID(), realNow: Date.now(), body: bytes });
  const headers = { ...signed, 'content-type': 'application/json' };
  const answer = await send('/callbacks/bank', { method: 'POST', headers, body: bytes });
  const text = await answer.text();
  if (answer.status !== 202) throw new Error(`${answer.status} ${text}`);
}

/** @returns how many a second */
async function rate(count: number, work: (nth: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  await inParallel(
    Array.from({ length: count }, (_, nth) => nth),
    IN_FLIGHT,
    work,
  );
  return count / ((performance.now() - began) / 1000);
}

/** One more, on a connection that tells the plan of every statement. */
async function costs({ database, rulebook }: TestRecord, asked: Asked) {
  const explaining = await explainingDatabase(database);
  try {
    const casefile = { ...database.casefile, database: explaining.database };
    const api = benchApi({ database, casefile, rulebook, issuer: await openIssuer() });
    await post(asked, async (path, init) => api.request(path, init));
    return costsOf(explaining.take());
  } finally {
    await explaining.database.close();
  }
}
