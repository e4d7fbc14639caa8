import type { Command } from 'commander';
import { parity } from '../../stack/parity.js';
import { configOf, withReader, withTemporal, type Common } from '../context.js';
import { EXIT } from '../exit.js';
import { answer } from '../output.js';

export function parityCommand(program: Command): void {
  program
    .command('parity')
    .description('compare every case on record with its execution')
    .addHelpText('before', 'Example:\n  $ onedoor parity --json\n')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      const config = configOf(options);
      const report = await withReader(config, (reader) =>
        withTemporal(config, (temporal) => parity(reader, temporal)),
      );
      answer(options.json, report, () => [
        `${report.checked} cases, ${report.findings.length} findings`,
        ...report.findings.map((each) => `  ${each.record}: ${each.problem}`),
        ...report.unasked.map((record) => `  ${record}: unknown, no worker answered`),
      ]);
      process.exitCode = report.findings.length
        ? EXIT.findings
        : report.unasked.length
          ? EXIT.unavailable
          : EXIT.clean;
    });
}
