/** Questions out and answers in as files (批量交换). */
export { MAX_BATCH_BYTES, type BatchHead, type FileFault } from './batch-frame.js';
export { writeAnswersFile, type AnswerColumn, type FileAnswer } from './answer-row.js';
export { readAnswersFile, type AnswerRow, type AnswerRowRefused, type AnswersFile } from './answers-file.js';
export {
  readQueryFile,
  writeQueryFile,
  type BatchQuestion,
  type QueryFile,
  type QueryRowFault,
} from './query-file.js';
