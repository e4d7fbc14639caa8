import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { failureConverterPath } from '../src/stack/data-converter.js';
import { personalScan } from '../src/stack/personal-scan.js';
import { workflowBundle } from '../src/stack/workflow-bundle.js';
import { historyFrom } from './support/history-file.js';
import { keepSdkLines } from './support/sdk-log.js';

const FOLDER = fileURLToPath(new URL('histories/application/', import.meta.url));
const TWIN = fileURLToPath(new URL('fixtures/broken-twin/workflows.ts', import.meta.url));
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** Replays as a worker would after a release; no codec, for the files are open. @returns what each failed with */
async function replay(workflowBundle: { code: string }): Promise<Record<string, string | null>> {
  const histories = names.map((name) => ({
    workflowId: `application/${name}`,
    history: historyFrom(textOf(name)),
  }));
  const results: Record<string, string | null> = {};
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle, dataConverter: { failureConverterPath } },
    histories,
  ))
    results[workflowId.slice('application/'.length)] = error ? error.name : null;
  return results;
}

beforeAll(() => keepSdkLines());

describe('recorded histories', () => {
  it('are there for every way through the procedure', () => {
    const ways = new Set(names.map((name) => name.replace(/-\d+\.json$/, '')));
    expect([...ways].toSorted()).toEqual([
      'appraised',
      'disputed',
      'drawn',
      'few-hands',
      'moved',
      'moved-early',
      'neglected',
      'objection',
      'posted-refusal',
      'proxy',
      'refusal',
      'refused-by-township',
      'reported',
      'silence',
      'split',
      'straight',
      'supplement',
      'terminated',
      'undisputed',
      'unsupplied',
      'withdrawn-at-opening',
    ]);
  });

  it('still fit the workflows', async () => {
    expect(await replay(await workflowBundle())).toEqual(
      Object.fromEntries(names.map((name) => [name, null])),
    );
  });

  it('do not fit a twin with one step more: the replay can fail', async () => {
    const logger = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
    const twin = await bundleWorkflowCode({ workflowsPath: TWIN, failureConverterPath, logger });
    expect(await replay(twin)).toEqual(
      Object.fromEntries(names.map((name) => [name, 'DeterminismViolationError'])),
    );
  });

  it.each(names)('%s is open, small, and about nobody', (name) => {
    const text = textOf(name);
    const payloads = [...text.matchAll(/"data":"([^"]*)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString('utf8'),
    );
    expect(text).not.toContain(Buffer.from('binary/encrypted').toString('base64'));
    expect(text.length).toBeLessThan(150_000);
    expect([text, ...payloads].flatMap(personalScan())).toEqual([]);
  });
});
