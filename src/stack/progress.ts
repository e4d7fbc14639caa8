/** Receives one line of progress, without a line break. The caller decides where it goes. */
export type Say = (line: string) => void;

/** Repeats a line of progress with the seconds so far while `work` runs, so that a long step is seen to live. */
export async function withHeartbeat<T>(
  say: Say,
  what: string,
  work: () => Promise<T>,
  everyMs = 5_000,
): Promise<T> {
  const began = performance.now();
  const timer = setInterval(() => {
    say(`… ${what}, ${Math.round((performance.now() - began) / 1000)} s`);
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
