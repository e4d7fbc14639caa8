import { randomBytes, randomUUID } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRunning } from '../src/stack/process-identity.js';
import { readRunState, type RunState } from '../src/stack/run-state.js';
import { db09 } from './support/household.js';
import { onedoor, startOnedoor } from './support/program.js';

let state: string;
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'onedoor-processes-'));
  await chmod(state, 0o711);
});
afterAll(() => rm(state, { recursive: true, force: true, maxRetries: 5 }));

interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
}

/** `onedoor start`, once it says that it is ready. */
async function start(env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = startOnedoor(['start', '--state', state], env);
  let said = '';
  await new Promise<void>((ready, fail) => {
    const hear = (text: string): void => {
      said += text;
      if (said.includes('ready; Ctrl-C')) ready();
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('exit', (code) => fail(new Error(`ended with ${code}: ${said}`)));
  });
  return { child, said: () => said };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) =>
    child.exitCode === null && child.signalCode === null ? child.once('exit', done) : done(child.exitCode),
  );
const running = async (): Promise<RunState> => {
  const found = await readRunState(state);
  if (!found) throw new Error('nothing runs');
  return found;
};
const alive = (found: RunState): string[] =>
  Object.entries(found.roles)
    .filter(([, role]) => isRunning(role))
    .map(([name]) => name);

async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const { stdout } = await onedoor(['token', '--staff', 'clerk-1', '--state', state]);
  const { apiUrl } = await running();
  return fetch(`${apiUrl}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stdout.trim()}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

describe('one start after another on the same state', () => {
  it('names a wrong setting and begins nothing', async () => {
    const { exit, stderr } = await onedoor(['start', '--state', state], { API_PORT: 'eighty' });
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringMatching(/API_PORT must be a port number/) as string,
    });
    expect(stderr).not.toContain('eighty');
    await expect(stat(join(state, 'keys.json'))).rejects.toThrow('ENOENT');
  });

  it('goes on after kill -9 with every open case, and refuses a second start and a foreign key', async () => {
    const first = await start();
    const { mode } = await stat(join(state, 'run.json'));
    expect(mode & 0o777).toBe(0o600);
    const second = await onedoor(['start', '--state', state]);
    expect(second).toMatchObject({ exit: 3, stderr: expect.stringContaining('in use') as string });

    const answer = await post('/v1/applications', db09());
    expect(answer.status).toBe(201);
    const { caseNo } = (await answer.json()) as { caseNo: string };
    const before = await running();
    first.child.kill('SIGKILL');
    await ended(first.child);
    expect(alive(before)).toEqual(expect.arrayContaining(['postgres', 'temporal']));

    const again = await start();
    expect(again.said()).toMatch(/stopping postgres .*left over/);
    expect(alive(before)).toEqual([]);
    const accepted = await post(
      `/v1/cases/${caseNo}/acceptance`,
      { occurredOn: '2026-03-02' },
      { 'if-match': `"${caseNo}.1"` },
    );
    expect(await accepted.json()).toMatchObject({ status: 'applied', state: 'accepted' });

    const after = await running();
    again.child.kill('SIGTERM');
    expect(await ended(again.child)).toBe(0);
    expect(alive(after)).toEqual([]);
    await expect(readFile(join(state, 'run.json'))).rejects.toThrow('ENOENT');

    const foreign = await onedoor(['start', '--state', state], {
      ONEDOOR_FIELD_KEY: randomBytes(32).toString('base64'),
    });
    expect(foreign).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('ONEDOOR_FIELD_KEY is not the key') as string,
    });
    expect(foreign.stderr).not.toContain('migrating');
  });
});
