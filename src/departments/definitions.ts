import { readdirSync } from 'node:fs';

/** Thrown at the start when a file of `sources/` is not a source, or one of `platforms/` no platform. Correct the file. */
export class SourceInvalid extends Error {
  override readonly name = 'SourceInvalid';
}

/**
 * The default exports of every file of a folder, in the order of their names: there is no list beside it to keep.
 * @throws {SourceInvalid} when a file has none, or is not named after the code of what it defines
 */
export async function definitionsIn<T extends { readonly code: string }>(
  folder: URL,
  what: string,
): Promise<T[]> {
  const files = readdirSync(folder).filter((name) => /^[a-z-]+\.[jt]s$/.test(name));
  return Promise.all(
    files.toSorted().map(async (file) => {
      const wrong = (reason: string) => new SourceInvalid(`${file}: ${reason}`);
      const { default: definition } = (await import(/* @vite-ignore */ new URL(file, folder).href)) as {
        default?: T;
      };
      if (!definition) throw wrong(`has no ${what} as its default export`);
      const { code } = definition;
      if (!/^[a-z][a-z_]{1,39}$/.test(code))
        throw wrong('its code is not lower-case words with _ between them');
      if (file.replace(/\.[jt]s$/, '') !== code.replaceAll('_', '-'))
        throw wrong(`is not named after ${code}`);
      return definition;
    }),
  );
}
