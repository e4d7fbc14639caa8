import { fileURLToPath } from 'node:url';
import type { DataConverter, PayloadCodec } from '@temporalio/common';

/** For `bundleWorkflowCode`, and for a replayer that reads decoded histories and therefore has no codec. */
export const failureConverterPath = fileURLToPath(
  new URL('../workflows/failure-converter.js', import.meta.url),
);

/**
 * The one data converter, for every client and every worker. The worker also bundles the failure converter into
 * the workflow sandbox, so it is given as a path.
 */
export const createDataConverter = (codec: PayloadCodec) =>
  ({ payloadCodecs: [codec], failureConverterPath }) satisfies DataConverter;
