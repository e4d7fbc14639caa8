import type { EventEmitter } from 'node:events';
import type { Say } from './progress.js';
import { describeExit } from './server-process.js';
import type { ServerProcess } from './server-process.js';

/** Thrown by what waits for a process to become ready when the user, or the system, ends the start. Exits 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode = 130;
}

/** Why everything was stopped: a signal, a process that ended by itself, or because the work was done. */
export type StopReason =
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'ended'; readonly name: string; readonly how: string }
  | { readonly kind: 'done' };

export type Supervised = Pick<ServerProcess, 'name' | 'stop' | 'exited'>;

export interface Supervisor {
  /** Aborted when the stop begins; give it to everything that waits. */
  readonly stopping: AbortSignal;
  /** Takes over a process that serves. When it ends by itself, everything is stopped. */
  keep<T extends Supervised>(process: T): T;
  /** Resolves when a stop begins, with why. `stop` still has to be awaited. */
  readonly stopBegun: Promise<StopReason>;
  /** Stops what is kept, the newest first, and gives back the signals. May be called again. */
  stop(): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Watches over the processes of one start. Create it before the first of them, call `stop` in a `finally`:
 * then a signal at any moment, also during the start, leaves nothing behind.
 *
 * @example
 * const supervisor = createSupervisor({ say });
 * try {
 *   const database = supervisor.keep(await startPostgres({ …, signal: supervisor.stopping }));
 *   await supervisor.stopBegun;
 * } finally {
 *   await supervisor.stop();
 * }
 */
export function createSupervisor({
  say,
  signals = process,
}: {
  say: Say;
  signals?: EventEmitter;
}): Supervisor {
  const kept: Supervised[] = [];
  const stopping = new AbortController();
  const { promise: stopBegun, resolve } = withResolver<StopReason>();

  const begin = (reason: StopReason): void => {
    if (stopping.signal.aborted) return;
    stopping.abort(new Interrupted(describe(reason)));
    if (reason.kind !== 'done') say(`stopping: ${describe(reason)}`);
    resolve(reason);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    begin({ kind: 'signal', signal });
  };
  for (const signal of SIGNALS) signals.on(signal, onSignal);

  return {
    stopping: stopping.signal,
    stopBegun,
    keep: (process) => {
      kept.push(process);
      void process.exited.then((exit) => {
        begin({ kind: 'ended', name: process.name, how: describeExit(exit) });
      });
      return process;
    },
    stop: async () => {
      begin({ kind: 'done' });
      const failures = await stopNewestFirst(kept);
      for (const signal of SIGNALS) signals.off(signal, onSignal);
      if (failures.length > 0) throw new AggregateError(failures, 'not everything could be stopped');
    },
  };
}

/** One that cannot be stopped does not keep the others from it. */
async function stopNewestFirst(kept: Supervised[]): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  for (let next = kept.pop(); next !== undefined; next = kept.pop()) {
    try {
      await next.stop();
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

function describe(reason: StopReason): string {
  switch (reason.kind) {
    case 'signal':
      return `received ${reason.signal}`;
    case 'ended':
      return `${reason.name} ended by itself, ${reason.how}`;
    case 'done':
      return 'the work is done';
  }
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
