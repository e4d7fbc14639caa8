import type { Findings } from './result.js';

export interface Bench {
  readonly about: string;
  /** Imported when it runs: listing the benches loads none of them. */
  readonly load: () => Promise<() => Promise<Findings>>;
}

export const BENCHES: Readonly<Record<string, Bench>> = {
  orchestration: {
    about: 'cases completed per second: the application workflow against a bare one of the same shape',
    load: async () => (await import('./orchestration/run.js')).orchestration,
  },
  history: {
    about: 'events and bytes of DB09’s histories against the least that the table needs',
    load: async () => (await import('./history/run.js')).history,
  },
  replay: {
    about: 'events replayed per second: the recorded histories against bare ones of equal length',
    load: async () => (await import('./replay/run.js')).replay,
  },
  decision: {
    about: 'a decision over HTTP against a bare validated Update that writes as many rows',
    load: async () => (await import('./decision/run.js')).decision,
  },
  verification: {
    about: 'cases verified per second with twelve prompt departments against the same HTTP calls alone',
    load: async () => (await import('./verification/run.js')).verification,
  },
  callbacks: {
    about: 'callbacks stored per second against bare inserts of the same rows',
    load: async () => (await import('./callbacks/run.js')).callbacks,
  },
  reads: {
    about: 'work lists and case pages at 100,000 cases against SELECT by primary key, and their plans',
    load: async () => (await import('./reads/run.js')).reads,
  },
};
