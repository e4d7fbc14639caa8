import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.js';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'onedoor-config-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

const key = (): string => randomBytes(32).toString('base64');
const file = (content: string): string => {
  const path = join(dir, randomBytes(4).toString('hex'));
  writeFileSync(path, content);
  return path;
};
const production = (): NodeJS.ProcessEnv => ({
  ONEDOOR_MODE: 'production',
  DATABASE_APP_URL: 'postgres://app:pw@db.example/onedoor',
  TEMPORAL_ADDRESS: 'temporal.example:7233',
  ONEDOOR_FIELD_KEY: key(),
  ONEDOOR_INDEX_KEY: key(),
  ONEDOOR_PAYLOAD_KEY: key(),
  ONEDOOR_CURSOR_KEY: key(),
  OIDC_ISSUER: 'https://id.example',
  OIDC_JWKS_URL: 'https://id.example/jwks',
});

/** What `loadConfig` says, or `null` when it accepts. */
function complaint(env: NodeJS.ProcessEnv): string | null {
  try {
    loadConfig(env);
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

describe('with nothing set', () => {
  test('it is simulated, with the documented defaults', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      mode: 'simulated',
      database: {},
      temporal: { namespace: 'default' },
      keys: {},
      oidc: { audience: 'onedoor' },
      ports: {},
      listenHost: '127.0.0.1',
      logLevel: 'info',
    });
    expect(config.stateDir).toMatch(/\.onedoor$/);
    expect(isAbsolute(config.stateDir)).toBe(true);
  });

  test('nothing in it can be changed', () => {
    const config = loadConfig({ API_PORT: '8080' });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.ports)).toBe(true);
    expect(() => Object.assign(config.temporal, { namespace: 'other' })).toThrow(TypeError);
  });
});

describe('where a value comes from', () => {
  test('from the variable, without surrounding white space', () => {
    expect(loadConfig({ OIDC_AUDIENCE: ' desk\n' }).oidc.audience).toBe('desk');
  });

  test('from the file that NAME_FILE names', () => {
    const bytes = randomBytes(32);
    const config = loadConfig({ ONEDOOR_FIELD_KEY_FILE: file(`${bytes.toString('base64')}\n`) });
    expect(Buffer.from(config.keys.field ?? [])).toEqual(bytes);
  });

  test('from an override before both', () => {
    const env = { API_PORT: '1', METRICS_PORT_FILE: file('2') };
    expect(loadConfig(env, { API_PORT: '3', METRICS_PORT: '0' }).ports).toEqual({ api: 3, metrics: 0 });
  });

  test.each([
    [
      'both forms',
      { API_PORT: '1', API_PORT_FILE: '/x' },
      'API_PORT and API_PORT_FILE are both set: keep one of them',
    ],
    [
      'no such file',
      { API_PORT_FILE: '/nowhere/x' },
      'API_PORT_FILE names a file that cannot be read (ENOENT)',
    ],
    ['empty', { DATABASE_URL: ' ' }, 'DATABASE_URL is empty: give it a value or unset it'],
  ])('refused: %s', (_, env, message) => {
    expect(complaint(env)).toBe(message);
  });

  test('an empty file is named by its variable', () => {
    expect(complaint({ API_PORT_FILE: file('\n') })).toBe(
      'API_PORT_FILE is empty: give it a value or unset it',
    );
  });
});

describe('a wrong value names its variable and not itself', () => {
  test.each([
    ['ONEDOOR_MODE', 'prod', 'must be simulated or production'],
    ['ONEDOOR_STATE_DIR', 'state', 'must be an absolute path'],
    ['DATABASE_URL', 'mysql://u:hunter2@h/d', 'must be a URL that begins with postgres://'],
    ['DATABASE_APP_URL', 'hunter2', 'must be a URL that begins with postgres://'],
    ['DATABASE_READER_URL', 'http://hunter2', 'must be a URL that begins with postgres://'],
    ['TEMPORAL_ADDRESS', 'http://hunter2:7233', 'must be host:port without a scheme'],
    ['TEMPORAL_NAMESPACE', 'hunter 2', 'must be 2 to 200 letters, digits, dots or hyphens'],
    ['ONEDOOR_FIELD_KEY', 'hunter2', 'must be 32 bytes in base64'],
    ['ONEDOOR_INDEX_KEY', randomBytes(31).toString('base64'), 'must be 32 bytes in base64'],
    ['ONEDOOR_PAYLOAD_KEY', randomBytes(33).toString('base64'), 'must be 32 bytes in base64'],
    ['ONEDOOR_CURSOR_KEY', `!${key()}`, 'must be 32 bytes in base64'],
    ['OIDC_ISSUER', 'hunter2', 'must be a URL that begins with http:// or https://'],
    ['API_PORT', '65536', 'must be a port number from 0 to 65535'],
    ['METRICS_PORT', '80a', 'must be a port number from 0 to 65535'],
    ['DEPARTMENTS_URL', 'ftp://hunter2', 'must be a URL that begins with http:// or https://'],
    ['LOG_LEVEL', 'loud', 'must be debug, info, warn, error or silent'],
  ])('%s', (name, value, problem) => {
    expect(complaint({ [name]: value })).toBe(`${name} ${problem}`);
    expect(complaint({ [`${name}_FILE`]: file(value) })).toBe(`${name}_FILE ${problem}`);
  });

  test('one key for two purposes', () => {
    const same = key();
    expect(complaint({ ONEDOOR_FIELD_KEY: same, ONEDOOR_CURSOR_KEY: same })).toBe(
      'ONEDOOR_CURSOR_KEY repeats ONEDOOR_FIELD_KEY: every purpose has a key of its own',
    );
  });

  test('the departments with a password in their URL', () => {
    expect(complaint({ DEPARTMENTS_URL: 'http://user:hunter2@127.0.0.1:9' })).toBe(
      'DEPARTMENTS_URL must not hold a user name or a password',
    );
  });

  test('base URLs lose their trailing slash', () => {
    expect(loadConfig({ DEPARTMENTS_URL: 'http://127.0.0.1:9/' }).departmentsUrl).toBe('http://127.0.0.1:9');
  });
});

describe('production', () => {
  test('starts with everything it needs', () => {
    expect(loadConfig(production()).mode).toBe('production');
  });

  test.each(Object.keys(production()).filter((name) => name !== 'ONEDOOR_MODE'))(
    'refuses to start without %s',
    (name) => {
      const { [name]: _, ...rest } = production();
      expect(complaint(rest)).toBe(`${name} is missing, and production mode needs it`);
    },
  );

  test.each([
    ['http://departments.gov.example', 'must begin with https:// in production mode'],
    ['https://clerk@departments.gov.example', 'must not hold a user name or a password'],
    ['https://10.0.0.7', 'must not be a private or reserved address in production mode'],
    ['https://0x7f.1', 'must not be a private or reserved address in production mode'],
    ['https://[::ffff:10.0.0.7]:8443', 'must not be a private or reserved address in production mode'],
  ])('refuses departments at %s', (url, problem) => {
    expect(complaint({ ...production(), DEPARTMENTS_URL: url })).toBe(`DEPARTMENTS_URL ${problem}`);
  });

  test('takes departments at a public https address', () => {
    const env = { ...production(), DEPARTMENTS_URL: 'https://departments.gov.example:8443/v2/' };
    expect(loadConfig(env).departmentsUrl).toBe('https://departments.gov.example:8443/v2');
  });
});
