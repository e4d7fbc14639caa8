import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { refusalOf } from '../departments/outgoing-target.js';
import { FAILPOINT_NAMES, type Failpoint } from '../terms/index.js';

/** The text of a setting is checked by one of these. Messages complete the sentence "NAME …" and never hold the value. */

const url = (protocols: readonly string[], says: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), says);

const postgresUrl = url(['postgres:', 'postgresql:'], 'must be a URL that begins with postgres://');
const httpUrl = url(['http:', 'https:'], 'must be a URL that begins with http:// or https://');
const baseUrl = httpUrl.transform((text) => text.replace(/\/+$/, ''));

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535');

const key = z.string().transform((text, context): Uint8Array => {
  const bytes = Buffer.from(text, 'base64');
  // Buffer.from skips what is not base64; writing it back shows whether anything was skipped.
  if (bytes.length !== 32 || bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, ''))
    context.addIssue({ code: 'custom', message: 'must be 32 bytes in base64' });
  return new Uint8Array(bytes);
});

const hostAndPort = z
  .string()
  .regex(/^([\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/, 'must be host:port without a scheme');

const failpoint = z
  .string()
  .regex(
    new RegExp(`^(${FAILPOINT_NAMES.map((name) => name.replace('.', '\\.')).join('|')}):[1-9]\\d{0,4}$`),
    {
      error: 'must be the name of a failpoint, a colon, and at which passing',
    },
  )
  .transform((text) => {
    const [name, nth] = text.split(':');
    return { name: name as Failpoint, nth: Number(nth) };
  });

/** Every setting by the name of its environment variable; each may also be given as `NAME_FILE`. */
export const SETTINGS = {
  ONEDOOR_MODE: z.enum(['simulated', 'production'], { error: 'must be simulated or production' }),
  ONEDOOR_STATE_DIR: z.string().refine(isAbsolute, 'must be an absolute path'),
  DATABASE_URL: postgresUrl,
  DATABASE_APP_URL: postgresUrl,
  DATABASE_READER_URL: postgresUrl,
  TEMPORAL_ADDRESS: hostAndPort,
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[\w.-]{2,200}$/, 'must be 2 to 200 letters, digits, dots or hyphens'),
  ONEDOOR_FIELD_KEY: key,
  ONEDOOR_INDEX_KEY: key,
  ONEDOOR_PAYLOAD_KEY: key,
  ONEDOOR_CURSOR_KEY: key,
  OIDC_ISSUER: httpUrl,
  OIDC_JWKS_URL: httpUrl,
  OIDC_AUDIENCE: z.string(),
  API_PORT: port,
  METRICS_PORT: port,
  LISTEN_HOST: z.ipv4('must be an IPv4 address of this machine'),
  DEPARTMENTS_URL: baseUrl,
  ONEDOOR_CALLBACK_URL: baseUrl,
  ONEDOOR_WEBHOOK_KEYS: z.string(),
  ONEDOOR_FAILPOINT: failpoint,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], {
    error: 'must be debug, info, warn, error or silent',
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [Name in SettingName]?: z.output<(typeof SETTINGS)[Name]> };

const WRONG_DEPARTMENTS = {
  credentials: 'must not hold a user name or a password',
  scheme: 'must begin with https:// in production mode',
  address: 'must not be a private or reserved address in production mode',
} as const;

/** What every question would be refused for is said at the start. Where a name leads is seen at each call. */
export function departmentsProblem({ DEPARTMENTS_URL, ONEDOOR_MODE }: Settings): string | null {
  if (DEPARTMENTS_URL === undefined) return null;
  const refusal = refusalOf(new URL(DEPARTMENTS_URL), { simulated: ONEDOOR_MODE !== 'production' });
  return refusal === null ? null : WRONG_DEPARTMENTS[refusal];
}
