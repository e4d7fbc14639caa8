import postgres, { type Sql } from 'postgres';
import { listen } from '../../src/stack/listen.js';
import { openTestRecord, type TestRecord } from '../../test/support/record.js';
import { openIssuer } from '../../test/support/tokens.js';
import { benchApi } from '../api.js';
import { rowsRoute, selectRows, type WantedRows } from '../bare/select-rows.js';
import { interleave, ROUNDS } from '../interleave.js';
import { measureOf, percentile, roundOf, type Measure, type Goal } from '../measure.js';
import { costsOf, explainingDatabase } from '../plans.js';
import type { Findings } from '../result.js';
import { progress, withServers } from '../servers.js';
import type { Country } from './places.js';
import { distinctScans, scansFound, type FoundScan } from './scans.js';
import { seedCases } from './seed.js';
import { keysOf, rowsOfCase } from './wanted.js';

const CASES = Number(process.env['BENCH_READS_CASES'] ?? 100_000);
const A_ROUND = 40;
/** Rows from which looking through a table is too much. */
const BIG = 10_000;

/** One read as it is asked for, and the rows that answer it. */
interface Read {
  readonly who: string;
  readonly path: string;
  readonly wanted: readonly WantedRows[];
}

/** Work lists and case pages over a country of cases. */
export const reads = (): Promise<Findings> =>
  withServers(async () => {
    const record = await openTestRecord();
    try {
      progress(`seeding ${CASES} cases`);
      const country = await seedCases(record, CASES);
      return await measure(record, country);
    } finally {
      await record.database.drop();
    }
  });

async function measure(record: TestRecord, country: Country): Promise<Findings> {
  const { database } = record;
  const issuer = await openIssuer();
  const explaining = await explainingDatabase(database);
  const explained = benchApi({
    database,
    casefile: { ...database.casefile, database: explaining.database },
    rulebook: record.rulebook,
    issuer,
  });
  const sql = postgres(database.adminUrl, { max: 1 });
  const door = await listen(benchApi({ database, rulebook: record.rulebook, issuer }).fetch, 0);
  const told = new Map<string, readonly WantedRows[]>();
  const bareDoor = await listen(rowsRoute(sql, told).fetch, 0);
  const headers = async (who: string) => ({ authorization: `Bearer ${await issuer.token(who)}` });
  try {
    const people = [...country.clerks, ...country.examiners];
    const found: FoundScan[] = [];
    /** The last of each kind, as an example of where its time goes. */
    const last: Record<string, ReturnType<typeof costsOf>> = {};
    const big = await bigTables(database.admin.sql);

    /** Asks once on the explaining connection. @returns the answer and the tables that were read */
    const explain = async (name: string, who: string, path: string) => {
      explaining.take();
      const response = await explained.request(path, { headers: await headers(who) });
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      const plans = explaining.take();
      if (plans.length === 0) throw new Error('auto_explain told nothing');
      found.push(...scansFound(name, plans, { big, limit: BIG }));
      last[name] = costsOf(plans);
      return {
        json: (await response.json()) as { items?: { id: string }[] },
        tables: new Set(plans.flatMap(({ scans }) => scans.map(({ relation }) => relation))),
      };
    };

    const lists: Read[] = [];
    for (const who of people) {
      const path = '/v1/worklist';
      const { json } = await explain('worklist', who, path);
      lists.push({
        who,
        path,
        wanted: [{ table: 'tasks', key: 'id', ids: (json.items ?? []).map(({ id }) => id) }],
      });
    }
    const keys = await keysOf(database.admin.sql);
    const pages: Read[] = [];
    for (const { caseNo, who } of await someCases(sql, country, people.length)) {
      const path = `/v1/cases/${caseNo}`;
      const { tables } = await explain('case page', who, path);
      pages.push({ who, path, wanted: await rowsOfCase(sql, keys, tables, caseNo) });
    }
    for (const { path, who, wanted } of [...lists, ...pages]) told.set(nameOf({ path, who }), wanted);

    const timed = async (from: readonly Read[], ask: (read: Read) => Promise<unknown>): Promise<number[]> => {
      const times: number[] = [];
      for (let nth = 0; nth < A_ROUND; nth += 1) {
        const read = from[(nth * 7) % from.length];
        if (!read) throw new Error('nothing to read');
        const began = performance.now();
        await ask(read);
        times.push(performance.now() - began);
      }
      return times;
    };
    const get = async (url: string, init: RequestInit): Promise<unknown> => {
      const response = await fetch(url, init);
      if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
      return response.json();
    };
    const ours = async ({ who, path }: Read) => get(door.url + path, { headers: await headers(who) });
    const bare = ({ wanted }: Read) => selectRows(sql, wanted);
    const behindHttp = (read: Read) => get(`${bareDoor.url}/rows/${nameOf(read)}`, {});

    const compare = async (what: string, from: readonly Read[]): Promise<Measure[]> => {
      for (const ask of [ours, bare, behindHttp]) await timed(from, ask);
      const pairs = await interleave<{ times: number[]; http: number[] }>({
        ours: async () => ({ times: await timed(from, ours), http: [] }),
        bare: async () => ({ http: await timed(from, behindHttp), times: await timed(from, bare) }),
      });
      const at = (percent: number, against: 'times' | 'http', name: string, goal: Goal | null = null) =>
        measureOf(
          name,
          'ms',
          pairs.map((pair) =>
            roundOf(
              pair.first,
              percentile(pair.ours.times, percent),
              percentile(pair.bare[against], percent),
            ),
          ),
          goal,
        );
      return [
        at(95, 'times', `${what}, p95, against SELECT by primary key`, { atMost: 3 }),
        at(95, 'http', `${what}, p95, against the same SELECT behind a bare route`),
        at(50, 'times', `${what}, p50, against SELECT by primary key`),
      ];
    };
    const scans = distinctScans(found);
    const page = await compare('a case page', pages);
    const list = await compare('a work list', lists);
    const [chief] = page;
    if (!chief) throw new Error('nothing was compared');
    return {
      chief,
      beside: [...page.slice(1), ...list],
      demands: [
        {
          what: `scans of more than ${BIG} rows to find a few, sequential or along an index`,
          value: scans.length,
          unit: 'scans',
          goal: { atMost: 0 },
          met: scans.length === 0,
        },
      ],
      notes: [
        `${CASES} cases in ${country.townships.length} townships of five counties; callers are their clerks and the counties’ examiners`,
        `${A_ROUND} reads a round and side, one at a time, ${ROUNDS} rounds; plans come from auto_explain under the application’s role, statements inside functions and policies included`,
        'the bare SELECT is one statement for each table, by primary key, by the owner of the tables: it asks no rights and opens no names',
      ],
      details: { cases: CASES, tables: big, longScans: scans, examples: last },
    };
  } finally {
    await Promise.all([door.stop(), bareDoor.stop()]);
    await Promise.all([sql.end(), explaining.database.close()]);
  }
}

const nameOf = ({ who, path }: Pick<Read, 'who' | 'path'>): string =>
  path === '/v1/worklist' ? who : path.slice('/v1/cases/'.length);

/** Rows by table, as the statistics have them. */
async function bigTables(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{ name: string; rows: number }[]>`
    SELECT relname AS name, reltuples::float8 AS rows FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > ${BIG} AND relname <> 'copies' ORDER BY 2 DESC`;
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}

/** Cases spread over the country, each with somebody who may read it. */
async function someCases(
  sql: Sql,
  { clerks }: Country,
  count: number,
): Promise<{ caseNo: string; who: string }[]> {
  const rows = await sql<{ case_no: string; code: string }[]>`
    SELECT case_no, code FROM copies ORDER BY md5(case_no) LIMIT ${count}`;
  return rows.map(({ case_no: caseNo, code }) => ({
    caseNo,
    who: clerks.find((clerk) => clerk === `clerk-${code}`) ?? '',
  }));
}
