import { and, asc, eq, inArray, isNull, notInArray, sql, type SQL } from 'drizzle-orm';
import { DomainError, type Instant, type PlainDate, type Role } from '../terms/index.js';
import { newId } from './record.js';
import { tasks } from './schema/index.js';
import { staffOf, type Tx } from './tx.js';

export type TaskRow = typeof tasks.$inferSelect;

export interface OpenTask {
  /** Null: of no case, the house's own. */
  readonly caseNo: string | null;
  readonly divisionId: string;
  readonly role: Role;
  readonly kind: string;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly dueOn?: PlainDate | undefined;
  readonly at: Instant;
}

/** Opens a task unless the same one (case, kind, params) is open already. */
export async function openTask(tx: Tx, task: OpenTask): Promise<void> {
  const params = task.params ?? {};
  const [same] = await tx.q
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        task.caseNo === null ? isNull(tasks.caseNo) : eq(tasks.caseNo, task.caseNo),
        eq(tasks.kind, task.kind),
        isNull(tasks.doneAt),
        sql`${tasks.params} = ${JSON.stringify(params)}::jsonb`,
      ),
    );
  if (same) return;
  await tx.q.insert(tasks).values({
    id: newId(),
    caseNo: task.caseNo,
    divisionId: task.divisionId,
    role: task.role,
    kind: task.kind,
    params,
    openedAt: task.at,
    dueOn: task.dueOn ?? null,
  });
}

/** Closes open tasks of a case: these kinds (about one thing, when `params` name it), or all but these. */
export async function closeTasks(
  tx: Tx,
  caseNo: string,
  kinds: readonly string[] | { readonly allBut: readonly string[] },
  at: Instant,
  params?: Readonly<Record<string, string>>,
): Promise<void> {
  const which =
    'allBut' in kinds ? notInArray(tasks.kind, ['', ...kinds.allBut]) : inArray(tasks.kind, ['', ...kinds]);
  const about = params && sql`${tasks.params} @> ${JSON.stringify(params)}::jsonb`;
  await closeThose(tx, and(eq(tasks.caseNo, caseNo), which, about), at);
}

/** Closes open tasks of a kind that are about none of these things: what they were opened for is so no longer. */
export async function closeTasksBut(
  tx: Tx,
  caseNo: string,
  kind: string,
  about: readonly Readonly<Record<string, string>>[],
  at: Instant,
): Promise<void> {
  const another = sql`NOT EXISTS (SELECT 1 FROM jsonb_array_elements(${JSON.stringify(about)}::jsonb) still WHERE ${tasks.params} @> still)`;
  await closeThose(tx, and(eq(tasks.caseNo, caseNo), eq(tasks.kind, kind), another), at);
}

/** Closes a task that belongs to no case. @returns whether there was one */
export async function closeHouseTask(
  tx: Tx,
  kind: string,
  params: Readonly<Record<string, string>>,
  at: Instant,
): Promise<boolean> {
  const about = sql`${tasks.params} = ${JSON.stringify(params)}::jsonb`;
  return (await closeThose(tx, and(isNull(tasks.caseNo), eq(tasks.kind, kind), about), at)) > 0;
}

/** @returns how many were open */
async function closeThose(tx: Tx, which: SQL | undefined, at: Instant): Promise<number> {
  const closed = await tx.q
    .update(tasks)
    .set({ doneAt: at, doneBy: tx.acting.actor })
    .where(and(isNull(tasks.doneAt), which))
    .returning({ id: tasks.id });
  return closed.length;
}

/** How many tasks wait for operators anywhere, by kind. For metrics. */
export async function operatorTasks(tx: Tx): Promise<{ kind: string; n: number }[]> {
  return [
    ...(await tx.q.execute<{ kind: string; n: number }>(sql`SELECT kind, n FROM onedoor.operator_tasks()`)),
  ];
}

export async function markOverdue(tx: Tx, caseNo: string, kinds: readonly string[]): Promise<void> {
  if (kinds.length === 0) return;
  await tx.q
    .update(tasks)
    .set({ overdue: true })
    .where(and(eq(tasks.caseNo, caseNo), inArray(tasks.kind, [...kinds]), isNull(tasks.doneAt)));
}

/** Takes a task off the pile. @throws {DomainError} `task_taken` when somebody else holds it, `not_found` */
export async function claimTask(tx: Tx, taskId: string, at: Instant): Promise<TaskRow> {
  const me = staffOf(tx);
  const [row] = await tx.q
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, taskId), isNull(tasks.doneAt)))
    .for('update');
  if (!row) throw new DomainError('not_found');
  if (row.claimedBy && row.claimedBy !== me) throw new DomainError('task_taken');
  const [claimed] = await tx.q
    .update(tasks)
    .set({ claimedBy: me, claimedAt: at })
    .where(eq(tasks.id, taskId))
    .returning();
  if (!claimed) throw new DomainError('not_found');
  return claimed;
}

/** Puts a task back. Only its holder may. */
export async function returnTask(tx: Tx, taskId: string): Promise<TaskRow> {
  const [row] = await tx.q
    .update(tasks)
    .set({ claimedBy: null, claimedAt: null })
    .where(and(eq(tasks.id, taskId), eq(tasks.claimedBy, staffOf(tx)), isNull(tasks.doneAt)))
    .returning();
  if (!row) throw new DomainError('not_found');
  return row;
}

export type WorklistGroup = 'mine' | 'unit' | 'overdue';

/**
 * Open tasks for these roles, in the stable order due day, id. Row-level security has already cut the divisions.
 * `after` is the last row of the page before.
 */
export function listTasks(
  tx: Tx,
  query: {
    group: WorklistGroup;
    roles: readonly Role[];
    limit: number;
    after?: { dueOn: string; id: string } | undefined;
  },
): Promise<TaskRow[]> {
  const dueKey = sql<string>`coalesce(${tasks.dueOn}, '9999-12-31'::date)`;
  const after =
    query.after && sql`(${dueKey}, ${tasks.id}) > (${query.after.dueOn}::date, ${query.after.id}::uuid)`;
  const page = (wanted: SQL | undefined) =>
    tx.q
      .select()
      .from(tasks)
      .where(and(isNull(tasks.doneAt), wanted))
      .orderBy(asc(dueKey), asc(tasks.id))
      .limit(query.limit);
  if (query.group === 'mine') return page(and(eq(tasks.claimedBy, staffOf(tx)), after));
  // The first few of each division and role, and of these the first few: read along the index, however many wait.
  const standing = query.group === 'overdue' ? eq(tasks.overdue, true) : isNull(tasks.claimedBy);
  const first = sql`SELECT waiting.id FROM unnest(onedoor.scope_divisions()) AS unit (id)
    CROSS JOIN unnest(${sql.param([...query.roles])}::text[]) AS held (role)
    CROSS JOIN LATERAL (
      SELECT ${tasks.id}, ${dueKey} AS due_key FROM ${tasks}
      WHERE ${and(sql`${tasks.divisionId} = unit.id`, sql`${tasks.role} = held.role`, isNull(tasks.doneAt), standing, after)}
      ORDER BY ${dueKey}, ${tasks.id} LIMIT ${query.limit}
    ) AS waiting ORDER BY waiting.due_key, waiting.id LIMIT ${query.limit}`;
  return page(sql`${tasks.id} = ANY (ARRAY(${first}))`);
}
