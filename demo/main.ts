import { readArguments } from './arguments.js';
import { explainFailure } from './failures.js';
import { runDemo } from './run.js';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => interrupted.abort(new Error(`stopped by ${signal}`)));

try {
  const { lines, exit } = await runDemo({
    ...readArguments(process.argv.slice(2)),
    say,
    signal: interrupted.signal,
  });
  for (const line of lines) process.stdout.write(`${line}\n`);
  process.exitCode = exit;
} catch (error) {
  const { sentence, exit } = explainFailure(error, interrupted.signal);
  say(sentence);
  process.exitCode = exit;
}
