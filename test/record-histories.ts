import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textsOf } from '../src/stack/executions.js';
import { personalScan } from '../src/stack/personal-scan.js';
import { atCounter } from './support/counter.js';
import { runsOf } from './support/executions.js';
import { openHouse, type TestHouse } from './support/house.js';
import { historyText, openHistory } from './support/history-file.js';
import { journeys } from './support/journeys.js';
import setup from './stack.js';

/**
 * Records the histories that every test run replays: `node --import tsx test/record-histories.ts`.
 * Record anew when a change of the workflows is meant to be incompatible and no case is under way; otherwise patch.
 */
const FOLDER = fileURLToPath(new URL('histories/application/', import.meta.url));
const PLANTED = ['张守田', '李长河', '砖木结构', '李某某', '反映该户', '复查', '情况属实', '户口簿'];
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function save(house: TestHouse, way: string, caseNo: string): Promise<void> {
  const scan = personalScan(PLANTED);
  const plain = {
    decode: (payloads: Parameters<Parameters<typeof textsOf>[2]['decode']>[0]) => Promise.resolve(payloads),
  };
  for (const [index, run] of (await runsOf(house.temporal, caseNo)).entries()) {
    const { history } = run;
    await openHistory(history, house.temporal);
    for (const { where, text } of await textsOf(way, history, plain))
      if (scan(text).length > 0) throw new Error(`${where} speaks of a person: it is not kept`);
    const text = historyText(history);
    const name = `${way}-${index + 1}.json`;
    await writeFile(join(FOLDER, name), text);
    say(`${name}: ${history.events?.length ?? 0} events, ${text.length} bytes`);
  }
}

const stop = await setup();
try {
  const house = await openHouse();
  try {
    await mkdir(FOLDER, { recursive: true });
    for (const name of await readdir(FOLDER)) await rm(join(FOLDER, name));
    const ways = journeys(house, atCounter(house));
    await save(house, 'straight', await ways.straight());
    await save(house, 'refusal', await ways.refusal());
    await save(house, 'objection', await ways.objection());
    await save(house, 'supplement', await ways.supplement());
    await save(house, 'silence', await ways.silence());
  } finally {
    await house.close();
  }
} finally {
  await stop();
}
