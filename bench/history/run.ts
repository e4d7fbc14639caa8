import { atCounter } from '../../test/support/counter.js';
import { runsOf } from '../../test/support/executions.js';
import { openHouse } from '../../test/support/house.js';
import { journeys } from '../../test/support/journeys.js';
import { db09Shape } from '../orchestration/db09-shape.js';
import { ROUNDS } from '../interleave.js';
import { measureOf, median, meets, roundOf } from '../measure.js';
import type { Findings } from '../result.js';
import { progress, withServers } from '../servers.js';
import { minimumEvents } from './minimum.js';
import { tally, type Tally } from './tally.js';

const BYTES = { atMost: 64 * 1024 };

/** DB09 goes its straight way through a whole house; its histories are counted. */
export const history = (): Promise<Findings> =>
  withServers(async () => {
    const shape = db09Shape();
    const least = minimumEvents(shape, 'shared');
    const own = minimumEvents(shape, 'own');
    const tallies: Tally[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // A house of its own: the journey takes weeks, and the next would declare the income of another year.
      const house = await openHouse();
      try {
        const { straight } = journeys(house, atCounter(house));
        const runs = await runsOf(house.temporal, await straight());
        const counted = tally(runs.map((run) => run.history));
        progress(`${runs.length} runs, ${counted.events} events, ${counted.bytes} bytes`);
        tallies.push(counted);
      } finally {
        await house.close();
      }
    }
    const against = (minimum: number) => tallies.map(({ events }) => roundOf('ours', events, minimum));
    const bytes = median(tallies.map((each) => each.bytes));
    return {
      chief: measureOf(
        'events of DB09, over its runs, against the least possible',
        'events',
        against(least),
        {
          atMost: 1.25,
        },
      ),
      beside: [measureOf('the same, if nothing that happens shared a workflow task', 'events', against(own))],
      demands: [
        {
          what: 'history of DB09 in all',
          value: bytes,
          unit: 'bytes',
          goal: BYTES,
          met: meets(bytes, BYTES),
        },
      ],
      notes: [
        'the minimum is computed from the table by bench/history/minimum.ts, which says what it counts; it does not vary',
        'events of the simulated clock are counted apart; bytes are those the server sends, with them and with encrypted payloads',
      ],
      details: { shape, minimum: { shared: least, own }, tallies },
    };
  });
