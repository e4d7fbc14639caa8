import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identify, isRunning } from './process-identity.js';
import { openRunState, readRunState, stopLeftovers } from './run-state.js';
import type { RoleRecord, RunState } from './run-state.js';

let stateDir = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'onedoor-run-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(stateDir, { recursive: true });
});

const record: RoleRecord = { pid: 12, startedAt: '34', logFile: '/logs/api.log' };

describe('run.json', () => {
  test('names addresses and processes, for the owner only', async () => {
    const file = openRunState(stateDir);
    await Promise.all([
      file.addRole('api', { ...record, extra: 'dropped' } as RoleRecord),
      file.update({ apiUrl: 'http://127.0.0.1:1', databaseUrl: 'postgres://x' }),
    ]);
    expect(await readRunState(stateDir)).toEqual({
      apiUrl: 'http://127.0.0.1:1',
      metricsUrl: null,
      databaseUrl: 'postgres://x',
      temporalAddress: null,
      departmentsUrl: null,
      roles: { api: record },
    });
    expect(statSync(join(stateDir, 'run.json')).mode & 0o777).toBe(0o600);
  });

  test('is absent before the first start and after a proper end', async () => {
    expect(await readRunState(stateDir)).toBeNull();
    const file = openRunState(stateDir);
    await file.update({ apiUrl: 'x' });
    await file.remove();
    await file.remove();
    expect(await readRunState(stateDir)).toBeNull();
  });

  test('of another shape is an error', async () => {
    writeFileSync(join(stateDir, 'run.json'), '{"roles":{}}');
    await expect(readRunState(stateDir)).rejects.toThrow('apiUrl');
  });
});

describe('stopLeftovers', () => {
  /** A process that writes the signal it was ended by to a file. */
  async function leftover(name: string): Promise<RoleRecord> {
    const logFile = join(stateDir, 'ends');
    const script = `const { appendFileSync } = require('node:fs');
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
        appendFileSync(process.argv[1], '${name} ' + signal + '\\n'); process.exit(); });
      console.log('up'); setInterval(() => {}, 1000)`;
    const child = spawn(process.execPath, ['-e', script, logFile]);
    children.push(child);
    await once(child.stdout, 'data');
    return { ...identify(child.pid ?? 0), logFile };
  }
  const stateOf = (roles: RunState['roles']): RunState => ({
    apiUrl: null,
    metricsUrl: null,
    databaseUrl: null,
    temporalAddress: null,
    departmentsUrl: null,
    roles,
  });

  test('ends roles before servers, Postgres last and by SIGINT, and says so', async () => {
    const postgres = await leftover('postgres');
    const temporal = await leftover('temporal');
    const worker = await leftover('worker');
    const said: string[] = [];
    const stopped = await stopLeftovers(stateOf({ postgres, temporal, worker }), (line) => said.push(line));
    expect(stopped).toEqual(['worker', 'temporal', 'postgres']);
    expect(readFileSync(join(stateDir, 'ends'), 'utf8')).toBe(
      'worker SIGTERM\ntemporal SIGTERM\npostgres SIGINT\n',
    );
    expect([postgres, temporal, worker].filter(isRunning)).toEqual([]);
    expect(said[0]).toBe(`stopping worker (process ${worker.pid}), left over from an earlier start`);
  });

  test('leaves a process alone whose pid matches and start time does not', async () => {
    const other = await leftover('other');
    expect(await stopLeftovers(stateOf({ worker: { ...other, startedAt: 'earlier' } }), () => {})).toEqual(
      [],
    );
    expect(isRunning(other)).toBe(true);
  });

  test('has nothing to do when all have ended', async () => {
    expect(await stopLeftovers(stateOf({ api: { ...record, pid: 2 ** 22 - 1 } }), () => {})).toEqual([]);
  });
});
