import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';

/**
 * A program, not a module: `temporal-sdk-download.ts DIR` puts the Temporal command line into DIR/bin/temporal by the
 * SDK's cached download. The SDK downloads only in order to start, so a server starts and is stopped again.
 */
async function download(dir: string): Promise<void> {
  const runtime = Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const server = await runtime.createEphemeralServer({
    type: 'dev-server',
    exe: {
      type: 'cached-download',
      downloadDir: dir,
      // The release that tools/temporal-cli.txt pins; the SDK's default may lack time skipping.
      version: 'v1.9.1',
      ttl: 86_400_000,
      sdkName: 'sdk-typescript',
      sdkVersion: '1.24.0',
    },
    namespace: 'default',
    ip: '127.0.0.1',
    port: null,
    uiPort: null,
    dbFilename: null,
    ui: false,
    log: { format: 'pretty', level: 'error' },
    extraArgs: [],
  });
  await runtime.shutdownEphemeralServer(server);
  const downloaded = (await readdir(dir)).find((name) => name.startsWith('temporal-cli'));
  if (downloaded === undefined) throw new Error('the download left no program');
  await mkdir(join(dir, 'bin'));
  await rename(join(dir, downloaded), join(dir, 'bin', 'temporal'));
}

try {
  await download(process.argv[2] ?? '');
} catch (error) {
  // One line, without the chain of causes that repeats the address: the caller quotes it.
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message.split('\n')[0]?.split(': error sending')[0]}\n`);
  process.exitCode = 1;
}
