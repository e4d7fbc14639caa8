import { randomUUID } from 'node:crypto';
import { noteCircuit, type CircuitStanding } from '../casefile/gateway.js';
import { inCasefile, type Casefile } from '../casefile/tx.js';
import { dateAt, instant, type Source } from '../terms/index.js';

/** How long the states are gathered before they are written: at a start, and when a network is gone, all change at once. */
const GATHER_MS = 200;
/** How often all of them are said again. Readers forget a process that was silent for five times as long. */
const AGAIN_MS = 60_000;

/**
 * Writes down how this process stands with each department and platform, for the page that shows it: each change at once,
 * and all of it every minute, which makes up for a note that failed.
 */
export function createCircuitNotes(
  { casefile }: { casefile: Casefile },
  report: (code: string) => void,
  everyMs = AGAIN_MS,
) {
  const process = randomUUID();
  const standings = new Map<Source, { state: CircuitStanding; since: number }>();
  const changed = new Set<Source>();
  let timer: NodeJS.Timeout | undefined;
  const again = setInterval(() => void write([...standings.keys()]), everyMs).unref();

  async function write(sources: readonly Source[]): Promise<void> {
    const notes = sources.flatMap((source) => {
      const standing = standings.get(source);
      return standing ? [{ source, standing }] : [];
    });
    const seenAt = instant(Date.now());
    const acting = { actor: 'system:verification', on: dateAt(seenAt) } as const;
    await inCasefile(casefile, acting, async (tx) => {
      // In one order, so that two writers do not wait for each other's rows.
      for (const { source, standing } of notes.toSorted((a, b) => (a.source < b.source ? -1 : 1)))
        await noteCircuit(tx, {
          source,
          process,
          state: standing.state,
          since: instant(standing.since),
          seenAt,
        });
    }).catch((error: unknown) => report(error instanceof Error ? error.name : 'unknown'));
  }

  function writeChanged(): void {
    timer = undefined;
    const sources = [...changed];
    changed.clear();
    void write(sources);
  }

  return {
    of:
      (source: Source) =>
      (state: CircuitStanding, since: number): void => {
        standings.set(source, { state, since });
        changed.add(source);
        timer ??= setTimeout(writeChanged, GATHER_MS).unref();
      },
    stop: (): void => {
      clearInterval(again);
      clearTimeout(timer);
    },
  };
}
