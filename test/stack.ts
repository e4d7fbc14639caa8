import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspectTemporal, requireTimeSkipping } from '../src/stack/temporal-inspect.js';
import { resolveTemporalCli } from '../src/stack/temporal-cli.js';
import { startPostgres } from '../src/stack/postgres-server.js';
import { startTemporalServer } from '../src/stack/temporal-server.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/**
 * One Postgres and one Temporal server for a whole run of the integration tests: the ones that `DATABASE_URL` and
 * `TEMPORAL_ADDRESS` name, else embedded ones that end with the run. Each test file makes its own database.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const stops: (() => Promise<unknown>)[] = [];
  const logs = await mkdtemp(join(tmpdir(), 'onedoor-test-'));
  stops.push(() => rm(logs, { recursive: true, force: true }));

  let databaseUrl = process.env['DATABASE_URL'];
  if (!databaseUrl) {
    say('starting Postgres for the tests');
    const server = await startPostgres({ stateDir: join(REPOSITORY, '.onedoor'), purpose: 'test', say });
    stops.push(() => server.stop());
    databaseUrl = server.adminUrl;
  }
  process.env['TEST_DATABASE_URL'] = databaseUrl;

  let address = process.env['TEMPORAL_ADDRESS'];
  if (address) requireTimeSkipping(await inspectTemporal(address));
  else {
    const cli = await resolveTemporalCli({ stateDir: join(REPOSITORY, '.onedoor'), say });
    const server = await startTemporalServer({
      cli: cli.path,
      dbFile: null,
      logFile: join(logs, 'temporal.log'),
    });
    stops.push(() => server.stop());
    address = server.address;
  }
  process.env['TEST_TEMPORAL_ADDRESS'] = address;
  return async () => {
    for (const stop of stops.toReversed()) await stop();
  };
}
