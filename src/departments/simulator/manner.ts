import { chance } from './chance.js';
import type { Profile } from './profile.js';

/** What a profile means for one question. */
export type Manner = { kind: 'never' } | { kind: 'after'; delayMs: number; copies: number };

export interface MannerInput {
  profile: Profile;
  seed: number;
  /** What makes this question different from others in every run: source, person, how often asked before. */
  question: readonly (string | number)[];
}

const HOUR_MS = 3_600_000;

/** Turns a profile and a seed into a delay in business time (whole seconds) and a number of copies. */
export function mannerOf({ profile, seed, question }: MannerInput): Manner {
  const usual = usualOf(profile.kind);
  if (usual === undefined) return { kind: 'never' };
  const hours = profile.delayHours ?? usual.delayHours;
  const jitter = profile.jitter ?? usual.jitter;
  const swing = (chance(seed, 'delay', ...question) * 2 - 1) * jitter;
  const copies =
    profile.copies ?? usual.minCopies + Math.floor(chance(seed, 'copies', ...question) * usual.spread);
  // Whole seconds, because due times are printed without fractions and callers move the clock to what they read.
  return { kind: 'after', delayMs: Math.ceil((Math.max(0, hours + swing) * HOUR_MS) / 1000) * 1000, copies };
}

function usualOf(
  kind: Profile['kind'],
): { delayHours: number; jitter: number; minCopies: number; spread: number } | undefined {
  switch (kind) {
    case 'prompt':
      return { delayHours: 1, jitter: 0, minCopies: 1, spread: 1 };
    case 'slow':
      return { delayHours: 72, jitter: 12, minCopies: 1, spread: 1 };
    case 'doubles':
      return { delayHours: 1, jitter: 0, minCopies: 2, spread: 2 };
    case 'silent':
      return undefined;
  }
}
