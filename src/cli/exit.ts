import { DomainError, ERRORS } from '../terms/index.js';
import { ConfigError } from '../stack/config.js';
import { DependencyUnavailable } from '../stack/dependency-unavailable.js';
import { RulebookError } from '../policy/rulebook.js';

/** 0 clean, 1 findings, 2 bad input, 3 something One Door needs is not there. */
export const EXIT = { clean: 0, findings: 1, badInput: 2, unavailable: 3 } as const;

/** One sentence for a person and the code the process ends with. Stacks are shown only for what nobody foresaw. */
export function explainFailure(error: unknown): { sentence: string; exit: number } {
  if (error instanceof ConfigError || error instanceof RulebookError)
    return { sentence: error.message, exit: EXIT.badInput };
  if (error instanceof DependencyUnavailable) return { sentence: error.message, exit: EXIT.unavailable };
  if (error instanceof DomainError) {
    const { title, retryable } = ERRORS[error.code];
    const details = Object.entries(error.params).map(([name, value]) => `${name}: ${value}`);
    const where = error.pointer ? [`at ${error.pointer}`, ...details] : details;
    return {
      sentence: `${title}${where.length ? ` (${where.join(', ')})` : ''}`,
      exit: retryable ? EXIT.unavailable : EXIT.badInput,
    };
  }
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = Reflect.get(cause, 'code');
    if (typeof code === 'string' && /^(ECONN|CONNECT|ENOTFOUND|57|08|28)/.test(code))
      return { sentence: `a server One Door needs does not answer (${code})`, exit: EXIT.unavailable };
  }
  return {
    sentence: error instanceof Error ? (error.stack ?? error.message) : String(error),
    exit: EXIT.findings,
  };
}
