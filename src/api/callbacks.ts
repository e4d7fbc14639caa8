import { createRoute, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { keepAnswer } from '../casefile/answers.js';
import { countRefused } from '../casefile/gateway.js';
import { inCasefile } from '../casefile/tx.js';
import { isPlatform, SENDERS } from '../departments/platforms.js';
import { MAX_REPORT_BYTES } from '../departments/report-schema.js';
import { verifySignature } from '../departments/signature.js';
import { dateAt, DomainError, NO_FAILPOINTS, type Source } from '../terms/index.js';
import type { ApiDeps } from './ports.js';
import { createRefusalCounter } from './refusal-counter.js';
import { json, problems, type Api } from './routes.js';

const MAX_BYTES = 65_536;
const COUNTED_EVERY_MS = 1_000;
const heard = z
  .object({ status: z.enum(['stored', 'known']) })
  .openapi('CallbackHeard', { example: { status: 'stored' } });
/** Only for the document: the body is stored as raw bytes, so no schema may stand before it. */
const description = createRoute({
  method: 'post',
  path: '/callbacks/{source}',
  tags: ['callbacks'],
  summary: 'A department answers, or a platform reports (Standard Webhooks)',
  'x-required-permission': ['a live signing key of the source or platform'],
  request: {
    params: z.object({ source: z.enum(SENDERS) }),
    headers: z.object({
      'webhook-id': z.string(),
      'webhook-timestamp': z.string(),
      'webhook-signature': z.string(),
    }),
    body: {
      required: false,
      content: {
        'application/json': {
          schema: z.unknown().openapi('DepartmentCallback', {
            description:
              'An answer to a request, or a platform’s report on several. Whatever is signed is stored; what it means is found out later.',
            example: { requestId: '0199a0f2-7c1e-7000-8000-9d8c7b6a5f01' },
          }),
        },
      },
    },
  },
  responses: { 202: json(heard, 'Stored'), 200: json(heard, 'Heard before; nothing was added'), ...problems },
});

/**
 * A machine answers: signature first, then the raw body and the promise to read it in one transaction, then 2xx.
 * Nothing is believed here, and nothing is refused for being late, doubled or about nobody.
 */
export function callbacks(api: Api, deps: ApiDeps): void {
  const { failpoints = NO_FAILPOINTS } = deps;
  api.openAPIRegistry.registerPath(description);
  const refusals = createRefusalCounter({
    everyMs: COUNTED_EVERY_MS,
    real: () => deps.clock.real(),
    write: async (counted) => {
      const acting = { actor: 'system:verification', on: dateAt(deps.clock.real()) } as const;
      await inCasefile(deps.casefile, acting, (tx) => countRefused(tx, counted, deps.clock.real()));
    },
  });
  const atMost = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: (c) => {
        const source = c.req.param('source') ?? '';
        if (SENDERS.includes(source)) {
          refusals.refused(source, 'too_large');
          turnedAway(deps, source, 'too_large');
        }
        throw new DomainError('body_too_large');
      },
    });
  const [answerLimit, reportLimit] = [atMost(MAX_BYTES), atMost(MAX_REPORT_BYTES)];
  const tooLarge: MiddlewareHandler = (c, next) =>
    (isPlatform(c.req.param('source') ?? '') ? reportLimit : answerLimit)(c, next);
  api.post('/callbacks/:source', tooLarge, async (c) => {
    const source = c.req.param('source');
    if (!SENDERS.includes(source)) throw new DomainError('not_found');
    const body = new Uint8Array(await c.req.arrayBuffer());
    const { webhookId } = signedBy(source, deps, refusals.refused, c.req.raw.headers, body);
    const { answerId, told } = await keepAnswer(deps.casefile, {
      source,
      webhookId,
      body,
      at: await deps.clock.now(),
      realNow: deps.clock.real(),
      beforeCommit: () => failpoints.pass('callback.before_commit'),
    });
    if (answerId) failpoints.pass('callback.after_commit');
    for (const each of told) deps.dispatcher.answerStored(each.caseNo, each.answerId);
    return c.json({ status: answerId ? 'stored' : 'known' }, answerId ? 202 : 200);
  });
}

/** Each knock that is turned away is a line in the log, and counted by source. */
function turnedAway({ metrics, log }: ApiDeps, source: Source, reason: string): void {
  metrics.callbackRefused(source, reason);
  log.warn({ code: 'callback_refused', source, reason }, 'callback refused');
}

/** Who has no key of the source is turned away. */
function signedBy(
  source: Source,
  deps: ApiDeps,
  refused: (source: Source, reason: string) => void,
  headers: Headers,
  body: Uint8Array,
): { webhookId: string } {
  try {
    return verifySignature({
      keys: deps.webhookKeys[source] ?? [],
      headers,
      body,
      realNow: deps.clock.real(),
    });
  } catch (error) {
    if (error instanceof DomainError) {
      const reason = String(error.params['reason'] ?? error.code);
      refused(source, reason);
      turnedAway(deps, source, reason);
    }
    throw error;
  }
}
