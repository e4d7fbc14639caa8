import type { Database } from '../casefile/db.js';
import type { Check, Invariant, Read } from '../casefile/invariants/check.js';
import { together } from '../casefile/invariants/check.js';
import { oneWorkflowEach } from '../casefile/invariants/i01-applications.js';
import { noPersonalText, type PersonalScan } from '../casefile/invariants/i11-personal-text.js';
import { desksUp } from '../casefile/invariants/i13-next-step.js';
import { listRuns, textsOfRun, type ListedRun, type Opener } from './executions.js';
import { parity } from './parity.js';
import { PayloadRefused } from './payload-codec.js';
import type { TemporalAccess } from './temporal-client.js';
import { orUnknown, reasonOf } from './verify-unknown.js';

const RESTS_ON_TEMPORAL: readonly Invariant[] = ['I1', 'I2', 'I11', 'I13'];

export interface Listed {
  readonly checks: readonly Check[];
  /** Null when Temporal could not be asked; `checks` then says so. */
  readonly runs: readonly ListedRun[] | null;
}

/** Which workflows there are, against the snapshot that `read` looks at: listed after it, so that none is missed. */
export async function listWorkflows(read: Read, temporal: TemporalAccess | null): Promise<Listed> {
  if (!temporal) return unseen('there is no Temporal server to ask');
  try {
    const runs = await listRuns(temporal);
    return {
      runs,
      checks: [
        await orUnknown('I1', () => read.savepoint((inner) => oneWorkflowEach(inner, runs))),
        desksUp(runs),
      ],
    };
  } catch (error) {
    return unseen(`the Temporal server does not answer (${reasonOf(error)})`);
  }
}

/** Where workflows stand, and what their histories say. Takes long, and needs no snapshot. */
export async function askWorkflows(look: {
  reader: Database;
  temporal: TemporalAccess;
  runs: readonly ListedRun[];
  scan: PersonalScan;
}): Promise<Check[]> {
  const { reader, temporal, runs, scan } = look;
  return [
    await orUnknown('I2', () => parityCheck(reader, temporal)),
    await orUnknown('I11', () => historiesClean(temporal, runs, scan)),
  ];
}

const unseen = (unknown: string): Listed => ({
  runs: null,
  checks: RESTS_ON_TEMPORAL.map((invariant) => ({ invariant, checked: 0, findings: [], unknown })),
});

/** I2: parity of case row and workflow. */
async function parityCheck(reader: Database, temporal: TemporalAccess): Promise<Check> {
  const { checked, findings, unasked } = await parity(reader, temporal);
  const unknown =
    unasked.length === 0
      ? undefined
      : `no worker answered for ${unasked.slice(0, 5).join(', ')}${unasked.length > 5 ? ` and ${unasked.length - 5} more` : ''}`;
  return { invariant: 'I2', checked, findings: [...findings], unknown };
}

async function historiesClean(
  temporal: TemporalAccess,
  runs: readonly ListedRun[],
  scan: PersonalScan,
): Promise<Check> {
  const codec = codecOf(temporal);
  const checks: Check[] = [];
  for (const run of runs) checks.push(await historyClean(temporal, run, codec, scan));
  return together({ invariant: 'I11', checked: 0, findings: [] }, ...checks);
}

async function historyClean(
  temporal: TemporalAccess,
  run: ListedRun,
  codec: Opener,
  scan: PersonalScan,
): Promise<Check> {
  try {
    return noPersonalText(scan, await textsOfRun(temporal, run, codec));
  } catch (error) {
    if (!(error instanceof PayloadRefused)) throw error;
    return {
      invariant: 'I11',
      checked: 0,
      findings: [],
      unknown: `${run.workflowId} holds a payload that cannot be opened (${error.code})`,
    };
  }
}

/** Opens what the client of this installation would open. */
function codecOf({ client }: TemporalAccess): Opener {
  const codecs = client.options.loadedDataConverter.payloadCodecs.toReversed();
  return {
    decode: async (payloads, context) => {
      let plain = payloads;
      for (const codec of codecs) plain = await codec.decode(plain, context);
      return plain;
    },
  };
}
