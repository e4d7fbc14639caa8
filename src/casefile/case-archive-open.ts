import { unzipSync } from 'fflate';
import { LIMITS } from './case-archive-format.js';

/** What is wrong, and with which entry of the ZIP. */
export interface ArchiveProblem {
  readonly path: string;
  readonly problem:
    | 'unsafe_path'
    | 'duplicate'
    | 'too_large'
    | 'too_many_entries'
    | 'unreadable'
    | 'missing'
    | 'not_in_index'
    | 'not_understood'
    | 'listed_twice'
    | 'out_of_place'
    | 'size_wrong'
    | 'hash_wrong'
    | 'chain_broken'
    | 'head_wrong';
  /** Which event of the chain, and what is wrong with it. */
  readonly detail?: string;
}

/** The bytes are no ZIP at all, so there is nothing to check. */
export class NotAnArchive extends Error {
  constructor() {
    super('not a ZIP file');
    this.name = 'NotAnArchive';
  }
}

export interface OpenedArchive {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Entries that are there and were not unpacked, each with its problem. */
  readonly refused: ReadonlySet<string>;
  readonly problems: readonly ArchiveProblem[];
}

/** Letters, digits and `-_.` between single slashes; no step up, no root, no drive, nothing hidden. */
const SAFE = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*(\/[\p{L}\p{N}_][\p{L}\p{N}_.-]*)*$/u;
/** Our reader keeps entries by name in an object, where this one name would be lost. */
const safe = (path: string): boolean => SAFE.test(path) && path !== '__proto__';

/**
 * Unpacks into memory, entry by entry, after names and announced sizes were looked at. An entry never gets more memory
 * than it announced, so what unpacks to more than it said comes out cut, and its hash says so.
 * @throws {NotAnArchive}
 */
export function openArchive(bytes: Uint8Array): OpenedArchive {
  const entries = entriesOf(bytes);
  const problems: ArchiveProblem[] = [];
  const refused = new Set<string>();
  if (entries.length > LIMITS.entries)
    return { files: new Map(), refused, problems: [{ path: '', problem: 'too_many_entries' }] };

  const wanted = new Set<string>();
  let total = 0;
  for (const { name, originalSize } of entries) {
    const problem = !safe(name)
      ? 'unsafe_path'
      : wanted.has(name) || refused.has(name)
        ? 'duplicate'
        : originalSize > LIMITS.entryBytes || total + originalSize > LIMITS.totalBytes
          ? 'too_large'
          : null;
    if (problem === null) {
      wanted.add(name);
      total += originalSize;
    } else {
      problems.push({ path: name, problem });
      refused.add(name);
      // Which of two is the right one cannot be known, so neither is.
      wanted.delete(name);
    }
  }
  const files = new Map<string, Uint8Array>();
  for (const name of wanted) {
    const content = unpacked(bytes, name);
    if (content) files.set(name, content);
    else {
      problems.push({ path: name, problem: 'unreadable' });
      refused.add(name);
    }
  }
  return { files, refused, problems };
}

function entriesOf(bytes: Uint8Array): { name: string; originalSize: number }[] {
  const entries: { name: string; originalSize: number }[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        entries.push({ name, originalSize });
        return false;
      },
    });
  } catch {
    throw new NotAnArchive();
  }
  return entries;
}

function unpacked(bytes: Uint8Array, name: string): Uint8Array | undefined {
  try {
    return unzipSync(bytes, { filter: (entry) => entry.name === name })[name];
  } catch {
    // Damaged, or packed in a way that we do not write.
    return undefined;
  }
}
