import { UsageWrong } from './arguments.js';
import { FileCannotRun } from './driver.js';
import { Refused } from './http.js';
import { ProgramFailed } from './onedoor.js';
import { StackEnded } from './stack.js';

/** What a shell expects of a program that Ctrl-C ended. */
const INTERRUPTED = 130;
const UNAVAILABLE = 3;

/** Exit codes as everywhere in `onedoor`: 1 something is wrong, 2 bad input, 3 a dependency is unavailable. */
export function explainFailure(error: unknown, signal: AbortSignal): { sentence: string; exit: number } {
  if (signal.aborted) return { sentence: 'demo stopped; nothing was left behind', exit: INTERRUPTED };
  // A child that was ended because the stack had ended says so in its cause.
  const cause = error instanceof Error && error.name === 'AbortError' ? error.cause : error;
  if (cause instanceof UsageWrong) return { sentence: cause.message, exit: 2 };
  if (cause instanceof FileCannotRun)
    return { sentence: `The household file cannot be run:\n  ${cause.message}`, exit: 2 };
  if (cause instanceof StackEnded || cause instanceof ProgramFailed)
    return { sentence: cause.message, exit: cause.exitCode === 0 ? UNAVAILABLE : cause.exitCode };
  if (cause instanceof Refused)
    return { sentence: cause.message, exit: cause.problem.status === 503 ? UNAVAILABLE : 1 };
  return { sentence: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause), exit: 1 };
}
