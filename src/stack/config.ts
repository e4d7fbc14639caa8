import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { departmentsProblem, SETTINGS } from './settings.js';
import type { ArmedFailpoint } from './failpoints.js';
import type { SettingName, Settings } from './settings.js';

/** Thrown when a setting is wrong or missing. Names the variable, never its value. The process exits 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly exitCode = 2;
  constructor(
    readonly variable: string,
    readonly problem: string,
  ) {
    super(`${variable} ${problem}`);
  }
}

/** 32 bytes each. Absent ones come from `keys.json` in simulated mode and stop the start in production. */
export interface ConfigKeys {
  /** Wraps the data keys of persons and cases. */
  readonly field?: Uint8Array;
  /** Blind index of ID numbers and accounts. */
  readonly index?: Uint8Array;
  /** Temporal payload codec. */
  readonly payload?: Uint8Array;
  /** Signs page cursors. */
  readonly cursor?: Uint8Array;
}

/** All that a process is told from outside, read once. Holds secrets: never log it. */
export interface Config {
  readonly mode: 'simulated' | 'production';
  /** Absolute. */
  readonly stateDir: string;
  readonly database: {
    /** The administrator's, for `migrate`; absent = embedded Postgres. */
    readonly adminUrl?: string;
    /** The application role's. */
    readonly appUrl?: string;
    /** A role that may only read, for `verify` and `parity`. */
    readonly readerUrl?: string;
  };
  readonly temporal: {
    /** `host:port` of a running server; absent = one is started. */
    readonly address?: string;
    readonly namespace: string;
  };
  readonly keys: ConfigKeys;
  readonly oidc: { readonly issuer?: string; readonly jwksUrl?: string; readonly audience: string };
  /** 0 or absent = any free port. */
  readonly ports: { readonly api?: number; readonly metrics?: number };
  /** The IPv4 address that this process serves on; 0.0.0.0 = every one of this machine. */
  readonly listenHost: string;
  /** Where connectors find the departments, without a trailing slash. */
  readonly departmentsUrl?: string;
  /** What departments are told to call back, without a trailing slash. */
  readonly callbackUrl?: string;
  /** Signing keys by source, as text; read by whoever builds the connectors. */
  readonly webhookKeys?: string;
  /** Where this process shall die, in simulated mode. */
  readonly failpoint?: ArmedFailpoint;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export type ConfigOverrides = Readonly<Partial<Record<SettingName, string>>>;

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

const NEEDED_IN_PRODUCTION = [
  'DATABASE_APP_URL',
  'TEMPORAL_ADDRESS',
  'ONEDOOR_FIELD_KEY',
  'ONEDOOR_INDEX_KEY',
  'ONEDOOR_PAYLOAD_KEY',
  'ONEDOOR_CURSOR_KEY',
  'OIDC_ISSUER',
  'OIDC_JWKS_URL',
] as const satisfies readonly SettingName[];

/**
 * Reads and checks every setting. Each comes from `overrides` (the command line), else from the environment as
 * `NAME`, or as `NAME_FILE` with the path of a file that holds the value. Writes nothing.
 * @throws {ConfigError} for the first setting that is wrong, empty, given in both forms, or missing in production.
 */
export function loadConfig(env: NodeJS.ProcessEnv, overrides: ConfigOverrides = {}): Config {
  const settings = readSettings(env, overrides);
  if (settings.ONEDOOR_MODE === 'production') {
    if (settings.ONEDOOR_FAILPOINT)
      throw new ConfigError('ONEDOOR_FAILPOINT', 'must not be set in production mode');
    refuseIncomplete(settings);
  }
  refuseRepeatedKeys(settings);
  const problem = departmentsProblem(settings);
  if (problem !== null) throw new ConfigError('DEPARTMENTS_URL', problem);
  return deepFreeze({
    mode: settings.ONEDOOR_MODE ?? 'simulated',
    stateDir: settings.ONEDOOR_STATE_DIR ?? join(REPOSITORY, '.onedoor'),
    database: given({
      adminUrl: settings.DATABASE_URL,
      appUrl: settings.DATABASE_APP_URL,
      readerUrl: settings.DATABASE_READER_URL,
    }),
    temporal: {
      namespace: settings.TEMPORAL_NAMESPACE ?? 'default',
      ...given({ address: settings.TEMPORAL_ADDRESS }),
    },
    keys: given({
      field: settings.ONEDOOR_FIELD_KEY,
      index: settings.ONEDOOR_INDEX_KEY,
      payload: settings.ONEDOOR_PAYLOAD_KEY,
      cursor: settings.ONEDOOR_CURSOR_KEY,
    }),
    oidc: {
      audience: settings.OIDC_AUDIENCE ?? 'onedoor',
      ...given({ issuer: settings.OIDC_ISSUER, jwksUrl: settings.OIDC_JWKS_URL }),
    },
    ports: given({ api: settings.API_PORT, metrics: settings.METRICS_PORT }),
    listenHost: settings.LISTEN_HOST ?? '127.0.0.1',
    logLevel: settings.LOG_LEVEL ?? 'info',
    ...given({
      departmentsUrl: settings.DEPARTMENTS_URL,
      callbackUrl: settings.ONEDOOR_CALLBACK_URL,
      webhookKeys: settings.ONEDOOR_WEBHOOK_KEYS,
      failpoint: settings.ONEDOOR_FAILPOINT,
    }),
  });
}

function readSettings(env: NodeJS.ProcessEnv, overrides: ConfigOverrides): Settings {
  const names = Object.keys(SETTINGS) as SettingName[];
  const read = names.flatMap((name) => {
    const source = sourceOf(name, env, overrides);
    if (source === null) return [];
    if (source.text === '') throw new ConfigError(source.variable, 'is empty: give it a value or unset it');
    const parsed = SETTINGS[name].safeParse(source.text);
    if (!parsed.success)
      throw new ConfigError(source.variable, parsed.error.issues[0]?.message ?? 'is not valid');
    return [[name, parsed.data]];
  });
  return Object.fromEntries(read) as Settings;
}

function sourceOf(
  name: SettingName,
  env: NodeJS.ProcessEnv,
  overrides: ConfigOverrides,
): { variable: string; text: string } | null {
  const override = overrides[name];
  if (override !== undefined) return { variable: name, text: override.trim() };
  const fileVariable = `${name}_FILE`;
  const [direct, path] = [env[name], env[fileVariable]];
  if (direct !== undefined && path !== undefined)
    throw new ConfigError(name, `and ${fileVariable} are both set: keep one of them`);
  if (direct !== undefined) return { variable: name, text: direct.trim() };
  return path === undefined ? null : { variable: fileVariable, text: readSecret(fileVariable, path) };
}

function readSecret(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ConfigError(variable, `names a file that cannot be read (${code})`);
  }
}

function refuseIncomplete(settings: Settings): void {
  for (const name of NEEDED_IN_PRODUCTION)
    if (settings[name] === undefined) throw new ConfigError(name, 'is missing, and production mode needs it');
}

/** One key for two purposes would let a leak of the lesser one open the greater. */
function refuseRepeatedKeys(settings: Settings): void {
  const seen = new Map<string, SettingName>();
  for (const name of [
    'ONEDOOR_FIELD_KEY',
    'ONEDOOR_INDEX_KEY',
    'ONEDOOR_PAYLOAD_KEY',
    'ONEDOOR_CURSOR_KEY',
  ] as const) {
    const value = settings[name];
    if (value === undefined) continue;
    const hex = Buffer.from(value).toString('hex');
    const other = seen.get(hex);
    if (other !== undefined)
      throw new ConfigError(name, `repeats ${other}: every purpose has a key of its own`);
    seen.set(hex, name);
  }
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[])
    if (typeof inner === 'object' && inner !== null && !ArrayBuffer.isView(inner)) deepFreeze(inner);
  return Object.freeze(value);
}
