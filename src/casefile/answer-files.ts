import { and, eq, notExists, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Instant, Source } from '../terms/index.js';
import { audit } from './audit-log.js';
import { newId, record } from './record.js';
import { answerFileReadings, answerFiles } from './schema/index.js';
import type { Tx } from './tx.js';
import { newKey, openBytes, sealContent } from './vault.js';

export type AnswerFileRow = typeof answerFiles.$inferSelect;
export type FileReading = Pick<
  typeof answerFileReadings.$inferSelect,
  'complete' | 'fault' | 'unable' | 'refused' | 'at'
> & {
  /** Whole answers that stand in it. */
  readonly answers: number;
  /** Rows that stand in it more than once. */
  readonly repeatedRows: number;
};

export interface FileAsItCame {
  readonly source: Source;
  readonly fileId: string;
  readonly body: Uint8Array;
  readonly at: Instant;
}

/** What is known of a source's files: whether a file was read whole, and by the digest which bytes were read. */
export async function knownFiles(
  tx: Tx,
  source: Source,
): Promise<{ fileId: string; digest: string; complete: boolean }[]> {
  return tx.q
    .select({
      fileId: answerFiles.fileId,
      digest: answerFiles.digest,
      complete: answerFileReadings.complete,
    })
    .from(answerFiles)
    .innerJoin(answerFileReadings, eq(answerFileReadings.answerFileId, answerFiles.id))
    .where(eq(answerFiles.source, source));
}

/** Keeps a file before anybody reads it. The same bytes once more are the same file. */
export async function storeAnswerFile(tx: Tx, file: FileAsItCame): Promise<void> {
  const { source, fileId, at } = file;
  const digest = createHash('sha256').update(file.body).digest('hex');
  await lockFile(tx, `${source} ${fileId} ${digest}`);
  const [known] = await tx.q
    .select({ id: answerFiles.id })
    .from(answerFiles)
    .where(
      and(eq(answerFiles.source, source), eq(answerFiles.fileId, fileId), eq(answerFiles.digest, digest)),
    );
  if (known) return;
  const id = newId();
  const keyId = await newKey(tx, 'system', null);
  const { bytes, ...content } = await sealContent(tx, keyId, 'answer_files', id, file.body);
  await record(tx, answerFiles, {
    id,
    source,
    fileId,
    digest,
    keyId,
    body: bytes,
    ...content,
    receivedAt: at,
  });
  await audit(tx, { at, code: 'answer_file_received', params: { source, file: id } });
}

/** Files that were kept and not read to the end, oldest first: of a process that died there may be some. */
export const unreadFiles = (tx: Tx, source: Source): Promise<AnswerFileRow[]> =>
  tx.q
    .select()
    .from(answerFiles)
    .where(
      and(
        eq(answerFiles.source, source),
        notExists(
          tx.q
            .select({ one: sql`1` })
            .from(answerFileReadings)
            .where(eq(answerFileReadings.answerFileId, answerFiles.id)),
        ),
      ),
    )
    .orderBy(answerFiles.id);

export const openAnswerFile = (tx: Tx, { id, keyId, body }: AnswerFileRow): Promise<Uint8Array> =>
  openBytes(tx, keyId, { table: 'answer_files', column: 'bytes', row: id }, body);

/** Writes down, once, what a file came to. What it brought is counted by what is there, however often it was begun. */
export async function recordFileReading(tx: Tx, file: AnswerFileRow, reading: FileReading): Promise<void> {
  await lockFile(tx, file.id);
  const [known] = await tx.q
    .select({ id: answerFileReadings.answerFileId })
    .from(answerFileReadings)
    .where(eq(answerFileReadings.answerFileId, file.id));
  if (known) return;
  const [brought] = await tx.q.execute<{ taken: number; unmatched: number }>(
    sql`SELECT taken, unmatched FROM onedoor.brought_by_file(${file.id}::uuid)`,
  );
  const { taken = 0, unmatched = 0 } = brought ?? {};
  const { answers, repeatedRows, ...rest } = reading;
  const repeated = repeatedRows + answers - taken;
  await record(tx, answerFileReadings, { ...rest, answerFileId: file.id, taken, unmatched, repeated });
  const { complete, fault, unable, refused, at } = rest;
  await audit(tx, {
    at,
    code: 'answer_file_read',
    params: {
      source: file.source,
      file: file.id,
      complete,
      taken,
      unmatched,
      repeated,
      unable,
      refused: refused.length,
      ...(fault && { reason: fault }),
    },
  });
}

const lockFile = (tx: Tx, what: string) =>
  tx.q.execute(sql`SELECT pg_advisory_xact_lock(hashtext('answer_file:' || ${what}))`);
