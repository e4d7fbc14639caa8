/**
 * Places around a lookup and a callback at which a process can be made to die, to see what the others make of it. Each
 * lies on one side of a promise: before or after a commit, before or after somebody outside has heard.
 */
export const FAILPOINTS = {
  'lookup.before_leaving_commit': {
    role: 'worker',
    en: 'the attempt is written and not committed; nothing has left',
  },
  'lookup.after_leaving_commit': {
    role: 'worker',
    en: 'the attempt is on record; the question has not left',
  },
  'lookup.after_send': {
    role: 'worker',
    en: 'the department has taken the question; the record does not know it',
  },
  'lookup.before_accepted_commit': {
    role: 'worker',
    en: 'that it was taken is written and not committed',
  },
  'lookup.after_accepted_commit': {
    role: 'worker',
    en: 'the record knows that it was taken; Temporal does not',
  },
  'callback.before_commit': {
    role: 'api',
    en: 'the answer is written and not committed; the department has no 2xx',
  },
  'callback.after_commit': {
    role: 'api',
    en: 'the answer is on record; neither the desk nor the department has heard',
  },
  'callback.after_signal': {
    role: 'api',
    en: 'the desk was told; the promise to tell it is still open',
  },
  'answer.before_read_commit': {
    role: 'worker',
    en: 'the answer was read, its facts are written and not committed',
  },
  'answer.after_read_commit': {
    role: 'worker',
    en: 'its facts are on record; the history does not say that the answer was read',
  },
  'sweep.after_signal': {
    role: 'worker',
    en: 'the sweep told the desk; that it did is not on record',
  },
} as const satisfies Record<string, { role: 'worker' | 'api'; en: string }>;

export type Failpoint = keyof typeof FAILPOINTS;
export const FAILPOINT_NAMES = Object.keys(FAILPOINTS) as [Failpoint, ...Failpoint[]];

/** Told of every passing. Only a process that was started to die at one of them does anything about it. */
export interface Failpoints {
  pass(name: Failpoint): void;
}

export const NO_FAILPOINTS: Failpoints = { pass() {} };
