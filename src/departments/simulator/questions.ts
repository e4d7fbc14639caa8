import { bodyLimit } from 'hono/body-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../terms/errors.js';
import { requestSchema } from '../request-schema.js';
import { verifySignature } from '../signature.js';
import { sourceOf, SOURCES } from '../sources.js';
import { misbehave, neverRespond } from './bad-responses.js';
import { actsInReporting, actsInTaking } from './faults.js';
import { writeLetters } from './letters.js';
import { bodyAs, bytesOf, tooLarge } from './problem.js';
import { lookUp } from './registers.js';
import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { AppParts } from './app-parts.js';
import type { Registers } from './files.js';
import type { Arrival, Writer } from './ledger.js';
import type { Letter } from './letters.js';
import type { LookupRequest } from '../contract.js';

const MAX_REQUEST_BYTES = 65_536;

/** Where each department takes its questions, well or badly. */
export function takeQuestions(
  app: Hono<{ Bindings: HttpBindings }>,
  parts: AppParts,
  registers: () => Registers,
): void {
  const { ledger, postman, memory, realNow, signingKeys } = parts;
  for (const source of SOURCES.filter((each) => sourceOf(each).wire !== 'batch')) {
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
        return takenBadly(arrival, c, async () => {
          const letters = takeUp(parts, { arrival, request }, registers());
          if (arrival.fault === 'before_acceptance' && sourceOf(source).wire === 'callback')
            await postman.send(letters);
          return c.json({ requestId: request.requestId, status: 'accepted' }, 202);
        });
      },
    );
  }
}

/** Has a question from now on, and remembers that it has. @returns what will be answered */
export function takeUp(
  { ledger, memory, clock }: AppParts,
  { arrival, request }: { arrival: Arrival; request: LookupRequest },
  registers: Registers,
): readonly Letter[] {
  const at = clock.now();
  if (arrival.question.takenAt === null) memory.keep({ kind: 'taken', requestId: request.requestId, at });
  return ledger.take(arrival, answerWriter(request, registers), registers, at);
}

/** Writes what the registers say of one question. */
export const answerWriter =
  (request: LookupRequest, registers: Registers): Writer =>
  ({ fault, ...order }) =>
    writeLetters({
      ...order,
      // A profile of a department has no other; a drawn one of them is of no effect here.
      fault: fault && !actsInReporting(fault) ? fault : undefined,
      request,
      finding: lookUp(registers, request),
    });

/** Takes what was sent, or does not, as the fault of an arrival has it. */
export async function takenBadly(
  arrival: Pick<Arrival, 'fault' | 'slownessMs'> | undefined,
  c: Context<{ Bindings: HttpBindings }>,
  take: () => Response | Promise<Response>,
): Promise<Response> {
  const { fault, slownessMs } = arrival ?? {};
  if (fault === 'slow_response') await sleep(slownessMs, undefined, { ref: false });
  else if (fault && fault !== 'executes_and_times_out' && actsInTaking(fault))
    return misbehave(fault, c.env.outgoing);
  const taken = await take();
  return fault === 'executes_and_times_out' ? neverRespond(c.env.outgoing) : taken;
}
