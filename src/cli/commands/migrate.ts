import type { Command } from 'commander';
import { DomainError, type Instant } from '../../terms/index.js';
import { ConfigError } from '../../stack/config.js';
import { rememberDatabase } from '../../stack/house.js';
import { beginSimulatedTime, migrate } from '../../stack/migrate.js';
import { seedDemo } from '../../stack/seed.js';
import { configOf, type Common } from '../context.js';
import { instantOf } from '../instant.js';
import { answer, say } from '../output.js';

/** What `start` gives a new state as well. A database that has divisions or a clock keeps them. */
async function beginDemo(adminUrl: string, at: Instant | undefined): Promise<void> {
  await beginSimulatedTime(adminUrl, at === undefined ? 0 : at - Date.now());
  await seedDemo(adminUrl);
  say('the demo township is there, with its staff');
}

export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring DATABASE_URL to head and give the application its role')
    .addHelpText('before', 'Example:\n  $ DATABASE_URL=postgres://admin@db/onedoor onedoor migrate\n')
    .option('--demo', 'enter the demo township and its staff where no division is known (simulated mode)')
    .option('--at <when>', 'with --demo: business time of a new case file (default: real time)')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common & { demo?: true; at?: string }>();
      const config = configOf(options);
      const at = options.at === undefined ? undefined : instantOf(options.at);
      if (options.demo && config.mode === 'production') throw new DomainError('simulated_mode_only');
      if (at !== undefined && !options.demo) throw new ConfigError('--at', 'is for --demo');
      if (!config.database.adminUrl)
        throw new ConfigError('DATABASE_URL', 'is missing: migrations need the administrator');
      const urls = await migrate(
        config.database.adminUrl,
        { appUrl: config.database.appUrl, readerUrl: config.database.readerUrl },
        say,
      );
      if (options.demo) await beginDemo(config.database.adminUrl, at);
      await rememberDatabase(config.stateDir, { adminUrl: config.database.adminUrl, ...urls });
      answer(options.json, { migrated: true, stateDir: config.stateDir }, () => [
        `at head; the application's way in is in ${config.stateDir}/database.json`,
      ]);
    });
}
