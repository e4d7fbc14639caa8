import setup from '../test/stack.js';

/**
 * Postgres and Temporal for as long as `work` takes: those that `DATABASE_URL` and `TEMPORAL_ADDRESS` name, else
 * embedded ones, as the integration tests have them.
 */
export async function withServers<T>(work: () => Promise<T>): Promise<T> {
  const stop = await setup();
  try {
    return await work();
  } finally {
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
