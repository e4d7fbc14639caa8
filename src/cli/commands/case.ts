import type { Command } from 'commander';
import { caseNo as asCaseNo } from '../../terms/index.js';
import { refreshCase } from '../../stack/dispatch.js';
import { redrive } from '../../stack/redrive.js';
import { caseReport, explanationOf, timelineOf } from '../../stack/case-report.js';
import { checkFile, checkLines } from '../check-file.js';
import { configOf, withHouse, withReader, withTemporal, type Common } from '../context.js';
import { EXIT } from '../exit.js';
import { answer } from '../output.js';

type CaseOptions = Common & { lang?: 'zh' | 'en' };

export function caseCommands(program: Command): void {
  const group = program.command('case').description('one case, as an operator sees it: no personal data');
  const on = (name: string, description: string, example: string) =>
    group
      .command(`${name} <case>`)
      .description(description)
      .addHelpText('before', `Example:\n  $ onedoor case ${example}\n`);

  on('show', 'where the case is, its clocks and its history', 'show AP-441625103-2026-00001 --json').action(
    async (given: string, _, command: Command) => {
      const options = command.optsWithGlobals<CaseOptions>();
      const config = configOf(options);
      const report = await withReader(config, (reader) =>
        withTemporal(config, (temporal) => caseReport(reader, temporal, asCaseNo(given))),
      );
      answer(options.json, report, () => [
        `${report.caseNo}: ${report.state}${report.outcome ? ` (${report.outcome})` : ''}, turn: ${report.turn}`,
        ...report.clocks.map(
          (clock) =>
            `  ${clock.code}  from ${clock.from}  due ${clock.due}  done ${clock.done ?? '–'}${clock.late ? '  LATE' : ''}  ${clock.article}`,
        ),
        ...report.tasks.map(
          (task) => `  task ${task.kind} for ${task.role}${task.overdue ? ' (overdue)' : ''}`,
        ),
        `  history: ${report.history.events} events, ${report.history.bytes} bytes in ${report.history.runs} runs`,
      ]);
    },
  );
  on('timeline', 'every step: day, actor, act, article', 'timeline AP-441625103-2026-00001').action(
    async (given: string, _, command: Command) => {
      const options = command.optsWithGlobals<CaseOptions>();
      const steps = await withReader(configOf(options), (reader) => timelineOf(reader, asCaseNo(given)));
      answer(options.json, { caseNo: given, steps }, () =>
        steps.map(
          (step) =>
            `${step.occurredOn}  ${step.actor.padEnd(22)} ${step.name.padEnd(22)} ${step.from} → ${step.to}  ${step.article}`,
        ),
      );
    },
  );
  on(
    'explain',
    'the arithmetic of the latest opinion, step by step',
    'explain AP-441625103-2026-00001 --lang en',
  )
    .option('--lang <lang>', 'zh or en', 'zh')
    .action(async (given: string, _, command: Command) => {
      const options = command.optsWithGlobals<CaseOptions>();
      const lines = await withReader(configOf(options), (reader) =>
        explanationOf(reader, asCaseNo(given), options.lang === 'en' ? 'en' : 'zh'),
      );
      answer(options.json, { caseNo: given, lines }, () => lines);
    });
  on('redrive', 'give an open case a new execution', 'redrive AP-441625103-2026-00001').action(
    async (given: string, _, command: Command) => {
      const options = command.optsWithGlobals<CaseOptions>();
      const config = configOf(options);
      const done = await withHouse(config, (house) =>
        withTemporal(config, (temporal) => redrive(house, temporal, asCaseNo(given))),
      );
      answer(options.json, { caseNo: given, ...done }, () => [`${given} has a new execution ${done.runId}`]);
    },
  );
  on('refresh', 'ask the desk of a case to read its record again', 'refresh AP-441625103-2026-00001').action(
    async (given: string, _, command: Command) => {
      const options = command.optsWithGlobals<CaseOptions>();
      await withTemporal(configOf(options), (temporal) => refreshCase(temporal.client, asCaseNo(given)));
      answer(options.json, { caseNo: given, refreshed: true }, () => [`${given} reads its record again`]);
    },
  );
  group
    .command('check-file <file>')
    .description('check a downloaded case file; needs no server and no key')
    .addHelpText('before', 'Example:\n  $ onedoor case check-file AP-441625103-2026-00001.zip\n')
    .action((file: string, _, command: Command) => {
      const check = checkFile(file);
      answer(command.optsWithGlobals<Common>().json, check, () => checkLines(check));
      process.exitCode = check.problems.length === 0 ? EXIT.clean : EXIT.findings;
    });
}
