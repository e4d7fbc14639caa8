import { bodyLimit } from 'hono/body-limit';
import { DomainError } from '../../terms/errors.js';
import { inquirySchema } from '../inquiry-schema.js';
import { verifySignature } from '../signature.js';
import { bodyAs, bytesOf, tooLarge } from './problem.js';
import { takenBadly } from './questions.js';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppParts } from './app-parts.js';
import type { Registers } from './files.js';

const MAX_INQUIRY_BYTES = 65_536;

/** Where each platform takes what it is to pass on, well or badly. */
export function takeInquiries(
  app: Hono<{ Bindings: HttpBindings }>,
  parts: AppParts,
  registers: () => Registers,
): void {
  const { platforms, postman, memory, clock, realNow, signingKeys } = parts;
  for (const [code, desk] of platforms)
    app.post(`/${code}/requests`, bodyLimit({ maxSize: MAX_INQUIRY_BYTES, onError: tooLarge }), async (c) => {
      const body = await bytesOf(c);
      verifySignature({
        keys: signingKeys[code] ?? [],
        headers: c.req.raw.headers,
        body,
        realNow: realNow(),
      });
      const inquiry = bodyAs(inquirySchema, body, MAX_INQUIRY_BYTES);
      if (inquiry.platform !== code) throw new DomainError('body_invalid', { pointer: '/platform' });
      const arrival = desk.arrive(inquiry);
      if (arrival === 'conflict') throw new DomainError('idempotency_key_reused');
      memory.keep({ kind: 'inquired', inquiry });
      return takenBadly(arrival, c, async () => {
        const at = clock.now();
        if (arrival.question.takenAt === null)
          memory.keep({ kind: 'taken', requestId: inquiry.inquiryId, at });
        const letters = desk.take(arrival, inquiry, registers(), at);
        if (arrival.fault === 'before_acceptance') await postman.send(letters);
        return c.json({ inquiryId: inquiry.inquiryId, status: 'accepted' }, 202);
      });
    });
}
