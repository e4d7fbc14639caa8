import type { Payload, PayloadCodec } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import { ENCRYPTED } from '../../src/stack/payload-codec.js';
import type { TemporalAccess } from '../../src/stack/temporal-client.js';

const HistoryProto = proto.temporal.api.history.v1.History;

/** Who worked on it names a process and a machine. */
const MACHINES = ['identity', 'workerInstanceKey'];

/** Makes a fetched history one that can be replayed without keys: every payload opened, no machine named. */
export async function openHistory(history: History, { client }: TemporalAccess): Promise<void> {
  await open(history, client.options.loadedDataConverter.payloadCodecs.toReversed());
}

/** As it is kept in test/histories: one line for each event. */
export function historyText(history: History): string {
  const shape = { enums: String, longs: String, bytes: String };
  const { events } = HistoryProto.toObject(HistoryProto.fromObject(history), shape) as { events: unknown[] };
  return `{ "events": [\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n] }\n`;
}

/** The other way round. Not the SDK's own reader, which fails where npm installs a library of it twice. */
export const historyFrom = (text: string): History =>
  HistoryProto.fromObject(JSON.parse(text) as Record<string, unknown>);

/** In place: the messages know their own types, and copies would not. */
async function open(value: unknown, codecs: readonly PayloadCodec[]): Promise<void> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (isPayload(value)) return openPayload(value, codecs);
  for (const [name, item] of Object.entries(value)) {
    if (MACHINES.includes(name)) Object.assign(value, { [name]: 'recorded' });
    else await open(item, codecs);
  }
}

async function openPayload(payload: Payload, codecs: readonly PayloadCodec[]): Promise<void> {
  // What the SDK keeps for itself in a marker passes no codec.
  if (Buffer.from(payload.metadata?.['encoding'] ?? []).toString() !== ENCRYPTED) return;
  let plain: Payload[] = [{ ...payload }];
  for (const codec of codecs) plain = await codec.decode(plain);
  Object.assign(payload, plain[0]);
}

const isPayload = (value: unknown): value is Payload =>
  typeof value === 'object' &&
  value !== null &&
  'data' in value &&
  value.data instanceof Uint8Array &&
  'metadata' in value;
