import { BENCHES } from './benches.js';
import { report } from './report.js';
import { keepResult, resultOf } from './result.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const list = (): string[] =>
  Object.entries(BENCHES).map(([name, { about }]) => `  ${name.padEnd(14)} ${about}`);

/** @returns the exit code. A goal that was missed is a finding, not a failure. */
async function main(wanted: string | undefined): Promise<number> {
  if (wanted === undefined) {
    say(['npm run bench -- NAME, or all:', ...list()].join('\n'));
    return 0;
  }
  const names = wanted === 'all' ? Object.keys(BENCHES) : [wanted];
  for (const name of names) {
    const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (!bench) {
      process.stderr.write(`There is no bench "${name}". There are:\n${list().join('\n')}\n`);
      return 2;
    }
    const run = await bench.load();
    const result = resultOf(name, await run());
    const path = keepResult(result);
    say(`${report(result)}\n  kept in ${path}`);
  }
  return 0;
}

process.exitCode = await main(process.argv[2]);
