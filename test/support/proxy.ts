import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire that can be cut. */
export interface Wire {
  /** `host:port` on this side. */
  readonly address: string;
  /** Ends what is connected and refuses what comes. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Carries TCP to `target` (`host:port`). */
export async function openWire(target: string): Promise<Wire> {
  const [host = '127.0.0.1', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  let whole = true;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    // A broken wire is what this is for; the ends notice for themselves.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    keep(near);
    if (!whole) return void near.destroy();
    const far = keep(connect(Number(port), host));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`,
    cut,
    mend: () => {
      whole = true;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
