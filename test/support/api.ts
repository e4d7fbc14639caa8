import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { applicationDesk } from '../../src/activities/application/index.js';
import { createDeskActivities } from '../../src/activities/desk.js';
import { createApi } from '../../src/api/app.js';
import { createMetrics } from '../../src/api/metrics.js';
import type { ApiDeps, Dispatcher } from '../../src/api/ports.js';
import { newId } from '../../src/casefile/record.js';
import { roleGrants, staff } from '../../src/casefile/schema/index.js';
import {
  DomainError,
  instant,
  plainDate,
  type CaseNo,
  type ErrorCode,
  type Instant,
  type Role,
} from '../../src/terms/index.js';
import { openTestRecord, type TestRecord } from './record.js';
import { sourceFor, type Person } from './town.js';
import { on } from './walk.js';

const ISSUER = 'https://issuer.test';
const AUDIENCE = 'onedoor';

/** How commands fare on their way: carried out at once, left waiting, or refused by the table. */
export type DeskMood = 'at_work' | 'away' | { readonly refuses: ErrorCode };

export interface Call {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A fresh Idempotency-Key is sent with every POST unless this is null. */
  readonly key?: string | null;
  readonly ifMatch?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests read whatever the API says.
  readonly json: Record<string, unknown>;
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, string | number>>;
  readonly message: string;
}

/** The API in this process over a real Postgres; only the way to the desk is not Temporal. */
export interface TestApi {
  readonly record: TestRecord;
  readonly deps: ApiDeps;
  readonly log: readonly LogLine[];
  readonly opened: readonly string[];
  readonly answersTold: readonly string[];
  desk: DeskMood;
  /** Business time. */
  now: Instant;
  token(
    subject: string,
    claims?: { issuer?: string; audience?: string; expires?: string; algorithm?: 'other_key' },
  ): Promise<string>;
  call(who: string | null, method: string, path: string, call?: Call): Promise<Answer>;
  raw(path: string, init: RequestInit): Promise<Answer>;
  bytes(who: string, path: string): Promise<{ status: number; headers: Headers; bytes: Uint8Array }>;
  /** Another member of staff with one role. @returns the subject, which is also the caller's name here */
  hire(role: Role, division: string): Promise<string>;
  tag(who: Person, caseNo: string): Promise<string>;
  close(): Promise<void>;
}

export async function openTestApi(overrides: Partial<ApiDeps> = {}): Promise<TestApi> {
  const record = await openTestRecord(overrides.rulebook);
  const { casefile, keys } = record.database;
  const signing = await generateKeyPair('ES256', { extractable: true });
  const stranger = await generateKeyPair('ES256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(signing.publicKey)), alg: 'ES256', kid: 'test', use: 'sig' }] };
  const desk = createDeskActivities({
    casefile,
    rulebook: () => record.rulebook,
    procedures: { application: applicationDesk },
  });
  const log: LogLine[] = [];
  const opened: string[] = [];
  const answersTold: string[] = [];
  const api = { desk: 'at_work' as DeskMood, now: on('2026-03-02') };

  const dispatcher: Dispatcher = {
    async deliver({ id, caseNo }) {
      if (api.desk === 'away') return { kind: 'waiting' };
      if (typeof api.desk === 'object') return { kind: 'refused', code: api.desk.refuses };
      await desk.applyCommand({ procedure: 'application', record: caseNo as CaseNo, at: api.now }, id);
      return { kind: 'settled' };
    },
    caseOpened: (caseNo) => void opened.push(caseNo),
    answerStored: (_, answerId) => void answersTold.push(answerId),
  };
  const key = () => createSecretKey(randomBytes(32));
  const deps: ApiDeps = {
    casefile,
    dispatcher,
    clock: { now: () => Promise.resolve(api.now), real: () => instant(Date.now()) },
    rulebook: record.rulebook,
    auth: { keys: createLocalJWKSet(jwks), issuer: ISSUER, audience: AUDIENCE },
    simulated: true,
    cursorKey: keys.cursor,
    webhookKeys: {
      household_register: [key()],
      social_insurance: [key()],
      bank: [key(), key()],
      provincial_platform: [key()],
    },
    metrics: createMetrics(),
    log: {
      info: (fields, message) => void log.push({ level: 'info', fields, message }),
      warn: (fields, message) => void log.push({ level: 'warn', fields, message }),
      error: (fields, message) => void log.push({ level: 'error', fields, message }),
    },
    ready: () => Promise.resolve(true),
    ...overrides,
  };
  const app = createApi(deps);

  const token: TestApi['token'] = (subject, claims = {}) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setSubject(subject)
      .setIssuer(claims.issuer ?? ISSUER)
      .setAudience(claims.audience ?? AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(claims.expires ?? '1h')
      .sign(claims.algorithm === 'other_key' ? stranger.privateKey : signing.privateKey);

  async function raw(path: string, init: RequestInit): Promise<Answer> {
    const response = await app.request(path, init);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  }

  const bytes: TestApi['bytes'] = async (who, path) => {
    const response = await app.request(path, { headers: { authorization: `Bearer ${await token(who)}` } });
    return {
      status: response.status,
      headers: response.headers,
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  };

  const call: TestApi['call'] = async (
    who,
    method,
    path,
    { body, headers, key: idempotency, ifMatch } = {},
  ) =>
    raw(path, {
      method,
      headers: {
        ...(who !== null && { authorization: `Bearer ${await token(who)}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method === 'POST' && idempotency !== null && { 'idempotency-key': idempotency ?? randomUUID() }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

  async function hire(role: Role, division: string): Promise<string> {
    const divisionId = record.town.divisions[division];
    if (!divisionId) throw new DomainError('division_unknown');
    const subject = `${role}-${randomBytes(4).toString('hex')}`;
    const id = newId();
    const { db } = record.database.admin;
    await db.insert(staff).values({ id, subject, name: subject, divisionId });
    await db.insert(roleGrants).values({
      id: newId(),
      staffId: id,
      role,
      divisionId,
      validFrom: plainDate('2020-01-01'),
      ...sourceFor(role),
    });
    return subject;
  }

  const tag: TestApi['tag'] = async (who, caseNo) =>
    (await call(who, 'GET', `/v1/cases/${caseNo}`)).headers.get('etag') ?? '';

  return Object.assign(api, {
    record,
    deps,
    log,
    opened,
    answersTold,
    token,
    call,
    raw,
    bytes,
    hire,
    tag,
    close: () => record.database.drop(),
  });
}
