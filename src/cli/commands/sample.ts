import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { drawAgain, redraw } from '../../casefile/samples.js';
import { ConfigError } from '../../stack/config.js';
import { isCaseNo } from '../../terms/index.js';
import { configOf, withReader, type Common } from '../context.js';
import { EXIT } from '../exit.js';
import { answer } from '../output.js';

type Lot = Common & { cases?: string; seed?: string; percent?: string };

export function sampleCommands(program: Command): void {
  program
    .command('sample')
    .description('samples of confirmations by townships')
    .command('redraw [sample]')
    .description(
      'draw again: a sample on record by its id, or from a list of case numbers and a printed seed',
    )
    .option('--cases <file>', 'case numbers, one a line; needs no server')
    .option('--seed <seed>', 'the seed that was printed')
    .option('--percent <n>', 'the share that is drawn, 1 to 100')
    .addHelpText(
      'before',
      'Examples:\n  $ onedoor sample redraw 0192f3c4-5a6b-7c8d-9e0f-1a2b3c4d5e6f\n  $ onedoor sample redraw --cases numbers.txt --seed drawn-in-public-2026 --percent 30\n',
    )
    .action(async (id: string | undefined, _, command: Command) => {
      const options = command.optsWithGlobals<Lot>();
      if (id === undefined) return fromList(options);
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
        throw new ConfigError('SAMPLE', 'is not the id of a sample');
      const found = await withReader(configOf(options), (reader) => redraw(reader, id));
      answer(options.json, found, () => [
        `${found.drawn.length} of ${found.population} cases, seed ${found.seed}, ${found.percent} %, ${found.algorithm}`,
        ...found.drawn.map((caseNo) => `  ${caseNo}`),
        ...(found.samePopulation
          ? []
          : ['the cases to draw from are not those that were there when it was drawn']),
        ...found.different.map((caseNo) => `${caseNo}: drawn only one of the two times`),
      ]);
      process.exitCode = found.samePopulation && found.different.length === 0 ? EXIT.clean : EXIT.findings;
    });
}

function fromList({ cases, seed, percent, json }: Lot): void {
  if (!cases || !seed || !percent)
    throw new ConfigError('sample redraw', 'needs the id of a sample, or --cases, --seed and --percent');
  const population = numbersIn(cases);
  if (!/^([1-9]\d?|100)$/.test(percent))
    throw new ConfigError('--percent', 'must be a whole number from 1 to 100');
  const drawn = drawAgain({ seed, population, percent: Number(percent) });
  answer(json, { population: population.length, drawn }, () => [
    `${drawn.length} of ${population.length} cases`,
    ...drawn.map((caseNo) => `  ${caseNo}`),
  ]);
}

function numbersIn(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError('--cases', 'cannot be read');
  }
  const lines = text.split(/\r?\n/).flatMap((line) => line.trim() || []);
  const wrong = lines.findIndex((line) => !isCaseNo(line));
  if (wrong !== -1) throw new ConfigError('--cases', `line ${wrong + 1} is not a case number`);
  if (lines.length === 0) throw new ConfigError('--cases', 'holds no case number');
  return lines;
}
