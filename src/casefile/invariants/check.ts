import type postgres from 'postgres';

/** A query handle inside one read-only snapshot, under a role that may only read. */
export type Read = postgres.TransactionSql;

export type Invariant = 'I1' | 'I2' | 'I6' | 'I7' | 'I8' | 'I10' | 'I11' | 'I12' | 'I13' | 'I14';

export interface Finding {
  /** What an operator has to look at: a case number, `table id`, or `{chain}#{seq}`. Never personal data. */
  readonly record: string;
  readonly problem: string;
}

/** What came of looking. A check that could not look at everything says so: it is never silently clean. */
export interface Check {
  readonly invariant: Invariant;
  /** How many records were looked at. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  readonly unknown?: string | undefined;
}

/** Findings from a query that selects `record`, with the same problem for each row. */
export const each = (rows: Iterable<{ record: string }>, problem: string): Finding[] =>
  [...rows].map(({ record }) => ({ record, problem }));

/** Two halves of one invariant, looked at in different places. */
export function together(first: Check, ...rest: readonly Check[]): Check {
  return rest.reduce(
    (sum, next) => ({
      invariant: sum.invariant,
      checked: sum.checked + next.checked,
      findings: [...sum.findings, ...next.findings],
      unknown: [sum.unknown, next.unknown].filter((reason) => reason !== undefined).join('; ') || undefined,
    }),
    first,
  );
}
