import { isGrpcServiceError } from '@temporalio/client';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Execution } from '../casefile/invariants/i01-applications.js';
import type { ReadableText } from '../casefile/invariants/i11-personal-text.js';
import { ENCRYPTED, PayloadRefused } from './payload-codec.js';
import type { TemporalAccess } from './temporal-client.js';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
type RunInfo = proto.temporal.api.workflow.v1.IWorkflowExecutionInfo;
const Status = proto.temporal.api.enums.v1.WorkflowExecutionStatus;
const STATUS_PREFIX = 'WORKFLOW_EXECUTION_STATUS_';
const CALL_MS = 10_000;

/** The half of the payload codec that reading needs. */
export type Opener = Pick<PayloadCodec, 'decode'>;

/** A run as Temporal lists it, with what it says there that anybody who may list could read. */
export interface ListedRun extends Execution {
  readonly info: RunInfo;
}

/** Open and retained runs of case workflows. Raw, so that a payload nobody can open does not stop the list. */
export async function listRuns(temporal: TemporalAccess): Promise<ListedRun[]> {
  const { connection, namespace } = temporal;
  const runs: ListedRun[] = [];
  await connection.ensureConnected();
  let nextPageToken = new Uint8Array();
  do {
    const page = await connection.withDeadline(Date.now() + CALL_MS, () =>
      connection.workflowService.listWorkflowExecutions({
        namespace,
        query: "WorkflowType = 'application'",
        pageSize: 500,
        nextPageToken,
      }),
    );
    for (const info of page.executions) runs.push(...(await unlessGone(() => listed(temporal, info))));
    nextPageToken = new Uint8Array(page.nextPageToken);
  } while (nextPageToken.length > 0);
  return runs;
}

const NOT_FOUND = 5;

/** The list is older than the executions: one that was deleted meanwhile says nothing any more. */
async function unlessGone<T>(look: () => Promise<T[]>): Promise<T[]> {
  try {
    return await look();
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return [];
    throw error;
  }
}

async function listed({ connection, namespace }: TemporalAccess, info: RunInfo): Promise<ListedRun[]> {
  const workflowId = info.execution?.workflowId ?? '';
  const runId = info.execution?.runId ?? '';
  const status = (Status[info.status ?? 0] ?? '').replace(STATUS_PREFIX, '');
  if (status !== 'RUNNING') return [{ workflowId, runId, status, taskAttempts: 0, info }];
  const described = await connection.withDeadline(Date.now() + CALL_MS, () =>
    connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId, runId } }),
  );
  return [{ workflowId, runId, status, taskAttempts: described.pendingWorkflowTask?.attempt ?? 0, info }];
}

/** Everything a run says, decoded: its listing and every event with payloads, ids, memo, attributes, failure texts. */
export async function textsOfRun(
  temporal: TemporalAccess,
  run: ListedRun,
  codec: Opener,
): Promise<ReadableText[]> {
  const { workflowId } = run;
  const events = await unlessGone(() => eventsOf(temporal, run));
  const told = events.map((event) => textsOf(`${workflowId}#${String(event.eventId)}`, event, codec));
  return (await Promise.all([textsOf(`${workflowId} listed`, run.info, codec), ...told])).flat();
}

async function eventsOf(
  { connection, namespace }: TemporalAccess,
  { workflowId, runId }: ListedRun,
): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextPageToken = new Uint8Array();
  do {
    const page = await connection.withDeadline(Date.now() + CALL_MS, () =>
      connection.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: { workflowId, runId },
        nextPageToken,
      }),
    );
    events.push(...(page.history?.events ?? []));
    nextPageToken = new Uint8Array(page.nextPageToken);
  } while (nextPageToken.length > 0);
  return events;
}

/**
 * Every text inside a message, payloads opened.
 * @throws {PayloadRefused} for an encrypted payload that this installation cannot open
 */
export async function textsOf(where: string, message: unknown, codec: Opener): Promise<ReadableText[]> {
  const texts: ReadableText[] = [];
  const visit = async (path: string, value: unknown): Promise<void> => {
    if (typeof value === 'string') texts.push({ where: `${where} ${path}`, text: value });
    else if (isPayload(value)) texts.push({ where: `${where} ${path}`, text: await opened(value, codec) });
    else if (Array.isArray(value))
      for (const [index, item] of value.entries()) await visit(`${path}[${index}]`, item);
    else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const [name, item] of Object.entries(value)) {
        // A key is text too: a header or a memo field is named by whoever wrote it.
        texts.push({ where: `${where} ${path}`, text: name });
        await visit(path === '' ? name : `${path}.${name}`, item);
      }
    }
  };
  await visit('', message);
  return texts.filter(({ text }) => text !== '');
}

const isPayload = (value: unknown): value is Payload =>
  typeof value === 'object' &&
  value !== null &&
  'data' in value &&
  value.data instanceof Uint8Array &&
  'metadata' in value;

/** Empty bytes come out of protobuf as an empty plain array. */
const textIn = (bytes: ArrayLike<number> | null | undefined): string =>
  new TextDecoder().decode(Uint8Array.from(bytes ?? []));

async function opened(payload: Payload, codec: Opener): Promise<string> {
  if (textIn(payload.metadata?.['encoding']) !== ENCRYPTED) return textIn(payload.data);
  const [plain] = await codec.decode([payload]);
  if (!plain) throw new PayloadRefused('damaged');
  return textIn(plain.data);
}
