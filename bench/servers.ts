import setup from '../test/stack.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const EXIT_INTERRUPTED = 130;

/**
 * Postgres and Temporal for as long as `work` takes: those that `DATABASE_URL` and `TEMPORAL_ADDRESS` name, else
 * embedded ones, as the integration tests have them.
 */
export async function withServers<T>(work: () => Promise<T>): Promise<T> {
  const stop = await setup();
  // The SDK stops its workers at a signal, and whatever waits for them would wait for ever: end the servers and go.
  const leave = (): void => void stop().finally(() => process.exit(EXIT_INTERRUPTED));
  for (const signal of SIGNALS) process.once(signal, leave);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, leave);
    await stop();
  }
}

/** One line about progress, on standard error. */
export const progress = (line: string): void => void process.stderr.write(`${line}\n`);

export function temporalAddress(): string {
  const address = process.env['TEST_TEMPORAL_ADDRESS'];
  if (!address) throw new Error('no Temporal server: call inside withServers');
  return address;
}
