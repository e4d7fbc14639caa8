import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCaseWorker } from '../src/stack/case-worker.js';
import { readRulebook } from '../src/stack/rulebook-files.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { seedTown } from './support/town.js';
import { createWalker } from './support/walk.js';

void createCaseWorker;
let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('record', () => {
  it('walks DB09 into benefit without Temporal', async () => {
    const town = await seedTown(database.admin);
    const walker = createWalker({ casefile: database.casefile, rulebook: readRulebook(), town });
    const caseNo = await walker.walkTo('in_benefit');
    expect(caseNo).toMatch(/^AP-/);
  });
});
