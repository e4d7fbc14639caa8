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
};
