import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { clockOffset } from '../../casefile/business-clock.js';
import { openDatabase, type Database } from '../../casefile/db.js';
import { instant } from '../../terms/index.js';
import { auditCheck, auditHead } from '../../stack/audit-report.js';
import { ConfigError, type Config } from '../../stack/config.js';
import { DependencyUnavailable } from '../../stack/dependency-unavailable.js';
import { keysOf, knownDatabase, temporalOf } from '../../stack/house.js';
import { readRulebook } from '../../stack/rulebook-files.js';
import type { TemporalAccess } from '../../stack/temporal-client.js';
import { exitCodeOf, runVerify } from '../../stack/verify.js';
import { renderReport } from '../../stack/verify-report.js';
import { configOf, withReader, type Common } from '../context.js';
import { answer } from '../output.js';

const headFile = z.object({ head: z.object({ seq: z.int(), hash: z.string() }) });

/** A head written by `onedoor audit head --json`, kept outside the house. */
function exportedHead(path: string | undefined) {
  if (path === undefined) return undefined;
  try {
    return headFile.parse(JSON.parse(readFileSync(path, 'utf8'))).head;
  } catch {
    // Whatever is wrong with it, what to do is the same.
    throw new ConfigError('--head', 'names a file that is not an exported head');
  }
}

const logsOf = async ({ stateDir }: Config): Promise<string[]> => {
  const folder = join(stateDir, 'logs');
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.log')).map((name) => join(folder, name));
};

/** Null where nothing answers: verify then says `unknown` instead of guessing. */
async function orNull<T>(open: () => Promise<T>): Promise<T | null> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof DependencyUnavailable) return null;
    throw error;
  }
}

export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check every invariant over record, executions and logs; reads only')
    .addHelpText('before', 'Examples:\n  $ onedoor verify\n  $ onedoor verify --json --head head.json\n')
    .option('--head <file>', 'a head of the audit chain that was kept outside (onedoor audit head --json)')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common & { head?: string }>();
      const config = configOf(options);
      const head = exportedHead(options.head);
      const { keys } = await keysOf(config);
      const reader: Database | null = await orNull(async () =>
        openDatabase((await knownDatabase(config)).readerUrl, { max: 4, name: 'onedoor-verify' }),
      );
      const temporal: TemporalAccess | null = await orNull(() => temporalOf(config, keys));
      try {
        const realNow = instant(Date.now());
        const offset = reader && config.mode === 'simulated' ? await clockOffset(reader).catch(() => 0) : 0;
        const report = await runVerify({
          reader,
          temporal,
          rulebook: readRulebook(),
          logFiles: await logsOf(config),
          exportedHead: head,
          now: instant(realNow + offset),
          realNow,
        });
        answer(options.json, report, () => renderReport(report).split('\n'));
        process.exitCode = report.exitCode;
      } finally {
        await temporal?.close();
        await reader?.close();
      }
    });
}

export function auditCommands(program: Command): void {
  const audit = program.command('audit').description('the audit chains');
  audit
    .command('head')
    .description('print the head of the chain of seals, to be kept outside the house')
    .addHelpText('before', 'Example:\n  $ onedoor audit head --json > head-2026-03-31.json\n')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      const head = await withReader(configOf(options), auditHead);
      answer(options.json, head, () => [
        head.head ? `seal ${head.head.seq}  ${head.head.hash}` : 'nothing is sealed yet',
        `${head.seals} seals over ${head.chains} chains; ${head.unsealed.length} end after their last seal`,
      ]);
    });
  audit
    .command('check')
    .description('check every chain, every row it names, and the seals')
    .addHelpText('before', 'Example:\n  $ onedoor audit check --head head-2026-03-31.json\n')
    .option('--head <file>', 'an exported head: finds a cut tail and a rewritten chain')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common & { head?: string }>();
      const head = exportedHead(options.head);
      // The sealer is given a minute: what was written since may still be unsealed.
      const check = await withReader(configOf(options), (reader) =>
        auditCheck(reader, head, instant(Date.now() - 60_000)),
      );
      answer(options.json, check, () => [
        `${check.checked} checked, ${check.findings.length} findings`,
        ...check.findings.map((each) => `  ${each.record}: ${each.problem}`),
      ]);
      process.exitCode = exitCodeOf([check]);
    });
}
