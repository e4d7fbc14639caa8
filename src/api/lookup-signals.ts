import { createRoute, z } from '@hono/zod-openapi';
import { concludeSignal, listSignals, type SignalStanding } from '../casefile/lookup-signals.js';
import { rfc3339, SIGNAL_CONCLUSIONS, SIGNAL_KINDS } from '../terms/index.js';
import { asPrincipal, requireRole } from './auth.js';
import type { Cursors } from './cursor.js';
import type { ApiDeps } from './ports.js';
import { bearer, json, problems, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { uuid } from './schemas/fields.js';
import { signalConclusion } from './schemas/oversight.js';

const AUDITS = ['auditor'] as const;
const signal = z
  .object({
    id: z.string(),
    kind: z.enum(SIGNAL_KINDS),
    staffId: z.string(),
    divisionId: z.string(),
    from: z.string(),
    to: z.string(),
    raisedAt: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    conclusion: z
      .object({
        conclusion: z.enum(SIGNAL_CONCLUSIONS),
        reasonCode: z.string(),
        staffId: z.string(),
        at: z.string(),
      })
      .nullable(),
  })
  .openapi('LookupSignal', { example: ANSWER_EXAMPLES.lookupSignal });
const listed = z
  .object({ items: z.array(signal), next: z.string().nullable() })
  .openapi('LookupSignals', { example: ANSWER_EXAMPLES.lookupSignals });

const shown = ({ fromAt, toAt, at, conclusion, ...row }: SignalStanding) => ({
  id: row.id,
  kind: row.kind,
  staffId: row.staffId,
  divisionId: row.divisionId,
  from: rfc3339(fromAt),
  to: rfc3339(toAt),
  raisedAt: rfc3339(at),
  params: row.params,
  conclusion: conclusion && {
    conclusion: conclusion.conclusion,
    reasonCode: conclusion.reasonCode,
    staffId: conclusion.staffId,
    at: rfc3339(conclusion.at),
  },
});

/** What an auditor should look at (LAW-2026 art. 70 (6)). A signal is no finding; nobody sees those about themselves. */
export function lookupSignals(api: Api, deps: ApiDeps, cursors: Cursors): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/lookup-signals',
    tags: ['oversight'],
    summary: 'Signals about lookups in the auditor’s divisions, oldest first',
    security: bearer,
    'x-required-permission': AUDITS,
    request: {
      query: z.object({
        open: z
          .enum(['true', 'false'])
          .optional()
          .openapi({ description: 'Whether nobody has concluded yet.' }),
        staffId: uuid.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z.string().max(400).optional(),
      }),
    },
    responses: { 200: json(listed, 'A page'), ...problems },
  });
  api.openapi(list, async (c) => {
    const { open, staffId, limit, cursor } = c.req.valid('query');
    const after = cursor === undefined ? undefined : cursors.read(cursor)['id'];
    const found = await asPrincipal(deps, c, (tx, principal) => {
      requireRole(principal, AUDITS);
      return listSignals(tx, { open: open && open === 'true', staffId, after, limit: limit + 1 });
    });
    const items = found.slice(0, limit);
    const next = found.length > limit ? cursors.sign({ id: items.at(-1)?.id ?? '' }) : null;
    if (next) {
      const query = {
        ...(open && { open }),
        ...(staffId && { staffId }),
        limit: String(limit),
        cursor: next,
      };
      c.header('Link', `</v1/lookup-signals?${new URLSearchParams(query).toString()}>; rel="next"`);
    }
    return c.json({ items: items.map(shown), next }, 200);
  });
  const conclude = createRoute({
    method: 'post',
    path: '/v1/lookup-signals/{signalId}/conclusion',
    tags: ['oversight'],
    summary: 'What a signal came to: explained, or passed on to a supervisor; the same again changes nothing',
    security: bearer,
    'x-required-permission': AUDITS,
    request: {
      params: z.object({ signalId: uuid }),
      body: { required: true, content: { 'application/json': { schema: signalConclusion } } },
    },
    responses: { 200: json(signal, 'The signal, concluded'), ...problems },
  });
  api.openapi(conclude, async (c) => {
    const row = await asPrincipal(deps, c, (tx, principal) => {
      requireRole(principal, AUDITS);
      return concludeSignal(tx, c.req.valid('param').signalId, c.req.valid('json'), principal.at);
    });
    return c.json(shown(row), 200);
  });
}
