import { createRoute, z } from '@hono/zod-openapi';
import {
  authorisationForMe,
  noteLook,
  questionsToMe,
  questionToMe,
  type Look,
} from '../casefile/verifier-questions.js';
import { inCasefile } from '../casefile/tx.js';
import { dueLight } from '../policy/due-light.js';
import { asPrincipal, requireRole, type Principal } from './auth.js';
import type { Cursors } from './cursor.js';
import type { ApiDeps } from './ports.js';
import { bearer, json, problems, type Api } from './routes.js';
import { uuid } from './schemas/fields.js';
import { VERIFICATION_EXAMPLES } from './schemas/verification-examples.js';
import { itemsNamed, sourceNamed } from './source-names.js';

export const VERIFIER = ['department_verifier'] as const;
const name = z.object({ zh: z.string(), en: z.string() });
const subject = z.object({ name: z.string(), idNumber: z.string() });
const items = z.array(z.object({ item: z.string(), name }));
const inbox = z
  .object({
    items: z.array(
      z.object({
        requestId: z.string(),
        caseRef: z.string(),
        source: z.string(),
        sourceName: name,
        subject: subject.nullable(),
        items,
        purpose: z.string(),
        asOf: z.string(),
        dueOn: z.string(),
        daysLeft: z.int(),
        light: z.enum(['green', 'amber', 'red']),
        consentHash: z.string(),
        authorization: z.string(),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('VerificationInbox', { example: VERIFICATION_EXAMPLES.inbox });
const authorization = z
  .object({
    requestId: z.string(),
    subject,
    signedBy: z.string(),
    source: z.string(),
    sourceName: name,
    items,
    purpose: z.string(),
    article: z.string(),
    textVersion: z.string(),
    channel: z.string(),
    signedOn: z.string(),
    validFrom: z.string(),
    validTo: z.string(),
    consentHash: z.string(),
  })
  .openapi('Authorization', { example: VERIFICATION_EXAMPLES.authorization });

/** Nothing is shown before it is on record who is about to see it. */
export const lookedAt = (
  deps: ApiDeps,
  { staffId, at, today }: Principal,
  what: Look['what'],
  requestIds: readonly string[],
): Promise<void> =>
  inCasefile(deps.casefile, { actor: 'system:verification', on: today }, (tx) =>
    noteLook(tx, { staffId, what, requestIds, at }),
  );

/** 核对专窗: what a department's verifier is asked, and nothing of the case behind it. */
export function verificationInbox(api: Api, deps: ApiDeps, cursors: Cursors): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/verification/inbox',
      tags: ['verification'],
      summary: 'Open questions to the caller’s source, the soonest due first',
      security: bearer,
      'x-required-permission': VERIFIER,
      request: {
        query: z.object({
          limit: z.coerce.number().int().min(1).max(200).default(50),
          cursor: z.string().max(400).optional(),
        }),
      },
      responses: { 200: json(inbox, 'A page'), ...problems },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const given = cursor === undefined ? undefined : cursors.read(cursor);
      const after = given && { dueOn: given['dueOn'] ?? '', id: given['id'] ?? '' };
      const { page, last } = await asPrincipal(deps, c, (tx, principal) => {
        requireRole(principal, VERIFIER);
        return questionsToMe(tx, { limit, after });
      });
      const principal = c.get('principal');
      await lookedAt(
        deps,
        principal,
        'inbox',
        page.map(({ requestId }) => requestId),
      );
      const next = last ? cursors.sign({ dueOn: last.dueOn, id: last.id }) : null;
      if (next)
        c.header(
          'Link',
          `</v1/verification/inbox?${new URLSearchParams({ limit: String(limit), cursor: next }).toString()}>; rel="next"`,
        );
      const shown = page.map((question) => ({
        requestId: question.requestId,
        caseRef: question.caseRef,
        source: question.source,
        sourceName: sourceNamed(question.source).name,
        subject: question.subject,
        items: itemsNamed(question.source, question.items),
        purpose: question.purpose,
        asOf: question.asOf,
        dueOn: question.dueOn,
        ...dueLight(principal.today, question.dueOn),
        consentHash: question.consentHash,
        authorization: `/v1/verification/requests/${question.requestId}/authorization`,
      }));
      return c.json({ items: shown, next }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/verification/requests/{requestId}/authorization',
      tags: ['verification'],
      summary: 'What the person of one open question signed',
      security: bearer,
      'x-required-permission': VERIFIER,
      request: { params: z.object({ requestId: uuid }) },
      responses: { 200: json(authorization, 'The authorisation of this person'), ...problems },
    }),
    async (c) => {
      const { requestId } = c.req.valid('param');
      const { question, signed } = await asPrincipal(deps, c, async (tx, principal) => {
        requireRole(principal, VERIFIER);
        return {
          question: await questionToMe(tx, requestId),
          signed: await authorisationForMe(tx, requestId),
        };
      });
      await lookedAt(deps, c.get('principal'), 'authorization', [requestId]);
      const { signer, signatureHash, ...form } = signed;
      const source = sourceNamed(question.source);
      return c.json(
        {
          requestId,
          subject: question.subject,
          signedBy: signer.name,
          source: question.source,
          sourceName: source.name,
          items: itemsNamed(question.source, question.items),
          purpose: question.purpose,
          article: source.article,
          ...form,
          consentHash: signatureHash,
        },
        200,
      );
    },
  );
}
