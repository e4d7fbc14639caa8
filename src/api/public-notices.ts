import { createRoute, z } from '@hono/zod-openapi';
import { inCasefile } from '../casefile/tx.js';
import { publicNoticeBoard } from '../casefile/views/notice-board.js';
import { dateAt } from '../terms/index.js';
import type { ApiDeps } from './ports.js';
import { json, problems, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';

const board = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        villageCode: z.string(),
        name: z.string(),
        memberCount: z.int(),
        monthlyBenefitFen: z.int(),
        postedOn: z.string(),
        endsOn: z.string(),
      }),
    ),
  })
  .openapi('PublicNotices', { example: ANSWER_EXAMPLES.notices });

/** 公示 online: masked name, number of members, amount, and only while it hangs. Open to everybody, kept out of search engines. */
export function publicNotices(api: Api, deps: ApiDeps): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/public-notices',
    tags: ['notices'],
    summary: 'Notices that hang now',
    'x-required-permission': ['public'],
    request: {
      query: z.object({
        village: z
          .string()
          .regex(/^\d{12}$/)
          .optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    },
    responses: { 200: json(board, 'The notices'), ...problems },
  });
  api.openapi(route, async (c) => {
    const { village, limit } = c.req.valid('query');
    const today = dateAt(await deps.clock.now());
    const items = await inCasefile(deps.casefile, { actor: 'system:sweep', on: today }, (tx) =>
      publicNoticeBoard(tx, { village, today, limit }),
    );
    c.header('X-Robots-Tag', 'noindex, noarchive');
    return c.json({ items }, 200);
  });
}
