import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { DependencyUnavailable } from '../../src/stack/dependency-unavailable.js';
import { identify } from '../../src/stack/process-identity.js';
import { withHeartbeat, type Say } from '../../src/stack/progress.js';
import { lastLine, runTool, type ToolResult } from '../../src/stack/run-tool.js';

/** The production server, by the version of its images in compose.yaml. The first with time skipping is 1.32. */
export const TEMPORAL_SERVER = '1.32.1';
const MODULE = 'go.temporal.io/server/cmd';
/** What each program is called in the images, and what Go calls it. */
const PROGRAMS = { 'temporal-server': 'server', 'temporal-sql-tool': 'tools/sql' } as const;

const INSTALL_LIMIT_MS = 1_500_000;

/**
 * The directory of `temporal-server` and `temporal-sql-tool`: both on PATH, installed before, or built by Go from the
 * pinned version, which Go checks against its checksum database. Building takes minutes, once.
 * @throws {DependencyUnavailable} with the three ways to provide them, when none worked.
 */
export async function temporalPrograms({ toolsDir, say }: { toolsDir: string; say: Say }): Promise<string> {
  const home = join(toolsDir, `temporal-server-${TEMPORAL_SERVER}`);
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  for (const dir of [...path, join(home, 'bin')]) {
    const version = await versionIn(dir);
    if (version === null) continue;
    if (version.startsWith(TEMPORAL_SERVER.replace(/\.\d+$/, '.'))) return dir;
    say(`Temporal: passing over the server in ${dir}: it is ${version}`);
  }
  const why = await build(toolsDir, home, say);
  if (why === null) return join(home, 'bin');
  throw new DependencyUnavailable(
    `this test needs Temporal's production server ${TEMPORAL_SERVER} and found none (${why}). Any one of these gives it:
  1. temporal-server and temporal-sql-tool of that version on PATH (https://github.com/temporalio/temporal/releases)
  2. the two programs placed in ${join(home, 'bin')}
  3. Go on PATH, new enough for that version, and a network or GOPROXY that has ${MODULE.replace('/cmd', '')}`,
  );
}

/** Of the server in a directory that holds both programs, else null. */
async function versionIn(dir: string): Promise<string | null> {
  const there = await Promise.all(
    Object.keys(PROGRAMS).map((name) =>
      access(join(dir, name), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (there.includes(false)) return null;
  const { output } = await runTool(join(dir, 'temporal-server'), { args: ['--version'], withinMs: 20_000 });
  return /version (\S+)/.exec(output)?.[1] ?? 'not a Temporal server';
}

/** Into a draft that gets its name only when it is whole. @returns null, or why there is nothing */
async function build(toolsDir: string, home: string, say: Say): Promise<string | null> {
  await mkdir(toolsDir, { recursive: true });
  const { pid, startedAt } = identify(process.pid);
  const draft = await mkdtemp(join(toolsDir, `draft.${pid}.${startedAt}.`));
  try {
    say(`Temporal: building server ${TEMPORAL_SERVER} with Go (some minutes, once)`);
    const bin = join(draft, 'bin');
    const install = (): Promise<ToolResult> =>
      runTool('go', {
        args: ['install', ...Object.values(PROGRAMS).map((name) => `${MODULE}/${name}@v${TEMPORAL_SERVER}`)],
        env: { ...process.env, GOBIN: bin, GOFLAGS: '', CGO_ENABLED: '0' },
        withinMs: INSTALL_LIMIT_MS,
      });
    const built = await withHeartbeat(say, 'still building', install, 30_000);
    if (built.code !== 0) return lastLine(built);
    for (const [name, inGo] of Object.entries(PROGRAMS))
      await rename(join(bin, inGo.split('/').at(-1) ?? inGo), join(bin, name));
    await rm(home, { recursive: true, force: true });
    await rename(draft, home);
    return null;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
