import { it } from 'vitest';
import { atCounter } from './support/counter.js';
import { runsOf } from './support/executions.js';
import { openHouse } from './support/house.js';
import { journeys } from './support/journeys.js';
it('dbg', async () => {
  const house = await openHouse();
  const counter = atCounter(house);
  const ways = journeys(house, counter);
  const caseNo = await ways.objection();
  for (const run of await runsOf(house.temporal, caseNo)) {
    console.log(run.runId, run.status, run.history.events?.length);
    console.log((run.history.events ?? []).map((e) => Object.keys(e).find((k) => k.endsWith('Attributes'))?.replace('EventAttributes', '')).join(' '));
  }
  await house.close();
});
