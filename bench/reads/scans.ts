import type { Plan } from './plans.js';

/** A sequential scan of a table that is too big for it. */
export interface FoundScan {
  /** What was asked for. */
  readonly read: string;
  readonly relation: string;
  readonly tableRows: number;
  /** Rows that were looked at and not wanted. */
  readonly removed: number;
  readonly ms: number;
  readonly query: string;
}

const SHOWN = 400;

/** Sequential scans of big tables, each statement and table once. */
export function scansFound(
  read: string,
  plans: readonly Plan[],
  big: Readonly<Record<string, number>>,
): FoundScan[] {
  return plans.flatMap(({ query, ms, scans }) =>
    scans
      .filter(({ node, relation }) => node === 'Seq Scan' && relation in big)
      .map(({ relation, removed }) => ({
        read,
        relation,
        tableRows: big[relation] ?? 0,
        removed,
        ms,
        query: query.replaceAll(/\s+/g, ' ').slice(0, SHOWN),
      })),
  );
}

/** Statements that differ, each with the scan that took longest. */
export function distinctScans(found: readonly FoundScan[]): FoundScan[] {
  const kept = new Map<string, FoundScan>();
  for (const scan of found) {
    const key = `${scan.read} ${scan.relation} ${scan.query}`;
    const known = kept.get(key);
    if (!known || known.ms < scan.ms) kept.set(key, scan);
  }
  return [...kept.values()].toSorted((a, b) => b.ms - a.ms);
}
