import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { withEverything } from '../../stack/start.js';
import { DomainError } from '../../terms/index.js';
import { configOf, type Common } from '../context.js';
import { EXIT } from '../exit.js';
import { print, say } from '../output.js';
import { instantOf } from '../instant.js';

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));

export function startCommand(program: Command): void {
  program
    .command('start')
    .description('everything on this machine, with a seeded demo township in simulated mode')
    .addHelpText(
      'before',
      'Examples:\n  $ onedoor start\n  $ onedoor start --at 2026-03-02 --state /tmp/onedoor\n',
    )
    .option('--at <when>', 'business time of a new state')
    .option('--register <file>', 'what the registers hold', example('register-empty.json'))
    .option('--profile <file>', 'how the departments behave', example('profile-prompt.json'))
    .option('--seed <n>', 'seed of everything random', '1')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<
        Common & { at?: string; register: string; profile: string; seed: string }
      >();
      const config = configOf(options);
      if (config.mode === 'production') throw new DomainError('simulated_mode_only');
      const at = options.at === undefined ? undefined : instantOf(options.at);
      await withEverything(
        {
          config,
          at,
          register: resolve(options.register),
          profile: resolve(options.profile),
          seed: Number(options.seed),
          say,
        },
        async (started) => {
          print(`API            ${started.apiUrl}`);
          print(`documentation  ${started.apiUrl}/docs`);
          print(`metrics        ${started.metricsUrl}/metrics`);
          print(`departments    ${started.departmentsUrl}`);
          print(`Temporal       ${started.temporalAddress}`);
          print(`state          ${config.stateDir}`);
          print('staff (onedoor token --staff SUBJECT):');
          for (const person of started.staff)
            print(`  ${person.subject.padEnd(24)} ${person.roles.join(', ').padEnd(22)} ${person.division}`);
          print('ready; Ctrl-C stops everything');
          const reason = await started.stopBegun;
          if (reason.kind === 'ended') process.exitCode = EXIT.unavailable;
        },
      );
    });
}
