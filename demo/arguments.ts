import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Lang } from './labels.js';

export interface DemoOptions {
  /** Absolute path of the household file. */
  readonly file: string;
  /** Absolute path of the departments' behaviour; absent = every department answers promptly. */
  readonly profile?: string;
  readonly json: boolean;
  readonly lang: Lang;
}

/** The command line is not one of ours. The process exits 2. */
export class UsageWrong extends Error {
  override readonly name = 'UsageWrong';
}

const example = (name: string): string => fileURLToPath(new URL(`../examples/${name}`, import.meta.url));

/** Without `--case`: the published household DB09, with one slow, one doubling and one silent department. */
export function readArguments(args: readonly string[]): DemoOptions {
  const { case: file, json = false, lang = 'zh' } = valuesOf(args);
  if (lang !== 'zh' && lang !== 'en') throw new UsageWrong('--lang must be zh or en');
  if (file === undefined)
    return { file: example('db09.json'), profile: example('profile-demo.json'), json, lang };
  return { file: isAbsolute(file) ? file : resolve(file), json, lang };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { case: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } },
    }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageWrong(error.message, { cause: error });
    throw error;
  }
}
