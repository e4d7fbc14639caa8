import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { openDatabase } from '../../casefile/db.js';
import { DomainError, instant, rfc3339 } from '../../terms/index.js';
import { advanceClock } from '../../stack/clock-advance.js';
import { knownDatabase, runningStack } from '../../stack/house.js';
import { configOf, withReader, withTemporal, type Common } from '../context.js';
import { instantOf } from '../instant.js';
import { answer, say } from '../output.js';
import { clockOffset } from '../../casefile/business-clock.js';

export function clockCommands(program: Command): void {
  const clock = program.command('clock').description('business time in simulated mode');
  clock
    .command('advance')
    .description('move business time forward, from due to due')
    .addHelpText('before', 'Example:\n  $ onedoor clock advance --to 2026-03-16\n')
    .requiredOption(
      '--to <when>',
      'a day (its 09:00) or an RFC 3339 instant; `-` reads one after the other from standard input, and answers each',
    )
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common & { to: string }>();
      const times = options.to === '-' ? linesOf(process.stdin) : [instantOf(options.to)];
      const config = configOf(options);
      if (config.mode === 'production') throw new DomainError('simulated_mode_only');
      const stack = await runningStack(config);
      await withReader(config, (reader) =>
        withTemporal(config, async (temporal) => {
          const app = openDatabase((await knownDatabase(config)).appUrl, { name: 'onedoor-clock', max: 2 });
          try {
            const departmentsUrl = config.departmentsUrl ?? stack?.departmentsUrl ?? null;
            for await (const time of times) {
              const to = typeof time === 'string' ? instantOf(time.trim()) : time;
              const stops = await advanceClock({ reader, app, temporal, departmentsUrl, say }, to);
              const now = instant(Date.now() + (await clockOffset(reader)));
              answer(options.json, { now: rfc3339(now), stops: stops.map(rfc3339) }, () => [
                `business time is ${rfc3339(now)}`,
              ]);
            }
          } finally {
            await app.close();
          }
        }),
      );
    });
  clock
    .command('show')
    .description('print business time')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      await withReader(configOf(options), async (reader) => {
        const now = rfc3339(instant(Date.now() + (await clockOffset(reader))));
        answer(options.json, { now }, () => [now]);
      });
    });
}

/** Reading begins with the first that is asked for: a line that comes before anybody listens is lost to readline. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  for await (const line of createInterface({ input })) yield line;
}
