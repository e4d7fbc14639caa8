import pino from 'pino';
import type { Config } from './config.js';

/** Only these fields are ever written. Codes, ids, counts and times: nothing a client chose, nothing about a person. */
const ALLOWED = [
  'code',
  'activity',
  'attempt',
  'topic',
  'method',
  'route',
  'status',
  'ms',
  'traceId',
  'role',
  'port',
  'source',
  'event',
  'requestId',
  'answerId',
  'rows',
  'level',
  'component',
] as const;

export type LogFields = Partial<Record<(typeof ALLOWED)[number], string | number | boolean>>;
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** JSON lines, on standard error unless told otherwise, by allow-list: an unknown field is dropped, not masked. */
export function createLog(
  config: Pick<Config, 'logLevel'>,
  role: string,
  to: pino.DestinationStream = pino.destination({ dest: 2, sync: true }),
): pino.Logger {
  const allowed = new Set<string>(ALLOWED);
  return pino(
    {
      level: config.logLevel,
      base: { role },
      formatters: {
        log: (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name))),
      },
      hooks: {
        // An Error as first argument would bring its message along.
        logMethod(args, method) {
          const [first, ...rest] = args as unknown[];
          if (first instanceof Error) method.apply(this, [{ code: first.name }, 'error']);
          else method.apply(this, [first as object, ...(rest as [])]);
        },
      },
    },
    to,
  );
}
