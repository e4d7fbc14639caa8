import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { createDataConverter } from './data-converter.js';
import { createPayloadCodec } from './payload-codec.js';
import type { Keys } from './keys.js';

export const dataConverterOf = (keys: Keys) =>
  createDataConverter(createPayloadCodec({ key: keys.payload, keyId: 'payload-1' }));

export interface TemporalAccess {
  readonly client: Client;
  readonly connection: Connection;
  readonly namespace: string;
  close(): Promise<void>;
}

/** A client that encrypts what it sends. The connection is lazy: an absent server is found out by the first call. */
export function openTemporal(options: { address: string; namespace: string; keys: Keys }): TemporalAccess {
  const connection = Connection.lazy({
    address: options.address,
    connectTimeout: '5 seconds',
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ initialIntervalMs }))],
  });
  const client = new Client({
    connection,
    namespace: options.namespace,
    dataConverter: dataConverterOf(options.keys),
  });
  return { client, connection, namespace: options.namespace, close: () => connection.close() };
}

const RESOURCE_EXHAUSTED = 8;
/**
 * A run that is just ending turns an Update away, and the next run takes it: a moment, not a burden. The server says so
 * with the code of an overload, after which the default waits almost two seconds. All else waits as the default does.
 */
function initialIntervalMs({ code, details }: { code: number; details: string }): number {
  if (code !== RESOURCE_EXHAUSTED) return 100;
  return details.includes('workflow is closing') ? 20 : 1_000;
}
