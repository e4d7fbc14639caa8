import { beforeAll, describe } from 'vitest';
import { claimContract } from './support/contract-claims.js';
import { contractOfHouse, readable } from './support/contract-run.js';
import type { ContractReport } from './support/contract-types.js';

/** Another seed each time it is given one: `CONTRACT_SEED=7 npm run test:long`. */
const seed = Number(process.env['CONTRACT_SEED'] ?? 20_260_302);

describe(`the API and its document, 5,000 requests from seed ${seed}`, () => {
  const size = { requests: 5_000, perRole: 300 };
  let report: ContractReport;
  beforeAll(async () => {
    report = await contractOfHouse({ seed, rounds: 3, requests: size.requests });
    process.stderr.write(`${readable(report)}\n`);
  }, 1_800_000);
  claimContract(() => report, size);
});
