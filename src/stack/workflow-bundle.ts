import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { failureConverterPath } from './data-converter.js';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** The workflow code as one script; the same bytes for the same sources. */
const bundleWorkflows = (): Promise<{ code: string }> =>
  bundleWorkflowCode({
    workflowsPath: join(CHECKOUT, 'src/workflows/index.ts'),
    failureConverterPath,
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });

export interface BundleOptions {
  /** Where `src` and `package-lock.json` are. */
  readonly checkout?: string;
  readonly make?: () => Promise<{ code: string }>;
}

/**
 * The workflow code, made once for each state of the sources and kept in the checkout's `.onedoor/cache`: a worker that is
 * started again after a crash works seconds sooner. Whatever is kept can be deleted at any time; where nothing can be kept,
 * it is made each time.
 */
export async function workflowBundle({
  checkout = CHECKOUT,
  make = bundleWorkflows,
}: BundleOptions = {}): Promise<{ code: string }> {
  const folder = join(checkout, '.onedoor/cache');
  const sources = await fingerprint(checkout);
  const name = `workflows-${sources}.js`;
  const kept = await readFile(join(folder, name), 'utf8').catch(() => '');
  const [code, seal] = kept.split(SEAL);
  if (code && seal === digest(code)) return { code };
  const made = await make();
  // Sources that were changed meanwhile are not what this is.
  if ((await fingerprint(checkout)) === sources) await keep(folder, name, made.code).catch(() => undefined);
  return made;
}

/** Before the digest of what stands above it: what was cut off by a loss of power is made again. */
const SEAL = '\n// sha256 ';
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

async function keep(folder: string, name: string, code: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${name}.${process.pid}`);
  await writeFile(draft, `${code}${SEAL}${digest(code)}`);
  await rename(draft, join(folder, name));
  const before = (await readdir(folder)).filter((each) => /^workflows-\w+\.js$/.test(each) && each !== name);
  for (const each of before) await rm(join(folder, each), { force: true });
}

/** Of everything that a bundle is made from, and with. */
async function fingerprint(checkout: string): Promise<string> {
  const sources = join(checkout, 'src');
  const names = (await readdir(sources, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .toSorted();
  const hash = createHash('sha256').update(process.version);
  for (const path of [join(checkout, 'package-lock.json'), ...names])
    hash.update(`\n${path.slice(checkout.length)}\n`).update(await readFile(path));
  return hash.digest('hex').slice(0, 32);
}
