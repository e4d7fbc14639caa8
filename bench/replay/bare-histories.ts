import { Client, Connection } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import { freshNamespace } from '../../test/support/namespace.js';
import { stepActivities, stepsFor } from '../bare/step-activities.js';

/** Runs the bare workflow once for each length and fetches what the server wrote. */
export async function bareHistories(options: {
  readonly address: string;
  readonly workflowBundle: WorkflowBundle;
  /** In events. */
  readonly lengths: readonly number[];
}): Promise<History[]> {
  const { address, workflowBundle, lengths } = options;
  const namespace = await freshNamespace(address);
  const connection = await NativeConnection.connect({ address });
  const clientConnection = await Connection.connect({ address });
  try {
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: 'steps',
      workflowBundle,
      activities: stepActivities,
    });
    const { workflow } = new Client({ connection: clientConnection, namespace });
    return await worker.runUntil(async () => {
      const histories: History[] = [];
      for (const [index, length] of lengths.entries()) {
        const handle = await workflow.start('steps', {
          workflowId: `steps/${index}`,
          taskQueue: 'steps',
          args: [stepsFor(length)],
        });
        await handle.result();
        histories.push(await handle.fetchHistory());
      }
      return histories;
    });
  } finally {
    await connection.close();
    await clientConnection.close();
  }
}
