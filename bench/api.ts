import { createApi } from '../src/api/app.js';
import { createMetrics } from '../src/api/metrics.js';
import type { Dispatcher } from '../src/api/ports.js';
import type { Casefile } from '../src/casefile/tx.js';
import { signingKey } from '../src/departments/signature.js';
import type { Rulebook } from '../src/policy/rulebook-types.js';
import { businessTime } from '../src/stack/business-time.js';
import type { TestDatabase } from '../test/support/database.js';
import type { TestIssuer } from '../test/support/tokens.js';

/** What every source signs with that has a key. */
export const BENCH_KEY = [signingKey(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)] as const;

/** The API over a case file, without departments. Unless told otherwise nobody delivers, as with every worker stopped. */
export const benchApi = (options: {
  readonly database: TestDatabase;
  /** Default: the database's own. */
  readonly casefile?: Casefile;
  readonly rulebook: Rulebook;
  readonly issuer: TestIssuer;
  readonly deliver?: Dispatcher['deliver'];
}) => {
  const { database, casefile = database.casefile, rulebook, issuer } = options;
  return createApi({
    casefile,
    dispatcher: {
      deliver: options.deliver ?? (() => Promise.resolve({ kind: 'waiting' })),
      caseOpened: () => {},
      answerStored: () => {},
    },
    clock: businessTime(database.casefile.database, 'simulated'),
    rulebook,
    auth: issuer.auth,
    simulated: true,
    cursorKey: database.keys.cursor,
    webhookKeys: { household_register: BENCH_KEY, social_insurance: BENCH_KEY, bank: BENCH_KEY },
    metrics: createMetrics(),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    ready: () => Promise.resolve(true),
  });
};
