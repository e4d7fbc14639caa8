import { createLocalJWKSet, createRemoteJWKSet } from 'jose';
import { caseFileAnswers } from '../../casefile/registry.js';
import { operatorTasks } from '../../casefile/tasks.js';
import { inCasefile } from '../../casefile/tx.js';
import { createApi } from '../../api/app.js';
import { createMetrics, metricsApp } from '../../api/metrics.js';
import type { Config } from '../config.js';
import { createDispatcher } from '../dispatcher.js';
import { createFailpoints } from '../failpoints.js';
import { openHouse, temporalOf, type House } from '../house.js';
import { DEV_ISSUER } from '../issuer.js';
import { listen } from '../listen.js';
import { createLog } from '../log.js';
import { surviveLostConnections } from '../lost-connections.js';
import { signingKeysOf, webhookSecrets } from '../webhook-keys.js';
import type { RunningRole } from './worker.js';
import { dateAt } from '../../terms/index.js';

/** The HTTP door, and its metrics on a port of their own. */
export async function runApi(config: Config): Promise<RunningRole & { url: string; metricsUrl: string }> {
  const log = createLog(config, 'api');
  surviveLostConnections((code) => log.warn({ code }, 'Postgres went away'));
  const house = await openHouse(config, 'api');
  const temporal = await temporalOf(config, house.keys);
  const metrics = createMetrics(async () => {
    const on = dateAt(await house.time.now());
    return inCasefile(house.casefile, { actor: 'system:operator', on }, operatorTasks);
  });
  const failpoints = createFailpoints(config.failpoint);
  const api = createApi({
    casefile: house.casefile,
    dispatcher: createDispatcher(
      house.time,
      temporal.client,
      (code) => log.warn({ code }, 'left to the sweep'),
      failpoints,
    ),
    failpoints,
    clock: { now: () => house.time.now(), real: () => house.time.real() },
    rulebook: house.rulebook,
    auth: { keys: keySet(house), issuer: config.oidc.issuer ?? DEV_ISSUER, audience: config.oidc.audience },
    simulated: config.mode === 'simulated',
    cursorKey: house.keys.cursor,
    webhookKeys: signingKeysOf(await webhookSecrets(config)),
    metrics,
    log,
    ready: async () => {
      await caseFileAnswers(house.database);
      return true;
    },
  });
  const doors = [
    await listen(api.fetch, config.ports.api ?? 0, config.listenHost),
    await listen(metricsApp(metrics).fetch, config.ports.metrics ?? 0, config.listenHost),
  ] as const;
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
