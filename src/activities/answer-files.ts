import { createHash } from 'node:crypto';
import {
  knownFiles,
  openAnswerFile,
  recordFileReading,
  storeAnswerFile,
  unreadFiles,
  type AnswerFileRow,
} from '../casefile/answer-files.js';
import { keepAnswer } from '../casefile/answers.js';
import { CryptoError } from '../casefile/crypto/crypto-error.js';
import { readAfterAll, tellOfUnreadable } from '../casefile/unmatched.js';
import { inCasefile, type Tx } from '../casefile/tx.js';
import { readAnswersFile } from '../departments/batch-file.js';
import { ConnectorFault } from '../departments/connector-fault.js';
import type { DepartmentAnswer } from '../departments/contract.js';
import type { OfferedFile } from '../departments/connector.js';
import { dateAt, type Source } from '../terms/index.js';
import { isForged, tellForged, type CollectDeps } from './collect-answer.js';

/**
 * Comes for files of answers. A file is kept before it is read, and read row by row: each answer becomes one like those of
 * callbacks, under an id that is its content's, so that a file, or a round that was cut off, may come again and adds nothing.
 */
export function createAnswerFiles(deps: CollectDeps) {
  const { casefile, connectors, time, tell } = deps;
  const asHouse = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inCasefile(casefile, { actor: 'system:answers', on: dateAt(await time.now()) }, work);

  /**
   * One visit to a source: fetches what it offers and is not known, then reads whatever is unread.
   * @returns files that are not whole yet, or could not be had: they are offered again next time
   */
  async function visit(source: Source): Promise<number> {
    const files = connectors[source]?.files;
    if (!files) return 0;
    await readKept(source);
    const offered = await files.list().catch((error: unknown) => thrown(source, error));
    const notDone = async (): Promise<OfferedFile[]> => {
      const known = await asHouse((tx) => knownFiles(tx, source));
      return offered.filter((each) => !isDone(each, known));
    };
    for (const file of await notDone()) {
      const came = await files.fetch(file.fileId).catch(async (error: unknown) => {
        // One file that cannot be had, or is nobody's, does not keep the others away.
        if (!(error instanceof ConnectorFault)) throw error;
        if (isForged(error)) await tellForged(deps, source);
        return undefined;
      });
      const at = await time.now();
      if (came?.kind === 'signed')
        await asHouse((tx) => storeAnswerFile(tx, { source, fileId: file.fileId, body: came.body, at }));
      await readKept(source);
    }
    return (await notDone()).length;
  }

  /** A file that cannot be opened is for an operator to mend; it keeps no other from being read. */
  async function readKept(source: Source): Promise<void> {
    for (const file of await asHouse((tx) => unreadFiles(tx, source)))
      await read(file).catch(async (error: unknown) => {
        if (!(error instanceof CryptoError)) throw error;
        const at = await time.now();
        await asHouse((tx) => tellOfUnreadable(tx, file, at));
      });
  }

  async function read(file: AnswerFileRow): Promise<void> {
    const { source } = file;
    const content = readAnswersFile(source, await asHouse((tx) => openAnswerFile(tx, file)));
    const rows = content.ok ? content.value.rows : [];
    const answers = rows.flatMap((each) => (each.kind === 'answer' ? [each.answer] : []));
    for (const answer of answers) await keep(file, answer);
    const at = await time.now();
    const counted = (kind: (typeof rows)[number]['kind']) => rows.filter((each) => each.kind === kind).length;
    await asHouse(async (tx) => {
      await recordFileReading(tx, file, {
        complete: content.ok && content.value.complete,
        fault: content.ok ? null : content.error,
        answers: answers.length,
        repeatedRows: counted('repeated'),
        unable: counted('unable'),
        refused: rows.flatMap((each) =>
          each.kind === 'refused' ? [{ row: each.row, column: each.column, code: each.code }] : [],
        ),
        at,
      });
      await readAfterAll(tx, file, at);
    });
  }

  async function keep({ id, source }: AnswerFileRow, answer: DepartmentAnswer): Promise<void> {
    const body = Buffer.from(JSON.stringify(answer));
    const webhookId = `row_${createHash('sha256').update(body).digest('hex')}`;
    const { answerId, caseNo } = await keepAnswer(casefile, {
      source,
      webhookId,
      body,
      at: await time.now(),
      realNow: time.real(),
      answerFileId: id,
    });
    if (answerId && caseNo) await tell(caseNo, answerId).catch(() => undefined);
  }

  async function thrown(source: Source, error: unknown): Promise<never> {
    if (isForged(error)) await tellForged(deps, source);
    throw error;
  }

  return { visit };
}

/** Read whole, and still the same: what changed since, or was never whole, is fetched again. */
const isDone = (
  { fileId, sha256 }: OfferedFile,
  known: readonly { fileId: string; digest: string; complete: boolean }[],
): boolean => known.some((each) => each.fileId === fileId && each.digest === sha256 && each.complete);
