import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { HouseholdFileInvalid, parseHouseholdFile } from '../household-file.js';
import { EXIT } from '../exit.js';
import { say } from '../output.js';
import type { Common } from '../context.js';

const DEMO = fileURLToPath(new URL('../../../demo/main.ts', import.meta.url));

/** By its own place: the demo may be started from any directory. */
const TSX = import.meta.resolve('tsx');

/** Checks the file here, where the schema is, and leaves the rest to a program that knows only the public API. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('the main job: one household from the window to a decision')
    .addHelpText(
      'before',
      'Examples:\n  $ onedoor demo\n  $ onedoor demo --case examples/above-standard.json --lang en\n  $ onedoor demo --json\n',
    )
    .option('--case <file>', 'a household file (docs/household-file.md)')
    .option('--lang <lang>', 'zh or en', 'zh')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common & { case?: string; lang: string }>();
      if (options.case !== undefined && !acceptable(options.case)) {
        process.exitCode = EXIT.badInput;
        return;
      }
      const args = [
        ...(options.case === undefined ? [] : ['--case', options.case]),
        '--lang',
        options.lang,
        ...(options.json ? ['--json'] : []),
      ];
      const child = spawn(process.execPath, ['--import', TSX, DEMO, ...args], { stdio: 'inherit' });
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
        process.on(signal, () => child.kill(signal));
      process.exitCode = await new Promise<number>((resolve) =>
        child.once('exit', (code) => resolve(code ?? 1)),
      );
    });
}

function acceptable(path: string): boolean {
  try {
    parseHouseholdFile(readFileSync(path, 'utf8'));
    return true;
  } catch (error) {
    if (error instanceof HouseholdFileInvalid) say(error.message);
    else say(`${path} cannot be read`);
    return false;
  }
}
