import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { delimiter, join } from 'node:path';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { DependencyUnavailable } from '../../src/stack/dependency-unavailable.js';
import { lastLine, runTool } from '../../src/stack/run-tool.js';
import { spawnServer, untilReady, type ServerProcess } from '../../src/stack/server-process.js';
import { REPOSITORY } from './compose.js';

export interface TemporalOnPostgres {
  /** `127.0.0.1:port` */
  readonly address: string;
  /** Starts the server, and returns once it serves. May be called again after an end of it, on the same ports. */
  serve(): Promise<ServerProcess>;
}

const WITH_PARENT = join(REPOSITORY, 'test/support/with-parent.js');
const PORTS = [
  'FRONTEND_GRPC_PORT',
  'FRONTEND_MEMBERSHIP_PORT',
  'FRONTEND_HTTP_PORT',
  'HISTORY_GRPC_PORT',
  'HISTORY_MEMBERSHIP_PORT',
  'MATCHING_GRPC_PORT',
  'MATCHING_MEMBERSHIP_PORT',
  'WORKER_GRPC_PORT',
  'WORKER_MEMBERSHIP_PORT',
];

/**
 * Temporal's production server over a Postgres, on free ports of 127.0.0.1: the schema by `deploy/temporal/schema.sh`,
 * then the server with the settings of its image.
 * @param options.env as compose.yaml gives it to both, with hosts and files of this machine
 * @throws {DependencyUnavailable} when the schema cannot be made
 */
export async function temporalOnPostgres(options: {
  /** Holds `temporal-server` and `temporal-sql-tool`. */
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
  readonly password: string;
  readonly namespace: string;
  readonly logFile: string;
}): Promise<TemporalOnPostgres> {
  const { bin, password, namespace, logFile } = options;
  const env = { ...options.env, PATH: [bin, process.env['PATH']].join(delimiter) };
  const schema = await runTool('sh', {
    args: [join(REPOSITORY, 'deploy/temporal/schema.sh')],
    env,
    withinMs: 120_000,
  });
  if (schema.code !== 0)
    throw new DependencyUnavailable(`Temporal's schema could not be made: ${lastLine(schema)}`);

  const ports: Record<string, string> = {};
  for (const name of PORTS) ports[name] = String(await freeLowPort(Object.values(ports)));
  const address = `127.0.0.1:${ports['FRONTEND_GRPC_PORT']}`;
  return {
    address,
    async serve() {
      const { server } = await spawnServer({
        name: 'temporal-server',
        command: process.execPath,
        args: [WITH_PARENT, join(bin, 'temporal-server'), '--allow-no-auth', 'start'],
        ipc: true,
        env: { ...env, ...ports, BIND_ON_IP: '127.0.0.1', POSTGRES_PWD: password },
        logFile,
      });
      await untilReady(server, () => serving(address, namespace), { withinMs: 90_000, everyMs: 250 });
      return server;
    },
  };
}

/** Temporal's schema keeps the port of a member as a smallint: the free ones that a kernel gives are above it. */
async function freeLowPort(taken: readonly string[]): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = randomInt(10_000, 32_768);
    if (!taken.includes(String(port)) && (await isFree(port))) return port;
  }
  throw new DependencyUnavailable('no port below 32768 is free on 127.0.0.1');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });

const ALREADY_EXISTS = 6;

/** Serving with a namespace that can be listed, which takes a moment after it was made. */
async function serving(address: string, namespace: string): Promise<true | null> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 1_000 });
    const { workflowService } = connection;
    await connection.withDeadline(Date.now() + 10_000, () =>
      workflowService
        .registerNamespace({
          namespace,
          workflowExecutionRetentionPeriod: { seconds: (30 * 86_400) as never },
        })
        .catch((error: unknown) => {
          if (!isGrpcServiceError(error) || Number(error.code) !== ALREADY_EXISTS) throw error;
        }),
    );
    await workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
    return true;
  } catch {
    await sleep(250);
    return null;
  } finally {
    await connection?.close();
  }
}
