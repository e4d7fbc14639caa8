import { createRoute, z } from '@hono/zod-openapi';
import { whereabouts } from '../casefile/assignments.js';
import { audit } from '../casefile/audit-log.js';
import { lockCase, readCase } from '../casefile/case-state.js';
import { divisionAbove } from '../casefile/divisions.js';
import { answerReport, openReporter, reportsOf } from '../casefile/reports.js';
import { parameter } from '../policy/rulebook.js';
import { caseNo as asCaseNo, divisionCode } from '../terms/index.js';
import { requireRole } from './auth.js';
import { actAtDoor } from './door-act.js';
import { looking } from './look.js';
import type { ApiDeps } from './ports.js';
import {
  bearer,
  caseParam,
  commandAnswer,
  commandHeaders,
  json,
  problems,
  untyped,
  type Api,
} from './routes.js';
import { reportAnswer } from './schemas/branches.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { uuid } from './schemas/fields.js';

const ANSWERS = ['supervisor'] as const;
const reportParam = caseParam.extend({ reportId: uuid });
const listed = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        groundCode: z.string(),
        channel: z.string(),
        realName: z.boolean(),
        occurredOn: z.string(),
        finding: z.string().nullable(),
      }),
    ),
  })
  .openapi('Reports', { example: ANSWER_EXAMPLES.reports });
const reporter = z
  .object({ name: z.string().nullable(), phone: z.string().nullable(), words: z.string() })
  .openapi('Reporter', { example: ANSWER_EXAMPLES.reporter });

/** 举报: that there is one is in the file; who made it, only the supervisor who has it answered may learn (art. 36–37). */
export function reports(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{caseNo}/reports',
      tags: ['reports'],
      summary: 'Reports about the case, without who made them',
      security: bearer,
      'x-required-permission': ['any role over the division'],
      request: { params: caseParam },
      responses: { 200: json(listed, 'The reports'), ...problems },
    }),
    async (c) => {
      const caseNo = asCaseNo(c.req.valid('param').caseNo);
      const items = await looking(deps, c, { kind: 'reports', caseNo }, async (tx) => {
        await readCase(tx, caseNo);
        return reportsOf(tx, caseNo);
      });
      return c.json(
        {
          items: items.map(({ id, groundCode, channel, realName, occurredOn, finding }) => ({
            id,
            groundCode,
            channel,
            realName,
            occurredOn,
            finding,
          })),
        },
        200,
      );
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{caseNo}/reports/{reportId}/reporter',
      tags: ['reports'],
      summary: 'Who reported (or objected), and in which words; every look is audited',
      security: bearer,
      'x-required-permission': ANSWERS,
      request: { params: reportParam },
      responses: { 200: json(reporter, 'The reporter'), ...problems },
    }),
    async (c) => {
      const { reportId, ...of } = c.req.valid('param');
      const caseNo = asCaseNo(of.caseNo);
      const found = await looking(deps, c, { kind: 'reporter', caseNo }, async (tx, principal) => {
        requireRole(principal, ANSWERS);
        await lockCase(tx, caseNo);
        const known = await openReporter(tx, caseNo, reportId);
        await audit(tx, { caseNo, at: principal.at, code: 'reporter_read', params: { reportId } });
        return known;
      });
      return c.json(found, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/cases/{caseNo}/reports/{reportId}/answer',
      tags: ['reports'],
      summary: '答复: what was found, and that the answer reached whoever reported',
      security: bearer,
      'x-required-permission': ANSWERS,
      request: {
        params: reportParam,
        headers: commandHeaders,
        body: { required: true, content: { 'application/json': { schema: reportAnswer } } },
      },
      responses: { 201: json(commandAnswer, 'Answered'), ...problems },
    }),
    (c) => {
      const { caseNo, reportId } = c.req.valid('param');
      const body = c.req.valid('json');
      return untyped(
        actAtDoor(deps, c, {
          kind: 'answer_report',
          caseNo: asCaseNo(caseNo),
          roles: ANSWERS,
          body,
          work: async (tx, { commandId, at }) => {
            const { workingDivisionId } = await readCase(tx, caseNo);
            const county = await divisionAbove(tx, workingDivisionId, 'county');
            const { place } = await whereabouts(tx, caseNo);
            const { documentId } = await answerReport(tx, {
              caseNo,
              reportId,
              body,
              office: `${county.name}民政局`,
              complaintPhone: parameter(deps.rulebook, {
                place: divisionCode(place),
                key: 'complaint_phone',
                on: body.occurredOn,
              }).value,
              commandId,
              at,
            });
            return { reportId, documentId, finding: body.finding };
          },
        }),
      );
    },
  );
}
