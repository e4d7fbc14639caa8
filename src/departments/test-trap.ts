import { createHook } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { LookupFunction } from 'node:net';

/** Sees what leaves this process, whether or not it arrives anywhere. */
export interface Trap {
  /** Of a listener on every address of this machine; it speaks no protocol. */
  readonly port: number;
  /** Connections that reached the listener. */
  arrived: number;
  /** Addresses that this process began to connect to, TLS or not, and paths of sockets. */
  tried(): string[];
  /** Forgets what it saw. */
  reset(): void;
  stop(): void;
}

export async function setTrap(): Promise<Trap> {
  const server = createServer((socket) => {
    trap.arrived += 1;
    socket.destroy();
  }).listen(0);
  await once(server, 'listening');
  // Node's own objects for a connection under way. Their address is filled in after they are made.
  const connecting: { address?: string }[] = [];
  const hook = createHook({
    init(_, type, __, resource) {
      if (type === 'TCPCONNECTWRAP' || type === 'PIPECONNECTWRAP') connecting.push(resource);
    },
  }).enable();
  const trap: Trap = {
    port: (server.address() as { port: number }).port,
    arrived: 0,
    tried: () => connecting.map(({ address }) => address ?? 'unknown'),
    reset() {
      trap.arrived = connecting.length = 0;
    },
    stop() {
      hook.disable();
      server.close();
    },
  };
  return trap;
}

export interface FakeNames {
  lookup: LookupFunction;
  /** Names that were asked for. */
  readonly asked: string[];
}

/** A resolver that gives these addresses to whatever name, call by call; the last answer stays. */
export function names(...calls: (readonly string[])[]): FakeNames {
  const asked: string[] = [];
  return {
    asked,
    lookup(hostname, _, callback) {
      const found = calls[Math.min(asked.length, calls.length - 1)] ?? [];
      asked.push(hostname);
      callback(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  };
}

export const messageOf = (text: string) => ({
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from(text),
  signal: AbortSignal.timeout(2_000),
});
