import { createRoute } from '@hono/zod-openapi';
import { audit } from '../casefile/audit-log.js';
import { lockCase } from '../casefile/case-state.js';
import { rolesFor } from '../casefile/divisions.js';
import { endHolding, heldRequests } from '../casefile/lookups.js';
import { enqueue } from '../casefile/outbox.js';
import { record } from '../casefile/record.js';
import { lookupReleases as releases } from '../casefile/schema/index.js';
import { caseNo as asCaseNo, DomainError } from '../terms/index.js';
import { actAtDoor } from './door-act.js';
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
import { lookupRelease } from './schemas/oversight.js';

const RELEASES = ['supervisor'] as const;

/**
 * Questions that a quota holds back are let go, with a reason, by a supervisor who did not cause them. They leave at once;
 * what is asked still needs its ground at the gate, and counts.
 */
export function lookupReleases(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/cases/{caseNo}/lookup-releases',
      tags: ['oversight'],
      summary: 'Let every question go that a quota holds back',
      security: bearer,
      'x-required-permission': RELEASES,
      request: {
        params: caseParam,
        headers: commandHeaders,
        body: { required: true, content: { 'application/json': { schema: lookupRelease } } },
      },
      responses: { 201: json(commandAnswer, 'Let go; they leave at once'), ...problems },
    }),
    (c) => {
      const caseNo = asCaseNo(c.req.valid('param').caseNo);
      const body = c.req.valid('json');
      return untyped(
        actAtDoor(deps, c, {
          kind: 'release_lookups',
          caseNo,
          roles: RELEASES,
          body,
          work: async (tx, { staffId, commandId, at, today }) => {
            const state = await lockCase(tx, caseNo);
            if (!(await rolesFor(tx, staffId, state.workingDivisionId, today)).includes('supervisor'))
              throw new DomainError('forbidden');
            const held = state.open ? await heldRequests(tx, caseNo) : [];
            if (held.length === 0)
              throw new DomainError('guard_not_met', { params: { guard: 'question_held' } });
            if (held.some(({ causedBy }) => causedBy === staffId))
              throw new DomainError('contributor_barred');
            const { reasonCode, occurredOn } = body;
            for (const { id: requestId } of held)
              await record(tx, releases, {
                requestId,
                caseNo,
                reasonCode,
                staffId,
                commandId,
                occurredOn,
              });
            await audit(tx, {
              caseNo,
              at,
              code: 'lookup_released',
              params: { questions: held.length, reasonCode, commandId },
            });
            await endHolding(tx, caseNo, at);
            await enqueue(tx, 'refresh', caseNo, commandId, deps.clock.real());
            return { questions: held.length };
          },
        }),
      );
    },
  );
}
