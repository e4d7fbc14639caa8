/** What a role tells its parent when it serves, such as its URL. Nothing secret: it is a message between processes. */
export type ReadyInfo = Readonly<Record<string, string | number>>;

export interface ReadyMessage {
  readonly ready: true;
  readonly info: ReadyInfo;
}

/** Tells the parent that this role serves. Started alone, from a shell, there is nobody to tell. */
export function reportReady(info: ReadyInfo): void {
  const message: ReadyMessage = { ready: true, info };
  process.send?.(message);
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends this role in order: on SIGINT, SIGTERM or SIGHUP, and when the parent disappears, for its end closes the
 * channel between the two. `stop` runs once; the process then exits 0, or 1 when `stop` fails or takes longer than
 * `withinMs` (default 15 000).
 */
export function stopWithParent(stop: () => Promise<void>, withinMs = 15_000): void {
  let stopping = false;
  const begin = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), withinMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of STOP_SIGNALS) process.on(signal, begin);
  if (process.channel !== undefined) process.once('disconnect', begin);
}
