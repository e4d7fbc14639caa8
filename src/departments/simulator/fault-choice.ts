import { chance } from './chance.js';
import { FAULT_CODES } from './faults.js';
import type { FaultCode } from './faults.js';
import type { Profile } from './profile.js';

export interface Choice {
  profile: Profile;
  seed: number;
  /** What makes this question different from others in every run: source, person, how often asked before. */
  question: readonly (string | number)[];
}

/**
 * The fault that befalls a question, if any. One draw per question falls on one of the profile's rates or beside them,
 * so a question has one fault at most, and a higher rate only adds questions to those a lower one had chosen.
 */
export function faultOf({ profile, seed, question }: Choice): FaultCode | undefined {
  const draw = chance(seed, 'fault', ...question);
  let upTo = 0;
  for (const code of FAULT_CODES) {
    upTo += profile.faults?.[code] ?? 0;
    if (draw < upTo) return code;
  }
  return undefined;
}

/** How many attempts at one question a fault of taking spoils: the first one to three, or all of them. */
export function spoiledAttempts({ profile, seed, question }: Choice): number {
  if (profile.lasting === true) return Infinity;
  return 1 + Math.floor(chance(seed, 'attempts', ...question) * 3);
}

const MEDIAN_MS = 3_000;
/** ln 10 / 2.326: one response in a hundred takes more than ten times the median. */
const SIGMA = 0.99;
const LONGEST_MS = 60_000;

/** Real milliseconds that a slow response takes: log-normal, median 3 s, one in a hundred above 30 s. */
export function slownessMs({ seed, question }: Pick<Choice, 'seed' | 'question'>): number {
  const [u, v] = [1 - chance(seed, 'slow', 1, ...question), chance(seed, 'slow', 2, ...question)];
  const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  return Math.min(LONGEST_MS, Math.round(MEDIAN_MS * Math.exp(SIGMA * normal)));
}
