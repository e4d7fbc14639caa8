import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { historyFrom } from '../../test/support/history-file.js';

const FOLDER = fileURLToPath(new URL('../../test/histories/', import.meta.url));

/** Every history that the tests replay. */
export const recordedHistories = (): History[] =>
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => historyFrom(readFileSync(join(FOLDER, name), 'utf8')));
