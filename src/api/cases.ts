import { createRoute, z } from '@hono/zod-openapi';
import { evidenceTag } from '../casefile/case-state.js';
import { isContributor, isRelated, rolesFor } from '../casefile/divisions.js';
import { frozenDetermination } from '../casefile/determination.js';
import type { Tx } from '../casefile/tx.js';
import { casePage } from '../casefile/views/case-page.js';
import { latestDetermination, listCases } from '../casefile/views/lists.js';
import { timeline } from '../casefile/views/timeline.js';
import { APPLICATION } from '../policy/application.js';
import { explain } from '../policy/explain.js';
import { commandsFor } from '../policy/procedure.js';
import { caseNo as asCaseNo, DomainError } from '../terms/index.js';
import type { Principal } from './auth.js';
import type { Cursors } from './cursor.js';
import { looking } from './look.js';
import type { ApiDeps } from './ports.js';
import { bearer, caseParam, json, problems, untyped, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { COMMAND_PATHS } from './command-paths.js';

const ANYONE = ['any role over the division'];
const page = z
  .object({
    caseNo: z.string(),
    state: z.string(),
    turn: z.string(),
    open: z.boolean(),
    version: z.int(),
    actions: z.array(
      z.object({ command: z.string(), method: z.string(), href: z.string(), needsIfMatch: z.boolean() }),
    ),
  })
  .loose()
  .openapi('CasePage', { example: ANSWER_EXAMPLES.casePage });
const listed = z
  .object({
    items: z.array(
      z.object({ caseNo: z.string(), state: z.string(), turn: z.string(), open: z.boolean() }).loose(),
    ),
    next: z.string().nullable(),
  })
  .openapi('CaseList', { example: ANSWER_EXAMPLES.caseList });
const lines = z
  .object({ caseNo: z.string(), lines: z.array(z.string()) })
  .loose()
  .openapi('Explanation', { example: ANSWER_EXAMPLES.explanation });
const steps = z
  .object({ caseNo: z.string(), entries: z.array(z.object({ on: z.string(), code: z.string() }).loose()) })
  .openapi('Timeline', { example: ANSWER_EXAMPLES.timeline });

const get = <P extends string, S extends z.ZodType, Q extends z.ZodObject>(
  path: P,
  schema: S,
  summary: string,
  query: Q,
) =>
  createRoute({
    method: 'get',
    path,
    tags: ['cases'],
    summary,
    security: bearer,
    'x-required-permission': ANYONE,
    request: { params: caseParam, query },
    responses: { 200: json(schema, summary), ...problems },
  });
const none = z.object({});
const lang = z.object({ lang: z.enum(['zh', 'en']).optional() });

/** Reading cases: Postgres only, within the caller's divisions. With every worker stopped these still answer. */
export function cases(api: Api, deps: ApiDeps, cursors: Cursors): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/cases',
    tags: ['cases'],
    summary: 'Cases of the caller’s divisions',
    security: bearer,
    'x-required-permission': ANYONE,
    request: {
      query: z.object({
        state: z
          .string()
          .regex(/^[a-z_]{1,40}$/)
          .optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z.string().max(400).optional(),
      }),
    },
    responses: { 200: json(listed, 'A page'), ...problems },
  });
  api.openapi(list, async (c) => {
    const { state, limit, cursor } = c.req.valid('query');
    const after = cursor === undefined ? undefined : cursors.read(cursor)['caseNo'];
    const found = await looking(deps, c, { kind: 'case_list' }, (tx) =>
      listCases(tx, { state, after, limit: limit + 1 }),
    );
    const items = found.slice(0, limit);
    const next = found.length > limit ? cursors.sign({ caseNo: items.at(-1)?.caseNo ?? '' }) : null;
    if (next)
      c.header(
        'Link',
        `</v1/cases?${new URLSearchParams({ ...(state && { state }), limit: String(limit), cursor: next }).toString()}>; rel="next"`,
      );
    return c.json({ items, next }, 200);
  });

  api.openapi(
    get('/v1/cases/{caseNo}', page, 'The case, with what the caller may do now', none),
    async (c) => {
      const caseNo = asCaseNo(c.req.valid('param').caseNo);
      const { body, tag } = await looking(deps, c, { kind: 'case_page', caseNo }, async (tx, principal) => {
        const found = await casePage(tx, caseNo);
        const actions = await actionsNow(tx, principal, found);
        return { body: { ...found, actions }, tag: evidenceTag(found) };
      });
      c.header('ETag', tag);
      if (c.req.header('if-none-match') === tag) return untyped(c.body(null, 304));
      return untyped(c.json(body, 200));
    },
  );

  api.openapi(get('/v1/cases/{caseNo}/timeline', steps, 'Every step, with its clocks', none), async (c) => {
    const caseNo = asCaseNo(c.req.valid('param').caseNo);
    const entries = await looking(deps, c, { kind: 'timeline', caseNo }, async (tx) => {
      const found = await timeline(tx, caseNo);
      if (found.length === 0) throw new DomainError('case_not_found');
      return found;
    });
    return untyped(c.json({ caseNo, entries }, 200));
  });

  api.openapi(
    get('/v1/cases/{caseNo}/explanation', lines, 'The arithmetic in plain language', lang),
    async (c) => {
      const caseNo = asCaseNo(c.req.valid('param').caseNo);
      const wanted =
        c.req.valid('query').lang ?? (c.req.header('accept-language')?.startsWith('en') ? 'en' : 'zh');
      const row = await looking(deps, c, { kind: 'explanation', caseNo }, async (tx) => {
        const found = await latestDetermination(tx, caseNo);
        if (!found) throw new DomainError('not_found');
        return found;
      });
      return c.json(
        {
          caseNo,
          monthlyBenefitFen: row.monthlyBenefitFen,
          eligible: row.eligible,
          inputsHash: row.inputsHash,
          lines: explain(frozenDetermination(row), wanted),
        },
        200,
      );
    },
  );
}

/** From the table, for this caller: not what somebody could do, but what they may do here and now. */
async function actionsNow(
  tx: Tx,
  principal: Principal,
  found: { caseNo: string; state: string; workingDivisionId: string },
) {
  const { staffId, today } = principal;
  const [roles, related, contributed] = await Promise.all([
    rolesFor(tx, staffId, found.workingDivisionId, today),
    isRelated(tx, found.caseNo, staffId),
    isContributor(tx, found.caseNo, staffId),
  ]);
  if (related) return [];
  return commandsFor(APPLICATION, found.state, roles, contributed)
    .filter((command) => command in COMMAND_PATHS)
    .map((command) => {
      const { path, needsTag } = COMMAND_PATHS[command] ?? { path: '', needsTag: false };
      return { command, method: 'POST', href: `/v1/cases/${found.caseNo}/${path}`, needsIfMatch: needsTag };
    });
}
