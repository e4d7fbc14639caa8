import type { Command } from 'commander';
import { caseFileAnswers } from '../../casefile/registry.js';
import { keysOf, knownDatabase, runningStack, temporalOf } from '../../stack/house.js';
import { inspectTemporal } from '../../stack/temporal-inspect.js';
import { openDatabase } from '../../casefile/db.js';
import { readRulebook } from '../../stack/rulebook-files.js';
import { createVault, proveFieldKey } from '../../stack/vault.js';
import { configOf, type Common } from '../context.js';
import { explainFailure, EXIT } from '../exit.js';
import { answer } from '../output.js';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

/** Looks at everything an installation stands on, one by one, and says what it found. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at everything this installation stands on')
    .addHelpText('before', 'Example:\n  $ onedoor doctor\n')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      const config = configOf(options);
      const looks: [string, () => Promise<string>][] = [
        ['configuration', async () => `${config.mode} mode, state in ${config.stateDir}`],
        [
          'rulebook',
          async () =>
            `${readRulebook().places.size} places, calendars ${[...readRulebook().calendar.years].join(', ')}`,
        ],
        ['case file', () => lookAtCasefile(config)],
        ['Temporal', async () => lookAtTemporal(config)],
        ['API', async () => lookAtApi((await runningStack(config))?.apiUrl ?? null)],
      ];
      const findings: Finding[] = [];
      for (const [what, look] of looks) {
        findings.push(
          await look()
            .then((says) => ({ what, ok: true, says }))
            .catch((error: unknown) => ({ what, ok: false, says: explainFailure(error).sentence })),
        );
      }
      answer(options.json, { findings }, () =>
        findings.map((each) => `${each.ok ? 'ok ' : 'NO '} ${each.what.padEnd(14)} ${each.says}`),
      );
      process.exitCode = findings.every((each) => each.ok) ? EXIT.clean : EXIT.unavailable;
    });
}

async function lookAtCasefile(config: ReturnType<typeof configOf>): Promise<string> {
  const { appUrl } = await knownDatabase(config);
  const database = openDatabase(appUrl, { max: 1, name: 'onedoor-doctor' });
  try {
    const version = await caseFileAnswers(database);
    await proveFieldKey(database, createVault((await keysOf(config)).keys));
    return `Postgres ${version}, and the field key opens it`;
  } finally {
    await database.close();
  }
}

async function lookAtTemporal(config: ReturnType<typeof configOf>): Promise<string> {
  const temporal = await temporalOf(config, (await keysOf(config)).keys);
  const address = temporal.connection.options.address;
  await temporal.close();
  const facts = await inspectTemporal(address, config.temporal.namespace);
  return `server ${facts.serverVersion} at ${facts.address}, time skipping ${facts.timeSkipping ? 'on' : 'off'}`;
}

async function lookAtApi(url: string | null): Promise<string> {
  if (!url) return 'not started from here';
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
  return `${url} answers ${response.status}`;
}
