import { ConnectionLost } from '../casefile/lasting-socket.js';

/**
 * The driver asks for the array types of a new connection and does not listen whether they come: a Postgres that goes away
 * in that moment would end the process. Whoever waits for the connection is told all the same. Every other rejection that
 * nobody hears ends the process as before.
 */
export function surviveLostConnections(
  report: (code: string) => void,
  events: NodeJS.EventEmitter = process,
): void {
  events.on('unhandledRejection', (reason: unknown) => {
    if (!(reason instanceof ConnectionLost)) throw reason;
    report(reason.name);
  });
}
