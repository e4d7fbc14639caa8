import { createAdaptorServer } from '@hono/node-server';
import { once } from 'node:events';
import { Server } from 'node:http';
import { createApp } from './app.js';
import { createBusinessClock } from './business-clock.js';
import { createLedger } from './ledger.js';
import { NO_MEMORY } from './memory.js';
import { createPlatformDesks } from './platform-desk.js';
import { createPostman } from './postman.js';
import { recall } from './recall.js';
import type { Source } from '../contract.js';
import type { SigningKey } from '../signature.js';
import type { Profiles, Registers } from './files.js';
import type { Memory } from './memory.js';
import type { SimulatorEvent } from './postman.js';

export interface SimulatorOptions {
  registers: Registers;
  profiles: Profiles;
  /** Decides jitter, copies and faults. The same seed and the same people give the same behaviour. */
  seed: number;
  /** 0 takes a free one. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Per source, for both directions: the first signs, all verify. */
  signingKeys: Readonly<Record<Source, readonly [SigningKey, ...SigningKey[]]>>;
  /** Real time, and the offset at which business time begins (default 0). */
  clock: { realNow: () => number; offsetMs?: number };
  /** Where it finds and leaves what it knows (default: nowhere). */
  memory?: Memory;
  /** Told of every delivery and of faults of the simulator itself; nothing about a person. */
  report?: (event: SimulatorEvent) => void;
}

export interface Simulator {
  url: string;
  /** Stops sending and listening; what is pending is dropped, unless a memory keeps it. */
  stop(): Promise<void>;
}

const POLL_MS = 200;

/**
 * Departments that behave as their profiles say and speak only HTTP.
 * Due answers go out when business time reaches them, whether real time passes or `POST /clock` moves it.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { profiles, seed, signingKeys, memory = NO_MEMORY } = options;
  const { realNow } = options.clock;
  const stopping = new AbortController();
  const clock = createBusinessClock(realNow, options.clock.offsetMs ?? 0);
  const ledger = createLedger({ profiles, seed });
  const platforms = createPlatformDesks(ledger);
  const own = { memory, ledger, platforms, clock, seed };
  const registers = recall({ ...own, profiles, registers: options.registers });
  const report = options.report ?? (() => undefined);
  const postman = createPostman({
    ledger,
    now: () => clock.now(),
    realNow,
    signingKeys,
    report,
    settled: ({ webhookId, copiesLeft }) => memory.keep({ kind: 'sent', webhookId, copiesLeft }),
    stopped: stopping.signal,
  });
  const app = createApp({ ...own, postman, realNow, registers, signingKeys, report });

  const server = createAdaptorServer({ fetch: app.fetch });
  const host = options.host ?? '127.0.0.1';
  server.listen(options.port, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const timer = setInterval(() => void postman.deliver('patiently'), POLL_MS);

  return {
    url: `http://${host}:${port}`,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      const closed = once(server, 'close');
      server.close();
      if (server instanceof Server) server.closeAllConnections();
      await closed;
    },
  };
}
