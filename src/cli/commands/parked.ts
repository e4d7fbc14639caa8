import type { Command } from 'commander';
import { parkedIn } from '../../casefile/parked.js';
import { releaseParked } from '../../stack/release.js';
import { caseNo as asCaseNo, rfc3339 } from '../../terms/index.js';
import { configOf, withHouse, withReader, withTemporal, type Common } from '../context.js';
import { EXIT } from '../exit.js';
import { answer } from '../output.js';

export function parkedCommands(program: Command): void {
  const group = program.command('parked').description('what could not be delivered and was set aside');
  group
    .command('list')
    .description('every parked start, command and answer; exits 1 if there is one')
    .addHelpText('before', 'Example:\n  $ onedoor parked list --json\n')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      const parked = (await withReader(configOf(options), parkedIn)).map((row) => ({
        caseNo: row.caseNo,
        topic: row.topic,
        ref: row.refId,
        tries: row.attempts,
        reason: row.lastError,
        since: row.parkedAt === null ? null : rfc3339(row.parkedAt),
      }));
      answer(options.json, parked, () => [
        `${parked.length} parked`,
        ...parked.map(
          (each) =>
            `  ${each.caseNo}  ${each.topic} ${each.ref}  ${each.reason ?? ''}  since ${each.since ?? ''}`,
        ),
      ]);
      process.exitCode = parked.length > 0 ? EXIT.findings : EXIT.clean;
    });
  group
    .command('release <case>')
    .description('try again what was parked of a case, once its cause is mended')
    .addHelpText('before', 'Example:\n  $ onedoor parked release AP-441625103-2026-00001\n')
    .action(async (given: string, _, command: Command) => {
      const options = command.optsWithGlobals<Common>();
      const config = configOf(options);
      const done = await withHouse(config, (house) =>
        withTemporal(config, (temporal) => releaseParked(house, temporal, asCaseNo(given))),
      );
      answer(options.json, { caseNo: given, ...done }, () => [
        `${given}: ${done.released} released`,
        ...(done.released > 0 && !done.told
          ? ['  no desk was told: `onedoor case redrive` gives it one']
          : []),
      ]);
    });
}
