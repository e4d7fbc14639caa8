import { serve } from '@hono/node-server';

type ListeningApp = Parameters<typeof serve>[0]['fetch'];

export interface Door {
  readonly url: string;
  /** Takes no new connections and waits until the last request is answered. */
  stop(): Promise<void>;
}

/** Serves an app. @param port 0 = any free one @param hostname an IPv4 address of this machine */
export function listen(fetch: ListeningApp, port: number, hostname = '127.0.0.1'): Promise<Door> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port }, (info) => {
      resolve({
        url: `http://${hostname}:${info.port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeIdleConnections' in server) server.closeIdleConnections();
          }),
      });
    });
    server.once('error', reject);
    // Longer than clients keep an idle connection, so that none is cut while they reach for it.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = 75_000;
  });
}
