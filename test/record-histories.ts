import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rulebook } from '../src/policy/rulebook-types.js';
import { textsOf } from '../src/stack/executions.js';
import { personalScan } from '../src/stack/personal-scan.js';
import { slowWays } from './branches/ways-clocks.js';
import { delegatedWays } from './branches/ways-delegated.js';
import { intakeWays } from './branches/ways-intake.js';
import { movingWays } from './branches/ways-moves.js';
import { verificationWays } from './branches/ways-verification.js';
import { atBranches, type Branches } from './support/branches.js';
import { atCounter } from './support/counter.js';
import { runsOf } from './support/executions.js';
import { openHouse, type TestHouse } from './support/house.js';
import { historyText, openHistory } from './support/history-file.js';
import { journeys } from './support/journeys.js';
import { rulebookWith } from './support/rulebook.js';
import setup from './stack.js';

/**
 * Records histories that every test run replays: `node --import tsx test/record-histories.ts [WAY …]`. Without names,
 * the ways that have none yet. A history that is kept is never written over: what no longer replays says that running
 * cases would not either.
 */
const FOLDER = fileURLToPath(new URL('histories/application/', import.meta.url));
const PLANTED = [
  '张守田',
  '李长河',
  '周行远',
  '吴桂兰',
  '钱进',
  '砖木结构',
  '李某某',
  '反映该户',
  '复查',
  '情况属实',
  '户口簿',
];
const say = (line: string): void => void process.stderr.write(`${line}\n`);

type Way = (house: TestHouse, at: Branches) => Promise<string>;
interface Street {
  readonly rulebook: () => Rulebook;
  readonly ways: Readonly<Record<string, Way>>;
}
const DELEGATED = { confirmation_delegated: true, second_notice: true, second_notice_days: 3 };

/** Houses by the switches of their place; a house is opened when one of its ways is wanted. */
const STREETS: readonly Street[] = [
  {
    rulebook: () => rulebookWith(),
    ways: {
      straight: (house, at) => journeys(house, at).straight(),
      refusal: (house, at) => journeys(house, at).refusal(),
      objection: (house, at) => journeys(house, at).objection(),
      supplement: (house, at) => journeys(house, at).supplement(),
      silence: (house, at) => journeys(house, at).silence(),
      'withdrawn-at-opening': (house, at) => journeys(house, at).withdrawnAtOpening(),
    },
  },
  {
    rulebook: () => rulebookWith(),
    ways: {
      proxy: (house, at) => intakeWays(house, at).proxy(),
      unsupplied: (house, at) => intakeWays(house, at).unsupplied(),
      terminated: (house, at) => intakeWays(house, at).terminated(),
    },
  },
  {
    rulebook: () => rulebookWith({ refusals_posted: true, second_notice: true, second_notice_days: 3 }),
    ways: { 'posted-refusal': (house, at) => verificationWays(house, at).postedRefusal() },
  },
  {
    rulebook: () => rulebookWith(),
    ways: {
      disputed: (house, at) => verificationWays(house, at).disputed(),
      undisputed: (house, at) => verificationWays(house, at).undisputed(),
    },
  },
  {
    rulebook: () => rulebookWith(DELEGATED),
    ways: {
      appraised: (house, at) => delegatedWays(house, at).appraised(),
      drawn: (house, at) => delegatedWays(house, at).drawn(),
      'refused-by-township': (house, at) => delegatedWays(house, at).refused(),
      reported: (house, at) => delegatedWays(house, at).reported(),
    },
  },
  {
    rulebook: () => rulebookWith(),
    ways: {
      split: (house, at) => movingWays(house, at).split(),
      moved: (house, at) => movingWays(house, at).moved(),
      'moved-early': (house, at) => movingWays(house, at).movedEarly(),
    },
  },
  {
    rulebook: () => rulebookWith({ confirmation_delegated: true }),
    ways: {
      'few-hands': async (house, at) => {
        const caseNo = await movingWays(house, at).fewHands();
        await at.act('secondLeader', caseNo, 'decisions', {
          kind: 'confirm_delegated',
          reasonCode: 'agreed',
        });
        await at.conclude(caseNo);
        return caseNo;
      },
    },
  },
  {
    rulebook: () => rulebookWith({ confirmation_delegated: true }),
    ways: {
      neglected: async (house, at) => {
        const slow = slowWays(house, at);
        const caseNo = await slow.neglected();
        house.rulebook = rulebookWith();
        await slow.recovered(caseNo);
        return caseNo;
      },
    },
  },
];

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

await mkdir(FOLDER, { recursive: true });
const kept = new Set((await readdir(FOLDER)).map((name) => name.replace(/-\d+\.json$/, '')));
const named = process.argv.slice(2);
const wanted = (way: string): boolean => !kept.has(way) && (named.length === 0 || named.includes(way));

const stop = await setup();
try {
  for (const { rulebook, ways } of STREETS) {
    const open = Object.entries(ways).filter(([way]) => wanted(way));
    if (open.length === 0) continue;
    const house = await openHouse({ rulebook: rulebook() });
    try {
      const at = atBranches(house, atCounter(house));
      for (const [way, go] of open) await save(house, way, await go(house, at));
    } finally {
      await house.close();
    }
  }
} finally {
  await stop();
}
