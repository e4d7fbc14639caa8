import { zipSync, type Zippable } from 'fflate';

/** One file of the archive. */
export interface ArchiveEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** These are compressed already: storing them costs nothing and saves the time. */
const PACKED = /\.(pdf|png|jpe?g)$/;

/** The same entries in the same order give the same bytes, on any day and any machine. */
export function packEntries(entries: readonly ArchiveEntry[]): Uint8Array {
  const files: Zippable = {};
  // The earliest day a ZIP can name. It is written by its local fields, so it is made where it is used.
  const noTime = new Date(1980, 0, 1);
  for (const { path, bytes } of entries)
    files[path] = [bytes, { level: PACKED.test(path) ? 0 : 6, mtime: noTime, os: 3, attrs: 0o100644 << 16 }];
  return zipSync(files);
}
