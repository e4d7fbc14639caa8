import { createHash } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import { rfc3339, type Instant } from '../../terms/dates.js';
import { ANSWERS } from '../answer-row.js';
import { framed } from '../batch-frame.js';
import type { Id } from '../../terms/ids.js';
import type { Source } from '../contract.js';
import type { OfferedFile } from '../connector.js';
import type { Ledger } from './ledger.js';
import { noteDelivery, type Letter } from './letters.js';

const NAMESPACE = uuidV5('one door answer files', uuidV5.URL);

/** A file of answers that a department offers from now on. */
interface AnswerFile {
  readonly fileId: Id;
  readonly letters: readonly Letter[];
  readonly bytes: Uint8Array;
  /** What there is of it when it is fetched for the first time; it is finished afterwards. */
  readonly half: Uint8Array | null;
  readonly missing: boolean;
  fetched: number;
}

/** What is handed out: the file as it is at that moment, and whose key signs it. */
export interface HandedOut {
  readonly letter: Letter | undefined;
  readonly bytes: Uint8Array;
}

/** The files of one department. Letters that are due go into a file when somebody looks what there is. */
export function createFileDesk({ source, ledger, seed }: { source: Source; ledger: Ledger; seed: number }) {
  const files: AnswerFile[] = [];
  const filed = new Set<Letter>();

  const waiting = (now: Instant): Letter[] =>
    ledger
      .lettersOf(source)
      .filter((letter) => letter.copiesLeft > 0 && letter.dueAt <= now && !filed.has(letter));

  function write(now: Instant): void {
    const together = new Map<string, Letter[]>();
    for (const letter of waiting(now)) {
      const own = together.get(companyOf(letter)) ?? [];
      together.set(companyOf(letter), [...own, letter]);
    }
    for (const letters of together.values()) {
      const fileId = uuidV5(`${source}/${seed}/${files.length}`, NAMESPACE) as Id;
      const rows = letters.map((letter) => letter.rows());
      const bytes = framed(ANSWERS, { fileId, source, madeAt: rfc3339(now) }, Buffer.concat(rows));
      const [first] = letters;
      const cut = bytes.length - Math.ceil((rows.at(-1)?.length ?? 0) / 3) - TRAILER_BYTES;
      files.push({
        fileId,
        letters,
        bytes,
        half: first?.fault === 'file_half_written' ? bytes.subarray(0, cut) : null,
        missing: first?.fault === 'file_missing',
        fetched: 0,
      });
      for (const letter of letters) filed.add(letter);
    }
  }

  const asItIs = ({ half, fetched, bytes }: AnswerFile): Uint8Array =>
    half !== null && fetched === 0 ? half : bytes;

  return {
    list(now: Instant): OfferedFile[] {
      write(now);
      return files.map((file) => ({ fileId: file.fileId, sha256: sha256(asItIs(file)) }));
    },
    handOut(fileId: string, now: Instant): HandedOut | undefined {
      const file = files.find((each) => each.fileId === fileId);
      if (!file) return undefined;
      const bytes = asItIs(file);
      const begun = file.fetched > 0;
      file.fetched += 1;
      for (const letter of begun ? [] : file.letters) {
        noteDelivery(letter, { at: now, status: file.missing ? 404 : 200 });
        // A letter with copies left goes into the next file too.
        filed.delete(letter);
        if (file.missing) letter.copiesLeft = 0;
      }
      return file.missing ? undefined : { letter: file.letters[0], bytes };
    },
    /** Files and letters that nobody has come for yet. */
    uncollected: (now: Instant): number =>
      waiting(now).length + files.filter(({ fetched }) => fetched === 0).length,
  };
}

export type FileDesk = ReturnType<typeof createFileDesk>;

/** About a hundred bytes at the end: the trailer of a file that is still being written is not there. */
const TRAILER_BYTES = 74;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Whose key signs decides over a file, and so does what is wrong with it as a whole. */
const companyOf = ({ signedBy, signedAgoMs, fault }: Letter): string =>
  [signedBy, signedAgoMs, fault === 'file_half_written' || fault === 'file_missing' ? fault : ''].join();
