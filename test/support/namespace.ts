import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';

/** A namespace of one's own: case numbers begin anew in every test database, and must not meet on the server. */
export async function freshNamespace(address: string): Promise<string> {
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    for (let tries = 0; tries < 400; tries += 1) {
      try {
        await connection.workflowService.describeNamespace({ namespace });
        await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
        return namespace;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
    throw new Error('the namespace did not appear');
  } finally {
    await connection.close();
  }
}
