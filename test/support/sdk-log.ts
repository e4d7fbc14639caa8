import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogEntry } from '@temporalio/worker';

/** What the SDK said, its core included, since this process began. */
export const sdkLines: string[] = [];

let installed = false;
/** Keeps the SDK's own lines off the terminal. Once per process, before the first worker. */
export function keepSdkLines(core: 'WARN' | 'DEBUG' = 'WARN'): void {
  if (installed) return;
  installed = true;
  const keep = ({ level, message, meta }: LogEntry): void =>
    void sdkLines.push(JSON.stringify({ level, message, meta }, plain));
  Runtime.install({
    logger: new DefaultLogger('DEBUG', keep),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core, other: 'WARN' }), forward: {} },
    },
  });
}

/** JSON with what it would leave out: what an error says, and numbers beyond 2^53. */
const plain = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Error) return Object.assign({ message: value.message, stack: value.stack }, value);
  return value;
};
