/** Asks for several things at once, each under its name. What one is refused with, all are. */
export async function together<T extends Readonly<Record<string, PromiseLike<unknown>>>>(
  asked: T,
): Promise<{ readonly [K in keyof T]: Awaited<T[K]> }> {
  const answers = await Promise.all(
    Object.entries(asked).map(async ([name, answer]) => [name, await answer] as const),
  );
  return Object.fromEntries(answers) as { readonly [K in keyof T]: Awaited<T[K]> };
}
