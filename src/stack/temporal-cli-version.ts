import { runTool, lastLine } from './run-tool.js';

/** Time skipping exists from this server on; older ones would let simulated days pass in real time. */
export const OLDEST_SERVER = '1.32';

export interface CliVersion {
  /** Of the command line itself, such as `1.9.1`. */
  readonly cli: string;
  /** Of the server inside it, such as `1.32.0`. */
  readonly server: string;
}

/** Reads what `temporal --version` prints, or null when it is something else. */
export function parseCliVersion(output: string): CliVersion | null {
  const found = /temporal version (\S+) \(Server (\d+\.\d+[^\s,)]*)/.exec(output);
  return found?.[1] === undefined || found[2] === undefined ? null : { cli: found[1], server: found[2] };
}

/** Whether this server version is new enough for time skipping. Pre-releases count as their release. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_SERVER.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

export type CliCheck =
  { readonly kind: 'fit'; readonly version: CliVersion } | { readonly kind: 'unfit'; readonly why: string };

/** Runs the program and judges it: does it run at all, is it Temporal, is its server new enough. */
export async function checkCli(path: string, signal?: AbortSignal): Promise<CliCheck> {
  const result = await runTool(path, { args: ['--version'], withinMs: 20_000, signal });
  const version = parseCliVersion(result.output);
  if (result.code !== 0) return { kind: 'unfit', why: `does not run (${lastLine(result)})` };
  if (version === null) return { kind: 'unfit', why: 'is not the Temporal command line' };
  if (!isNewEnough(version.server))
    return {
      kind: 'unfit',
      why: `has server ${version.server}, older than ${OLDEST_SERVER}: no time skipping`,
    };
  return { kind: 'fit', version };
}
