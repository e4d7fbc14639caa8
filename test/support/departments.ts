import { randomBytes } from 'node:crypto';
import { connectorOf } from '../../src/departments/connector-of.js';
import type { Connector } from '../../src/departments/connector.js';
import { createOutgoing } from '../../src/departments/outgoing.js';
import type { Profiles, Registers } from '../../src/departments/simulator/files.js';
import { startSimulator } from '../../src/departments/simulator/simulator.js';
import { signingKey, type SigningKey } from '../../src/departments/signature.js';
import { createPlatformConnector, type PlatformConnector } from '../../src/departments/platform-connector.js';
import { PLATFORMS, SENDERS } from '../../src/departments/platforms.js';
import { SOURCES } from '../../src/departments/sources.js';
import type { Source } from '../../src/terms/index.js';

export interface TestDepartments {
  readonly url: string;
  readonly keys: Readonly<Record<Source, readonly [SigningKey]>>;
  readonly connectors: Readonly<Record<Source, Connector>>;
  readonly platforms: Readonly<Record<string, PlatformConnector>>;
  /** Adds to what the registers hold, or replaces it: a source left out of a replacement never answers. */
  register(registers: Registers, mode?: 'merge' | 'replace'): Promise<void>;
  stop(): Promise<void>;
}

/** The simulated departments on a port of their own, reached over HTTP in both directions. */
export async function openDepartments(options: {
  profiles: Profiles;
  offsetMs: number;
  /** Business time as RFC 3339, for files of questions. */
  madeAt: () => Promise<string>;
  /** Default 1. */
  seed?: number;
  /** How long a department may take to say that it has a question (default 500 ms). */
  timeoutMs?: number;
}): Promise<TestDepartments> {
  const key = (): readonly [SigningKey] => [signingKey(`whsec_${randomBytes(32).toString('base64')}`)];
  const keys = Object.fromEntries(SENDERS.map((sender) => [sender, key()] as const));
  const simulator = await startSimulator({
    registers: Object.fromEntries(SOURCES.map((source) => [source, []])),
    profiles: options.profiles,
    seed: options.seed ?? 1,
    port: 0,
    signingKeys: keys,
    clock: { realNow: Date.now, offsetMs: options.offsetMs },
  });
  const { url } = simulator;
  const outgoing = createOutgoing({ baseUrls: [url], simulated: true });
  const by = (sender: string) => ({
    baseUrl: url,
    signingKey: keys[sender]?.[0] ?? key()[0],
    timeoutMs: options.timeoutMs ?? 500,
    outgoing,
  });
  const connector = (source: Source): [Source, Connector] => [
    source,
    connectorOf({
      source,
      ...by(source),
      verifyingKeys: keys[source] ?? key(),
      windowMs: 50,
      madeAt: options.madeAt,
    }),
  ];
  return {
    url,
    keys,
    connectors: Object.fromEntries(SOURCES.map(connector)) as Record<Source, Connector>,
    platforms: Object.fromEntries(
      PLATFORMS.map((platform) => [platform, createPlatformConnector({ platform, ...by(platform) })]),
    ),
    register: async (registers, mode = 'merge') => {
      const response = await fetch(`${url}/registers?mode=${mode}`, {
        method: 'POST',
        body: JSON.stringify({ registers }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    stop: () => simulator.stop(),
  };
}
