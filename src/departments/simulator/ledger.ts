import { createHash } from 'node:crypto';
import { instant } from '../../terms/dates.js';
import { isPlatform } from '../platforms.js';
import { sourceOf } from '../sources.js';
import type { Wire } from '../source.js';
import { actsInTaking, befalls } from './faults.js';
import { faultOf, slownessMs, spoiledAttempts } from './fault-choice.js';
import { mannerOf } from './manner.js';
import { onlyOneOf } from './registers.js';
import type { Instant } from '../../terms/dates.js';
import type { Id, IdNumber } from '../../terms/ids.js';
import type { LookupRequest, Source } from '../contract.js';
import type { FaultCode, TakingFault } from './faults.js';
import type { Profiles, Registers } from './files.js';
import type { Letter, Order } from './letters.js';
import type { Profile } from './profile.js';

/** A question as the department knows it, from its first attempt on. */
export interface Question {
  id: Id;
  source: Source;
  /** Source, person, how often asked before: what chances are drawn by. Never shown. */
  key: readonly [Source, string, number];
  fingerprint: string;
  attempts: number;
  /** Business time; null while no attempt came through. */
  takenAt: Instant | null;
  /** How often somebody came for the answer that was ready. */
  polls: number;
  /** What befell it; until it is taken, by the profile of the moment. */
  fault: FaultCode | null;
}

/** One attempt at a question: what the department does with it, and how long it lets the asker wait in real time. */
export interface Arrival {
  question: Question;
  fault: FaultCode | undefined;
  slownessMs: number;
}

/** What the ledger needs to know of a question; of a platform’s inquiry too. */
export type Asked = Pick<LookupRequest, 'requestId' | 'source' | 'subject'>;
/** Writes what is sent about a question that was taken. */
export type Writer = (order: Order<Exclude<FaultCode, TakingFault>>) => Letter[];

export interface Ledger {
  /** An attempt at a question. Another question under the same id is a conflict. */
  arrive(request: Asked): Arrival | 'conflict';
  /** Takes a question once: a repetition changes nothing. @returns its letters, in the order they were written */
  take(arrival: Arrival, write: Writer, registers: Registers, now: Instant): Letter[];
  /** Other files and another seed from now on; what was taken is answered as it would have been. */
  begin(life: { profiles: Profiles; seed: number }): void;
  /** A letter has so many copies left to be sent. */
  settle(webhookId: string, copiesLeft: number): void;
  profileOf(source: Source): Profile;
  /** For questions that are not taken yet. */
  setProfile(source: Source, profile: Profile): void;
  /** Letters that should be sent by then and are not, in order of due time; what is come for is not among them. */
  dueBy(now: Instant): Letter[];
  /** The next due time after now, or null. */
  nextDueAt(now: Instant, source?: Source): Instant | null;
  /** How many questions have ever been taken. */
  taken(): number;
  /** Letters not delivered yet, due or not; questions that are met with silence do not count. */
  pending(): number;
  questionsOf(source: Source): Question[];
  questionOf(id: string): Question | undefined;
  /** Every letter that waits, and those of the recent past. */
  lettersOf(source: Source): Letter[];
}

/** Letters that are done with, kept for whoever watches. */
const KEPT = 500;

export function createLedger(life: { profiles: Profiles; seed: number }): Ledger {
  let { profiles, seed } = life;
  const questions = new Map<Id, Question>();
  const askedBefore = new Map<string, number>();
  const changed = new Map<Source, Profile>();
  const passedOver = new Map<Source, string>();
  let waiting: Letter[] = [];
  let done: Letter[] = [];
  let taken = 0;

  const profileOf = (source: Source): Profile =>
    changed.get(source) ?? profiles[source] ?? { kind: 'prompt' };

  function open(): Letter[] {
    const ended = waiting.filter(({ copiesLeft }) => copiesLeft === 0);
    if (ended.length > 0) {
      done = [...done, ...ended].slice(-KEPT);
      waiting = waiting.filter(({ copiesLeft }) => copiesLeft > 0);
    }
    return waiting;
  }

  function known(request: Asked): Question | 'conflict' {
    const { requestId: id, source, subject } = request;
    const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const found = questions.get(id);
    if (found) return found.fingerprint === fingerprint ? found : 'conflict';
    const person = `${source}/${subject.idNumber}`;
    const nth = askedBefore.get(person) ?? 0;
    askedBefore.set(person, nth + 1);
    const key = [source, subject.idNumber, nth] as const;
    const question = { id, source, key, fingerprint, attempts: 0, takenAt: null, polls: 0, fault: null };
    questions.set(id, question);
    return question;
  }

  /** The one about whom the source is silent: of those it lists the seed's choice, else whoever is asked about first. */
  function isPassedOver(source: Source, person: IdNumber, registers: Registers): boolean {
    const one = passedOver.get(source) ?? onlyOneOf(registers[source] ?? [], seed) ?? person;
    passedOver.set(source, one);
    return one === person;
  }

  /** The oldest question about somebody else: of another case, unless this is the first there ever was. */
  const another = ({ source, key }: Question): Id | undefined =>
    [...questions.values()].find((each) => each.source === source && each.key[1] !== key[1])?.id;

  return {
    arrive(request) {
      const question = known(request);
      if (question === 'conflict') return question;
      const choice = { profile: profileOf(question.source), seed, question: question.key };
      const chosen = faultOf(choice);
      const drawn = chosen && befalls(chosen, wireOf(question.source)) ? chosen : undefined;
      question.attempts += 1;
      if (question.takenAt === null) question.fault = drawn ?? null;
      const over = drawn && actsInTaking(drawn) && question.attempts > spoiledAttempts(choice);
      return { question, fault: over ? undefined : drawn, slownessMs: slownessMs(choice) };
    },
    take({ question, fault }, write, registers, now) {
      if (question.takenAt !== null) return [];
      question.takenAt = now;
      taken += 1;
      const { source, key } = question;
      const spared = fault === 'silence_about_one' && !isPassedOver(source, key[1] as IdNumber, registers);
      if (spared) question.fault = null;
      const acts = fault && !spared && !actsInTaking(fault) ? fault : undefined;
      const manner = mannerOf({ profile: profileOf(source), seed, question: key });
      // A fault acts instead of the kind: a silent department that has one answers, if wrongly, within the hour.
      const usual = manner.kind === 'after' ? manner : { delayMs: 3_600_000, copies: 1 };
      if (manner.kind === 'never' && !acts) return [];
      const letters = write({
        fault: acts,
        usual: { delayMs: usual.delayMs, copies: usual.copies },
        seed,
        question: key,
        anotherId: acts === 'for_another_case' ? another(question) : undefined,
        now,
      });
      waiting.push(...letters);
      return letters;
    },
    begin(next) {
      ({ profiles, seed } = next);
      changed.clear();
      passedOver.clear();
    },
    settle(webhookId, copiesLeft) {
      for (const letter of waiting) if (letter.webhookId === webhookId) letter.copiesLeft = copiesLeft;
    },
    profileOf,
    setProfile(source, profile) {
      changed.set(source, profile);
      passedOver.delete(source);
    },
    dueBy: (now) =>
      open()
        .filter(({ dueAt, wire }) => dueAt <= now && wire === 'callback')
        .sort((a, b) => a.dueAt - b.dueAt),
    nextDueAt(now, source) {
      const later = open()
        .filter((letter) => letter.dueAt > now && (source === undefined || letter.source === source))
        .map(({ dueAt }) => dueAt);
      return later.length === 0 ? null : instant(Math.min(...later));
    },
    taken: () => taken,
    pending: () => open().length,
    questionsOf: (source) => [...questions.values()].filter((each) => each.source === source),
    questionOf: (id) => questions.get(id as Id),
    lettersOf(source) {
      const left = open();
      return [...done, ...left].filter((letter) => letter.source === source);
    },
  };
}

/** How it answers; of a platform, that it reports. */
export const wireOf = (sender: Source): Wire | 'reporting' =>
  isPlatform(sender) ? 'reporting' : sourceOf(sender).wire;
