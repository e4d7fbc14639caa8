import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { devToken } from '../src/stack/issuer.js';
import { ensureLocalKeys } from '../src/stack/keys.js';
import { isRunning, type ProcessId } from '../src/stack/process-identity.js';
import { readRunState, type RunState } from '../src/stack/run-state.js';
import { proveFieldKey } from '../src/stack/vault.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { db09 } from './support/household.js';
import { onedoor, startOnedoor } from './support/program.js';
import { until } from './support/until.js';

/** `onedoor start` as an office runs it: its processes, what it leaves behind, and what stops it. */
interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

const all: Started[] = [];
function start(dir: string): Started {
  const child = startOnedoor(['start', '--state', dir]);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const started = { child, said: () => text, ended };
  all.push(started);
  return started;
}

async function ready(dir: string, started: Started): Promise<RunState & { apiUrl: string }> {
  await until(
    'the start',
    () => {
      if (started.child.exitCode !== null) throw new Error(`ended early:\n${started.said()}`);
      return started.said().includes('ready; Ctrl-C');
    },
    90_000,
  );
  const run = await readRunState(dir);
  if (!run?.apiUrl) throw new Error('run.json has no address');
  return { ...run, apiUrl: run.apiUrl };
}
const alive = (processes: readonly ProcessId[]): readonly ProcessId[] =>
  processes.filter((each) => isRunning(each));

describe('one installation', () => {
  let dir: string;
  let caseNo: string;
  let roles: readonly ProcessId[] = [];
  let first: Started;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'onedoor-processes-'));
    // The database may run as another user, who has to pass through here.
    await chmod(dir, 0o711);
    first = start(dir);
    roles = Object.values((await ready(dir, first)).roles);
  });
  afterAll(async () => {
    for (const { child, ended } of all) {
      child.kill('SIGTERM');
      await ended;
    }
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  const call = async (
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    ifMatch?: string,
  ): Promise<{ status: number; tag: string; json: Record<string, unknown> }> => {
    const { apiUrl } = (await readRunState(dir)) ?? {};
    const token = await devToken((await ensureLocalKeys(dir)).oidc, {
      subject: 'clerk-1',
      audience: 'onedoor',
    });
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(ifMatch && { 'if-match': ifMatch }),
    };
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      tag: response.headers.get('etag') ?? '',
      json: (await response.json()) as Record<string, unknown>,
    };
  };

  it('keeps its addresses to itself, and its processes are the ones it names', async () => {
    expect((await stat(join(dir, 'run.json'))).mode & 0o777).toBe(0o600);
    expect(roles.length).toBeGreaterThanOrEqual(5);
    expect(alive(roles)).toEqual(roles);
  });

  it('lets no second start near its state', async () => {
    const second = await onedoor(['start', '--state', dir]);
    expect(second.exit).toBe(3);
    expect(second.stderr).toContain(dir);
    expect(second.stderr).toContain(String(first.child.pid));
    expect(alive(roles)).toEqual(roles);
  });

  it('killed without warning: the next start ends what was left', async () => {
    const filed = await call('POST', '/v1/applications', db09());
    expect(filed.status).toBe(201);
    caseNo = String(filed.json['caseNo']);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(alive(roles).length).toBeGreaterThan(0);
    const second = start(dir);
    const run = await ready(dir, second);
    expect(second.said()).toMatch(/stopping postgres \(process \d+\), left over from an earlier start/);
    expect(second.said()).toMatch(/stopping temporal \(process \d+\), left over from an earlier start/);
    expect(alive(roles)).toEqual([]);
    roles = Object.values(run.roles);
    first = second;
  });

  it('and every open case goes on where it was', async () => {
    const { tag, json } = await call('GET', `/v1/cases/${caseNo}`);
    expect(json).toMatchObject({ state: 'submitted', open: true });
    const accepted = await call(
      'POST',
      `/v1/cases/${caseNo}/acceptance`,
      { occurredOn: '2026-03-02', nearRelatives: [] },
      tag,
    );
    expect([200, 202]).toContain(accepted.status);
    await until(
      'the investigation',
      async () => (await call('GET', `/v1/cases/${caseNo}`)).json['state'] === 'investigating',
    );
  });

  it('ends on SIGTERM with nothing left of it', async () => {
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(alive(roles)).toEqual([]);
    expect(await readdir(dir)).not.toContain('run.json');
    expect(await readdir(dir)).not.toContain('run.lock');
  });

  it('also in the middle of a start', async () => {
    const third = start(dir);
    const begun = await until('some processes', async () => {
      const { roles: known = {} } = (await readRunState(dir)) ?? {};
      return Object.keys(known).length >= 2 && Object.values(known);
    });
    third.child.kill('SIGINT');
    await third.ended;
    expect(third.said()).toContain('received SIGINT');
    expect(alive(begun)).toEqual([]);
    expect(await readdir(dir)).not.toContain('run.json');
  });
});

describe('a setting that is wrong', () => {
  let dir: string;
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'onedoor-settings-')), 'state');
  });
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });
  afterAll(() => rm(join(dir, '..'), { recursive: true, force: true }));

  it('names itself and stops the start before anything is written', async () => {
    const { exit, stderr } = await onedoor(['start', '--state', dir], { API_PORT: 'eighty' });
    expect(exit).toBe(2);
    expect(stderr).toContain('API_PORT must be a port number');
    expect(stderr).not.toContain('eighty');
    await expect(stat(dir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('and a role that has nothing to stand on says so and ends', async () => {
    const { exit, stderr } = await onedoor(['serve', 'worker', '--state', dir]);
    expect(exit).toBe(3);
    expect(stderr).toContain('no case file is known here');
  });

  it('a key that is not this case file’s does so too', async () => {
    database = await freshDatabase();
    await proveFieldKey(database.casefile.database, database.casefile.vault);
    const before = await contents(database);
    const { exit, stderr } = await onedoor(['start', '--state', dir], {
      DATABASE_URL: database.adminUrl,
      ONEDOOR_FIELD_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    expect(stderr).toContain('ONEDOOR_FIELD_KEY is not the key');
    expect(exit).toBe(2);
    expect(await contents(database)).toEqual(before);
  });
});

/** Every row of every table, as one number for each. */
async function contents({ admin: { sql } }: TestDatabase): Promise<Record<string, string>> {
  const tables = await sql<
    { name: string }[]
  >`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
  const all: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql<
      { sum: string }[]
    >`SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS sum FROM ${sql(name)} t`;
    all[name] = row?.sum ?? '';
  }
  return all;
}
