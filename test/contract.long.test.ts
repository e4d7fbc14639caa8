import { beforeAll, describe } from 'vitest';
import { claimContract } from './support/contract-claims.js';
import { contractOfHouse, readable, type HouseContract } from './support/contract-run.js';

/** Another seed each time it is given one: `CONTRACT_SEED=7 npm run test:long`. */
const seed = Number(process.env['CONTRACT_SEED'] ?? 20_260_302);

describe(`the API and its document, 5,000 requests from seed ${seed}`, () => {
  const size = { requests: 5_000, perRole: 300 };
  let contract: HouseContract;
  beforeAll(async () => {
    contract = await contractOfHouse({ seed, rounds: 8, requests: size.requests });
    process.stderr.write(`${readable(contract.report)}\n`);
  }, 1_800_000);
  claimContract(() => contract, size);
});
