import { createRoute, z } from '@hono/zod-openapi';
import { comparison as comparisonOf } from '../casefile/views/comparison.js';
import { reachOf } from '../departments/sources.js';
import { caseNo as asCaseNo } from '../terms/index.js';
import { looking } from './look.js';
import type { ApiDeps } from './ports.js';
import { bearer, caseParam, json, problems, untyped, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';

const fact = z.object({
  id: z.string(),
  kind: z.string(),
  amountFen: z.int().describe('The whole amount of the period, in fen.'),
  periodFrom: z.string(),
  periodTo: z.string(),
});
const outlook = {
  monthlyBenefitFen: z.int().nullable().describe('Per month for the household, in fen.'),
  undetermined: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable()
    .describe('Why the amount cannot be computed yet.'),
};
const line = z.object({
  personId: z.string().nullable().describe('Null: the household.'),
  category: z.string(),
  standing: z.enum(['clean', 'pending', 'contradiction', 'unanswered', 'corrected']),
  open: z.boolean().describe('A person has to choose.'),
  declared: z.array(fact),
  verified: z.array(
    z.object({
      requestId: z.string(),
      source: z.string(),
      standing: z.enum(['pending', 'found', 'none', 'unanswered']),
      corrected: z.boolean(),
      complete: z.boolean().describe('It knows all there is of the kind, so that its “none” says something.'),
      valuedOn: z.string(),
      receivedAt: z.string().nullable(),
      facts: z.array(fact),
    }),
  ),
  adopted: z.array(
    fact.extend({
      declaredFactId: z.string().nullable(),
      answerFactId: z.string().nullable(),
      documentId: z.string().nullable(),
      chosenBy: z.string().describe('`rule:CODE` or `staff:ID`.'),
      staffName: z.string().nullable(),
      reasonCode: z.string().nullable(),
      occurredOn: z.string(),
    }),
  ),
  options: z.array(
    z.object({
      origin: z.enum(['declared', 'source', 'none']),
      source: z.string().nullable(),
      facts: z.array(fact),
      stands: z.boolean().describe('It is what stands adopted now.'),
      preChosen: z
        .enum(['sources_agree', 'register_complete', 'later_valuation'])
        .nullable()
        .describe('The rule that lays it on top. It adopts nothing: a person confirms.'),
      ...outlook,
      effectFenPerMonth: z
        .int()
        .nullable()
        .describe('The benefit with it less the benefit as it stands; everything else stays as it is.'),
      adoptions: z
        .array(z.object({}).loose())
        .describe(
          'Entries of `POST …/adoptions`. Each still needs a reasonCode, and in place of silence a document.',
        ),
    }),
  ),
});
const comparison = z
  .object({
    caseNo: z.string(),
    present: z.object(outlook).describe('On what is adopted now, open lines left out.'),
    openLines: z.int(),
    lines: z.array(line),
    silent: z.array(
      z.object({
        requestId: z.string(),
        personId: z.string(),
        source: z.string(),
        covers: z.array(z.string()),
      }),
    ),
    unused: z
      .array(
        z.object({
          id: z.string(),
          requestId: z.string(),
          personId: z.string(),
          source: z.string(),
          verdict: z.string(),
          differs: z
            .string()
            .nullable()
            .describe('Of an answer about somebody else: `id_number` (a namesake) or `name`.'),
          receivedAt: z.string(),
        }),
      )
      .describe('Answers that were kept and entered nowhere, with what was wrong with them.'),
  })
  .openapi('Comparison', { example: ANSWER_EXAMPLES.comparison });

/** 申报与核对对照: line by line, with what each choice would do to the benefit. */
export function comparisons(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{caseNo}/comparison',
      tags: ['cases'],
      summary: 'Declared, verified and adopted, line by line',
      description:
        'What only a person can settle is an open line. Each option says what the household would get a month if it were adopted, computed as an opinion computes it, and carries the entries that adopt it. Reading adopts nothing.',
      security: bearer,
      'x-required-permission': ['any role over the division'],
      request: { params: caseParam },
      responses: { 200: json(comparison, 'The lines'), ...problems },
    }),
    async (c) => {
      const caseNo = asCaseNo(c.req.valid('param').caseNo);
      const { rulebook } = deps;
      const found = await looking(deps, c, { kind: 'comparison', caseNo }, (tx, { today }) =>
        comparisonOf(tx, { caseNo, rulebook, reach: reachOf, today }),
      );
      return untyped(c.json(found, 200));
    },
  );
}
