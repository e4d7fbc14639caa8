import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packEntries } from '../casefile/case-archive-zip.js';
import { checkFile, checkLines } from './check-file.js';
import { EXIT, explainFailure } from './exit.js';
import type { ArchiveProblem } from '../casefile/case-archive-open.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'onedoor-check-file-'))));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe('a path', () => {
  it('to a file with problems gives them', () => {
    const zip = packEntries([
      { path: '../x', bytes: Buffer.from('x') },
      { path: 'notes.txt', bytes: Buffer.from('x') },
    ]);
    expect(checkLines(checkFile(file('spoilt.zip', zip)))).toEqual([
      '../x: a name that leads out of the file; it was not opened',
      'index.json: is missing',
    ]);
  });

  it.each([
    ['a text', () => file('a.zip', Buffer.from('no zip')), 'FILE is not a case file (no ZIP)'],
    ['a folder', () => folder, 'FILE cannot be read'],
    ['nothing', () => join(folder, 'missing.zip'), 'FILE cannot be read'],
  ])('to %s is bad input', (_, path, sentence) => {
    let thrown: unknown;
    try {
      checkFile(path());
    } catch (error) {
      thrown = error;
    }
    expect(explainFailure(thrown)).toEqual({ sentence, exit: EXIT.badInput });
  });
});

describe('the lines', () => {
  const lines = (problems: readonly ArchiveProblem[]) =>
    checkLines({ caseNo: 'x', documents: 12, events: 34, indexSha256: null, problems });

  it('are one when the file is whole', () => {
    expect(lines([])).toEqual(['12 documents, chain of 34 events, all hashes right']);
  });

  it('name the entry without letting its name write on the terminal', () => {
    expect(lines([{ path: 'a\u001b[2Jb\u202ec\nd', problem: 'not_in_index' }])).toEqual([
      'a?[2Jb?c?d: is in the file but not in its index',
    ]);
  });

  it('are there for every kind of problem', () => {
    const kinds: Record<ArchiveProblem['problem'], true> = {
      unsafe_path: true,
      duplicate: true,
      too_large: true,
      too_many_entries: true,
      unreadable: true,
      missing: true,
      not_in_index: true,
      not_understood: true,
      listed_twice: true,
      out_of_place: true,
      size_wrong: true,
      hash_wrong: true,
      chain_broken: true,
      head_wrong: true,
    };
    const problems = Object.keys(kinds) as ArchiveProblem['problem'][];
    const said = lines(problems.map((problem) => ({ path: 'p', problem, detail: 'event 3 changed' })));
    expect(new Set(said).size).toBe(problems.length);
    expect(said).toContain('p: event 3 changed');
  });
});
