import { createRoute, z } from '@hono/zod-openapi';
import { findDivision, rolesFor } from '../casefile/divisions.js';
import { endRelative, enterRelative, rosterNow } from '../casefile/relative-roster.js';
import { staffNames } from '../casefile/staff-names.js';
import { inCasefile } from '../casefile/tx.js';
import { DomainError } from '../terms/index.js';
import { asPrincipal, requireRole } from './auth.js';
import type { ApiDeps } from './ports.js';
import { bearer, json, problems, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { uuid } from './schemas/fields.js';
import { rosterEnd, rosterEntry } from './schemas/oversight.js';

const KEEPERS = ['township_leader', 'supervisor'] as const;
const READERS = [...KEEPERS, 'auditor'] as const;

const entered = z.object({ rosterId: z.string() }).openapi('RosterEntered', {
  example: ANSWER_EXAMPLES.rosterEntered,
});
const roster = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        holderKind: z.string(),
        handlerId: z.string().nullable(),
        divisionId: z.string(),
        relation: z.string(),
        validFrom: z.string(),
      }),
    ),
  })
  .openapi('Roster', { example: ANSWER_EXAMPLES.roster });

/** 近亲属备案: who handles cases, or sits on a village committee, states their near relatives (DIBAO-2021 art. 11). */
export function nearRelatives(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/relative-roster',
      tags: ['near relatives'],
      summary: 'Enter a relative; the same statement again is the same entry',
      security: bearer,
      'x-required-permission': KEEPERS,
      request: { body: { required: true, content: { 'application/json': { schema: rosterEntry } } } },
      responses: { 200: json(entered, 'Known'), 201: json(entered, 'Entered'), ...problems },
    }),
    async (c) => {
      const body = c.req.valid('json');
      const divisionId = await asPrincipal(deps, c, async (tx, principal) => {
        requireRole(principal, KEEPERS);
        const found = await findDivision(tx, body.division, principal.today);
        const roles = found ? await rolesFor(tx, principal.staffId, found.id, principal.today) : [];
        if (!found || !KEEPERS.some((keeper) => roles.includes(keeper)))
          throw new DomainError('division_unknown', { pointer: '/division' });
        if (body.handlerId && (await staffNames(tx, [body.handlerId])).size === 0)
          throw new DomainError('body_invalid', {
            pointer: '/handlerId',
            params: { reason: 'unknown_reference' },
          });
        return found.id;
      });
      const { staffId, at, today } = c.get('principal');
      // Its key belongs to no case, so the house writes it; the row says who stated it.
      const { id, fresh } = await inCasefile(deps.casefile, { actor: 'system:operator', on: today }, (tx) =>
        enterRelative(
          tx,
          {
            holderKind: body.handlerId ? 'staff' : 'committee',
            handlerId: body.handlerId ?? null,
            divisionId,
            holderName: body.committeeMember ?? null,
            relativeName: body.relative,
            relation: body.relation,
            idNumber: body.idNumber,
            validFrom: body.validFrom,
            enteredBy: staffId,
          },
          at,
        ),
      );
      return fresh ? c.json({ rosterId: id }, 201) : c.json({ rosterId: id }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/relative-roster',
      tags: ['near relatives'],
      summary: 'The roster of the caller’s divisions, without the relatives’ names',
      security: bearer,
      'x-required-permission': READERS,
      request: { query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(200) }) },
      responses: { 200: json(roster, 'The roster'), ...problems },
    }),
    async (c) => {
      const items = await asPrincipal(deps, c, (tx, principal) => {
        requireRole(principal, READERS);
        return rosterNow(tx, c.req.valid('query').limit);
      });
      return c.json({ items }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/relative-roster/{rosterId}/end',
      tags: ['near relatives'],
      summary: 'The relation or the office ended; what was filed stays filed',
      security: bearer,
      'x-required-permission': KEEPERS,
      request: {
        params: z.object({ rosterId: uuid }),
        body: {
          required: true,
          content: {
            'application/json': {
              schema: rosterEnd,
            },
          },
        },
      },
      responses: { 200: json(entered, 'Ended'), ...problems },
    }),
    async (c) => {
      const { rosterId } = c.req.valid('param');
      await asPrincipal(deps, c, async (tx, principal) => {
        requireRole(principal, KEEPERS);
        if (!(await rosterNow(tx, 100_000)).some(({ id }) => id === rosterId))
          throw new DomainError('not_found');
      });
      const { staffId, at, today } = c.get('principal');
      await inCasefile(deps.casefile, { actor: 'system:operator', on: today }, (tx) =>
        endRelative(tx, { rosterId, endedFrom: c.req.valid('json').endedFrom, enteredBy: staffId }, at),
      );
      return c.json({ rosterId }, 200);
    },
  );
}
