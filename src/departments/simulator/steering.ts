import { bodyLimit } from 'hono/body-limit';
import { rfc3339 } from '../../terms/dates.js';
import { DomainError } from '../../terms/errors.js';
import { isPlatform, platformOf, SENDERS } from '../platforms.js';
import { itemsOf, sourceOf } from '../sources.js';
import type { Name, Wire } from '../source.js';
import { FAULT_CODES, FAULTS } from './faults.js';
import { bodyAs, bytesOf, tooLarge } from './problem.js';
import { PROFILE_KINDS, platformProfileSchema, profileSchema } from './profile.js';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Instant } from '../../terms/dates.js';
import type { Source } from '../contract.js';
import type { AppParts } from './app-parts.js';
import type { FaultCode } from './faults.js';
import { wireOf, type Question } from './ledger.js';
import type { Letter } from './letters.js';
import type { Profile } from './profile.js';

/** How far a letter has come. `given_up`: it was forged or broken, and the house would not have it. */
export type LetterState = 'waiting' | 'undelivered' | 'delivered' | 'given_up';

/** A letter as whoever steers may see it: nothing of what it says, and nobody it is about. Times are RFC 3339. */
export interface LetterView {
  requestId: string;
  fault: FaultCode | null;
  dueAt: string;
  state: LetterState;
  copiesLeft: number;
  /** `status` is null when nobody answered. */
  deliveries: { at: string; status: number | null }[];
}

export interface QuestionView {
  requestId: string;
  fault: FaultCode | null;
  attempts: number;
  takenAt: string | null;
}

export interface DepartmentView {
  /** Its code; of a platform too. */
  source: Source;
  name: Name;
  /** Which faults can befall it depends on it. */
  wire: Wire | 'reporting';
  /** What it holds, by item; of a platform, whom it speaks for. */
  items: readonly string[];
  platform: boolean;
  profile: Profile;
  /** Questions that came, by whether an attempt got through. */
  taken: number;
  refused: number;
  /** Letters, by how far they have come. */
  pending: number;
  undelivered: number;
  delivered: number;
  givenUp: number;
  nextDueAt: string | null;
  /** The latest sendings, newest first, with the HTTP status that came back. */
  last: { requestId: string; fault: FaultCode | null; at: string; status: number | null }[];
}

const MAX_PROFILE_BYTES = 16_384;
const SHOWN = 50;
const LAST = 5;

/** What a visitor may see and change about the departments while they run. */
export function steerDepartments(app: Hono<{ Bindings: HttpBindings }>, parts: AppParts): void {
  const { ledger, memory, clock, seed } = parts;

  const view = (source: Source): DepartmentView => {
    const now = clock.now();
    const questions = ledger.questionsOf(source);
    const letters = ledger.lettersOf(source).map((letter) => viewOf(letter, now));
    const inState = (state: LetterState): number => letters.filter((each) => each.state === state).length;
    const next = ledger.nextDueAt(now, source);
    return {
      source,
      name: (platformOf(source) ?? sourceOf(source)).name,
      wire: wireOf(source),
      items: platformOf(source)?.sources ?? itemsOf(source),
      platform: isPlatform(source),
      profile: ledger.profileOf(source),
      taken: questions.filter(({ takenAt }) => takenAt !== null).length,
      refused: questions.filter(({ takenAt }) => takenAt === null).length,
      pending: inState('waiting') + inState('undelivered'),
      undelivered: inState('undelivered'),
      delivered: inState('delivered'),
      givenUp: inState('given_up'),
      nextDueAt: next === null ? null : rfc3339(next),
      last: letters
        .flatMap(({ requestId, fault, deliveries }) =>
          deliveries.map((delivery) => ({ requestId, fault, ...delivery })),
        )
        .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
        .slice(0, LAST),
    };
  };

  app.get('/departments', (c) =>
    c.json({
      seed,
      kinds: PROFILE_KINDS,
      faults: FAULT_CODES.map((code) => ({ code, ...FAULTS[code] })),
      departments: SENDERS.map(view),
    }),
  );
  app.put(
    '/departments/:source/profile',
    bodyLimit({ maxSize: MAX_PROFILE_BYTES, onError: tooLarge }),
    async (c) => {
      const source = sourceIn(c.req.param('source'));
      const schema = isPlatform(source) ? platformProfileSchema : profileSchema;
      const profile = bodyAs(schema, await bytesOf(c), MAX_PROFILE_BYTES);
      memory.keep({ kind: 'profile', source, profile });
      ledger.setProfile(source, profile);
      return c.json(view(source));
    },
  );
  app.get('/departments/:source/letters', (c) => {
    const source = sourceIn(c.req.param('source'));
    const now = clock.now();
    return c.json({
      questions: ledger.questionsOf(source).slice(-SHOWN).toReversed().map(questionOf),
      letters: ledger
        .lettersOf(source)
        .slice(-SHOWN)
        .toReversed()
        .map((letter) => viewOf(letter, now)),
    });
  });
}

/** @throws {DomainError} `not_found` */
function sourceIn(text: string): Source {
  const source = SENDERS.find((each) => each === text);
  if (source === undefined) throw new DomainError('not_found');
  return source;
}

const questionOf = ({ id, fault, attempts, takenAt }: Question): QuestionView => ({
  requestId: id,
  fault,
  attempts,
  takenAt: takenAt === null ? null : rfc3339(takenAt),
});

const viewOf = (letter: Letter, now: Instant): LetterView => ({
  requestId: letter.requestId,
  fault: letter.fault,
  dueAt: rfc3339(letter.dueAt),
  state: stateOf(letter, now),
  copiesLeft: letter.copiesLeft,
  deliveries: letter.deliveries.map(({ at, status }) => ({ at: rfc3339(at), status })),
});

function stateOf({ copiesLeft, dueAt, deliveries }: Letter, now: Instant): LetterState {
  if (copiesLeft > 0) return dueAt > now ? 'waiting' : 'undelivered';
  const status = deliveries.at(-1)?.status ?? null;
  return status !== null && status >= 200 && status < 300 ? 'delivered' : 'given_up';
}
