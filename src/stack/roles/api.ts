import { serve } from '@hono/node-server';
import { createLocalJWKSet, createRemoteJWKSet } from 'jose';
import { sql } from 'drizzle-orm';
import { createApi } from '../../api/app.js';
import { createMetrics, metricsApp } from '../../api/metrics.js';
import type { Config } from '../config.js';
import { deliverCommand, signalAnswer, startCase } from '../dispatch.js';
import { openHouse, temporalOf, type House } from '../house.js';
import { DEV_ISSUER } from '../issuer.js';
import { createLog } from '../log.js';
import type { TemporalAccess } from '../temporal-client.js';
import { signingKeysOf, webhookSecrets } from '../webhook-keys.js';
import type { Dispatcher } from '../../api/ports.js';
import type { RunningRole } from './worker.js';

type ListeningApp = Parameters<typeof serve>[0]['fetch'];

/** The HTTP door, and its metrics on a port of their own. */
export async function runApi(config: Config): Promise<RunningRole & { url: string; metricsUrl: string }> {
  const log = createLog(config, 'api');
  const house = await openHouse(config, 'api');
  const temporal = await temporalOf(config, house.keys);
  const metrics = createMetrics();
  const api = createApi({
    casefile: house.casefile,
    dispatcher: dispatcher(house, temporal, (code) => log.warn({ code }, 'left to the sweep')),
    clock: { now: () => house.time.now(), real: () => house.time.real() },
    rulebook: house.rulebook,
    auth: { keys: keySet(house), issuer: config.oidc.issuer ?? DEV_ISSUER, audience: config.oidc.audience },
    simulated: config.mode === 'simulated',
    cursorKey: house.keys.cursor,
    webhookKeys: signingKeysOf(await webhookSecrets(config)),
    metrics,
    log,
    ready: async () => {
      await house.database.db.execute(sql`SELECT 1 FROM cases LIMIT 1`);
      return true;
    },
  });
  const doors = [await listen(api.fetch, config.ports.api ?? 0), await listen(metricsApp(metrics).fetch, config.ports.metrics ?? 0)] as const;
  return {
    url: doors[0].url,
    metricsUrl: doors[1].url,
    ended: new Promise(() => {}),
    stop: async () => {
      await Promise.all(doors.map((door) => door.stop()));
      await temporal.close();
      await house.close();
    },
  };
}

const keySet = ({ config, local }: House) => {
  if (config.oidc.jwksUrl) return createRemoteJWKSet(new URL(config.oidc.jwksUrl));
  if (!local) throw new Error('production mode has a JWKS URL');
  const { d: _, ...publicHalf } = local.oidc;
  return createLocalJWKSet({ keys: [publicHalf] });
};

/** The fast way to the desk; what it does not manage the sweep does. */
function dispatcher(house: House, { client }: TemporalAccess, report: (code: string) => void): Dispatcher {
  const soon = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => report(error instanceof Error ? error.name : 'unknown'));
  };
  return {
    deliver: ({ id, kind, caseNo }, timeoutMs) => deliverCommand(client, caseNo, { id, kind }, timeoutMs),
    caseOpened: (caseNo) => soon(house.time.offset().then((offset) => startCase(client, caseNo, offset))),
    answerStored: (caseNo, answerId) => soon(signalAnswer(client, caseNo, answerId)),
  };
}

function listen(fetch: ListeningApp, port: number): Promise<{ url: string; stop(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port }, (info) => {
      resolve({
        url: `http://127.0.0.1:${info.port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeIdleConnections' in server) server.closeIdleConnections();
          }),
      });
    });
    server.once('error', reject);
    // Longer than clients keep an idle connection, so that none is cut while they reach for it.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = 75_000;
  });
}
