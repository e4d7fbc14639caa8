import * as bytes from './bad-bytes.js';
import * as says from './distortions.js';
import type { DepartmentAnswer, LookupItem } from '../contract.js';
import type { Id } from '../../terms/ids.js';
import type { AnsweringFault } from './faults.js';

/** Whose key signs: the department's own, one nobody knows, one that was retired, another department's. */
export type Signer = 'own' | 'stranger' | 'retired' | 'neighbour';

/** One letter that will be sent for a question. */
export interface Plan {
  /** Business time from the question to the letter, in milliseconds. */
  delayMs: number;
  copies: number;
  /** Tells the letters of one question apart: each part has an answer id and a webhook id of its own. */
  part: 'first' | 'second';
  says: (answer: DepartmentAnswer) => object;
  encode: (text: string) => Uint8Array;
  headers: Readonly<Record<string, string>>;
  signedBy: Signer;
  /** How old the signature is when it is sent, in real milliseconds. */
  signedAgoMs: number;
  /** Whether the letter is kept until somebody takes it. A forged or broken one is sent, refused and forgotten. */
  insists: boolean;
  /** How often it stands in a file of answers. */
  times: number;
}

export interface PlanInput {
  fault: AnsweringFault | undefined;
  /** When and how often the profile's kind would answer. */
  usual: Pick<Plan, 'delayMs' | 'copies'>;
  items: readonly LookupItem[];
  /** Another question that this source knows, where there is one. */
  anotherId: Id;
  /** An id that no question has. */
  unknownId: Id;
  /** 0 to 1, from the seed. */
  luck: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Twice as old as a signature may be. */
const TOO_OLD_MS = 10 * 60_000;

/** What is sent for one question: one letter as a rule, two where a department says two things, none for silence. */
export function plansFor({ fault, usual, items, anotherId, unknownId, luck }: PlanInput): readonly Plan[] {
  const right: Plan = {
    ...usual,
    part: 'first',
    says: (answer) => answer,
    encode: (text) => Buffer.from(text),
    headers: { 'content-type': 'application/json' },
    signedBy: 'own',
    signedAgoMs: 0,
    insists: true,
    times: 1,
  };
  const saying = (what: Plan['says']): Plan[] => [{ ...right, says: what }];
  const broken = (change: Partial<Plan>): Plan[] => [{ ...right, insists: false, ...change }];
  switch (fault) {
    case undefined:
      return [right];
    case 'truncated_json':
      return broken({ encode: bytes.cutShort });
    case 'gbk_as_utf8':
      return broken({
        encode: bytes.asGbk,
        headers: { 'content-type': 'application/json; charset=utf-8' },
      });
    case 'large_callback':
      return broken({ encode: bytes.padded });
    case 'gzip_bomb_callback':
      return broken({
        encode: bytes.gzipBomb,
        headers: { ...right.headers, 'content-encoding': 'gzip' },
      });
    case 'doubled_five_times':
      return [{ ...right, copies: 5 }];
    case 'before_acceptance':
      return [{ ...right, delayMs: 0 }];
    case 'after_thirty_days':
      return [{ ...right, delayMs: 30 * DAY_MS }];
    case 'out_of_order':
      return [{ ...right, delayMs: Math.round(luck * 3 * 24 * 3600) * 1000 }];
    case 'for_another_case':
      return saying((answer) => ({ ...answer, requestId: anotherId }));
    case 'for_unknown_id':
      return saying((answer) => ({ ...answer, requestId: unknownId }));
    case 'wrong_key':
      return broken({ signedBy: 'stranger' });
    case 'expired_timestamp':
      return broken({ signedAgoMs: TOO_OLD_MS });
    case 'old_key':
      return broken({ signedBy: 'retired' });
    case 'another_departments_key':
      return broken({ signedBy: 'neighbour' });
    case 'namesake':
      return saying((answer) => says.aboutNamesake(answer, items));
    case 'person_not_found':
      return saying(says.notFound);
    case 'wan_for_yuan':
      return saying(says.tenThousandTimes);
    case 'negative_amount':
      return saying((answer) => says.negative(answer, items));
    case 'year_1900':
      return saying((answer) => says.in1900(answer, items));
    case 'contradictory_answers':
      return [right, { ...right, part: 'second', says: (answer) => says.opposite(answer, items) }];
    case 'later_correction':
      return [...saying(says.twiceAsMuch), { ...right, part: 'second', delayMs: right.delayMs + 5 * DAY_MS }];
    case 'ready_after_polls':
    case 'file_half_written':
    case 'file_missing':
      return [right];
    case 'rows_repeated':
      return [{ ...right, copies: 2, times: 2 }];
    case 'rows_missing':
      return [{ ...right, times: 0 }];
    case 'row_unable':
      return saying((answer) => ({ ...answer, outcome: 'unable', facts: [] }));
    case 'silence':
    case 'silence_about_one':
      return [];
  }
}
