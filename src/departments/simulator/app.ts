import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { rfc3339 } from '../../terms/dates.js';
import { DomainError } from '../../terms/errors.js';
import { SOURCES } from '../sources.js';
import { exchangeFiles } from './batches.js';
import { answerPolls } from './polls.js';
import { takeInquiries } from './platform-questions.js';
import { takeQuestions } from './questions.js';
import { MAX_FILE_BYTES, registerFileSchema } from './files.js';
import { servePage } from './page.js';
import { bodyAs, bytesOf, problem, tooLarge } from './problem.js';
import { mergeRegisters } from './registers.js';
import { steerDepartments } from './steering.js';
import type { HttpBindings } from '@hono/node-server';
import type { AppParts } from './app-parts.js';

const clockSchema = z.union([
  z.strictObject({ offsetMs: z.int() }),
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
]);

/** The simulated departments over HTTP. Everything but the questions belongs to whoever runs the simulation. */
export function createApp(parts: AppParts): Hono<{ Bindings: HttpBindings }> {
  const { ledger, postman, memory, clock, realNow } = parts;
  let registers = parts.registers;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/livez', (c) => c.json({ status: 'ok' }));
  takeQuestions(app, parts, () => registers);
  answerPolls(app, parts);
  const uncollected = exchangeFiles(app, parts, () => registers);
  takeInquiries(app, parts, () => registers);
  steerDepartments(app, parts);
  servePage(app);

  app.post('/registers', bodyLimit({ maxSize: MAX_FILE_BYTES, onError: tooLarge }), async (c) => {
    const mode = z.enum(['replace', 'merge']).safeParse(c.req.query('mode') ?? 'merge');
    if (!mode.success) throw new DomainError('body_invalid', { params: { query: 'mode' } });
    const file = bodyAs(registerFileSchema, await bytesOf(c), MAX_FILE_BYTES);
    memory.keep({ kind: 'registers', mode: mode.data, registers: file.registers });
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
      uncollected: uncollected(),
    };
  };
  app.get('/clock', (c) => c.json(reading()));
  app.post('/clock', bodyLimit({ maxSize: 1024, onError: tooLarge }), async (c) => {
    const wanted = bodyAs(clockSchema, await bytesOf(c), 1024);
    const offsetMs = 'to' in wanted ? Date.parse(wanted.to) - realNow() : wanted.offsetMs;
    // A simulation may begin in the past; once somebody has asked, answers would come before their questions.
    clock.move(offsetMs, ledger.taken() === 0 ? 'freely' : 'onwardOnly');
    memory.keep({ kind: 'clock', offsetMs: clock.offsetMs() });
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
