import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  ANSWER_SIGNAL,
  CASES_QUEUE,
  COMMAND_UPDATE,
  REFRESH_SIGNAL,
  workflowId,
  type CaseNo,
  type CommandMessage,
  type CommandReceipt,
  type DeskInput,
  type ErrorCode,
} from '../terms/index.js';
import { ERRORS } from '../terms/index.js';

export type Delivery =
  | { readonly kind: 'settled' }
  | { readonly kind: 'waiting'; readonly failed?: true }
  | { readonly kind: 'refused'; readonly code: ErrorCode };

const isErrorCode = (code: string): code is ErrorCode => code in ERRORS;

/** A server that is away must not hold up what else waits for delivery. */
const CALL_MS = 10_000;

/** Starts the workflow of a case. A workflow that runs, or has run, is left alone: the record guards the rest. */
export async function startCase(client: Client, record: string, offsetSeconds: number): Promise<void> {
  const input: DeskInput = { version: 1, procedure: 'application', record, offsetSeconds };
  try {
    await client.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow.start('application', {
        workflowId: workflowId('application', record as CaseNo),
        taskQueue: CASES_QUEUE,
        args: [input],
        // `clock advance` needs it to know how far an execution's own clock has come.
        memo: { offsetSeconds },
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/**
 * Brings one stored command to its desk. The Update carries the command's id and kind and nothing else; its id is
 * the command's, so a repetition inside one run is the same Update.
 */
export async function deliverCommand(
  client: Client,
  record: string,
  command: CommandMessage,
  timeoutMs: number,
): Promise<Delivery> {
  const handle = client.workflow.getHandle(workflowId('application', record as CaseNo));
  try {
    const receipt = await client.withDeadline(Date.now() + timeoutMs, () =>
      handle.executeUpdate<CommandReceipt, [CommandMessage]>(COMMAND_UPDATE, {
        args: [command],
        updateId: command.id,
      }),
    );
    return receipt.status === 'waiting' ? { kind: 'waiting', failed: true } : { kind: 'settled' };
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) {
      const cause = error.cause;
      if (cause instanceof ApplicationFailure && cause.type && isErrorCode(cause.type))
        return { kind: 'refused', code: cause.type };
      return { kind: 'waiting' };
    }
    if (
      error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
      error instanceof WorkflowNotFoundError ||
      isGrpcServiceError(error)
    )
      return { kind: 'waiting' };
    throw error;
  }
}

/** Tells the desk that an answer is stored. A closed case has no desk: its answers are read by the sweep. */
export async function signalAnswer(
  client: Client,
  record: string,
  answerId: string,
): Promise<'told' | 'no_desk'> {
  try {
    const handle = client.workflow.getHandle(workflowId('application', record as CaseNo));
    await client.withDeadline(Date.now() + CALL_MS, () => handle.signal(ANSWER_SIGNAL, answerId));
    return 'told';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'no_desk';
    throw error;
  }
}

/** Asks a desk to read its record again. Where there is none, the next one begins by reading it. */
export async function refreshCase(client: Client, record: string): Promise<'told' | 'no_desk'> {
  try {
    const handle = client.workflow.getHandle(workflowId('application', record as CaseNo));
    await client.withDeadline(Date.now() + CALL_MS, () => handle.signal(REFRESH_SIGNAL));
    return 'told';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'no_desk';
    throw error;
  }
}
