import { fileURLToPath } from 'node:url';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode } from '@temporalio/worker';
import { failureConverterPath } from '../../src/stack/data-converter.js';
import { workflowBundle } from '../../src/stack/workflow-bundle.js';
import { quietSdk } from '../quiet-sdk.js';
import { interleave } from '../interleave.js';
import { measureOf, roundOf, type Goal, type Measure } from '../measure.js';
import type { Findings } from '../result.js';
import { progress, temporalAddress, withServers } from '../servers.js';
import { bareHistories } from './bare-histories.js';
import { recordedHistories } from './recorded.js';
import { eventsIn, replayRate } from './replay.js';

type Pick = (histories: readonly History[]) => readonly History[];

const PASSES = 3;
const STEPS = fileURLToPath(new URL('../bare/steps.workflow.ts', import.meta.url));
const silent = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** How fast a worker gets back what it knew of a case: after a restart, or when its cache was too small. */
export const replay = (): Promise<Findings> =>
  withServers(async () => {
    quietSdk();
    const recorded = recordedHistories();
    const lengths = recorded.map(({ events }) => events?.length ?? 0);
    const bareBundle = await bundleWorkflowCode({ workflowsPath: STEPS, logger: silent });
    const bare = await bareHistories({ address: temporalAddress(), workflowBundle: bareBundle, lengths });
    const ours = { workflowBundle: await workflowBundle(), dataConverter: { failureConverterPath } };
    const compare = async (what: string, pick: Pick, passes: number, goal: Goal | null): Promise<Measure> => {
      const [mine, theirs] = [pick(recorded), pick(bare)];
      const bareOptions = { workflowBundle: bareBundle };
      await replayRate(ours, mine, 1);
      await replayRate(bareOptions, theirs, 1);
      const pairs = await interleave({
        ours: () => replayRate(ours, mine, passes),
        bare: () => replayRate(bareOptions, theirs, passes),
      });
      const rounds = pairs.map((pair) => roundOf(pair.first, pair.ours, pair.bare));
      progress(`${what}: ${rounds.map(({ ratio }) => ratio.toFixed(2)).join(' ')}`);
      return measureOf(what, 'events/s', rounds, goal);
    };
    const longest = lengths.indexOf(Math.max(...lengths));
    return {
      chief: await compare('events replayed', (all) => all, PASSES, { atLeast: 0.9 }),
      beside: [
        await compare(
          `events replayed of the longest history alone, ${lengths[longest]} events`,
          (all) => all.slice(longest, longest + 1),
          PASSES * 20,
          null,
        ),
      ],
      notes: [
        `${recorded.length} recorded histories of ${eventsIn(recorded)} events against bare ones of ${eventsIn(bare)}, each ${PASSES} times a round`,
        'recorded histories are open, so neither side decrypts; the start of the replaying worker is not counted',
      ],
      details: { lengths, bareLengths: bare.map(({ events }) => events?.length ?? 0), passes: PASSES },
    };
  });
