import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPostgres } from './postgres-server.js';
import type { PostgresServer } from './postgres-server.js';
import { isRunning } from './process-identity.js';

const asRoot = process.getuid?.() === 0;
let stateDir = '';
let said: string[] = [];
const outside: string[] = [];
beforeEach(() => {
  stateDir = join(mkdtempSync(join(tmpdir(), 'onedoor-pg-')), 'state');
  chmodSync(dirname(stateDir), 0o755);
  said = [];
});
afterEach(() => {
  for (const dir of [dirname(stateDir), ...outside.splice(0)]) rmSync(dir, { recursive: true });
});

const start = (more: Partial<Parameters<typeof startPostgres>[0]> = {}) =>
  startPostgres({ stateDir, purpose: 'start', say: (line) => said.push(line), ...more });

async function query(server: PostgresServer, text: string): Promise<unknown> {
  const sql = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
  try {
    return (await sql.unsafe(text).values())[0]?.[0];
  } finally {
    await sql.end();
  }
}

describe('for a start', () => {
  test('is made once, durable, on 127.0.0.1 only, sorted alike everywhere', async () => {
    const server = await start();
    expect(server.dataDir).toBe(join(stateDir, 'postgres', 'data'));
    expect(new URL(server.adminUrl)).toMatchObject({ hostname: '127.0.0.1', pathname: '/onedoor' });
    expect(
      await query(
        server,
        `select current_setting('listen_addresses') || current_setting('unix_socket_directories')`,
      ),
    ).toBe('127.0.0.1');
    expect(
      await query(server, `select concat(current_setting('fsync'), current_setting('full_page_writes'))`),
    ).toBe('onon');
    expect(
      await query(
        server,
        `select concat(datlocprovider, datlocale, pg_encoding_to_char(encoding)) from pg_database where datname = 'onedoor'`,
      ),
    ).toBe('bC.UTF-8UTF8');
    expect(await query(server, `select upper('é') || length('𠮷·买买提')`)).toBe('É5');
    await server.stop();
    expect(isRunning(server)).toBe(false);
    expect(statSync(join(stateDir, 'postgres.json')).mode & 0o777).toBe(0o600);
    expect(statSync(server.dataDir).mode & 0o777).toBe(0o700);
    expect(said.at(-1)).toBe(`Postgres: making the database in ${server.dataDir} (once)`);
  });

  test('comes back with its data after a kill, and ends what the earlier start left', async () => {
    const first = await start();
    await query(first, 'create table kept as select 7 as value');
    // The parent was killed: nobody stopped the first one.
    const second = await start();
    expect(isRunning(first)).toBe(false);
    expect(said.at(-1)).toBe(`Postgres: stopping process ${first.pid}, left over from an earlier start`);
    process.kill(second.pid, 'SIGKILL');
    await second.exited;
    const third = await start();
    expect(await query(third, 'select value from kept')).toBe(7);
    await third.stop();
  });

  test('a state directory can be moved', async () => {
    const first = await start();
    await query(first, 'create table kept as select 7 as value');
    await first.stop();
    const moved = `${stateDir}-moved`;
    renameSync(stateDir, moved);
    const second = await start({ stateDir: moved });
    expect(await query(second, 'select value from kept')).toBe(7);
    await second.stop();
  });

  test('a database that is gone is not made anew in silence', async () => {
    const first = await start();
    await first.stop();
    rmSync(first.dataDir, { recursive: true });
    await expect(start()).rejects.toThrow(`the database ${first.dataDir} is gone`);
  });

  test('a row that breaks a constraint is not quoted in the log', async () => {
    const server = await start();
    await query(server, 'create table person (name text primary key)');
    await query(server, `insert into person values ('canary')`);
    await expect(query(server, `insert into person values ('canary')`)).rejects.toThrow('duplicate key');
    await server.stop();
    const log = readFileSync(server.logFile, 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('canary');
  });

  test('an interrupted first start leaves no process and no half database', async () => {
    const stopping = new AbortController();
    setTimeout(() => {
      stopping.abort(new Error('interrupted'));
    }, 300);
    await expect(start({ signal: stopping.signal })).rejects.toThrow('interrupted');
    expect(readdirSync(join(stateDir, 'postgres')).filter((name) => name.startsWith('draft-'))).toEqual([]);
    mkdirSync(join(stateDir, 'postgres', 'draft-of-a-killed-start'));
    await (await start()).stop();
    expect(readdirSync(join(stateDir, 'postgres')).filter((name) => name.startsWith('draft-'))).toEqual([]);
  });

  test('below a directory that only its owner enters, root takes another place and says so', async () => {
    chmodSync(dirname(stateDir), 0o700);
    const server = await start();
    if (asRoot) {
      outside.push(dirname(server.dataDir));
      expect(server.dataDir.startsWith(stateDir)).toBe(false);
      expect(said[0]).toMatch(/^Postgres: user \w+ cannot enter /);
      expect(said[0]).toContain(`${stateDir}; the database is in ${dirname(server.dataDir)}`);
    } else {
      expect(server.dataDir.startsWith(stateDir)).toBe(true);
    }
    await server.stop();
    const again = await start();
    expect(again.dataDir).toBe(server.dataDir);
    await again.stop();
  });
});

describe('for a test', () => {
  test('is fast, fresh and gone afterwards', async () => {
    const [one, two] = await Promise.all([start({ purpose: 'test' }), start({ purpose: 'test' })]);
    expect(one.dataDir).not.toBe(two.dataDir);
    expect(await query(one, `select current_setting('fsync')`)).toBe('off');
    await Promise.all([one.stop(), two.stop()]);
    expect([one, two].filter((server) => existsSync(dirname(server.dataDir)))).toEqual([]);
    expect(existsSync(stateDir)).toBe(false);
  });
});
