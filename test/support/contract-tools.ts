import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLine, runTool } from '../../src/stack/run-tool.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const PINNED = join(REPOSITORY, 'tools/schemathesis.txt');
const INSTALL_MS = 300_000;

/** The test needs a Python that makes virtual environments, and once a package index. */
export class SchemathesisUnavailable extends Error {
  override readonly name = 'SchemathesisUnavailable';
}

/**
 * The Python of a virtual environment with exactly the pinned files. It is named after the hash of the list, so a
 * changed list makes a new one; a half-made one never gets the name.
 * @throws {SchemathesisUnavailable} with the last line of what failed
 */
export async function schemathesisPython(): Promise<string> {
  const list = await readFile(PINNED);
  const tools = join(REPOSITORY, '.onedoor/tools');
  const home = join(tools, `schemathesis-${createHash('sha256').update(list).digest('hex').slice(0, 12)}`);
  const ready = join(home, 'ready');
  const python = join(home, 'bin/python');
  if (existsSync(ready)) return python;
  // A virtual environment holds its own path and cannot be renamed: the mark is what comes last.
  await rm(home, { recursive: true, force: true });
  await mkdir(tools, { recursive: true });
  process.stderr.write('fetching Schemathesis from PyPI (once)\n');
  await must('python3', ['-m', 'venv', home]);
  const install = ['-m', 'pip', 'install', '--require-hashes', '--only-binary', ':all:', '-r', PINNED];
  await must(python, [...install, '--no-input', '--disable-pip-version-check', '--quiet']);
  const draft = await mkdtemp(join(tools, 'ready-'));
  await rename(draft, ready);
  return python;
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const result = await runTool(command, { args, withinMs: INSTALL_MS });
  if (result.code !== 0) throw new SchemathesisUnavailable(`${command}: ${lastLine(result)}`);
}
