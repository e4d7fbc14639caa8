/** Does `work` for each, a few at a time. */
export async function inParallel<T>(
  all: readonly T[],
  atOnce: number,
  work: (each: T, nth: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, all.length) }, async () => {
      for (;;) {
        const nth = next;
        next += 1;
        const each = all[nth];
        if (each === undefined) return;
        await work(each, nth);
      }
    }),
  );
}
