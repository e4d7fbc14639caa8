import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';

/** What the SDK said at every level since this process began. */
export const sdkLines: string[] = [];

let installed = false;
/** Keeps the SDK's own lines off the terminal. Once per process, before the first worker. */
export function keepSdkLines(): void {
  if (installed) return;
  installed = true;
  const keep = ({ level, message, meta }: LogEntry): void =>
    void sdkLines.push(JSON.stringify({ level, message, meta }, plain));
  Runtime.install({ logger: new DefaultLogger('DEBUG', keep) });
}

const plain = (_: string, value: unknown): unknown =>
  typeof value === 'bigint'
    ? String(value)
    : value instanceof Error
      ? { ...value, message: value.message, stack: value.stack }
      : value;
