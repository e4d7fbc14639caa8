import { lockCase } from '../casefile/case-state.js';
import { requestsOf, unsentRequests, type RequestStanding } from '../casefile/evidence.js';
import { faultsOf, wasTaken } from '../casefile/lookups.js';
import { inCasefile, type Casefile, type Tx } from '../casefile/tx.js';
import { ConnectorFault } from '../departments/connector-fault.js';
import type { Accepted, Connector, Refused } from '../departments/connector.js';
import type { LookupItem, LookupRequest } from '../departments/contract.js';
import type { PlatformConnector } from '../departments/platform-connector.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import {
  dateAt,
  DomainError,
  endOf,
  NO_FAILPOINTS,
  rfc3339,
  type Failpoints,
  type Id,
  type Instant,
  type Source,
} from '../terms/index.js';
import { askedTogether } from './asked-together.js';
import { arrived, letOut, type Arrival, type Asking, type Leaving } from './lookup-gate.js';
import { inquiryOf } from './platform-inquiry.js';

export interface LookupDeps {
  readonly casefile: Casefile;
  readonly rulebook: () => Rulebook;
  readonly connectors: Readonly<Record<Source, Connector>>;
  /** By code; none where no place asks through one. */
  readonly platforms?: Readonly<Record<string, PlatformConnector>> | undefined;
  /** Where departments call back, without the source. */
  readonly callbackUrl: string;
  /** Business time. A question that is tried for days is let out by the signatures of the day, not of the first try. */
  readonly now?: () => Promise<Instant>;
  readonly failpoints?: Failpoints;
}

/** Everything that leaves in one message, and how it is sent; null where there is nobody to send it to. */
interface Message {
  readonly left: readonly Leaving[];
  /** A quota holds others back that would have left with them. */
  readonly held: boolean;
  readonly send: (() => Promise<Accepted | Refused>) | null;
  /** The house comes for the answer. */
  readonly collected: boolean;
}

/**
 * The gate to the departments, and the only caller of connectors. In this order: open case, person of the case, a
 * consent valid today for this source and these items, room in the quotas, an audited row – and only then the question
 * leaves. Questions that a platform passes on leave together, each through the same gate.
 */
export function createLookupActivities({ casefile, now, failpoints = NO_FAILPOINTS, ...deps }: LookupDeps) {
  /**
   * `over_quota`: it waits; ask again when the day is over, or when somebody let it go.
   * @throws {ConnectorFault} when it is not known whether the question arrived: try again with the same id
   */
  async function askDepartment(
    given: Asking,
  ): Promise<'accepted' | 'to_collect' | 'refused' | 'not_needed' | 'no_ground' | 'over_quota'> {
    const asked = { ...given, at: latest(given.at, await now?.()) };
    const acting = { actor: 'system:verification', on: dateAt(asked.at), caseNo: asked.record } as const;
    const faults = (requestId = asked.requestId) =>
      inCasefile(casefile, acting, (tx) => faultsOf(tx, requestId));
    const leaving = await inCasefile(casefile, acting, async (tx) => {
      const prepared = await prepare(tx, asked, deps);
      if (typeof prepared !== 'string') failpoints.pass('lookup.before_leaving_commit');
      return prepared;
    }).catch(async (error: unknown) => {
      // Nothing has left, so nothing is on record.
      throw error instanceof ConnectorFault ? error.counted((await faults()) + 1) : error;
    });
    if (typeof leaving === 'string') return leaving;
    failpoints.pass('lookup.after_leaving_commit');
    const { left, held, send, collected } = leaving;
    const note = (phase: Arrival['phase'], code: string | null, fileId?: string) =>
      inCasefile(casefile, acting, async (tx) => {
        for (const { row, attempt } of left)
          await arrived(
            tx,
            { ...asked, requestId: row.id },
            { phase, code, attempt, source: row.source, fileId },
          );
        if (phase === 'accepted') failpoints.pass('lookup.before_accepted_commit');
      });
    try {
      // A source or a platform whose file is gone: nothing leaves, an operator looks.
      if (!send) {
        await note('refused', 'no_connector');
        return 'refused';
      }
      const answer = await send();
      failpoints.pass('lookup.after_send');
      if (answer.kind === 'refused') await note('refused', `http_${answer.status}`);
      else await note('accepted', null, answer.fileId);
      failpoints.pass('lookup.after_accepted_commit');
      // Of those that leave together some left and some wait: whoever asked comes again for these.
      if (held) return 'over_quota';
      return answer.kind === 'accepted' && collected ? 'to_collect' : answer.kind;
    } catch (error) {
      if (!(error instanceof ConnectorFault)) throw error;
      await note('failed', error.fault);
      // By the record: Temporal also counts workers that died and a Postgres that was away.
      throw error.counted(await faults(left[0]?.row.id));
    }
  }
  return { askDepartment };
}

/** The clock of a case may be ahead of the house's for a moment, and a first try is behind after days. */
const latest = (at: Instant, now: Instant | undefined): Instant => (now !== undefined && now > at ? now : at);

export type LookupActivities = ReturnType<typeof createLookupActivities>;

async function prepare(
  tx: Tx,
  { record: caseNo, requestId, at }: Asking,
  { callbackUrl, connectors, rulebook, platforms = {} }: Omit<LookupDeps, 'casefile' | 'failpoints'>,
): Promise<Message | 'accepted' | 'to_collect' | 'not_needed' | 'no_ground' | 'over_quota'> {
  const state = await lockCase(tx, caseNo);
  const requests = await requestsOf(tx, caseNo);
  const row = requests.find((each) => each.id === requestId);
  if (!row) throw new DomainError('not_found');
  const { via } = row;
  const collected = via === null && connectors[row.source]?.collect !== undefined;
  const asked = via === null ? [row] : await stillTogether(tx, requests, row);
  if (!state.open || asked.every(({ outcome }) => outcome !== null)) return 'not_needed';
  // It has the question: whoever wrote that down died before Temporal heard of it, or the way to its answer began anew.
  if (via === null && (await wasTaken(tx, requestId))) return collected ? 'to_collect' : 'accepted';
  // Before anything is written: what is not sent has not left.
  (via === null ? connectors[row.source] : platforms[via])?.ready?.();
  const left: Leaving[] = [];
  let held = false;
  for (const each of asked) {
    const leaving = await letOut(tx, { state, row: each, at, rulebook: rulebook() });
    if (leaving === 'over_quota') held = true;
    else if (leaving) left.push(leaving);
  }
  const [first] = left;
  if (!first) return held ? 'over_quota' : 'no_ground';
  if (via !== null) {
    const platform = platforms[via];
    const inquiry = inquiryOf(via, left, callbackUrl);
    return { left, held, collected, send: platform ? () => platform.ask(inquiry) : null };
  }
  const connector = connectors[row.source];
  return {
    left,
    held,
    collected,
    send: connector ? () => connector.ask(question(first, callbackUrl)) : null,
  };
}

/** Of the questions that leave together with this one, those that nobody has taken yet. */
async function stillTogether(
  tx: Tx,
  requests: readonly RequestStanding[],
  row: RequestStanding,
): Promise<RequestStanding[]> {
  const unsent = new Set((await unsentRequests(tx, row.caseNo)).map(({ id }) => id));
  return requests.filter((each) => unsent.has(each.id) && askedTogether(each, row));
}

const question = ({ row, consentHash, subject }: Leaving, callbackUrl: string): LookupRequest => ({
  requestId: row.id as Id,
  source: row.source,
  purpose: row.purpose,
  caseRef: row.caseRef,
  consentHash,
  items: row.items as LookupItem[],
  subject,
  callbackUrl: `${callbackUrl}/callbacks/${row.source}`,
  asOf: row.requestedOn,
  dueAt: rfc3339(endOf(row.dueOn)),
});
