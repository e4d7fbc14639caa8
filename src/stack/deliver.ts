import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { readCase } from '../casefile/case-state.js';
import { readCommand, refuseCommand } from '../casefile/commands.js';
import type { OutboxRow } from '../casefile/outbox.js';
import { inCasefile, type Casefile, type Tx } from '../casefile/tx.js';
import { APPLICATION } from '../policy/application.js';
import { admission } from '../policy/procedure.js';
import { dateAt, ERRORS, NO_FAILPOINTS, type CaseView, type Failpoints } from '../terms/index.js';
import type { BusinessTime } from './business-time.js';
import { deliverCommand, refreshCase, signalAnswer, startCase } from './dispatch.js';

export interface DeliveryDeps {
  readonly casefile: Casefile;
  readonly client: Client;
  readonly time: BusinessTime;
  /** Reads an answer that came for a case without a desk. */
  readonly readAnswer: (record: string, answerId: string) => Promise<CaseView>;
  readonly failpoints?: Failpoints;
}

/** `failed`: the desk was there and could not. `waiting`: nobody was. */
export type Delivered = 'done' | 'waiting' | 'failed';

/** Who waits for the first time does not wait long: whatever is behind it has not been tried at all. */
const FIRST_MS = 2_000;
const AGAIN_MS = 10_000;

/** Brings one promise of the outbox to where it belongs. */
export function createDelivery({
  casefile,
  client,
  time,
  readAnswer,
  failpoints = NO_FAILPOINTS,
}: DeliveryDeps) {
  const asSweep = <T>(caseNo: string, work: (tx: Tx) => Promise<T>) =>
    time.now().then((now) => inCasefile(casefile, { actor: 'system:sweep', on: dateAt(now), caseNo }, work));

  return async function deliver(row: OutboxRow): Promise<Delivered> {
    switch (row.topic) {
      case 'start': {
        // Temporal forgets what ended long ago; the record does not, and no closed case starts again.
        const { open } = await asSweep(row.caseNo, (tx) => readCase(tx, row.caseNo));
        if (open) await startCase(client, row.caseNo, await time.offsetSeconds());
        return 'done';
      }
      case 'command':
        return command(row);
      case 'refresh':
        await refreshCase(client, row.caseNo);
        return 'done';
      case 'answer': {
        if ((await signalAnswer(client, row.caseNo, row.refId)) === 'told') {
          failpoints.pass('sweep.after_signal');
          return 'done';
        }
        const { open } = await asSweep(row.caseNo, (tx) => readCase(tx, row.caseNo));
        if (open) return 'waiting';
        await readAnswer(row.caseNo, row.refId);
        return 'done';
      }
    }
  };

  async function command({ caseNo, refId, attempts }: OutboxRow): Promise<Delivered> {
    const before = await asSweep(caseNo, (tx) => readCommand(tx, refId));
    if (before.status === 'rejected') return 'done';
    if (before.status === 'applied') return readAgain(caseNo);
    const patience = attempts === 0 ? FIRST_MS : AGAIN_MS;
    const delivery = await deliverCommand(client, caseNo, { id: refId, kind: before.kind }, patience);
    if (delivery.kind === 'settled') return 'done';
    const { open, state } = await asSweep(caseNo, (tx) => readCase(tx, caseNo));
    if (delivery.kind === 'waiting' && open) return delivery.failed ? 'failed' : 'waiting';
    // A desk that stands elsewhere than its record may not refuse what the record admits: it reads the record again.
    if (open && admission(APPLICATION, state, before.kind) === 'possible') {
      await readAgain(caseNo);
      return 'waiting';
    }
    const code = delivery.kind === 'refused' ? delivery.code : 'case_closed';
    const now = await time.now();
    await asSweep(caseNo, (tx) => refuseCommand(tx, refId, { httpStatus: ERRORS[code].status, code }, now));
    return 'done';
  }

  /** By a Signal, which is in the history once it is sent; an Update is not before a worker has accepted it. */
  async function readAgain(caseNo: string): Promise<Delivered> {
    try {
      await refreshCase(client, caseNo);
      return 'done';
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      const { open } = await asSweep(caseNo, (tx) => readCase(tx, caseNo));
      return open ? 'waiting' : 'done';
    }
  }
}
