import { createRoute, z } from '@hono/zod-openapi';
import { accessDay, filesOnDay } from '../casefile/views/access-log.js';
import { requireRole } from './auth.js';
import type { Cursors } from './cursor.js';
import { looking } from './look.js';
import type { ApiDeps } from './ports.js';
import { bearer, json, problems, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { day, uuid } from './schemas/fields.js';

const READS = ['auditor'] as const;
const ofDay = day.optional().openapi({
  type: 'string',
  format: 'date',
  description: 'Today when it is left out.',
  example: '2026-03-02',
});
const counts = z.record(z.string(), z.int());
const staffDay = { staffId: z.string(), counts, files: z.int(), notFound: z.int() };
const log = z
  .object({ day: z.string(), items: z.array(z.object(staffDay)), next: z.string().nullable() })
  .openapi('AccessLog', { example: ANSWER_EXAMPLES.accessLog });
const ofStaff = z
  .object({
    day: z.string(),
    ...staffDay,
    cases: z.array(z.object({ caseNo: z.string().nullable(), counts })),
  })
  .openapi('AccessOfStaff', { example: ANSWER_EXAMPLES.accessOfStaff });

/** 查阅记录: who looked up how much on a day, for whoever audits the office. Counts, codes and case numbers. */
export function accessLog(api: Api, deps: ApiDeps, cursors: Cursors): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/access-log',
    tags: ['oversight'],
    summary: 'Who of the auditor’s divisions looked at how much on a day',
    security: bearer,
    'x-required-permission': READS,
    request: {
      query: z.object({
        day: ofDay,
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z.string().max(400).optional(),
      }),
    },
    responses: { 200: json(log, 'By member of staff'), ...problems },
  });
  api.openapi(list, async (c) => {
    const { day: asked, limit, cursor } = c.req.valid('query');
    const on = asked ?? c.get('principal').today;
    const after = cursor === undefined ? undefined : cursors.read(cursor)['staffId'];
    const found = await looking(deps, c, { kind: 'access_log' }, (tx, principal) => {
      requireRole(principal, READS);
      return accessDay(tx, { day: on, after, limit: limit + 1 });
    });
    const items = found.slice(0, limit);
    const next = found.length > limit ? cursors.sign({ staffId: items.at(-1)?.staffId ?? '' }) : null;
    if (next) {
      const query = new URLSearchParams({ day: on, limit: String(limit), cursor: next });
      c.header('Link', `</v1/access-log?${query.toString()}>; rel="next"`);
    }
    return c.json({ day: on, items, next }, 200);
  });
  const one = createRoute({
    method: 'get',
    path: '/v1/access-log/{staffId}',
    tags: ['oversight'],
    summary: 'What one member of staff looked at on a day, file by file',
    security: bearer,
    'x-required-permission': READS,
    request: { params: z.object({ staffId: uuid }), query: z.object({ day: ofDay }) },
    responses: {
      200: json(ofStaff, 'File by file; those out of the auditor’s reach are counted without their numbers'),
      ...problems,
    },
  });
  api.openapi(one, async (c) => {
    const { staffId } = c.req.valid('param');
    const on = c.req.valid('query').day ?? c.get('principal').today;
    const found = await looking(deps, c, { kind: 'access_log' }, async (tx, principal) => {
      requireRole(principal, READS);
      const [day] = await accessDay(tx, { day: on, staffId, limit: 1 });
      return {
        ...(day ?? { staffId, counts: {}, files: 0, notFound: 0 }),
        cases: await filesOnDay(tx, staffId, on),
      };
    });
    return c.json({ day: on, ...found }, 200);
  });
}
