import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { rfc3339 } from '../../terms/dates.js';
import { DomainError, ERRORS } from '../../terms/errors.js';
import { SOURCES } from '../sources.js';
import { parseJsonBody } from '../json-body.js';
import { requestSchema } from '../request-schema.js';
import { verifySignature } from '../signature.js';
import { MAX_FILE_BYTES, registerFileSchema } from './files.js';
import { mergeRegisters } from './registers.js';
import type { Context } from 'hono';
import type { ErrorCode } from '../../terms/errors.js';
import type { Source } from '../contract.js';
import type { SigningKey } from '../signature.js';
import type { BusinessClock } from './business-clock.js';
import type { Registers } from './files.js';
import type { Ledger } from './ledger.js';
import type { Postman, SimulatorEvent } from './postman.js';

export interface AppParts {
  ledger: Ledger;
  postman: Postman;
  clock: BusinessClock;
  realNow: () => number;
  registers: Registers;
  signingKeys: Readonly<Record<Source, readonly SigningKey[]>>;
  report: (event: SimulatorEvent) => void;
}

const MAX_REQUEST_BYTES = 65_536;

const clockSchema = z.union([
  z.strictObject({ offsetMs: z.int() }),
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
]);

/** The simulated departments over HTTP. `/registers` and `/clock` belong to whoever runs the simulation. */
export function createApp(parts: AppParts): Hono {
  const { ledger, postman, clock, realNow, signingKeys } = parts;
  let registers = parts.registers;
  const app = new Hono();
  const tooLarge = (): Response => problem('body_too_large');

  app.get('/livez', (c) => c.json({ status: 'ok' }));

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
        if (ledger.take(request, registers, clock.now()) === 'conflict')
          throw new DomainError('idempotency_key_reused');
        return c.json({ requestId: request.requestId, status: 'accepted' }, 202);
      },
    );
  }

  app.post('/registers', bodyLimit({ maxSize: MAX_FILE_BYTES, onError: tooLarge }), async (c) => {
    const mode = z.enum(['replace', 'merge']).safeParse(c.req.query('mode') ?? 'merge');
    if (!mode.success) throw new DomainError('body_invalid', { params: { query: 'mode' } });
    const file = bodyAs(registerFileSchema, await bytesOf(c), MAX_FILE_BYTES);
    registers = mode.data === 'replace' ? file.registers : mergeRegisters(registers, file.registers);
    return c.json({ people: Object.fromEntries(SOURCES.map((s) => [s, registers[s]?.length ?? null])) });
  });

  const reading = (): object => {
    const now = clock.now();
    const next = ledger.nextDueAt(now);
    return {
      now: rfc3339(now),
      offsetMs: clock.offsetMs(),
      nextDueAt: next === null ? null : rfc3339(next),
      pending: ledger.pending(),
      undelivered: ledger.dueBy(now).length,
    };
  };
  app.get('/clock', (c) => c.json(reading()));
  app.post('/clock', bodyLimit({ maxSize: 1024, onError: tooLarge }), async (c) => {
    const wanted = bodyAs(clockSchema, await bytesOf(c), 1024);
    const offsetMs = 'to' in wanted ? Date.parse(wanted.to) - realNow() : wanted.offsetMs;
    // A simulation may begin in the past; once somebody has asked, answers would come before their questions.
    clock.move(offsetMs, ledger.taken() === 0 ? 'freely' : 'onwardOnly');
    await postman.deliver('all');
    return c.json(reading());
  });

  app.notFound(() => problem('not_found'));
  app.onError((error) => {
    if (error instanceof DomainError) return problem(error.code, error);
    parts.report({ kind: 'fault', error });
    return problem('internal');
  });
  return app;
}

const bytesOf = async (c: Context): Promise<Uint8Array> => new Uint8Array(await c.req.arrayBuffer());

function bodyAs<T>(schema: z.ZodType<T>, body: Uint8Array, maxBytes: number): T {
  const parsed = parseJsonBody({ schema, body, maxBytes });
  if (parsed.ok) return parsed.value;
  const { pointer, reason } = parsed.error;
  throw new DomainError('body_invalid', { pointer, params: { reason } });
}

function problem(code: ErrorCode, error?: DomainError): Response {
  const { status, title, retryable } = ERRORS[code];
  const body = { ...error?.params, code, title, status, retryable, pointer: error?.pointer };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
