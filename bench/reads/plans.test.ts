import { describe, expect, it } from 'vitest';
import { planOf, type Plan } from './plans.js';
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
    expect(scansFound('case page', plans, { visits: 50_000, tasks: 90_000 })).toEqual([
      {
        read: 'case page',
        relation: 'visits',
        tableRows: 50_000,
        removed: 9,
        ms: 1,
        query: 'SELECT * FROM visits',
      },
    ]);
  });

  it('are told once for each statement, at their slowest', () => {
    const big = { visits: 50_000, obligors: 20_000 };
    const found = scansFound('page', [plan(1, 'visits'), plan(5, 'visits'), plan(9, 'obligors')], big);
    expect(distinctScans(found).map(({ relation, ms }) => [relation, ms])).toEqual([
      ['obligors', 9],
      ['visits', 5],
    ]);
  });
});
