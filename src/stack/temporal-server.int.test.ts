import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from './config.js';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { freePort } from './ports.js';
import { isRunning } from './process-identity.js';
import { resolveTemporalCli } from './temporal-cli.js';
import type { TemporalCli } from './temporal-cli.js';
import { inspectTemporal, requireTimeSkipping } from './temporal-inspect.js';
import { startTemporalServer } from './temporal-server.js';

let dir = '';
let cli: TemporalCli;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'onedoor-temporal-'));
  cli = await resolveTemporalCli({ stateDir: loadConfig({}).stateDir, say: () => {} });
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

describe('our own server', () => {
  test('serves, skips time, and leaves nothing running', async () => {
    const spawned: number[] = [];
    const server = await startTemporalServer({
      cli: cli.path,
      dbFile: null,
      logFile: join(dir, 'memory.log'),
      namespace: 'county',
      onSpawned: async ({ pid }) => {
        spawned.push(pid);
      },
    });
    expect(spawned).toEqual([server.pid]);
    const facts = await inspectTemporal(server.address, 'county');
    expect(facts).toMatchObject({ address: server.address, timeSkipping: true });
    requireTimeSkipping(facts);
    await expect(inspectTemporal(server.address, 'elsewhere')).rejects.toThrow('has no namespace elsewhere');
    await server.stop();
    expect(isRunning(server)).toBe(false);
  });

  test('keeps executions over a kill, in a directory for the owner only', async () => {
    const dbFile = join(dir, 'temporal', 'temporal.db');
    const options = { cli: cli.path, dbFile, logFile: join(dir, 'file.log') };
    const first = await startTemporalServer(options);
    await withClient(first.address, (client) =>
      client.workflow.start('application', { taskQueue: 'cases', workflowId: 'application/1' }),
    );
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await startTemporalServer(options);
    const described = await withClient(second.address, (client) =>
      client.workflow.getHandle('application/1').describe(),
    );
    expect(described.status.name).toBe('RUNNING');
    expect(statSync(join(dir, 'temporal')).mode & 0o777).toBe(0o700);
    await second.stop();
  });

  test('gets another port when the one that was free is taken before it listens', async () => {
    const unlucky = join(dir, 'unlucky');
    const tried = join(dir, 'tried');
    // As the server says it; the second time it is the server itself.
    const script = [
      '#!/bin/sh',
      `if [ ! -e ${tried} ]; then`,
      `  touch ${tried}; echo 'listen tcp 127.0.0.1:1: bind: address already in use'; exit 2`,
      'fi',
      `exec ${cli.path} "$@"`,
    ];
    writeFileSync(unlucky, script.join('\n'), { mode: 0o755 });
    const server = await startTemporalServer({
      cli: unlucky,
      dbFile: null,
      logFile: join(dir, 'unlucky.log'),
    });
    expect(existsSync(tried)).toBe(true);
    expect(await inspectTemporal(server.address)).toMatchObject({ address: server.address });
    await server.stop();
  });

  test('an abort during the start stops it', async () => {
    const stopping = new AbortController();
    const starting = startTemporalServer({
      cli: cli.path,
      dbFile: null,
      logFile: join(dir, 'abort.log'),
      signal: stopping.signal,
      onSpawned: async () => {
        stopping.abort(new Error('interrupted'));
      },
    });
    await expect(starting).rejects.toThrow('interrupted');
  });
});

describe('a server that does not skip time', () => {
  test('is seen by inspection, and refused by name', async () => {
    const port = await freePort();
    const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)];
    const child = spawn(cli.path, args, { stdio: 'ignore' });
    try {
      const facts = await untilAnswered(() => inspectTemporal(`127.0.0.1:${port}`));
      expect(facts.timeSkipping).toBe(false);
      expect(() => {
        requireTimeSkipping(facts);
      }).toThrow(
        `the Temporal server at 127.0.0.1:${port} (version ${facts.serverVersion}) does not skip time`,
      );
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('is passed over when it is what lies on PATH', async () => {
    const liar = join(dir, 'bin', 'temporal');
    mkdirSync(dirname(liar));
    const drop = `for a in "$@"; do [ "$a" = frontend.WorkflowTimeSkippingEnabled=true ] && a=system.unused=true; set -- "$@" "$a"; shift; done`;
    writeFileSync(liar, `#!/bin/bash\nif [ "$1" = server ]; then ${drop}; fi\nexec '${cli.path}' "$@"\n`);
    chmodSync(liar, 0o755);
    const said: string[] = [];
    const stateDir = loadConfig({}).stateDir;
    const path = `${dirname(liar)}:/usr/bin:/bin`;
    const found = await resolveTemporalCli({ stateDir, say: (line) => said.push(line), path });
    expect(found.path).not.toBe(liar);
    expect(said[0]).toMatch(new RegExp(`^Temporal: passing over ${liar}: .* does not skip time`));
    expect(existsSync(found.path)).toBe(true);
  });
});

test('an address where nothing answers is named', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  await expect(inspectTemporal(address)).rejects.toThrow(
    new DependencyUnavailable(`no Temporal server answers at ${address}`),
  );
});

async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 20; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(200);
    }
  }
}
