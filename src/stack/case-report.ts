import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../casefile/db.js';
import { caseState, clocks, determinations, tasks, transitions } from '../casefile/schema/index.js';
import { explain } from '../policy/explain.js';
import type { Determination } from '../policy/determination.js';
import { DomainError, workflowId, type CaseNo } from '../terms/index.js';
import type { TemporalAccess } from './temporal-client.js';

/** A case without its people: states, clocks, tasks, and how much history it has. */
export async function caseReport(reader: Database, temporal: TemporalAccess, caseNo: CaseNo) {
  const [state] = await reader.db.select().from(caseState).where(eq(caseState.caseNo, caseNo));
  if (!state) throw new DomainError('case_not_found');
  const rows = await reader.db.select().from(clocks).where(eq(clocks.caseNo, caseNo)).orderBy(asc(clocks.dueAt));
  const open = await reader.db.select().from(tasks).where(and(eq(tasks.caseNo, caseNo), isNull(tasks.doneAt))).orderBy(asc(tasks.openedAt));
  return {
    caseNo,
    state: state.state,
    turn: state.turn,
    open: state.open,
    outcome: state.outcome,
    version: state.version,
    clocks: rows
      .filter((row) => row.dueAt > 0)
      .map((row) => ({ code: row.code, article: row.article, from: row.fromDate, due: row.dueOn, done: row.doneOn, late: row.late, provisional: row.provisional })),
    tasks: open.map((task) => ({ id: task.id, kind: task.kind, role: task.role, dueOn: task.dueOn, overdue: task.overdue, params: task.params })),
    history: await historyOf(temporal, caseNo),
  };
}

/** Events and encoded bytes over all runs of the case. */
async function historyOf({ client }: TemporalAccess, caseNo: CaseNo): Promise<{ runs: number; events: number; bytes: number }> {
  const id = workflowId('application', caseNo);
  const total = { runs: 0, events: 0, bytes: 0 };
  for await (const run of client.workflow.list({ query: `WorkflowId = "${id}"` })) {
    const { raw } = await client.workflow.getHandle(id, run.runId).describe();
    total.runs += 1;
    total.events += Number(raw.workflowExecutionInfo?.historyLength ?? 0);
    total.bytes += Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0);
  }
  return total;
}

export async function timelineOf(reader: Database, caseNo: CaseNo) {
  const rows = await reader.db.select().from(transitions).where(eq(transitions.caseNo, caseNo)).orderBy(asc(transitions.seq));
  if (rows.length === 0) throw new DomainError('case_not_found');
  return rows.map((row) => ({ seq: row.seq, occurredOn: row.occurredOn, actor: row.actor, name: row.name, from: row.fromState, to: row.toState, article: row.article, turn: row.turn, enteredLate: row.enteredLate }));
}

export async function explanationOf(reader: Database, caseNo: CaseNo, lang: 'zh' | 'en'): Promise<string[]> {
  const [row] = await reader.db.select().from(determinations).where(eq(determinations.caseNo, caseNo)).orderBy(desc(determinations.id)).limit(1);
  if (!row) throw new DomainError('not_found');
  return explain(storedDetermination(row), lang);
}

/** The columns of a stored determination are the fields of the one that was made, frozen as JSON. */
const storedDetermination = (row: typeof determinations.$inferSelect): Determination =>
  ({ format: 1, eligible: row.eligible, category: row.eligible ? 'dibao' : 'none', monthlyBenefitFen: row.monthlyBenefitFen, steps: row.steps, inputs: row.inputs, parameterVersions: row.parameters }) as Determination;
