import { createRoute, z } from '@hono/zod-openapi';
import { inCasefile, type Tx } from '../casefile/tx.js';
import { publicationBoard, publicNoticeBoard } from '../casefile/views/notice-board.js';
import { dateAt, type PlainDate } from '../terms/index.js';
import type { ApiDeps } from './ports.js';
import { json, problems, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';

const posted = {
  id: z.string(),
  villageCode: z.string(),
  name: z.string(),
  memberCount: z.int(),
  monthlyBenefitFen: z.int(),
  endsOn: z.string(),
};
const board = z
  .object({ items: z.array(z.object({ ...posted, postedOn: z.string() })) })
  .openapi('PublicNotices', { example: ANSWER_EXAMPLES.notices });
const published = z
  .object({ items: z.array(z.object({ ...posted, publishedOn: z.string() })) })
  .openapi('Publications', { example: ANSWER_EXAMPLES.publications });
const query = z.object({
  village: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/**
 * 公示 and 公布 online: masked name, number of members, amount, and only for their days. Open to everybody, kept out of
 * search engines.
 */
export function publicNotices(api: Api, deps: ApiDeps): void {
  const today = async (): Promise<PlainDate> => dateAt(await deps.clock.now());
  const inPublic = <T>(on: PlainDate, work: (tx: Tx) => Promise<T>): Promise<T> =>
    inCasefile(deps.casefile, { actor: 'system:sweep', on }, work);
  const route = <P extends string, S extends z.ZodType>(path: P, schema: S, summary: string) =>
    createRoute({
      method: 'get',
      path,
      tags: ['notices'],
      summary,
      'x-required-permission': ['public'],
      request: { query },
      responses: { 200: json(schema, summary), ...problems },
    });
  api.openapi(route('/v1/public-notices', board, 'Notices that hang now'), async (c) => {
    const on = await today();
    const items = await inPublic(on, (tx) => publicNoticeBoard(tx, { ...c.req.valid('query'), today: on }));
    c.header('X-Robots-Tag', 'noindex, noarchive');
    return c.json({ items }, 200);
  });
  api.openapi(route('/v1/publications', published, 'Confirmations that are published now'), async (c) => {
    const on = await today();
    const items = await inPublic(on, (tx) => publicationBoard(tx, { ...c.req.valid('query'), today: on }));
    c.header('X-Robots-Tag', 'noindex, noarchive');
    return c.json({ items }, 200);
  });
}
