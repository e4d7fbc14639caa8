import { FileCannotRun } from './driver.js';
import { Refused } from './http.js';
import { ProgramFailed } from './onedoor.js';
import { StackEnded } from './stack.js';

/** Exit codes as everywhere in `onedoor`: 1 something is wrong, 2 bad input, 3 a dependency is unavailable. */
export function explainFailure(error: unknown, signal: AbortSignal): { sentence: string; exit: number } {
  if (signal.aborted) return { sentence: 'demo stopped; nothing was left behind', exit: 130 };
  if (error instanceof FileCannotRun)
    return { sentence: `The household file cannot be run:\n  ${error.message}`, exit: 2 };
  if (error instanceof StackEnded || error instanceof ProgramFailed)
    return { sentence: error.message, exit: error.exitCode };
  if (error instanceof Refused)
    return { sentence: error.message, exit: error.problem.status === 503 ? 3 : 1 };
  return { sentence: error instanceof Error ? (error.stack ?? error.message) : String(error), exit: 1 };
}
