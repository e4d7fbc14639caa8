import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { bundleWorkflows } from '../../src/stack/case-worker.js';

/** The workflows as one script, made once per run of the tests (test/stack.ts says where it is kept). */
export async function workflowBundle(): Promise<{ code: string }> {
  const path = process.env['TEST_WORKFLOW_BUNDLE'];
  if (!path) throw new Error('TEST_WORKFLOW_BUNDLE is set by test/stack.ts');
  if (!existsSync(path)) {
    const { code } = await bundleWorkflows();
    await writeFile(`${path}.${process.pid}`, code);
    await rename(`${path}.${process.pid}`, path);
  }
  return { code: await readFile(path, 'utf8') };
}
