import { describe, expect, it } from 'vitest';
import { costsOf, planOf, type Plan } from '../plans.js';
import { distinctScans, scansFound } from './scans.js';

const told = (plan: object): string =>
  `duration: 12.345 ms  plan:\n${JSON.stringify({ 'Query Text': 'SELECT  *\n FROM visits', Plan: plan })}`;

describe('a notice of auto_explain', () => {
  it('is read with every scan below its nodes', () => {
    const plan = planOf(
      told({
        'Node Type': 'Nested Loop',
        Plans: [
          { 'Node Type': 'Index Scan', 'Relation Name': 'cases', 'Actual Rows': 1, 'Actual Loops': 1 },
          {
            'Node Type': 'Seq Scan',
            'Relation Name': 'visits',
            'Actual Rows': 1,
            'Actual Loops': 2,
            'Rows Removed by Filter': 70,
          },
        ],
      }),
    );
    expect(plan).toEqual({
      query: 'SELECT  *\n FROM visits',
      ms: 12.345,
      scans: [
        { relation: 'cases', node: 'Index Scan', rows: 1, removed: 0 },
        { relation: 'visits', node: 'Seq Scan', rows: 2, removed: 140 },
      ],
    });
  });

  it('is told from other notices', () => {
    expect(planOf('relation "copies" does not exist, skipping')).toBeNull();
  });
});

describe('sequential scans', () => {
  const plan = (ms: number, relation: string, node = 'Seq Scan'): Plan => ({
    query: `SELECT  * FROM ${relation}`,
    ms,
    scans: [{ relation, node, rows: 1, removed: 9 }],
  });

  it('are found on big tables only', () => {
    const plans = [plan(1, 'visits'), plan(1, 'divisions'), plan(1, 'tasks', 'Index Scan')];
    expect(scansFound('case page', plans, { big: { visits: 50_000, tasks: 90_000 }, limit: 10 })).toEqual([
      {
        read: 'case page',
        relation: 'visits',
        node: 'Seq Scan',
        tableRows: 50_000,
        looked: 10,
        ms: 1,
        query: 'SELECT * FROM visits',
      },
    ]);
  });

  it('are no better when they walk along an index', () => {
    const plans = [plan(1, 'visits', 'Index Scan')];
    const of = (limit: number) => scansFound('page', plans, { big: { visits: 50_000 }, limit });
    expect(of(9).map(({ node }) => node)).toEqual(['Index Scan']);
    expect(of(10)).toEqual([]);
  });

  it('are told once for each statement, at their slowest', () => {
    const big = { visits: 50_000, obligors: 20_000 };
    const plans = [plan(1, 'visits'), plan(5, 'visits'), plan(9, 'obligors')];
    const found = scansFound('page', plans, { big, limit: 10 });
    expect(distinctScans(found).map(({ relation, ms }) => [relation, ms])).toEqual([
      ['obligors', 9],
      ['visits', 5],
    ]);
  });

  it('have the slowest statements told beside them', () => {
    expect(costsOf([plan(1, 'visits'), plan(5, 'tasks'), plan(3, 'cases')], 2)).toEqual({
      statements: 3,
      slowest: [
        { ms: 5, query: 'SELECT * FROM tasks' },
        { ms: 3, query: 'SELECT * FROM cases' },
      ],
    });
  });
});
