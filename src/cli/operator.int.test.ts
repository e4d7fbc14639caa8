import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { park } from '../casefile/parked.js';
import { inCasefile } from '../casefile/tx.js';
import { tellOfUnmatched } from '../casefile/unmatched.js';
import { plainDate, type CaseNo } from '../terms/index.js';
import { freshNamespace } from '../../test/support/namespace.js';
import { onedoor } from '../../test/support/program.js';
import { openTestRecord, type TestRecord } from '../../test/support/record.js';
import { on } from '../../test/support/walk.js';

/** What an operator types when something was set aside, as programs of their own over a case file. */
let world: TestRecord;
let env: Record<string, string>;
let caseNo: CaseNo;
const ref = randomUUID();
const [DAY, PLATFORM] = ['2026-03-05', 'provincial_platform'];

beforeAll(async () => {
  world = await openTestRecord();
  const { keys, urls } = world.database;
  const server = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
  env = {
    ONEDOOR_STATE_DIR: await mkdtemp(join(tmpdir(), 'onedoor-operator-')),
    DATABASE_APP_URL: urls.appUrl,
    DATABASE_READER_URL: urls.readerUrl,
    TEMPORAL_ADDRESS: server,
    TEMPORAL_NAMESPACE: await freshNamespace(server),
    ONEDOOR_FIELD_KEY: Buffer.from(keys.field).toString('base64'),
    ONEDOOR_INDEX_KEY: Buffer.from(keys.index).toString('base64'),
    ONEDOOR_PAYLOAD_KEY: Buffer.from(keys.payload).toString('base64'),
  };
  caseNo = await world.walker.submit();
  const aside = { topic: 'answer', caseNo, refId: ref, reason: 'crypto_failed', at: on(DAY) } as const;
  await world.walker.inside(caseNo, DAY, (tx) => park(tx, aside));
  await inCasefile(world.database.casefile, { actor: 'system:answers', on: plainDate(DAY) }, async (tx) => {
    for (const source of ['bank', PLATFORM]) await tellOfUnmatched(tx, source, on(DAY));
  });
});
afterAll(async () => {
  await rm(env['ONEDOOR_STATE_DIR'] ?? '', { recursive: true });
  await world.database.drop();
});
const run = (...args: string[]) => onedoor(args, env);
const openTasks = async (): Promise<string[]> =>
  (
    await world.database.reader.sql<{ kind: string; source: string | null }[]>`
      SELECT kind, params ->> 'source' AS source FROM tasks WHERE role = 'operator' AND done_at IS NULL ORDER BY id`
  ).map(({ kind, source }) => [kind, source].filter(Boolean).join(' '));

it('what was set aside is listed with its reason, and the exit says that there is something', async () => {
  const { exit, stdout } = await run('parked', 'list', '--json');
  expect({ exit, parked: JSON.parse(stdout) as unknown }).toEqual({
    exit: 1,
    parked: [
      {
        caseNo,
        topic: 'answer',
        ref,
        tries: 0,
        reason: 'crypto_failed',
        since: expect.any(String) as string,
      },
    ],
  });
});

it('it is let go, once; that no desk was told is said', async () => {
  expect(await openTasks()).toContain('delivery_parked');
  const first = await run('parked', 'release', caseNo);
  expect({ exit: first.exit, stdout: first.stdout }, first.stderr).toEqual({
    exit: 0,
    stdout: `${caseNo}: 1 released\n  no desk was told: \`onedoor case redrive\` gives it one\n`,
  });
  expect(await openTasks()).not.toContain('delivery_parked');
  expect((await run('parked', 'list')).exit).toBe(0);
});

it('callbacks of nobody are listed by source and day, and settled: a platform’s like a department’s', async () => {
  expect(await openTasks()).toEqual(['answer_unmatched bank', `answer_unmatched ${PLATFORM}`]);
  for (const source of ['bank', PLATFORM])
    expect(await run('callbacks', 'settle', source, DAY)).toMatchObject({
      exit: 0,
      stdout: `${source} of ${DAY}: settled\n`,
    });
  expect(await openTasks()).toEqual([]);
  expect((await run('callbacks', 'unmatched', '--json')).exit).toBe(0);
});

it.each([
  ['a source that there is not', ['callbacks', 'settle', 'nobody', DAY]],
  ['a day that is none', ['callbacks', 'settle', 'bank', '2026-02-30']],
])('%s is answered with a sentence and 2', async (_, args) => {
  const { exit, stdout, stderr } = await run(...args);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
  expect(stderr).toMatch(/^onedoor: .+\n$/);
});
