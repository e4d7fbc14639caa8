import { createRoute, z } from '@hono/zod-openapi';
import { rolesFor } from '../casefile/divisions.js';
import { claimTask, listTasks, returnTask, type TaskRow } from '../casefile/tasks.js';
import { DomainError } from '../terms/index.js';
import { asPrincipal } from './auth.js';
import type { Cursors } from './cursor.js';
import type { ApiDeps } from './ports.js';
import { bearer, json, problems, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { uuid } from './schemas/fields.js';

const task = z
  .object({
    id: z.string(),
    caseNo: z.string().nullable(),
    kind: z.string(),
    role: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    dueOn: z.string().nullable(),
    overdue: z.boolean(),
    claimed: z.boolean(),
  })
  .openapi('Task', { example: ANSWER_EXAMPLES.task });
const pageOf = z
  .object({ items: z.array(task), next: z.string().nullable() })
  .openapi('Worklist', { example: ANSWER_EXAMPLES.worklist });
const ANYONE = ['any role'];

const shown = (row: TaskRow) => ({
  id: row.id,
  caseNo: row.caseNo,
  kind: row.kind,
  role: row.role,
  params: row.params,
  dueOn: row.dueOn,
  overdue: row.overdue,
  claimed: row.claimedBy !== null,
});

/** What waits for the caller, for the caller's unit, and what is overdue there. */
export function worklist(api: Api, deps: ApiDeps, cursors: Cursors): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/worklist',
    tags: ['worklist'],
    summary: 'Open tasks: mine, my unit’s, or overdue',
    security: bearer,
    'x-required-permission': ANYONE,
    request: {
      query: z.object({
        group: z.enum(['mine', 'unit', 'overdue']).default('unit'),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z.string().max(400).optional(),
      }),
    },
    responses: { 200: json(pageOf, 'A page'), ...problems },
  });
  api.openapi(list, async (c) => {
    const { group, limit, cursor } = c.req.valid('query');
    const given = cursor === undefined ? undefined : cursors.read(cursor);
    const after = given && { dueOn: given['dueOn'] ?? '9999-12-31', id: given['id'] ?? '' };
    const found = await asPrincipal(deps, c, (tx, { roles }) =>
      roles.length ? listTasks(tx, { group, roles, limit: limit + 1, after }) : Promise.resolve([]),
    );
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next =
      found.length > limit && last ? cursors.sign({ dueOn: last.dueOn ?? '9999-12-31', id: last.id }) : null;
    if (next)
      c.header(
        'Link',
        `</v1/worklist?${new URLSearchParams({ group, limit: String(limit), cursor: next }).toString()}>; rel="next"`,
      );
    return c.json({ items: items.map(shown), next }, 200);
  });
  for (const [verb, summary, permission] of [
    ['claim', 'Take a task', 'the role that the task is for'],
    ['return', 'Put a task back', 'whoever claimed it'],
  ] as const) {
    api.openapi(
      createRoute({
        method: 'post',
        path: `/v1/worklist/{taskId}/${verb}`,
        tags: ['worklist'],
        summary,
        security: bearer,
        'x-required-permission': [permission],
        request: { params: z.object({ taskId: uuid }) },
        responses: { 200: json(task, 'The task'), ...problems },
      }),
      async (c) => {
        const { taskId } = c.req.valid('param');
        const row = await asPrincipal(deps, c, async (tx, { staffId, at, today }) => {
          if (verb === 'return') return returnTask(tx, taskId);
          const claimed = await claimTask(tx, taskId, at);
          // The refusal takes the claim back with the transaction.
          if (!(await rolesFor(tx, staffId, claimed.divisionId, today)).includes(claimed.role))
            throw new DomainError('forbidden');
          return claimed;
        });
        return c.json(shown(row), 200);
      },
    );
  }
}
