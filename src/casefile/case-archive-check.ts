import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { checkChain, type AuditEntry } from './audit/chain.js';
import {
  auditFile,
  caseFileIndex,
  DOCUMENTS,
  PATHS,
  type CaseFileDocument,
  type CaseFileIndex,
} from './case-archive-format.js';
import { openArchive, type ArchiveProblem } from './case-archive-open.js';
import { contentHash } from './crypto/content-hash.js';
import { asFinding } from './invariants/i08-audit.js';

export interface ArchiveCheck {
  readonly caseNo: string | null;
  readonly documents: number;
  readonly events: number;
  /** SHA-256 in hex of index.json, to be held against the `file_exported` event of the house. */
  readonly indexSha256: string | null;
  /** Empty when the file is whole. */
  readonly problems: readonly ArchiveProblem[];
}

/**
 * Checks a case file with nothing but its bytes: no key, no database, no network. It proves that the file is whole and
 * consistent in itself; that it is the one which the house gave out is proved by `indexSha256`.
 * @throws {NotAnArchive} when the bytes are no ZIP
 */
export function checkArchive(bytes: Uint8Array): ArchiveCheck {
  const { files, refused, problems } = openArchive(bytes);
  const found: ArchiveProblem[] = [...problems];
  const indexBytes = files.get(PATHS.index);
  const index = indexBytes ? parsed(indexBytes, caseFileIndex) : null;
  const nothing = { caseNo: null, documents: 0, events: 0, indexSha256: null };
  if (!indexBytes) {
    // Of a file with too many entries none was opened, so none is known to be missing.
    const opened = !problems.some(({ problem }) => problem === 'too_many_entries');
    if (opened && !refused.has(PATHS.index)) found.push({ path: PATHS.index, problem: 'missing' });
    return { ...nothing, problems: found };
  }
  if (!index) return { ...nothing, problems: [...found, { path: PATHS.index, problem: 'not_understood' }] };

  found.push(...listProblems(index));
  const listed = new Set<string>([PATHS.index, ...partsOf(index).map(({ path }) => path)]);
  for (const path of listed)
    if (!files.has(path) && !refused.has(path)) found.push({ path, problem: 'missing' });
  for (const path of files.keys()) if (!listed.has(path)) found.push({ path, problem: 'not_in_index' });
  for (const document of index.documents) found.push(...documentProblems(document, files.get(document.path)));
  for (const { path, sha256 } of [index.page, index.timeline, index.audit]) {
    const content = files.get(path);
    if (content && sha256Of(content) !== sha256) found.push({ path, problem: 'hash_wrong' });
  }
  const chain = chainProblems(index, files.get(index.audit.path));
  return {
    caseNo: index.caseNo,
    documents: index.documents.length,
    events: chain.events,
    indexSha256: sha256Of(indexBytes),
    problems: [...found, ...chain.problems],
  };
}

const partsOf = (index: CaseFileIndex): readonly { readonly path: string }[] => [
  index.page,
  index.timeline,
  index.audit,
  ...index.documents,
];

/** An index that names one place twice, or a document outside its folder, can make a wrong file look whole. */
function listProblems(index: CaseFileIndex): ArchiveProblem[] {
  const seen = new Set<string>([PATHS.index]);
  const twice = partsOf(index).flatMap(({ path }): ArchiveProblem[] => {
    const again = seen.has(path);
    seen.add(path);
    return again ? [{ path, problem: 'listed_twice' }] : [];
  });
  const fixed = [
    [index.page.path, PATHS.page],
    [index.timeline.path, PATHS.timeline],
    [index.audit.path, PATHS.audit],
  ] as const;
  const astray = [
    ...fixed.filter(([is, should]) => is !== should).map(([is]) => is),
    ...index.documents.map(({ path }) => path).filter((path) => !path.startsWith(DOCUMENTS)),
  ];
  return [...twice, ...astray.map((path): ArchiveProblem => ({ path, problem: 'out_of_place' }))];
}

function documentProblems(document: CaseFileDocument, bytes: Uint8Array | undefined): ArchiveProblem[] {
  const { path } = document;
  if (!bytes) return [];
  if (bytes.length !== document.sizeBytes) return [{ path, problem: 'size_wrong' }];
  return contentHash(bytes, Buffer.from(document.salt, 'hex')) === document.contentHash
    ? []
    : [{ path, problem: 'hash_wrong' }];
}

function chainProblems(
  index: CaseFileIndex,
  bytes: Uint8Array | undefined,
): { events: number; problems: ArchiveProblem[] } {
  const { path, head } = index.audit;
  if (!bytes) return { events: 0, problems: [] };
  const file = parsed(bytes, auditFile);
  if (!file) return { events: 0, problems: [{ path, problem: 'not_understood' }] };
  // What the file calls an actor is a text; whether it is one of ours is for the hash to say.
  const entries = file.entries as unknown as AuditEntry[];
  const problems = checkChain({ chain: index.caseNo, entries, head }).map((finding): ArchiveProblem => {
    const { record, problem } = asFinding(finding);
    return { path, problem: 'chain_broken', detail: `${record}: ${problem}` };
  });
  const last = entries.at(-1);
  if (last && last.seq > head.seq) problems.push({ path, problem: 'head_wrong' });
  return { events: entries.length, problems };
}

function parsed<T>(bytes: Uint8Array, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    // Not UTF-8, not JSON, or another shape: for whoever holds the file it is all the same.
    return null;
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
