import { randomBytes } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { caseOfDraw, draw, keepFinding, sampleOf } from '../casefile/samples.js';
import { divisionAbove, divisionById } from '../casefile/divisions.js';
import { parameter } from '../policy/rulebook.js';
import { caseNo as asCaseNo, divisionCode, DomainError } from '../terms/index.js';
import { asPrincipal, requireRole } from './auth.js';
import { actAtDoor } from './door-act.js';
import type { ApiDeps } from './ports.js';
import { bearer, commandAnswer, commandHeaders, json, problems, untyped, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { uuid } from './schemas/fields.js';
import { sample as sampleAsked, sampleFinding } from './schemas/oversight.js';

const DRAWS = ['county_examiner', 'supervisor'] as const;
const CHECKS = ['county_examiner'] as const;

const sample = z
  .object({
    sampleId: z.string(),
    seed: z.string(),
    algorithm: z.string(),
    percent: z.int(),
    population: z.int(),
    populationHash: z.string(),
    drawn: z.array(z.object({ drawId: z.string(), caseNo: z.string(), finding: z.string().nullable() })),
  })
  .openapi('Sample', { example: ANSWER_EXAMPLES.sample });
type Row = Awaited<ReturnType<typeof sampleOf>>;
const shown = ({ id, seed, algorithm, percent, population, populationHash, drawn }: Row) => ({
  sampleId: id,
  seed,
  algorithm,
  percent,
  population,
  populationHash,
  drawn,
});

/** 抽查 of confirmations by townships: fair, and drawn again by anyone from the printed seed (LAW-2026 art. 44, 46). */
export function samples(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/samples',
      tags: ['samples'],
      summary: 'Draw among a period’s delegated confirmations, once',
      security: bearer,
      'x-required-permission': DRAWS,
      request: { body: { required: true, content: { 'application/json': { schema: sampleAsked } } } },
      responses: { 201: json(sample, 'Drawn; a task lies ready for each case'), ...problems },
    }),
    async (c) => {
      const { from, to, seed = randomBytes(16).toString('hex') } = c.req.valid('json');
      const row = await asPrincipal(deps, c, async (tx, principal) => {
        requireRole(principal, DRAWS);
        if (to > principal.today) throw new DomainError('occurred_in_future', { pointer: '/to' });
        const grant = principal.grants.find(({ role }) => DRAWS.some((each) => each === role));
        if (!grant) throw new DomainError('forbidden');
        const own = await divisionById(tx, grant.divisionId);
        // A prefecture's supervisor names no county; the county draws for itself.
        if (own.level !== 'county') throw new DomainError('forbidden');
        const county = await divisionAbove(tx, own.id, 'county');
        const { value: percent } = parameter(deps.rulebook, {
          place: divisionCode(county.code),
          key: 'delegated_sampling_percent',
          on: to,
        });
        const { id } = await draw(tx, {
          divisionId: county.id,
          from,
          to,
          seed,
          percent,
          on: principal.today,
          at: principal.at,
        });
        return sampleOf(tx, id);
      });
      return c.json(shown(row), 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/samples/{sampleId}',
      tags: ['samples'],
      summary: 'A draw: seed, way of drawing, population, and what came of it',
      security: bearer,
      'x-required-permission': ['any role over the county'],
      request: { params: z.object({ sampleId: uuid }) },
      responses: { 200: json(sample, 'The draw'), ...problems },
    }),
    async (c) => {
      const row = await asPrincipal(deps, c, (tx) => sampleOf(tx, c.req.valid('param').sampleId));
      return c.json(shown(row), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/sample-draws/{drawId}/finding',
      tags: ['samples'],
      summary: 'What the county found; something amiss is a task for the supervisor, never an effect',
      security: bearer,
      'x-required-permission': CHECKS,
      request: {
        params: z.object({ drawId: uuid }),
        headers: commandHeaders,
        body: { required: true, content: { 'application/json': { schema: sampleFinding } } },
      },
      responses: { 201: json(commandAnswer, 'On record'), ...problems },
    }),
    async (c) => {
      const { drawId } = c.req.valid('param');
      const body = c.req.valid('json');
      const caseNo = asCaseNo(await asPrincipal(deps, c, (tx) => caseOfDraw(tx, drawId)));
      return untyped(
        actAtDoor(deps, c, {
          kind: 'check_sample',
          caseNo,
          roles: CHECKS,
          body,
          work: async (tx, { commandId, at, grants }) => {
            const divisionId = grants.find(({ role }) => role === 'county_examiner')?.divisionId ?? '';
            await keepFinding(tx, { drawId, ...body, commandId, divisionId, at });
            return { drawId, finding: body.finding };
          },
        }),
      );
    },
  );
}
