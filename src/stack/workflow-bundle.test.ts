import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { workflowBundle } from './workflow-bundle.js';

let checkout: string;
let made: number;
/** What `make` does while it works. */
let meanwhile: () => Promise<void>;
const make = async (): Promise<{ code: string }> => {
  made += 1;
  await meanwhile();
  return { code: `made ${made}` };
};
const bundle = async (): Promise<string> => (await workflowBundle({ checkout, make })).code;
const source = (text: string): Promise<void> => writeFile(join(checkout, 'src/workflows/a.ts'), text);
const cache = (): string => join(checkout, '.onedoor/cache');

beforeEach(async () => {
  [made, meanwhile] = [0, () => Promise.resolve()];
  checkout = await mkdtemp(join(tmpdir(), 'onedoor-bundle-'));
  await mkdir(join(checkout, 'src/workflows'), { recursive: true });
  await writeFile(join(checkout, 'package-lock.json'), '{}');
  await source('one');
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

it('is made once for the same sources', async () => {
  expect([await bundle(), await bundle()]).toEqual(['made 1', 'made 1']);
});

it('is made again when a source or a dependency has changed, and the old one goes', async () => {
  await bundle();
  await source('two');
  expect(await bundle()).toBe('made 2');
  await writeFile(join(checkout, 'package-lock.json'), '{"a":1}');
  expect(await bundle()).toBe('made 3');
  expect(await readdir(cache())).toHaveLength(1);
});

it('that was cut off, or changed, is made again', async () => {
  await bundle();
  const [name = ''] = await readdir(cache());
  const whole = await readFile(join(cache(), name), 'utf8');
  await writeFile(join(cache(), name), whole.slice(0, 5));
  expect(await bundle()).toBe('made 2');
  await writeFile(join(cache(), name), whole.replace('made 1', 'fake 1'));
  expect(await bundle()).toBe('made 3');
});

it('of sources that changed while it was made is not kept', async () => {
  meanwhile = () => source('changed');
  expect(await bundle()).toBe('made 1');
  meanwhile = () => Promise.resolve();
  await source('one');
  expect(await bundle()).toBe('made 2');
});

it('is made each time where nothing can be kept', async () => {
  await writeFile(join(checkout, '.onedoor'), 'a file, not a directory');
  expect([await bundle(), await bundle()]).toEqual(['made 1', 'made 2']);
});
