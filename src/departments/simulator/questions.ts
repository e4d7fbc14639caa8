import { bodyLimit } from 'hono/body-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../terms/errors.js';
import { requestSchema } from '../request-schema.js';
import { verifySignature } from '../signature.js';
import { SOURCES } from '../sources.js';
import { misbehave, neverRespond } from './bad-responses.js';
import { actsInTaking } from './faults.js';
import { bodyAs, bytesOf, tooLarge } from './problem.js';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppParts } from './app-parts.js';
import type { Registers } from './files.js';

const MAX_REQUEST_BYTES = 65_536;

/** Where each department takes its questions, well or badly. */
export function takeQuestions(
  app: Hono<{ Bindings: HttpBindings }>,
  parts: AppParts,
  registers: () => Registers,
): void {
  const { ledger, postman, memory, clock, realNow, signingKeys } = parts;
  for (const source of SOURCES) {
    app.post(
      `/${source}/requests`,
      bodyLimit({ maxSize: MAX_REQUEST_BYTES, onError: tooLarge }),
      async (c) => {
        const body = await bytesOf(c);
        verifySignature({
          keys: signingKeys[source] ?? [],
          headers: c.req.raw.headers,
          body,
          realNow: realNow(),
        });
        const request = bodyAs(requestSchema, body, MAX_REQUEST_BYTES);
        if (request.source !== source) throw new DomainError('body_invalid', { pointer: '/source' });
        const arrival = ledger.arrive(request);
        if (arrival === 'conflict') throw new DomainError('idempotency_key_reused');
        memory.keep({ kind: 'asked', request });
        const { fault } = arrival;
        if (fault === 'slow_response') await sleep(arrival.slownessMs, undefined, { ref: false });
        else if (fault && fault !== 'executes_and_times_out' && actsInTaking(fault))
          return misbehave(fault, c.env.outgoing);
        const at = clock.now();
        if (arrival.question.takenAt === null)
          memory.keep({ kind: 'taken', requestId: request.requestId, at });
        const letters = ledger.take(arrival, request, registers(), at);
        if (fault === 'executes_and_times_out') return neverRespond(c.env.outgoing);
        if (fault === 'before_acceptance') await postman.send(letters);
        return c.json({ requestId: request.requestId, status: 'accepted' }, 202);
      },
    );
  }
}
