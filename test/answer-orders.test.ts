import { afterAll, beforeAll, it } from 'vitest';
import { expectOneOutcome } from './support/answer-orders.js';
import { openTestRecord, type TestRecord } from './support/record.js';

let world: TestRecord;
beforeAll(async () => {
  world = await openTestRecord();
});
afterAll(() => world.database.drop());

it(
  'T12: what departments said comes to the same in whatever order and however often it is heard',
  () => expectOneOutcome(world, { orders: 100, seed: 20260305 }),
  240_000,
);
