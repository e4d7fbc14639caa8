import { createBatchConnector, type BatchOptions } from './connector-batch.js';
import { createPollingConnector } from './connector-polling.js';
import { createHttpConnector, type Connector } from './connector.js';
import { sourceOf } from './sources.js';

/** The connector of a source, by the wire that its file chooses. */
export function connectorOf(options: BatchOptions): Connector {
  switch (sourceOf(options.source).wire) {
    case 'callback':
      return createHttpConnector(options);
    case 'polling':
      return createPollingConnector(options);
    case 'batch':
      return createBatchConnector(options);
  }
}
