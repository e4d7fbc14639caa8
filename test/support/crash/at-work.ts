import type postgres from 'postgres';
import { workflowId, type CaseNo } from '../../../src/terms/index.js';
import { runsOf } from '../executions.js';
import type { Town } from './town.js';

const LAST = 14;

/** What cases that are not at their end have in hand, for whoever asks why nothing comes: codes and kinds only. */
export async function atWork(town: Town, reader: postgres.Sql, atEnd: readonly string[]): Promise<string> {
  const rows = await reader<
    { caseNo: string; state: string; promised: string | null; unsettled: string | null }[]
  >`
    SELECT s.case_no AS "caseNo", s.state,
      (SELECT string_agg(o.topic || ' ' || o.attempts || ' ' || coalesce(o.last_error, '-'), ', ') FROM outbox o
        WHERE o.case_no = s.case_no AND o.delivered_at IS NULL) AS promised,
      (SELECT string_agg(k.kind, ', ') FROM commands k WHERE k.case_no = s.case_no AND k.status = 'received') AS unsettled
    FROM case_state s WHERE NOT s.case_no = ANY (${[...atEnd]})`;
  const all = rows.map(async ({ caseNo, state, promised, unsettled }) => {
    const first = `${caseNo} ${state}; unsettled ${unsettled}; promised ${promised}`;
    const handle = town.temporal.client.workflow.getHandle(workflowId('application', caseNo as CaseNo));
    const described = await handle.describe().catch(() => null);
    if (!described) return `${first}; no execution`;
    const { raw, status } = described;
    const activities = (raw.pendingActivities ?? []).map(
      ({ attempt, state: at, lastFailure, scheduledTime }) =>
        `activity: attempt ${attempt}, state ${at}, scheduled ${String(scheduledTime?.seconds)}, ${lastFailure?.message ?? 'no failure'}`,
    );
    const { pendingWorkflowTask: task } = raw;
    const history = (await runsOf(town.temporal, caseNo)).at(-1)?.history.events ?? [];
    const events = history.slice(-LAST).map((event) => {
      const failure = event.workflowTaskFailedEventAttributes?.failure?.message;
      return `${String(event.eventId)} ${event.eventType}${failure ? ` ${failure.slice(0, 200)}` : ''}`;
    });
    return [
      `${first}; ${status.name}`,
      ...(task ? [`workflow task: attempt ${task.attempt}, state ${task.state}`] : []),
      ...activities,
      `events: ${events.join('; ')}`,
    ].join('\n  ');
  });
  return (await Promise.all(all)).join('\n');
}
