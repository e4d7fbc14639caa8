import { beforeAll, describe } from 'vitest';
import { claimContract } from './support/contract-claims.js';
import { contractOfHouse, readable, type HouseContract } from './support/contract-run.js';

/** A seeded tenth of test/contract.long.test.ts. The seed stays, so that what failed fails again. */
describe('the API and its document, 500 requests', () => {
  const size = { requests: 500, perRole: 30 };
  let contract: HouseContract;
  beforeAll(async () => {
    contract = await contractOfHouse({ seed: 20_260_302, rounds: 1, requests: size.requests });
    process.stderr.write(`${readable(contract.report)}\n`);
  }, 500_000);
  claimContract(() => contract, size);
});
