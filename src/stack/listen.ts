import { serve } from '@hono/node-server';

type ListeningApp = Parameters<typeof serve>[0]['fetch'];

export interface Door {
  readonly url: string;
  /** Takes no new connections and waits until the last request is answered. */
  stop(): Promise<void>;
}

/** Serves an app on 127.0.0.1. @param port 0 = any free one */
export function listen(fetch: ListeningApp, port: number): Promise<Door> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port }, (info) => {
      resolve({
        url: `http://127.0.0.1:${info.port}`,
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
