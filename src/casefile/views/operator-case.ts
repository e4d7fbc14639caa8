import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { DomainError } from '../../terms/index.js';
import type { Database } from '../db.js';
import { caseState, clocks, determinations, tasks, transitions } from '../schema/index.js';

/** A case without its people, for an operator who reads with the reader's role. @throws {DomainError} `case_not_found` */
export async function operatorCase(reader: Database, caseNo: string) {
  const [state] = await reader.db.select().from(caseState).where(eq(caseState.caseNo, caseNo));
  if (!state) throw new DomainError('case_not_found');
  const running = await reader.db
    .select()
    .from(clocks)
    .where(eq(clocks.caseNo, caseNo))
    .orderBy(asc(clocks.dueAt));
  const open = await reader.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.caseNo, caseNo), isNull(tasks.doneAt)))
    .orderBy(asc(tasks.openedAt));
  return { state, clocks: running, tasks: open };
}

export async function operatorTimeline(
  reader: Database,
  caseNo: string,
): Promise<(typeof transitions.$inferSelect)[]> {
  const rows = await reader.db
    .select()
    .from(transitions)
    .where(eq(transitions.caseNo, caseNo))
    .orderBy(asc(transitions.seq));
  if (rows.length === 0) throw new DomainError('case_not_found');
  return rows;
}

export async function operatorDetermination(
  reader: Database,
  caseNo: string,
): Promise<typeof determinations.$inferSelect> {
  const [row] = await reader.db
    .select()
    .from(determinations)
    .where(eq(determinations.caseNo, caseNo))
    .orderBy(desc(determinations.id))
    .limit(1);
  if (!row) throw new DomainError('not_found');
  return row;
}
