import { Connection, isGrpcServiceError } from '@temporalio/client';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { OLDEST_SERVER, isNewEnough } from './temporal-cli-version.js';

/** What a running server is, and whether its clock can be moved. */
export interface TemporalFacts {
  readonly address: string;
  /** Such as `1.32.0`. */
  readonly serverVersion: string;
  readonly timeSkipping: boolean;
}

const [NOT_FOUND, UNIMPLEMENTED] = [5, 12];

/**
 * Asks a running server who it is. Time skipping has no flag among the capabilities, so it is tried on an execution
 * that does not exist: a server that can skip looks for it, one that cannot says so first.
 * @throws {DependencyUnavailable} when nothing answers at the address within 5 s, or the namespace is not there.
 */
export async function inspectTemporal(address: string, namespace = 'default'): Promise<TemporalFacts> {
  const connection = await Connection.connect({ address, connectTimeout: 5_000 }).catch((error: unknown) => {
    throw new DependencyUnavailable(`no Temporal server answers at ${address}`, { cause: error });
  });
  try {
    const { serverVersion } = await connection.workflowService.getSystemInfo({});
    return { address, serverVersion, timeSkipping: await canSkip(connection, namespace) };
  } finally {
    await connection.close();
  }
}

async function canSkip(connection: Connection, namespace: string): Promise<boolean> {
  const request = {
    namespace,
    workflowExecution: { workflowId: 'onedoor-time-skipping-probe' },
    fastForwardId: 'probe',
  };
  try {
    await connection.withDeadline(Date.now() + 5_000, () =>
      connection.workflowService.pollWorkflowExecutionTimeSkipping(request),
    );
    return true;
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    if (Number(error.code) === UNIMPLEMENTED) return false;
    if (Number(error.code) !== NOT_FOUND) throw error;
    if (!error.details.includes('workflow')) throw namespaceMissing(namespace, error);
    return true;
  }
}

const namespaceMissing = (namespace: string, cause: unknown): DependencyUnavailable =>
  new DependencyUnavailable(`the Temporal server has no namespace ${namespace}`, { cause });

/**
 * Refuses a server that simulated mode cannot run on, naming it.
 * @throws {DependencyUnavailable} when it is older than 1.32 or does not skip time.
 */
export function requireTimeSkipping({ address, serverVersion, timeSkipping }: TemporalFacts): void {
  const server = `the Temporal server at ${address} (version ${serverVersion})`;
  if (!isNewEnough(serverVersion))
    throw new DependencyUnavailable(
      `${server} is older than ${OLDEST_SERVER}, so simulated mode cannot move its time`,
    );
  if (!timeSkipping)
    throw new DependencyUnavailable(
      `${server} does not skip time: start it with frontend.WorkflowTimeSkippingEnabled=true`,
    );
}
