import { createRoute, z } from '@hono/zod-openapi';
import { caseOfRequest } from '../casefile/answers.js';
import { storeDeskAnswer } from '../casefile/desk-answers.js';
import { newId } from '../casefile/record.js';
import { inCasefile } from '../casefile/tx.js';
import { questionToMe, type VerifierQuestion } from '../casefile/verifier-questions.js';
import { parseAnswer } from '../departments/answer-schema.js';
import { DomainError, rfc3339, type Instant } from '../terms/index.js';
import { asPrincipal, requireRole, type Principal } from './auth.js';
import { idempotencyKey } from './idempotency.js';
import type { ApiDeps } from './ports.js';
import { bearer, commandHeaders, json, problems, type Api } from './routes.js';
import { uuid } from './schemas/fields.js';
import { VERIFICATION_EXAMPLES } from './schemas/verification-examples.js';
import { verifierAnswer, type VerifierAnswer } from './schemas/verifier-answer.js';
import { VERIFIER } from './verification-inbox.js';

const heard = z
  .object({ answerId: z.string(), status: z.enum(['stored', 'known']) })
  .openapi('VerifierAnswerHeard', { example: VERIFICATION_EXAMPLES.answerHeard });

/** 有, 无, 无法核实: what a person of a department says is stored like a callback, and read by whoever reads those. */
export function verificationAnswers(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/verification/requests/{requestId}/answer',
      tags: ['verification'],
      summary: 'Answer a question, or answer it anew',
      security: bearer,
      'x-required-permission': VERIFIER,
      request: {
        params: z.object({ requestId: uuid }),
        headers: commandHeaders.pick({ 'idempotency-key': true }),
        body: { required: true, content: { 'application/json': { schema: verifierAnswer } } },
      },
      responses: {
        202: json(heard, 'Stored; its desk reads it next'),
        200: json(heard, 'Heard before; nothing was added'),
        ...problems,
      },
    }),
    async (c) => {
      const { requestId } = c.req.valid('param');
      const key = idempotencyKey(c);
      const question = await asPrincipal(deps, c, (tx, principal) => {
        requireRole(principal, VERIFIER);
        return questionToMe(tx, requestId);
      });
      const principal = c.get('principal');
      const given = c.req.valid('json');
      const body = answerBody(question, given, principal.at);
      refuseUnreadable(question, given, body);
      const said = await takeDeskAnswer(deps, principal, question, `${principal.staffId} ${key}`, body);
      if (!said.fresh) c.header('Idempotent-Replayed', 'true');
      const { answerId, fresh } = said;
      return fresh
        ? c.json({ answerId, status: 'stored' as const }, 202)
        : c.json({ answerId, status: 'known' as const }, 200);
    },
  );
}

type Asked = VerifierQuestion & { readonly subject: NonNullable<VerifierQuestion['subject']> };

/** As the department would have sent it. Whom it is about is whom the verifier was asked about. */
function answerBody(question: Asked, given: VerifierAnswer, at: Instant): Record<string, unknown> {
  const { requestId, source, subject } = question;
  const head = { answerId: newId(), requestId, source, answeredAt: rfc3339(at), subject };
  if (given.outcome === 'cannot_verify') return { ...head, ...given };
  return { ...head, outcome: given.outcome, facts: given.outcome === 'found' ? given.facts : [] };
}

/** What the reader of answers could not use is told to whoever can still put it right. */
function refuseUnreadable(question: Asked, given: VerifierAnswer, body: Record<string, unknown>): void {
  if (given.outcome === 'cannot_verify') return;
  const stray =
    given.outcome === 'found' ? given.facts.findIndex(({ item }) => !question.items.includes(item)) : -1;
  if (stray >= 0)
    throw new DomainError('body_invalid', {
      pointer: `/facts/${stray}/item`,
      params: { reason: 'item_not_asked' },
    });
  const read = parseAnswer(Buffer.from(JSON.stringify(body)));
  if (!read.ok)
    throw new DomainError('body_invalid', {
      pointer: read.error.pointer,
      params: { reason: read.error.reason },
    });
}

/** Stores it under its case, whose number the verifier never learns, and tells the desk. */
export async function takeDeskAnswer(
  deps: ApiDeps,
  { staffId, at, today }: Principal,
  { requestId, source }: VerifierQuestion,
  key: string,
  body: Record<string, unknown>,
): Promise<{ answerId: string; fresh: boolean }> {
  const acting = { actor: 'system:answers', on: today } as const;
  const caseNo = await inCasefile(deps.casefile, acting, (tx) => caseOfRequest(tx, requestId, source));
  if (!caseNo) throw new DomainError('not_found');
  const realNow = deps.clock.real();
  const stored = await inCasefile(deps.casefile, { ...acting, caseNo }, (tx) =>
    storeDeskAnswer(tx, caseNo, { source, requestId, staffId, key, body, at, realNow }),
  );
  if (stored.fresh) deps.dispatcher.answerStored(caseNo, stored.answerId);
  return stored;
}
