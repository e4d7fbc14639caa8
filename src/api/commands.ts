import { createRoute, z } from '@hono/zod-openapi';
import { readCommand } from '../casefile/commands.js';
import { asPrincipal } from './auth.js';
import type { ApiDeps } from './ports.js';
import { bearer, json, problems, untyped, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { uuid } from './schemas/fields.js';

const shape = z
  .object({
    commandId: z.string(),
    kind: z.string(),
    caseNo: z.string().nullable(),
    status: z.enum(['received', 'applied', 'rejected']),
    outcome: z.object({ httpStatus: z.int() }).loose().nullable(),
  })
  .openapi('Command', { example: ANSWER_EXAMPLES.command });

/** What became of something the caller asked for. */
export function commands(api: Api, deps: ApiDeps): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/commands/{id}',
    tags: ['acts'],
    summary: 'A command and its outcome',
    security: bearer,
    'x-required-permission': ['whoever gave it', 'any role over the division'],
    request: { params: z.object({ id: uuid }) },
    responses: { 200: json(shape, 'The command'), ...problems },
  });
  api.openapi(route, async (c) => {
    const row = await asPrincipal(deps, c, (tx) => readCommand(tx, c.req.valid('param').id));
    return untyped(
      c.json(
        { commandId: row.id, kind: row.kind, caseNo: row.caseNo, status: row.status, outcome: row.outcome },
        200,
      ),
    );
  });
}
