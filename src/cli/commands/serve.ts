import type { Command } from 'commander';
import { reportReady, stopWithParent } from '../../stack/role-child.js';
import type { RunningRole } from '../../stack/roles/worker.js';
import { configOf, type Common } from '../context.js';
import { say } from '../output.js';

/** Tells whoever started it, and stays until it is told to end. */
async function stay(role: RunningRole, info: Record<string, string>): Promise<void> {
  stopWithParent(() => role.stop());
  reportReady(info);
  for (const [name, value] of Object.entries(info)) say(`${name}: ${value}`);
  await role.ended;
}

export function serveCommands(program: Command): void {
  const serve = program.command('serve').description('one role alone, against running servers');
  serve
    .command('api')
    .description('the HTTP door')
    .action(async (_, command: Command) => {
      const { runApi } = await import('../../stack/roles/api.js');
      const role = await runApi(configOf(command.optsWithGlobals<Common>()));
      await stay(role, { apiUrl: role.url, metricsUrl: role.metricsUrl });
    });
  serve
    .command('worker')
    .description('the workflow worker and the sweep')
    .action(async (_, command: Command) => {
      const { runWorker } = await import('../../stack/roles/worker.js');
      await stay(await runWorker(configOf(command.optsWithGlobals<Common>())), { worker: 'ready' });
    });
  serve
    .command('departments')
    .description('the program that stands in for the departments; it has a page to steer them by')
    .addHelpText(
      'before',
      'Example:\n  $ onedoor serve departments --register examples/register-empty.json --profile examples/profile-demo.json --seed 1\n',
    )
    .requiredOption('--register <file>', 'what the registers hold (schemas/register.json)')
    .requiredOption('--profile <file>', 'how each source behaves (schemas/department-profile.json)')
    .option('--seed <n>', 'seed of everything random', '1')
    .option('--port <n>', 'port; 0 = any free one', '0')
    .option('--ledger <file>', 'where they keep what they know; without it they forget it when they end')
    .option('--offset-ms <n>', 'business time minus real time at the start', '0')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<
        Common & {
          register: string;
          profile: string;
          seed: string;
          port: string;
          ledger?: string;
          offsetMs: string;
        }
      >();
      const { runDepartments } = await import('../../stack/roles/departments.js');
      const role = await runDepartments(configOf(options), {
        register: options.register,
        profile: options.profile,
        seed: Number(options.seed),
        port: Number(options.port),
        ledger: options.ledger,
        offsetMs: Number(options.offsetMs),
      });
      say(`seed: ${options.seed}`);
      await stay(role, { departmentsUrl: role.url });
    });
}
