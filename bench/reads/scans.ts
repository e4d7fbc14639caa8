import { shortened, type Plan } from '../plans.js';

/** A scan that looks through a big table: sequential, or along an index that does not know what is sought. */
export interface FoundScan {
  /** What was asked for. */
  readonly read: string;
  readonly relation: string;
  readonly node: string;
  readonly tableRows: number;
  /** Rows that were looked at, wanted or not. */
  readonly looked: number;
  readonly ms: number;
  readonly query: string;
}

/**
 * Scans that are too long: sequential ones of big tables, and those of any kind that look at more rows than `limit`. An
 * index walked from end to end for its order is no better than no index.
 */
export function scansFound(
  read: string,
  plans: readonly Plan[],
  { big, limit }: { big: Readonly<Record<string, number>>; limit: number },
): FoundScan[] {
  return plans.flatMap(({ query, ms, scans }) =>
    scans
      .filter(
        ({ node, relation, rows, removed }) =>
          (node === 'Seq Scan' && relation in big) || rows + removed > limit,
      )
      .map(({ relation, node, rows, removed }) => ({
        read,
        relation,
        node,
        tableRows: big[relation] ?? 0,
        looked: rows + removed,
        ms,
        query: shortened(query),
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
