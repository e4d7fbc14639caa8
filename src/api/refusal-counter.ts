import { instant, type Instant, type Source } from '../terms/index.js';
import type { Refusals } from '../casefile/gateway.js';

export interface RefusalCounterOptions {
  readonly write: (refusals: readonly Refusals[]) => Promise<void>;
  /** Real milliseconds between two writes, at least. */
  readonly everyMs: number;
  readonly real: () => Instant;
}

/**
 * Counts refused callbacks in memory and writes the sums down now and then, so that whoever forges thousands of them
 * costs one small write a second. What was counted in the last moment before a process dies is in its log only.
 */
export function createRefusalCounter({ write, everyMs, real }: RefusalCounterOptions) {
  const counts = new Map<string, Refusals>();
  let nextAt = instant(0);
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    timer = undefined;
    nextAt = instant(real() + everyMs);
    const taken = [...counts.values()];
    counts.clear();
    writing = writing
      .then(() => (taken.length > 0 ? write(taken) : undefined))
      // The database is away: put back, and written with the next.
      .catch(() => taken.forEach(add));
    return writing;
  }

  function add({ source, reason, count }: Refusals): void {
    const key = `${source} ${reason}`;
    counts.set(key, { source, reason, count: (counts.get(key)?.count ?? 0) + count });
  }

  return {
    refused: (source: Source, reason: string): void => {
      add({ source, reason, count: 1 });
      timer ??= setTimeout(() => void flush(), Math.max(0, nextAt - real())).unref();
    },
    /** Resolves when everything counted so far is written. */
    flush,
  };
}
