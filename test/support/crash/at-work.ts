import type postgres from 'postgres';
import { STANDING_QUERY, workflowId, type CaseNo } from '../../../src/terms/index.js';
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
  const all = rows.map(
    async ({ caseNo, state, promised, unsettled }) =>
      `${caseNo} ${state}; unsettled ${unsettled}; promised ${promised}; ${await executionOf(town, caseNo)}`,
  );
  return [...(await Promise.all(all)), await heldByDepartments(town, reader)].join('\n');
}

/** Where an execution is, what it has in hand, why it does not say where it stands, and what happened to it last. */
export async function executionOf(town: Town, caseNo: string): Promise<string> {
  const handle = town.temporal.client.workflow.getHandle(workflowId('application', caseNo as CaseNo));
  const described = await handle.describe().catch(() => null);
  if (!described) return 'no execution';
  const { raw, status } = described;
  const activities = (raw.pendingActivities ?? []).map(
    ({ attempt, state: at, lastFailure, scheduledTime }) =>
      `activity: attempt ${attempt}, state ${at}, scheduled ${String(scheduledTime?.seconds)}, ${lastFailure?.message ?? 'no failure'}`,
  );
  const { pendingWorkflowTask: task } = raw;
  const standing = await town.temporal.client
    .withDeadline(Date.now() + 20_000, () => handle.query(STANDING_QUERY))
    .then(
      (answer) => `stands at ${JSON.stringify(answer)}`,
      (error: unknown) =>
        `does not answer: ${String(error)} ${String(error instanceof Error ? error.cause : '')}`,
    );
  const history = (await runsOf(town.temporal, caseNo)).at(-1)?.history.events ?? [];
  const events = history.slice(-LAST).map((event) => {
    const failure = event.workflowTaskFailedEventAttributes?.failure?.message;
    return `${String(event.eventId)} ${event.eventType}${failure ? ` ${failure.slice(0, 200)}` : ''}`;
  });
  return [
    `${status.name}, ${standing}`,
    ...(task ? [`workflow task: attempt ${task.attempt}, state ${task.state}`] : []),
    ...activities,
    `events: ${events.join('; ')}`,
  ].join('\n  ');
}

/** What departments still hold, and how it stands with questions that have come to nothing. */
async function heldByDepartments(town: Town, reader: postgres.Sql): Promise<string> {
  const rows = await reader<{ source: string; stands: string; n: number }[]>`
    SELECT r.source, (SELECT count(*) FROM raw_answers x WHERE x.request_id = r.id)::text || ' answers, '
        || coalesce((SELECT string_agg(a.phase || coalesce(' ' || a.code, ''), ' ' ORDER BY a.id) FROM lookup_attempts a WHERE a.request_id = r.id), 'never left') AS stands,
      count(*)::int AS n
    FROM department_requests r WHERE NOT EXISTS (SELECT 1 FROM request_outcomes o WHERE o.request_id = r.id)
    GROUP BY 1, 2 ORDER BY 1, 2`;
  const answer: { departments: Record<string, unknown>[] } = await fetch(
    `${town.departmentsUrl}/departments`,
    { signal: AbortSignal.timeout(5_000) },
  )
    .then((response) => response.json() as Promise<{ departments: Record<string, unknown>[] }>)
    .catch((error: unknown) => ({ departments: [{ source: String(error) }] }));
  return [
    ...rows.map(({ source, stands, n }) => `open: ${source} ${n} × ${stands}`),
    ...answer.departments.map((each) =>
      ['source', 'taken', 'pending', 'undelivered', 'delivered', 'nextDueAt', 'last']
        .map((key) => `${key} ${JSON.stringify(each[key])?.slice(0, 300)}`)
        .join(', '),
    ),
  ].join('\n');
}
