import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Instant, PlainDate } from '../terms/index.js';
import { audit } from './audit-log.js';
import type { CaseStateRow } from './case-state.js';
import { divisionAbove, newestDivision, successorsOf, type DivisionRow } from './divisions.js';
import { readApplication } from './evidence.js';
import { newId, record } from './record.js';
import { caseAssignments, caseState, tasks } from './schema/index.js';
import { openTask } from './tasks.js';
import { once, type Tx } from './tx.js';

export type AssignmentRow = typeof caseAssignments.$inferSelect;

/** Where a file went last, if it ever left the township that accepted it. */
export async function lastAssignment(tx: Tx, caseNo: string): Promise<AssignmentRow | undefined> {
  const [row] = await once(tx, 'assignment', caseNo, () =>
    tx.q
      .select()
      .from(caseAssignments)
      .where(eq(caseAssignments.caseNo, caseNo))
      .orderBy(desc(caseAssignments.id))
      .limit(1),
  );
  return row;
}

/** The village the household lives in now, and the county whose published parameters apply. */
export async function whereabouts(tx: Tx, caseNo: string): Promise<{ village: string; place: string }> {
  const moved = await lastAssignment(tx, caseNo);
  if (moved) return { village: moved.villageCode, place: moved.placeCode };
  const { villageCode, placeCode } = await readApplication(tx, caseNo);
  return { village: villageCode, place: placeCode };
}

export interface Assignment {
  readonly caseNo: string;
  readonly to: DivisionRow;
  readonly village: string;
  readonly reasonCode: AssignmentRow['reasonCode'];
  readonly fromDay: PlainDate;
  readonly documentId?: string | undefined;
  readonly commandId?: string | undefined;
}

/** The file goes to another division, its open tasks with it: what the township had to do, and what its county. */
export async function assign(
  tx: Tx,
  state: Pick<CaseStateRow, 'workingDivisionId'>,
  assignment: Assignment,
): Promise<void> {
  const { caseNo, to, village } = assignment;
  const was = await divisionAbove(tx, state.workingDivisionId, 'county');
  const county = await divisionAbove(tx, to.id, 'county');
  await record(tx, caseAssignments, {
    id: newId(),
    caseNo,
    divisionId: to.id,
    placeCode: county.code,
    villageCode: village,
    reasonCode: assignment.reasonCode,
    fromDay: assignment.fromDay,
    documentId: assignment.documentId ?? null,
    commandId: assignment.commandId ?? null,
  });
  const open = and(eq(tasks.caseNo, caseNo), isNull(tasks.doneAt));
  const back = { claimedBy: null, claimedAt: null };
  for (const [from, into] of [
    [state.workingDivisionId, to.id],
    [was.id, county.id],
  ] as const)
    if (from !== into)
      await tx.q
        .update(tasks)
        .set({ divisionId: into, ...back })
        .where(and(open, inArray(tasks.divisionId, [from])));
  await tx.q.update(caseState).set({ workingDivisionId: to.id }).where(eq(caseState.caseNo, caseNo));
}

/**
 * Divisions merge and split. A case follows to the one successor, after a split to the one its village lies in; where
 * that says nothing, a supervisor is asked and the case stays within reach of every successor.
 */
export async function followSuccession(
  tx: Tx,
  state: CaseStateRow,
  { on, at }: { on: PlainDate; at: Instant },
): Promise<CaseStateRow> {
  const { caseNo } = state;
  const successors = await successorsOf(tx, state.workingDivisionId, on);
  if (successors.length === 0 || !state.open) return state;
  const { village } = await whereabouts(tx, caseNo);
  const to = await theOne(tx, successors, village, on);
  if (!to) {
    const above = await divisionAbove(tx, successors[0]?.id ?? '', 'county');
    await openTask(tx, {
      caseNo,
      divisionId: above.id,
      role: 'supervisor',
      kind: 'assign_division',
      params: { successors: successors.map(({ code }) => code).join(' ') },
      at,
    });
    return state;
  }
  await assign(tx, state, { caseNo, to, village, reasonCode: 'division_succeeded', fromDay: on });
  await audit(tx, { caseNo, at, code: 'division_succeeded', params: { division: to.code } });
  return followSuccession(tx, { ...state, workingDivisionId: to.id }, { on, at });
}

async function theOne(
  tx: Tx,
  successors: readonly DivisionRow[],
  village: string,
  on: PlainDate,
): Promise<DivisionRow | undefined> {
  if (successors.length === 1) return successors[0];
  const home = await villageNow(tx, village, on);
  if (!home) return undefined;
  const township = await divisionAbove(tx, home.id, 'township');
  return successors.find(({ id }) => id === township.id);
}

/** The village under its code, or the one that followed it: its own parents say where it lies now. */
async function villageNow(tx: Tx, code: string, on: PlainDate): Promise<DivisionRow | undefined> {
  let row = await newestDivision(tx, code, on);
  while (row) {
    const [next, ...others] = await successorsOf(tx, row.id, on);
    if (!next) return row;
    row = others.length === 0 ? next : undefined;
  }
  return undefined;
}
