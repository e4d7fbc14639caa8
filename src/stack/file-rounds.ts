import { ConnectorFault } from '../departments/connector-fault.js';
import type { Source } from '../terms/index.js';
import { pause } from './pause.js';

export interface FileRoundsDeps {
  readonly sources: readonly Source[];
  /** Fetches and reads what a source offers. @returns files that are not whole yet, or could not be had */
  readonly visit: (source: Source) => Promise<number>;
  /** Real milliseconds between two visits to a source. */
  readonly everyMs: number;
  readonly report: (code: string, source: Source) => void;
}

/** However long a source has had nothing whole to offer, it is visited again after so long. */
const LONGEST_MS = 3_600_000;

/**
 * Visits the sources that answer in files, for as long as the process lives; any number of processes may. A source that
 * fails, or goes on offering half a file, is visited ever more rarely, and as often as others once that is over.
 */
export function createFileRounds({ sources, visit, everyMs, report }: FileRoundsDeps) {
  async function visits(source: Source, signal: AbortSignal): Promise<void> {
    for (let vain = 0; !signal.aborted;) {
      const left = await visit(source).catch((error: unknown) => {
        report(error instanceof ConnectorFault ? error.fault : nameOf(error), source);
        return 1;
      });
      vain = left > 0 ? vain + 1 : 0;
      await pause(Math.min(everyMs * 2 ** Math.min(vain, 20), Math.max(LONGEST_MS, everyMs)), signal);
    }
  }
  return {
    run: async (signal: AbortSignal): Promise<void> => {
      await Promise.all(sources.map((source) => visits(source, signal)));
    },
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
