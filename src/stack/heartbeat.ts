import { Context } from '@temporalio/activity';

type AnyActivity = (...args: never[]) => Promise<unknown>;
/** A third of the workflow's `heartbeatTimeout`: two may be late. */
const EVERY_MS = 3_000;

/** Lets Temporal know that whoever runs an activity is alive, so that what a dead worker had in hand is not waited for. */
export function withHeartbeat<T extends Record<string, AnyActivity>>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (...args: never[]) => {
      const context = Context.current();
      const beating = setInterval(() => context.heartbeat(), EVERY_MS);
      try {
        return await run(...args);
      } finally {
        clearInterval(beating);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
