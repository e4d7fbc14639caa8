import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { DependencyUnavailable } from './dependency-unavailable.js';

/** A server ended because somebody else was quicker to listen on its port. */
export class PortTaken extends DependencyUnavailable {}

/** A port on 127.0.0.1 that nothing listens on. Another process may still take it before the caller does. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close((error) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
  });
}

const TRIES = 4;

/**
 * Starts something on a free port, and on another one when the first was taken in between: any connection that this
 * machine opens may be given it.
 * @throws {PortTaken} when that happens again and again; else what `start` throws
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (!(error instanceof PortTaken) || tries === TRIES) throw error;
    }
  }
}
