import { createHash } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import { instant, rfc3339 } from '../../terms/dates.js';
import { mannerOf } from './manner.js';
import { lookUp } from './registers.js';
import type { Instant } from '../../terms/dates.js';
import type { Id } from '../../terms/ids.js';
import type { DepartmentAnswer, LookupRequest, Source } from '../contract.js';
import type { Profiles, Registers } from './files.js';

/** An answer that will be sent, fixed when the question came in. */
export interface Letter {
  requestId: Id;
  source: Source;
  callbackUrl: string;
  /** Business time. */
  dueAt: Instant;
  /** The same for every copy and every retry. */
  webhookId: string;
  body: Uint8Array;
  copiesLeft: number;
  /** Rounds of sending that failed. */
  failures: number;
  /** Real time before which the timer leaves it alone. */
  notBefore: number;
}

export interface Ledger {
  /** Takes a question once: a repetition changes nothing, another question under the same id is a conflict. */
  take(request: LookupRequest, registers: Registers, now: Instant): 'taken' | 'repeated' | 'conflict';
  /** Letters that should be out by then and are not, in order of due time. */
  dueBy(now: Instant): Letter[];
  /** The next due time after now, or null. */
  nextDueAt(now: Instant): Instant | null;
  /** How many questions have ever been taken. */
  taken(): number;
  /** Letters not delivered yet, due or not; questions that are met with silence do not count. */
  pending(): number;
}

export function createLedger({ profiles, seed }: { profiles: Profiles; seed: number }): Ledger {
  const questions = new Map<Id, string>();
  const askedBefore = new Map<string, number>();
  let letters: Letter[] = [];
  function open(): Letter[] {
    letters = letters.filter(({ copiesLeft }) => copiesLeft > 0);
    return letters;
  }

  function write(request: LookupRequest, registers: Registers, now: Instant): Letter | undefined {
    const { requestId, source, callbackUrl } = request;
    const person = `${source}/${request.subject.idNumber}`;
    const nth = askedBefore.get(person) ?? 0;
    askedBefore.set(person, nth + 1);
    const finding = lookUp(registers, request);
    const profile = profiles[source] ?? { kind: 'prompt' };
    const manner = mannerOf({ profile, seed, question: [source, request.subject.idNumber, nth] });
    if (manner.kind === 'never' || finding.kind === 'no_register') return undefined;
    const dueAt = instant(Math.ceil(now / 1000) * 1000 + manner.delayMs);
    const answerId = uuidV5(`answer/${seed}`, requestId) as Id;
    const answer: DepartmentAnswer = {
      answerId,
      requestId,
      source,
      answeredAt: rfc3339(dueAt),
      subject: finding.subject,
      outcome: finding.kind,
      facts: finding.kind === 'found' ? finding.facts : [],
    };
    const body = Buffer.from(JSON.stringify(answer));
    const webhookId = `msg_${answerId}`;
    return {
      requestId,
      source,
      callbackUrl,
      dueAt,
      webhookId,
      body,
      copiesLeft: manner.copies,
      failures: 0,
      notBefore: 0,
    };
  }

  return {
    take(request, registers, now) {
      const print = createHash('sha256').update(JSON.stringify(request)).digest('hex');
      const known = questions.get(request.requestId);
      if (known !== undefined) return known === print ? 'repeated' : 'conflict';
      questions.set(request.requestId, print);
      const letter = write(request, registers, now);
      if (letter !== undefined) letters.push(letter);
      return 'taken';
    },
    dueBy: (now) =>
      open()
        .filter(({ dueAt }) => dueAt <= now)
        .sort((a, b) => a.dueAt - b.dueAt),
    nextDueAt(now) {
      const later = open()
        .map(({ dueAt }) => dueAt)
        .filter((dueAt) => dueAt > now);
      return later.length === 0 ? null : instant(Math.min(...later));
    },
    taken: () => questions.size,
    pending: () => open().length,
  };
}
