import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { failureConverterPath } from '../../../src/stack/data-converter.js';
import { workflowBundle } from '../../../src/stack/workflow-bundle.js';
import { runsOf } from '../executions.js';
import { historyText, openHistory } from '../history-file.js';
import { keepSdkLines } from '../sdk-log.js';
import type { Findings } from './checks.js';
import type { Town } from './town.js';

/**
 * What every run of every case left behind can be performed again by a worker that knows nothing else: one that could not
 * would stand still at its next event. A history that cannot is kept in a file.
 */
export async function historiesReplay(town: Town, caseNos: readonly string[]): Promise<Findings> {
  keepSdkLines();
  const texts = new Map<string, string>();
  async function* histories() {
    for (const caseNo of caseNos)
      for (const [nth, { history }] of (await runsOf(town.temporal, caseNo)).entries()) {
        await openHistory(history, town.temporal);
        const workflowId = `${caseNo}-run-${nth + 1}`;
        texts.set(workflowId, historyText(history));
        yield { workflowId, history };
      }
  }
  const findings: string[] = [];
  let replayed = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: await workflowBundle(), dataConverter: { failureConverterPath } },
    histories(),
  )) {
    replayed += 1;
    if (error) {
      const file = join(tmpdir(), `onedoor-${workflowId}.json`);
      await writeFile(file, texts.get(workflowId) ?? '');
      findings.push(`${workflowId} cannot be performed again (${file}): ${error.message.slice(0, 300)}`);
    }
    texts.delete(workflowId);
  }
  return { checked: { replayed }, findings };
}
