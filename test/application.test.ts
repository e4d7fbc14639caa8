import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type TestHouse } from './support/house.js';
import { atCounter, type Counter } from './support/counter.js';

let house: TestHouse;
let counter: Counter;
beforeAll(async () => {
  console.time('open');
  house = await openHouse();
  console.timeEnd('open');
  counter = atCounter(house);
});
afterAll(() => house.close());

describe('straight', () => {
  it('walks', async () => {
    console.time('walk');
    const caseNo = await counter.submit();
    console.timeLog('walk', 'submitted');
    await counter.investigate(caseNo);
    console.timeLog('walk', 'investigated');
    await counter.doDuty(caseNo, 'form_opinion');
    await counter.doDuty(caseNo, 'post_notice');
    console.timeLog('walk', 'notice');
    await counter.outlastNotice(caseNo);
    console.timeLog('walk', 'outlasted');
    await counter.doDuty(caseNo, 'county_opine');
    await counter.doDuty(caseNo, 'confirm');
    console.timeLog('walk', 'done');
    await house.quiet();
    const page = await counter.page(caseNo);
    console.log(page.state, page.decision);
    expect(page).toMatchObject({ state: 'in_benefit' });
  });
});
