import { createHash } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { DomainError, rfc3339, type Instant } from '../terms/index.js';
import { audit } from './audit-log.js';
import {
  CASE_FILE_FORMAT,
  DOCUMENTS,
  LIMITS,
  PATHS,
  type CaseFileDocument,
  type CaseFileIndex,
} from './case-archive-format.js';
import { contentsPage, documentTitle, stageOf } from './case-archive-page.js';
import type { ArchiveEntry } from './case-archive-zip.js';
import { lockCase, readCase } from './case-state.js';
import { auditEvents, documents, transitions } from './schema/index.js';
import type { Tx } from './tx.js';
import { openBytes } from './vault.js';
import { timeline } from './views/timeline.js';

export interface CaseArchive {
  readonly index: CaseFileIndex;
  /** In the order in which they stand in the ZIP: contents page, index, history, audit, documents by date. */
  readonly entries: readonly ArchiveEntry[];
  /** SHA-256 in hex of index.json, which is what the audit event names. */
  readonly indexSha256: string;
}

/**
 * The whole case as one file (一户一档), and the event that says who took it. Salts leave the house with it: only so
 * can a holder compute the hashes.
 * @throws {DomainError} `case_not_found` also when out of scope, `body_too_large` when it exceeds what a file may hold
 */
export async function exportCase(tx: Tx, caseNo: string, at: Instant): Promise<CaseArchive> {
  // Nothing is added while it is read, and the event that closes the reading has its place in the chain.
  await lockCase(tx, caseNo);
  const archive = await readArchive(tx, caseNo, at);
  await audit(tx, {
    caseNo,
    at,
    code: 'file_exported',
    params: { sha256: archive.indexSha256, documents: archive.index.documents.length },
  });
  return archive;
}

/** The same record read at the same instant gives the same bytes. The caller holds the lock on the case. */
export async function readArchive(tx: Tx, caseNo: string, at: Instant): Promise<CaseArchive> {
  const state = await readCase(tx, caseNo);
  const papers = await readPapers(tx, caseNo);
  const history = json(PATHS.timeline, { caseNo, entries: await timeline(tx, caseNo) });
  const events = await tx.q
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.chain, caseNo))
    .orderBy(asc(auditEvents.seq));
  const head = events.at(-1);
  if (!head) throw new Error('a case begins with an audit event');
  const chain = json(PATHS.audit, { chain: caseNo, entries: events });
  const listed = papers.map(({ entry: _, ...paper }) => paper);
  const page = text(
    PATHS.page,
    contentsPage({ caseNo, openedOn: state.openedOn, exportedAt: at, documents: listed }),
  );
  const index: CaseFileIndex = {
    format: CASE_FILE_FORMAT,
    caseNo,
    procedure: 'application',
    state: state.state,
    outcome: state.outcome,
    openedOn: state.openedOn,
    exportedAt: rfc3339(at),
    documents: listed,
    page: named(page),
    timeline: named(history),
    audit: { ...named(chain), head: { seq: head.seq, hash: head.hash } },
  };
  const indexEntry = json(PATHS.index, index);
  const entries = [page, indexEntry, history, chain, ...papers.map(({ entry }) => entry)];
  return { index, entries, indexSha256: sha256(indexEntry.bytes) };
}

async function readPapers(
  tx: Tx,
  caseNo: string,
): Promise<(CaseFileDocument & { readonly entry: ArchiveEntry })[]> {
  const rows: DocumentRow[] = await tx.q
    .select({
      id: documents.id,
      kind: documents.kind,
      mediaType: documents.mediaType,
      sizeBytes: documents.sizeBytes,
      keyId: documents.keyId,
      contentHash: documents.contentHash,
      salt: documents.salt,
      madeBySystem: documents.madeBySystem,
      version: documents.version,
      template: documents.template,
      occurredOn: documents.occurredOn,
      at: documents.at,
    })
    .from(documents)
    .where(eq(documents.caseNo, caseNo))
    .orderBy(asc(documents.id));
  const total = rows.reduce((sum, row) => sum + row.sizeBytes, 0);
  // The contents page, the history and the chain come on top, so half is left for them.
  if (rows.length > LIMITS.entries / 2 || total > LIMITS.totalBytes / 2)
    throw new DomainError('body_too_large');
  const steps = await tx.q
    .select({ at: transitions.at, toState: transitions.toState })
    .from(transitions)
    .where(eq(transitions.caseNo, caseNo))
    .orderBy(asc(transitions.seq));
  const nth = new Map<string, number>();
  const dated = rows
    .map((row) => {
      nth.set(row.kind, (nth.get(row.kind) ?? 0) + 1);
      return { row, version: row.version ?? nth.get(row.kind) ?? 1 };
    })
    .toSorted((a, b) =>
      a.row.occurredOn < b.row.occurredOn ? -1 : a.row.occurredOn > b.row.occurredOn ? 1 : 0,
    );

  const papers = [];
  for (const [position, { row, version }] of dated.entries()) {
    const { id, keyId, kind, mediaType, sizeBytes, occurredOn, madeBySystem, contentHash } = row;
    const purpose = (column: 'bytes' | 'salt') => ({ table: 'documents', column, row: id });
    const path = documentPath({ position, kind, mediaType, occurredOn });
    papers.push({
      path,
      kind,
      version,
      template: row.template ?? null,
      mediaType,
      sizeBytes,
      occurredOn,
      // A paper that a step issued belongs to the stage in which the step was taken, so earlier steps only.
      stage: stageOf(steps.findLast((step) => step.at < row.at)?.toState ?? 'draft'),
      madeBySystem,
      salt: Buffer.from(await openBytes(tx, keyId, purpose('salt'), row.salt)).toString('hex'),
      contentHash,
      entry: { path, bytes: await openBytes(tx, keyId, purpose('bytes'), await sealedBytes(tx, id)) },
    });
  }
  return papers;
}

/** One at a time, so that no more than one ciphertext is in memory beside what was opened. */
async function sealedBytes(tx: Tx, id: string): Promise<Uint8Array> {
  const [row] = await tx.q.select({ bytes: documents.bytes }).from(documents).where(eq(documents.id, id));
  if (!row) throw new Error('a listed document is there');
  return row.bytes;
}

type DocumentRow = Omit<
  typeof documents.$inferSelect,
  'bytes' | 'caseNo' | 'personId' | 'staffId' | 'recordedAt' | 'version' | 'template'
> & {
  readonly version?: number | null;
  readonly template?: string | null;
};

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'text/html': 'html',
  'text/plain': 'txt',
};

/** `documents/003-2026-03-05-入户调查表.html`: sorts by date everywhere, and holds nothing a file system minds. */
export function documentPath(named: {
  position: number;
  kind: string;
  mediaType: string;
  occurredOn: string;
}): string {
  const no = String(named.position + 1).padStart(3, '0');
  const title = documentTitle(named.kind).replace(/[^\p{L}\p{N}_-]/gu, '_');
  const extension = EXTENSIONS[named.mediaType.split(';')[0] ?? ''] ?? 'bin';
  return `${DOCUMENTS}${no}-${named.occurredOn}-${title}.${extension}`;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const text = (path: string, content: string): ArchiveEntry => ({ path, bytes: Buffer.from(content, 'utf8') });
const json = (path: string, value: object): ArchiveEntry => text(path, `${JSON.stringify(value, null, 1)}\n`);
const named = ({ path, bytes }: ArchiveEntry) => ({ path, sha256: sha256(bytes) });
