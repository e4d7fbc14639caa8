import { asc, eq } from 'drizzle-orm';
import type { Database } from './db.js';
import { caseState, cases } from './schema/index.js';

/** Every case with where the record says it is. For a read-only role: `parity`, `verify`. */
export const allCases = (
  reader: Database,
): Promise<{ caseNo: string; procedure: string; state: string; version: number; open: boolean }[]> =>
  reader.db
    .select({
      caseNo: cases.caseNo,
      procedure: cases.procedure,
      state: caseState.state,
      version: caseState.version,
      open: caseState.open,
    })
    .from(cases)
    .innerJoin(caseState, eq(caseState.caseNo, cases.caseNo))
    .orderBy(asc(cases.caseNo));
