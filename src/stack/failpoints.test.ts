import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FAILPOINT_NAMES, FAILPOINTS, NO_FAILPOINTS } from '../terms/index.js';
import { ConfigError, loadConfig } from './config.js';
import { createFailpoints } from './failpoints.js';

const SRC = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(new URL('../../docs/crash-tests.md', import.meta.url), 'utf8');

describe('a failpoint', () => {
  it('is passed by everybody who was not told to die there', () => {
    expect(createFailpoints(undefined)).toBe(NO_FAILPOINTS);
  });

  it('ends the process at the nth passing of its own name, once', () => {
    let deaths = 0;
    const failpoints = createFailpoints({ name: 'lookup.after_send', nth: 2 }, () => void (deaths += 1));
    failpoints.pass('lookup.after_send');
    failpoints.pass('callback.after_commit');
    expect(deaths).toBe(0);
    failpoints.pass('lookup.after_send');
    expect(deaths).toBe(1);
    failpoints.pass('lookup.after_send');
    expect(deaths).toBe(1);
  });

  it('ends it as kill -9 does', () => {
    const module = fileURLToPath(new URL('failpoints.ts', import.meta.url));
    const { signal, stdout } = spawnSync(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '--eval',
        `process.on('exit', () => console.log('said goodbye'));
         const { createFailpoints } = await import(${JSON.stringify(module)});
         createFailpoints({ name: 'lookup.after_send', nth: 1 }).pass('lookup.after_send');
         console.log('lived on');`,
      ],
      { encoding: 'utf8' },
    );
    expect({ signal, stdout }).toEqual({ signal: 'SIGKILL', stdout: '' });
  }, 30_000);
});

describe('the sources', () => {
  it('pass every failpoint at one place', () => {
    const passed = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => [
        ...readFileSync(join(SRC, name), 'utf8').matchAll(/failpoints\.pass\('([^']+)'\)/g),
      ])
      .map(([, name = '']) => name);
    expect(passed.toSorted()).toEqual([...FAILPOINT_NAMES].toSorted());
  });
});

describe('ONEDOOR_FAILPOINT', () => {
  it('is a name and a number', () => {
    expect(loadConfig({ ONEDOOR_FAILPOINT: 'callback.after_commit:3' }).failpoint).toEqual({
      name: 'callback.after_commit',
      nth: 3,
    });
    expect(loadConfig({}).failpoint).toBeUndefined();
  });

  it.each(['callback.after_commit', 'callback.after_commit:0', 'lookup:1', 'callback.after_commit:1:2'])(
    'is refused as %s',
    (text) => {
      expect(() => loadConfig({ ONEDOOR_FAILPOINT: text })).toThrow(ConfigError);
    },
  );

  it('is refused in production mode, before anything else is asked for', () => {
    expect(() =>
      loadConfig({ ONEDOOR_MODE: 'production', ONEDOOR_FAILPOINT: 'callback.after_commit:1' }),
    ).toThrow('ONEDOOR_FAILPOINT must not be set in production mode');
  });
});

describe('docs/crash-tests.md', () => {
  it('has a row for every failpoint and no other', () => {
    const rows = [...page.matchAll(/^\| `([a-z_.]+)` \| (\w+) \| (.+) \|$/gm)].map(([, ...cells]) => cells);
    expect(rows).toEqual(FAILPOINT_NAMES.map((name) => [name, FAILPOINTS[name].role, FAILPOINTS[name].en]));
  });
});
