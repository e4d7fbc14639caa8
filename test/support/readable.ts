import type { ReadableText } from '../../src/casefile/invariants/i11-personal-text.js';
import { listRuns, textsOfRun, type ListedRun, type Opener } from '../../src/stack/executions.js';
import type { TemporalAccess } from '../../src/stack/temporal-client.js';
import type { TestHouse } from './house.js';
import { sdkLines } from './sdk-log.js';

/** Opens what this house encrypted. */
export function openerOf({ client }: TemporalAccess): Opener {
  const [codec] = client.options.loadedDataConverter.payloadCodecs;
  if (!codec) throw new Error('the client has no codec');
  return codec;
}

export const textsOfExecution = (house: TestHouse, run: ListedRun): Promise<ReadableText[]> =>
  textsOfRun(house.temporal, run, openerOf(house.temporal));

/** Everything about a house that somebody outside its case file may come to read. */
export async function readableOutside(
  house: TestHouse,
): Promise<Readonly<Record<'temporal' | 'log' | 'sdk' | 'metrics', ReadableText[]>>> {
  const temporal: ReadableText[] = [];
  for (const run of await listRuns(house.temporal)) temporal.push(...(await textsOfExecution(house, run)));
  const lines = (name: string, texts: readonly string[]): ReadableText[] =>
    texts.map((text, at) => ({ where: `${name}:${at + 1}`, text }));
  return {
    temporal,
    log: lines('log', house.logLines),
    sdk: lines('sdk', sdkLines),
    metrics: lines('metrics', (await house.metrics.registry.metrics()).split('\n')),
  };
}
