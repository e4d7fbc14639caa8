import { readFileSync, statSync } from 'node:fs';
import { checkArchive, type ArchiveCheck } from '../casefile/case-archive-check.js';
import { LIMITS } from '../casefile/case-archive-format.js';
import { NotAnArchive, type ArchiveProblem } from '../casefile/case-archive-open.js';
import { ConfigError } from '../stack/config.js';

/**
 * Reads a downloaded case file and checks it, with nothing but the file.
 * @throws {ConfigError} when there is no such file, or it is no ZIP
 */
export function checkFile(path: string): ArchiveCheck {
  try {
    if (statSync(path).size > LIMITS.totalBytes) throw new NotAnArchive();
    return checkArchive(readFileSync(path));
  } catch (error) {
    if (error instanceof NotAnArchive) throw new ConfigError('FILE', 'is not a case file (no ZIP)');
    if (error instanceof Error && 'code' in error) throw new ConfigError('FILE', 'cannot be read');
    throw error;
  }
}

/** One line when the file is whole, else a sentence for each problem. */
export const checkLines = ({ documents, events, problems }: ArchiveCheck): string[] =>
  problems.length === 0
    ? [`${documents} documents, chain of ${events} events, all hashes right`]
    : problems.map(sentence);

/** A name in a file that nobody vouches for must not move the cursor of whoever reads about it. */
const printable = (path: string): string => path.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 200);

function sentence({ path, problem, detail }: ArchiveProblem): string {
  const name = printable(path);
  switch (problem) {
    case 'unsafe_path':
      return `${name}: a name that leads out of the file; it was not opened`;
    case 'duplicate':
      return `${name}: is in the file more than once`;
    case 'too_large':
      return `${name}: is larger than a case file may hold; it was not opened`;
    case 'too_many_entries':
      return `the file has more than ${LIMITS.entries} entries; it was not opened`;
    case 'unreadable':
      return `${name}: is damaged and cannot be unpacked`;
    case 'missing':
      return `${name}: is missing`;
    case 'not_in_index':
      return `${name}: is in the file but not in its index`;
    case 'not_understood':
      return `${name}: is not what onedoor writes, or a format this version does not know`;
    case 'listed_twice':
      return `${name}: is listed more than once`;
    case 'out_of_place':
      return `${name}: is listed where no such part belongs`;
    case 'size_wrong':
      return `${name}: does not have the size that the index states`;
    case 'hash_wrong':
      return `${name}: is not the content that the index was made with`;
    case 'chain_broken':
      return `${name}: ${printable(detail ?? 'the chain is broken')}`;
    case 'head_wrong':
      return `${name}: goes on after the head that the index states`;
  }
}
