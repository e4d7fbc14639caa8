import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { ConfigError } from '../../stack/config.js';
import type { Common } from '../context.js';
import { parseHouseholdFile } from '../household-file.js';

const SCRIPT = fileURLToPath(new URL('../../../demo/main.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

type DemoOptions = Common & { readonly case?: string; readonly lang: string };

/** Checks the household file, and leaves the rest to a script that knows One Door only from outside. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('one real household from the window to a confirmed benefit, on a One Door of its own')
    .addHelpText(
      'before',
      'Examples:\n  $ onedoor demo\n  $ onedoor demo --lang en\n  $ onedoor demo --json --case examples/contradiction.json\n',
    )
    .option('--case <file>', 'a household file (docs/household-file.md); default: the published case DB09')
    .option('--lang <lang>', 'zh or en', 'zh')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<DemoOptions>();
      if (options.lang !== 'zh' && options.lang !== 'en') throw new ConfigError('--lang', 'must be zh or en');
      const args = ['--lang', options.lang, ...(options.json ? ['--json'] : [])];
      if (options.case !== undefined) {
        const file = resolve(options.case);
        parseHouseholdFile(await textOf(file));
        args.push('--case', file);
      }
      process.exitCode = await runScript(args);
    });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ConfigError('--case', `names a file that cannot be read (${code})`);
  }
}

/** Ends when the script has cleaned up: a signal to us is a signal to it. */
function runScript(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ['--import', TSX, SCRIPT, ...args], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  // A terminal sends Ctrl-C to the script as well; it heeds the first and ignores the second.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
