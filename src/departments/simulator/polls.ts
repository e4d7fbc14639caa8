import { sourceOf, SOURCES } from '../sources.js';
import { asksWithKey, signedResponse } from './signed-response.js';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppParts } from './app-parts.js';
import { noteDelivery, type Letter } from './letters.js';
import type { Instant } from '../../terms/index.js';

/** How often `ready_after_polls` denies an answer that is there. */
const DENIALS = 3;

/** Where departments that never call are asked for their answers. */
export function answerPolls(app: Hono<{ Bindings: HttpBindings }>, parts: AppParts): void {
  const { ledger, clock } = parts;
  for (const source of SOURCES.filter((each) => sourceOf(each).wire === 'polling')) {
    app.get(`/${source}/requests/:requestId/answer`, (c) => {
      asksWithKey(c, source, parts);
      const question = ledger.questionOf(c.req.param('requestId'));
      if (question?.source !== source || question.takenAt === null) return c.body(null, 404);
      const now = clock.now();
      const letters = ledger.lettersOf(source).filter(({ requestId }) => requestId === question.id);
      const ready = letters.filter(({ dueAt }) => dueAt <= now);
      // What was told before is told again, until there is something else to tell.
      const letter = ready.find(({ copiesLeft }) => copiesLeft > 0) ?? ready.at(-1);
      if (!letter) return c.body(null, 204, comeBackIn(letters, now));
      question.polls += 1;
      if (letter.fault === 'ready_after_polls' && question.polls <= DENIALS) return c.body(null, 204);
      noteDelivery(letter, { at: now, status: 200 });
      return signedResponse(parts, letter, letter.webhookId, letter.body());
    });
  }
}

/** A department that knows when it will have answered says so; a silent one says nothing. */
function comeBackIn(letters: readonly Letter[], now: Instant): Record<string, string> {
  const next = Math.min(...letters.map(({ dueAt }) => dueAt));
  return Number.isFinite(next) ? { 'retry-after': String(Math.ceil((next - now) / 1_000)) } : {};
}
