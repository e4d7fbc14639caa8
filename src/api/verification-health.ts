import { createRoute, z } from '@hono/zod-openapi';
import { gatewayHealth, type SourceHealth } from '../casefile/gateway.js';
import { SOURCES } from '../departments/sources.js';
import { rfc3339, type Instant, type Source } from '../terms/index.js';
import { asPrincipal, requireRole } from './auth.js';
import type { ApiDeps } from './ports.js';
import { bearer, json, problems, type Api } from './routes.js';
import { VERIFICATION_EXAMPLES } from './schemas/verification-examples.js';
import { sourceNamed } from './source-names.js';

const WATCHERS = ['verification_officer', 'operator'] as const;
/** Of more, the number is told. */
const NAMED = 50;
const HOUR_MS = 3_600_000;

const standing = z.enum(['closed', 'half_open', 'open', 'unknown']);
const health = z
  .object({
    at: z.string(),
    items: z.array(
      z.object({
        source: z.string(),
        sourceName: z.object({ zh: z.string(), en: z.string() }),
        lastTaken: z.string().nullable(),
        lastAnswer: z.string().nullable(),
        answerP95Hours: z.number().nullable(),
        httpP95Ms: z.number().nullable(),
        openQuestions: z.int(),
        notTaken: z.int(),
        faults: z.record(z.string(), z.int()),
        wrongSignatures: z.int(),
        turnedAway: z.record(z.string(), z.int()),
        circuit: standing,
        circuits: z.array(z.object({ state: standing, since: z.string() })),
        waiting: z.object({
          cases: z.int(),
          oldestDueOn: z.string().nullable(),
          caseNos: z.array(z.string()),
        }),
      }),
    ),
  })
  .openapi('GatewayHealth', { example: VERIFICATION_EXAMPLES.health });

/** How each department does, and who waits because of it. Postgres alone is asked. */
export function verificationHealth(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/verification/health',
      tags: ['verification'],
      summary: 'How each department does, and which of the caller’s cases wait because of it',
      security: bearer,
      'x-required-permission': WATCHERS,
      responses: { 200: json(health, 'Every source, then every platform that is asked'), ...problems },
    }),
    async (c) => {
      const known = await asPrincipal(deps, c, (tx, principal) => {
        requireRole(principal, WATCHERS);
        return gatewayHealth(tx, { now: principal.at, realNow: deps.clock.real(), named: NAMED });
      });
      const others = known.map(({ source }) => source).filter((source) => !SOURCES.includes(source));
      const items = [...SOURCES, ...others].map((source) =>
        shown(source, known.find((row) => row.source === source) ?? QUIET),
      );
      return c.json({ at: rfc3339(c.get('principal').at), items }, 200);
    },
  );
}

const QUIET: Omit<SourceHealth, 'source'> = {
  lastTaken: null,
  lastAnswer: null,
  answerP95Ms: null,
  httpP95Ms: null,
  openQuestions: 0,
  notTaken: 0,
  faults: {},
  wrongSignatures: 0,
  turnedAway: {},
  circuits: [],
  waiting: { cases: 0, oldestDueOn: null, caseNos: [] },
};

const shown = (source: Source, row: Omit<SourceHealth, 'source'>) => ({
  source,
  sourceName: sourceNamed(source).name,
  lastTaken: timeOf(row.lastTaken),
  lastAnswer: timeOf(row.lastAnswer),
  answerP95Hours: row.answerP95Ms === null ? null : Math.round((row.answerP95Ms / HOUR_MS) * 100) / 100,
  httpP95Ms: row.httpP95Ms === null ? null : Math.round(row.httpP95Ms),
  openQuestions: row.openQuestions,
  notTaken: row.notTaken,
  faults: row.faults,
  wrongSignatures: row.wrongSignatures,
  turnedAway: row.turnedAway,
  circuit: worst(row.circuits),
  circuits: row.circuits.map(({ state, since }) => ({ state, since: rfc3339(since) })),
  waiting: { ...row.waiting, caseNos: [...row.waiting.caseNos] },
});

const timeOf = (at: Instant | null): string | null => (at === null ? null : rfc3339(at));

/** Of several processes the one that fares worst: where one has stopped asking, cases wait. */
const worst = (circuits: SourceHealth['circuits']): z.infer<typeof standing> =>
  (['open', 'half_open', 'closed'] as const).find((state) => circuits.some((each) => each.state === state)) ??
  'unknown';
