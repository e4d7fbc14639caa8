import type { Database } from '../casefile/db.js';
import { frozenDetermination } from '../casefile/determination.js';
import { operatorCase, operatorDetermination, operatorTimeline } from '../casefile/views/operator-case.js';
import { APPLICATION, type ApplicationClock } from '../policy/application.js';
import { explain } from '../policy/explain.js';
import { workflowId, type CaseNo } from '../terms/index.js';
import type { TemporalAccess } from './temporal-client.js';

/** Steps the procedure takes by itself have no deadline that anybody keeps. */
const isDeadline = (code: string): boolean =>
  APPLICATION.clocks[code as ApplicationClock]?.length.unit !== 'at_once';

/** A case without its people: states, clocks, tasks, and how much history it has. */
export async function caseReport(reader: Database, temporal: TemporalAccess, caseNo: CaseNo) {
  const { state, clocks, tasks } = await operatorCase(reader, caseNo);
  return {
    caseNo,
    state: state.state,
    turn: state.turn,
    open: state.open,
    outcome: state.outcome,
    version: state.version,
    clocks: clocks
      .filter((row) => isDeadline(row.code))
      .map((row) => ({
        code: row.code,
        article: row.article,
        from: row.fromDate,
        due: row.dueOn,
        done: row.doneOn,
        late: row.late,
        provisional: row.provisional,
      })),
    tasks: tasks.map((task) => ({
      id: task.id,
      kind: task.kind,
      role: task.role,
      dueOn: task.dueOn,
      overdue: task.overdue,
      params: task.params,
    })),
    history: await historyOf(temporal, caseNo),
  };
}

/** Events and encoded bytes over all runs of the case. */
async function historyOf(
  { client }: TemporalAccess,
  caseNo: CaseNo,
): Promise<{ runs: number; events: number; bytes: number }> {
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
  const rows = await operatorTimeline(reader, caseNo);
  return rows.map((row) => ({
    seq: row.seq,
    occurredOn: row.occurredOn,
    actor: row.actor,
    name: row.name,
    from: row.fromState,
    to: row.toState,
    article: row.article,
    turn: row.turn,
    enteredLate: row.enteredLate,
  }));
}

export const explanationOf = async (reader: Database, caseNo: CaseNo, lang: 'zh' | 'en'): Promise<string[]> =>
  explain(frozenDetermination(await operatorDetermination(reader, caseNo)), lang);
