import { createRoute, z } from '@hono/zod-openapi';
import { noteAccess } from '../casefile/access.js';
import { cooperationById } from '../casefile/cooperations.js';
import { openPersons, placesOf } from '../casefile/persons.js';
import type { Tx } from '../casefile/tx.js';
import { actOnCase } from './act.js';
import { asPrincipal } from './auth.js';
import type { ApiDeps } from './ports.js';
import { inVisit } from './references.js';
import { bearer, commandAnswer, commandHeaders, json, problems, untyped, type Api } from './routes.js';
import { cooperationReport } from './schemas/branches.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { uuid } from './schemas/fields.js';

const FIELD = ['investigator', 'village_assistant', 'window_clerk', 'township_leader'] as const;
const params = z.object({ cooperationId: uuid });
const task = z
  .object({
    id: z.string(),
    caseNo: z.string(),
    duty: z.string(),
    standing: z.enum(['open', 'reported', 'cancelled']),
    person: z.object({ id: z.string(), name: z.string(), residenceCode: z.string().nullable() }).nullable(),
  })
  .openapi('CooperationTask', { example: ANSWER_EXAMPLES.cooperationTask });

/** 协助调查 from the other side: the township where somebody lives sees whom to visit, and nothing of the case. */
export function cooperations(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cooperations/{cooperationId}',
      tags: ['cooperations'],
      summary: 'What a cooperating township is asked to do',
      security: bearer,
      'x-required-permission': ['any role over the cooperating or the accepting division'],
      request: { params },
      responses: { 200: json(task, 'The task'), ...problems },
    }),
    async (c) => {
      const { cooperationId } = c.req.valid('param');
      const { asked, person } = await asPrincipal(
        deps,
        c,
        async (tx, { staffId, at }) => {
          const found = await whomToVisit(tx, cooperationId);
          const { caseNo, personId } = found.asked;
          const whom = { caseNo, ...(personId && { personId }) };
          await noteAccess(tx, { staffId, kind: 'cooperation', channel: 'api', ...whom, at });
          return found;
        },
        cooperationId,
      );
      const { id, caseNo, duty, standing } = asked;
      return c.json({ id, caseNo, duty, standing, person }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/cooperations/{cooperationId}/report',
      tags: ['cooperations'],
      summary: '协助调查: the visit that was asked for',
      security: bearer,
      'x-required-permission': FIELD,
      request: {
        params,
        headers: commandHeaders,
        body: { required: true, content: { 'application/json': { schema: cooperationReport } } },
      },
      responses: {
        200: json(commandAnswer, 'Done'),
        202: json(commandAnswer, 'Stored; its desk has not answered yet'),
        ...problems,
      },
    }),
    async (c) => {
      const { cooperationId } = c.req.valid('param');
      const given = c.req.valid('json');
      const asked = await asPrincipal(deps, c, (tx) => cooperationById(tx, cooperationId), cooperationId);
      const body = { cooperationId, ...given };
      return untyped(
        actOnCase(
          deps,
          c,
          { kind: 'report_cooperation', body, names: inVisit(given) },
          { caseNo: asked.caseNo, cooperation: cooperationId, within: asked.divisionId },
        ),
      );
    },
  );
}

async function whomToVisit(tx: Tx, cooperationId: string) {
  const asked = await cooperationById(tx, cooperationId);
  const { caseNo, personId } = asked;
  if (personId === null) return { asked, person: null };
  const [known] = await openPersons(tx, caseNo, [personId]);
  const home = (await placesOf(tx, caseNo)).findLast((place) => place.personId === personId);
  const person = known
    ? { id: known.id, name: known.name, residenceCode: home?.residenceCode ?? null }
    : null;
  return { asked, person };
}
