import { v5 as uuidV5 } from 'uuid';
import { instant, rfc3339 } from '../../terms/dates.js';
import { ANSWERS, rowsOf, type FileAnswer } from '../answer-row.js';
import { lineOf } from '../batch-frame.js';
import { sourceOf } from '../sources.js';
import { chance } from './chance.js';
import { plansFor } from './plans.js';
import type { Instant } from '../../terms/dates.js';
import type { Id } from '../../terms/ids.js';
import type { DepartmentAnswer, LookupRequest, Source } from '../contract.js';
import type { Wire } from '../source.js';
import type { AnsweringFault, FaultCode } from './faults.js';
import type { Plan } from './plans.js';
import type { Finding } from './registers.js';

/** One sending: when, and what the other side said. */
export interface Delivery {
  /** Business time. */
  at: Instant;
  /** HTTP status; null when nobody answered. */
  status: number | null;
}

/** An answer that will be sent, fixed when the question was taken. */
export interface Letter {
  requestId: Id;
  source: Source;
  fault: FaultCode | null;
  callbackUrl: string;
  /** Business time. */
  dueAt: Instant;
  /** The same for every copy and every retry. */
  webhookId: string;
  /** By callback it is sent, otherwise it is come for. */
  wire: Wire;
  /** Made when it is sent: five megabytes that wait for thirty days would add up. */
  body: () => Uint8Array;
  /** The same as rows of a file, as often as they stand there. */
  rows: () => Uint8Array;
  headers: Readonly<Record<string, string>>;
  signedBy: Plan['signedBy'];
  signedAgoMs: number;
  insists: boolean;
  copiesLeft: number;
  /** Rounds of sending that failed. */
  failures: number;
  /** Real time before which the timer leaves it alone. */
  notBefore: number;
  /** The last few. */
  deliveries: Delivery[];
}

const KEPT_DELIVERIES = 10;

export function addDelivery(letter: Letter, delivery: Delivery): void {
  letter.deliveries = [...letter.deliveries, delivery].slice(-KEPT_DELIVERIES);
}

/** Somebody came for a letter: a copy of it is gone. */
export function noteDelivery(letter: Letter, delivery: Delivery): void {
  addDelivery(letter, delivery);
  letter.copiesLeft = Math.max(0, letter.copiesLeft - 1);
}

/** How what is sent about one question shall be. */
export interface Order<Fault = AnsweringFault> {
  fault: Fault | undefined;
  usual: { delayMs: number; copies: number };
  seed: number;
  /** What makes this question different from others in every run. */
  question: readonly (string | number)[];
  anotherId: Id | undefined;
  now: Instant;
}
export interface Writing extends Order {
  request: LookupRequest;
  finding: Finding;
}

const DAY_MS = 24 * 3_600_000;
const NAMESPACE = uuidV5('one door departments', uuidV5.URL);
/** An id that no question has. */
export const unknownIdFor = (id: Id): Id => uuidV5(`unknown/${id}`, NAMESPACE) as Id;

/** When it is sent. Whole seconds: due times are printed without fractions, and callers move the clock to what they read. */
export const dueAfter = (now: Instant, delayMs: number): Instant =>
  instant(Math.ceil(now / 1000) * 1000 + delayMs);

type Unsent =
  'headers' | 'signedBy' | 'signedAgoMs' | 'insists' | 'copiesLeft' | 'failures' | 'notBefore' | 'deliveries';

/** What of a letter follows from its plan, before anybody has sent it. */
export const unsent = (plan: Plan): Pick<Letter, Unsent> => ({
  headers: plan.headers,
  signedBy: plan.signedBy,
  signedAgoMs: plan.signedAgoMs,
  insists: plan.insists,
  copiesLeft: plan.copies,
  failures: 0,
  notBefore: 0,
  deliveries: [],
});

/** Writes what a department will send about one question: none, one or two letters. */
export function writeLetters(writing: Writing): Letter[] {
  const { request, finding, fault, usual, seed, question, now } = writing;
  if (finding.kind === 'no_register') return [];
  const { requestId, source, callbackUrl, items } = request;
  const unknownId = unknownIdFor(requestId);
  const plans = plansFor({
    fault,
    usual,
    items,
    anotherId: writing.anotherId ?? unknownId,
    unknownId,
    luck: chance(seed, 'order', ...question),
  });
  return [...plans, ...corrections(plans, writing)].map((plan) => {
    const dueAt = dueAfter(now, plan.delayMs);
    const answerId = uuidV5(`${plan.part === 'first' ? 'answer' : 'second answer'}/${seed}`, requestId) as Id;
    const answer: DepartmentAnswer = {
      answerId,
      requestId,
      source,
      answeredAt: rfc3339(dueAt),
      subject: finding.subject,
      outcome: finding.kind,
      facts: finding.kind === 'found' ? finding.facts : [],
    };
    return {
      requestId,
      source,
      fault: fault ?? null,
      callbackUrl,
      dueAt,
      webhookId: `msg_${answerId}`,
      wire: sourceOf(source).wire,
      body: () => plan.encode(JSON.stringify(plan.says(answer))),
      rows: () => {
        const lines = rowsOf(plan.says(answer) as FileAnswer).map((row) => lineOf(ANSWERS, row));
        return Buffer.concat(Array<Uint8Array>(plan.times).fill(plan.encode(lines.join(''))));
      },
      ...unsent(plan),
    };
  });
}

/** A department that does nothing wrong but to have been mistaken writes once more. */
function corrections([right]: readonly Plan[], { fault, finding }: Writing): Plan[] {
  const correction = finding.kind === 'no_register' ? undefined : finding.correction;
  if (fault !== undefined || right === undefined || correction === undefined) return [];
  const { afterDays, facts } = correction;
  return [
    {
      ...right,
      part: 'second',
      delayMs: right.delayMs + afterDays * DAY_MS,
      says: (answer) => ({ ...answer, outcome: facts.length > 0 ? 'found' : 'none', facts }),
    },
  ];
}
