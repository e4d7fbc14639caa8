import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '../src/casefile/schema/index.js';
import type { Database } from '../src/casefile/db.js';
import type { TestDatabase } from '../test/support/database.js';

/** A statement as the server carried it out; those that functions and triggers ran are among them. */
export interface Plan {
  readonly query: string;
  readonly ms: number;
  readonly scans: readonly Scan[];
}

export interface Scan {
  readonly relation: string;
  readonly node: string;
  /** Rows that came out, over all repetitions. */
  readonly rows: number;
  readonly removed: number;
}

interface PlanNode {
  readonly 'Node Type'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What `auto_explain` says in a notice. Null for any other notice. */
export function planOf(message: string): Plan | null {
  const [, ms, json] = /^duration: ([\d.]+) ms\s+plan:\s*([\s\S]*)$/.exec(message) ?? [];
  if (ms === undefined || json === undefined) return null;
  const told = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode };
  return { query: told['Query Text'], ms: Number(ms), scans: [...scansIn(told.Plan)] };
}

function* scansIn(node: PlanNode): Generator<Scan> {
  const loops = node['Actual Loops'] ?? 1;
  if (node['Relation Name'] !== undefined)
    yield {
      relation: node['Relation Name'],
      node: node['Node Type'] ?? '',
      rows: (node['Actual Rows'] ?? 0) * loops,
      removed: (node['Rows Removed by Filter'] ?? 0) * loops,
    };
  for (const child of node.Plans ?? []) yield* scansIn(child);
}

/** A connection with the application's rights that tells the plan of all it does. Needs an administrator's URL. */
export async function explainingDatabase({
  adminUrl,
  urls,
}: TestDatabase): Promise<{ database: Database; take: () => Plan[] }> {
  const role = decodeURIComponent(new URL(urls.appUrl).username);
  let plans: Plan[] = [];
  const sql = postgres(adminUrl, {
    max: 1,
    connection: { TimeZone: 'UTC' },
    onnotice: ({ message }) => {
      const plan = planOf(message ?? '');
      if (plan) plans.push(plan);
    },
  });
  await sql.unsafe("LOAD 'auto_explain'");
  for (const [name, value] of [
    ['log_min_duration', '0'],
    ['log_analyze', 'on'],
    ['log_timing', 'off'],
    ['log_nested_statements', 'on'],
    ['log_format', 'json'],
    ['log_level', 'notice'],
  ])
    await sql.unsafe(`SET auto_explain.${name} = '${value}'`);
  await sql`SET ROLE ${sql(role)}`;
  return {
    database: { sql, db: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) },
    take: () => {
      const taken = plans;
      plans = [];
      return taken;
    },
  };
}

const SHOWN = 400;
/** A statement on one line, cut where it gets long. */
export const shortened = (query: string): string => query.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN);

/** Where the time of a request goes: how much in Postgres, and the slowest statements, those inside others included. */
export const costsOf = (plans: readonly Plan[], count = 15) => ({
  statements: plans.length,
  slowest: plans
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, count)
    .map(({ ms, query }) => ({ ms, query: shortened(query) })),
});
