import proto from '@temporalio/proto';
import type { History } from '@temporalio/common/lib/proto-utils.js';

const EventType = proto.temporal.api.enums.v1.EventType;
const EventProto = proto.temporal.api.history.v1.HistoryEvent;
const HistoryProto = proto.temporal.api.history.v1.History;

/** Written by the simulated clock, never in production. */
const SIMULATED = [
  'EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED',
];

export interface Tally {
  /** Without those of the simulated clock. */
  readonly events: number;
  readonly simulatedEvents: number;
  /** As the server sends it, payloads encrypted, the simulated clock's events among them. */
  readonly bytes: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly bytesByType: Readonly<Record<string, number>>;
}

/** Counts the chain of runs of a case. */
export function tally(histories: readonly History[]): Tally {
  const byType: Record<string, number> = {};
  const bytesByType: Record<string, number> = {};
  let bytes = 0;
  for (const history of histories) {
    bytes += HistoryProto.encode(HistoryProto.fromObject(history)).finish().length;
    for (const event of history.events ?? []) {
      const type = EventType[event.eventType ?? 0] ?? 'unknown';
      byType[type] = (byType[type] ?? 0) + 1;
      bytesByType[type] =
        (bytesByType[type] ?? 0) + EventProto.encode(EventProto.fromObject(event)).finish().length;
    }
  }
  const all = Object.values(byType).reduce((sum, count) => sum + count, 0);
  const simulatedEvents = SIMULATED.reduce((sum, type) => sum + (byType[type] ?? 0), 0);
  return { events: all - simulatedEvents, simulatedEvents, bytes, byType, bytesByType };
}
