import type { Command } from 'commander';
import { settleUnmatched, unmatchedIn } from '../../casefile/unmatched.js';
import { inCasefile } from '../../casefile/tx.js';
import { isPlatform } from '../../departments/platforms.js';
import { isSource } from '../../departments/sources.js';
import { ConfigError } from '../../stack/config.js';
import { dateAt, plainDate } from '../../terms/index.js';
import { configOf, withHouse, withReader, type Common } from '../context.js';
import { EXIT } from '../exit.js';
import { answer } from '../output.js';

export function callbackCommands(program: Command): void {
  const group = program.command('callbacks').description('callbacks that answer no question of ours');
  group
    .command('unmatched')
    .description('how many, by source and day; exits 1 while one is open')
    .addHelpText('before', 'Example:\n  $ onedoor callbacks unmatched\n')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      const unmatched = await withReader(configOf(options), unmatchedIn);
      answer(options.json, unmatched, () =>
        unmatched.map(
          ({ source, on, count, open }) => `${on}  ${source.padEnd(20)} ${count}${open ? '  open' : ''}`,
        ),
      );
      process.exitCode = unmatched.some(({ open }) => open) ? EXIT.findings : EXIT.clean;
    });
  group
    .command('settle <source> <day>')
    .description('close the task about what a source sent on a day, once it was looked into')
    .addHelpText('before', 'Example:\n  $ onedoor callbacks settle bank 2026-03-05\n')
    .action(async (source: string, day: string, _, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      if (!isSource(source) && !isPlatform(source))
        throw new ConfigError('SOURCE', 'is neither a source nor a platform');
      const on = plainDate(day);
      await withHouse(configOf(options), async (house) => {
        const at = await house.time.now();
        await inCasefile(house.casefile, { actor: 'system:operator', on: dateAt(at) }, (tx) =>
          settleUnmatched(tx, source, on, at),
        );
      });
      answer(options.json, { source, on, settled: true }, () => [`${source} of ${on}: settled`]);
    });
}
