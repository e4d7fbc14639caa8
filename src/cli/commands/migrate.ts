import type { Command } from 'commander';
import { ConfigError } from '../../stack/config.js';
import { rememberDatabase } from '../../stack/house.js';
import { migrate } from '../../stack/migrate.js';
import { configOf, type Common } from '../context.js';
import { answer, say } from '../output.js';

export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring DATABASE_URL to head and give the application its role')
    .addHelpText('before', 'Example:\n  $ DATABASE_URL=postgres://admin@db/onedoor onedoor migrate\n')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      const config = configOf(options);
      if (!config.database.adminUrl)
        throw new ConfigError('DATABASE_URL', 'is missing: migrations need the administrator');
      const urls = await migrate(
        config.database.adminUrl,
        { appUrl: config.database.appUrl, readerUrl: config.database.readerUrl },
        say,
      );
      await rememberDatabase(config.stateDir, { adminUrl: config.database.adminUrl, ...urls });
      answer(options.json, { migrated: true, stateDir: config.stateDir }, () => [
        `at head; the application's way in is in ${config.stateDir}/database.json`,
      ]);
    });
}
