import { randomUUID } from 'node:crypto';
import { noteCircuit, type CircuitStanding } from '../casefile/gateway.js';
import { inCasefile, type Casefile } from '../casefile/tx.js';
import { dateAt, instant, type Source } from '../terms/index.js';

/** How long the states are gathered before they are written: at a start, and when a network is gone, all change at once. */
const GATHER_MS = 200;

/** Writes down how this process stands with each department, for the page that shows it. A note that fails is not made up for. */
export function createCircuitNotes({ casefile }: { casefile: Casefile }, report: (code: string) => void) {
  const process = randomUUID();
  const changed = new Map<Source, { state: CircuitStanding; since: number }>();
  let timer: NodeJS.Timeout | undefined;

  async function write(): Promise<void> {
    timer = undefined;
    const notes = [...changed];
    changed.clear();
    const acting = { actor: 'system:verification', on: dateAt(instant(Date.now())) } as const;
    await inCasefile(casefile, acting, async (tx) => {
      for (const [source, { state, since }] of notes)
        await noteCircuit(tx, { source, process, state, since: instant(since) });
    }).catch((error: unknown) => report(error instanceof Error ? error.name : 'unknown'));
  }

  return {
    of:
      (source: Source) =>
      (state: CircuitStanding, since: number): void => {
        changed.set(source, { state, since });
        timer ??= setTimeout(() => void write(), GATHER_MS).unref();
      },
  };
}
