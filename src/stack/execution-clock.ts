import { randomUUID } from 'node:crypto';
import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { instant, type Instant } from '../terms/index.js';
import type { TemporalAccess } from './temporal-client.js';

const DONE_STATES = 10_000;

/** Where an execution stands: its own business time, and whether it is doing something right now. */
export interface ExecutionClock {
  readonly businessNow: Instant;
  readonly busy: boolean;
}

/** Null when there is no such running execution. */
export async function readExecutionClock(
  temporal: TemporalAccess,
  id: string,
): Promise<ExecutionClock | null> {
  try {
    const described = await temporal.client.workflow.getHandle(id).describe();
    if (described.status.name !== 'RUNNING') return null;
    const { currentTime } = described.raw.workflowExtendedInfo?.timeSkippingInfo ?? {};
    const virtual = currentTime
      ? Number(currentTime.seconds) * 1000 + (currentTime.nanos ?? 0) / 1e6
      : Date.now();
    const offset = Number(described.memo?.['offsetSeconds'] ?? 0) * 1000;
    const waiting = (described.raw.pendingActivities ?? []).some((each) => Number(each.attempt ?? 1) <= 1);
    // The server holds back a run that follows another within a second: nothing is pending, and it has not begun.
    const heldBack = described.historyLength <= 1;
    return {
      businessNow: instant(Math.floor(virtual + offset)),
      busy: Boolean(described.raw.pendingWorkflowTask) || waiting || heldBack,
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Moves one execution's clock forward, and waits until it is there. Its timers fire on the way, as they would have. */
export async function fastForward(temporal: TemporalAccess, id: string, byMs: number): Promise<void> {
  const seconds = Math.ceil(byMs / 1000);
  if (seconds <= 0) return;
  const fastForwardId = randomUUID();
  const { connection, namespace } = temporal;
  const workflowExecution = { workflowId: id };
  try {
    await connection.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution,
      updateMask: { paths: ['time_skipping_config'] },
      workflowExecutionOptions: {
        timeSkippingConfig: {
          enabled: true,
          fastForwardConfig: { id: fastForwardId, duration: { seconds: seconds as never } },
        },
      },
    });
    await connection.withDeadline(Date.now() + DONE_STATES, () =>
      connection.workflowService.pollWorkflowExecutionTimeSkipping({
        namespace,
        workflowExecution,
        fastForwardId,
      }),
    );
  } catch (error) {
    // The case may have ended, or begun a new run, on the way: the caller looks again.
    if (!isGrpcServiceError(error)) throw error;
  }
}
