import { createApi } from '../../src/api/app.js';
import { createMetrics } from '../../src/api/metrics.js';
import type { Casefile } from '../../src/casefile/tx.js';
import { signingKey } from '../../src/departments/signature.js';
import { businessTime } from '../../src/stack/business-time.js';
import type { TestRecord } from '../../test/support/record.js';
import type { TestIssuer } from '../../test/support/tokens.js';

const key = [signingKey(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)] as const;

/** The API for reading: nobody delivers anything, as with every worker stopped. */
export const readingApi = (casefile: Casefile, { database, rulebook }: TestRecord, issuer: TestIssuer) =>
  createApi({
    casefile,
    dispatcher: {
      deliver: () => Promise.resolve({ kind: 'waiting' }),
      caseOpened: () => {},
      answerStored: () => {},
    },
    clock: businessTime(database.casefile.database, 'simulated'),
    rulebook,
    auth: issuer.auth,
    simulated: true,
    cursorKey: database.keys.cursor,
    webhookKeys: { household_register: key, social_insurance: key, bank: key },
    metrics: createMetrics(),
    log: { info: () => {}, error: () => {} },
    ready: () => Promise.resolve(true),
  });
