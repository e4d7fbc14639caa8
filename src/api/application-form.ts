import { createRoute, z } from '@hono/zod-openapi';
import { APPLICATION_FORM } from '../policy/application-form.js';
import type { Api } from './routes.js';
import { bearer, json, problems } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';

const form = z
  .object({
    items: z.array(
      z.object({
        item: z.string(),
        from: z.enum(['household', 'verification']),
        needed: z.string(),
        replacedBy: z.string().nullable(),
        commitmentSuffices: z.boolean(),
        article: z.string(),
      }),
    ),
  })
  .openapi('ApplicationForm', { example: ANSWER_EXAMPLES.form });

/** The form: what a household is asked for, and which paper a department makes unnecessary (LAW-2026 art. 62). */
export function applicationForm(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/application-form',
      tags: ['applications'],
      summary: 'What is asked, when, and what is never asked',
      security: bearer,
      'x-required-permission': ['any role'],
      responses: { 200: json(form, 'The form'), ...problems },
    }),
    (c) =>
      c.json(
        {
          items: APPLICATION_FORM.map(({ item, from, needed, replacedBy, commitmentSuffices, article }) => ({
            item,
            from,
            needed,
            replacedBy: replacedBy ?? null,
            commitmentSuffices: commitmentSuffices ?? false,
            article,
          })),
        },
        200,
      ),
  );
}
