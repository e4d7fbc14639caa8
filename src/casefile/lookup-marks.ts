import { sql } from 'drizzle-orm';
import type { AccessMark, PlainDate } from '../terms/index.js';
import type { Tx } from './tx.js';

/** How whoever is asked about stands to whoever's act caused the question: by the roster, by filings, by name. */
export async function marksOf(
  tx: Tx,
  about: {
    caseNo: string;
    personId: string;
    name: string;
    surname: string;
    village: string;
    staffId: string;
    on: PlainDate;
  },
): Promise<AccessMark[]> {
  const { caseNo, personId, name, surname, village, staffId, on } = about;
  const rows = await tx.q.execute<{ mark: AccessMark }>(sql`
    SELECT mark FROM onedoor.kinship_marks(${caseNo}, ${personId}::uuid, ${staffId}::uuid, ${on}::date) mark
    UNION SELECT mark FROM onedoor.name_marks(${caseNo}, ${name}, ${surname}, ${village}, ${staffId}::uuid, ${on}::date) mark
    ORDER BY 1`);
  return [...rows].map(({ mark }) => mark);
}
