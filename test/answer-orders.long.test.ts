import { afterAll, beforeAll, it } from 'vitest';
import { expectOneOutcome } from './support/answer-orders.js';
import { openTestRecord, type TestRecord } from './support/record.js';

let world: TestRecord;
beforeAll(async () => {
  world = await openTestRecord();
});
afterAll(() => world.database.drop());

it(
  'T12: 1,000 orders of answers come to what they come to in order',
  () => expectOneOutcome(world, { orders: 1_000 }),
  1_800_000,
);
