import { Client, Connection } from '@temporalio/client';
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
  const connection = Connection.lazy({ address: options.address, connectTimeout: '5 seconds' });
  const client = new Client({
    connection,
    namespace: options.namespace,
    dataConverter: dataConverterOf(options.keys),
  });
  return { client, connection, namespace: options.namespace, close: () => connection.close() };
}
