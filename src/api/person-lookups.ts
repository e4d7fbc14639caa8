import { createRoute, z } from '@hono/zod-openapi';
import { lookupsAbout } from '../casefile/views/lookups-about.js';
import { platformOf } from '../departments/platforms.js';
import { caseNo as asCaseNo, rfc3339 } from '../terms/index.js';
import { looking } from './look.js';
import type { ApiDeps } from './ports.js';
import { bearer, caseParam, json, problems, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { uuid } from './schemas/fields.js';
import { itemsNamed, sourceNamed } from './source-names.js';

const name = z.object({ zh: z.string(), en: z.string() });
const lookups = z
  .object({
    items: z.array(
      z
        .object({
          source: z.string(),
          sourceName: name,
          via: z.object({ platform: z.string(), name }).nullable(),
          items: z.array(z.object({ item: z.string(), name })),
          purpose: z.string(),
          article: z.string(),
          askedFor: z.string().nullable(),
          left: z.array(z.string()),
          shown: z.array(z.object({ at: z.string(), to: z.string().nullable() })),
          outcome: z.enum(['found', 'none', 'unanswered']).nullable(),
        })
        .loose(),
    ),
  })
  .openapi('LookupsAbout', { example: ANSWER_EXAMPLES.lookupsAbout });

/** 查询记录: what the window prints when somebody asks who looked up what about them, when and why. */
export function personLookups(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{caseNo}/persons/{personId}/lookups',
      tags: ['cases'],
      summary: 'Who was asked what about a person, when, why and on what ground',
      security: bearer,
      'x-required-permission': ['any role over the division'],
      request: { params: caseParam.extend({ personId: uuid }) },
      responses: { 200: json(lookups, 'Every question about this person, oldest first'), ...problems },
    }),
    async (c) => {
      const { caseNo, personId } = c.req.valid('param');
      const found = await looking(
        deps,
        c,
        { kind: 'person_lookups', caseNo: asCaseNo(caseNo), personId },
        (tx) => lookupsAbout(tx, asCaseNo(caseNo), personId),
      );
      const items = found.map(({ left, shown, heard, items: asked, via, ...lookup }) => {
        const source = sourceNamed(lookup.source);
        return {
          ...lookup,
          sourceName: source.name,
          via: via === null ? null : { platform: via, name: platformOf(via)?.name ?? { zh: via, en: via } },
          article: source.article,
          items: itemsNamed(lookup.source, asked),
          left: left.map(rfc3339),
          shown: shown.map(({ at, to }) => ({ at: rfc3339(at), to })),
          heard: heard.map(rfc3339),
        };
      });
      return c.json({ items }, 200);
    },
  );
}
