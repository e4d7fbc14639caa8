import { v7 } from 'uuid';
import { z } from 'zod';
import { MAX_BATCH_BYTES, writeQueryFile, type BatchQuestion } from './batch-file.js';
import { createExchange, type Exchange } from './connector-exchange.js';
import { createCollecting, type CollectingOptions } from './connector-polling.js';
import { handOver, type Accepted, type AnswerFileDoor, type Connector, type Refused } from './connector.js';
import { parseJsonBody } from './json-body.js';
import { idSchema } from './wire.js';
import type { LookupRequest } from './contract.js';
import type { Id } from '../terms/ids.js';

export interface BatchOptions extends CollectingOptions {
  /** Real milliseconds for which a question waits for others to go out with. */
  windowMs: number;
  /** Business time as RFC 3339, for the head of the file. */
  madeAt: () => Promise<string>;
}

interface Waiting {
  readonly question: BatchQuestion;
  resolve(came: Accepted | Refused): void;
  reject(error: unknown): void;
}

/** Beyond so many a file does not wait for the window to close. */
const MAX_QUESTIONS = 10_000;
const MAX_LIST_BYTES = 1_048_576;
/** What came: the listing of a department that never clears up. */
const MAX_FILES = 5_000;

/**
 * A department that takes files of questions and offers files of answers. Questions that have passed the gate wait a
 * moment for others and leave as one file; each of them has arrived when the file has. Nothing is lost with a process
 * that dies in between: the questions are asked again, perhaps in other company, and the department knows their ids.
 */
export function createBatchConnector(options: BatchOptions): Connector {
  const exchange = createExchange(options);
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function send(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const all = waiting;
    waiting = [];
    try {
      // Asked twice at once is one row.
      const questions = new Map(all.map(({ question }) => [question.requestId, question]));
      const came = await upload(exchange, options, [...questions.values()]);
      for (const each of all) {
        const own = came.get(each.question.requestId);
        if (own) each.resolve(own);
        else each.reject(exchange.faultOf('unexpected_response'));
      }
    } catch (error) {
      for (const each of all) each.reject(error);
    }
  }

  return {
    source: options.source,
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ question: questionOf(request), resolve, reject });
        timer ??= setTimeout(() => void send(), options.windowMs);
        if (waiting.length >= MAX_QUESTIONS) void send();
      }),
    files: answerFiles(exchange, options),
  };
}

/** What the department says of a file when it does not like something in it. */
const DISLIKED = [400, 413, 422];

/**
 * One file, or several when the department refuses it: halves of it, until what it will not take is by itself. Nobody's
 * question is refused for the company it came in.
 */
async function upload(
  exchange: Exchange,
  options: BatchOptions,
  questions: readonly BatchQuestion[],
): Promise<Map<Id, Accepted | Refused>> {
  const came = await put(exchange, options, questions);
  const half = Math.ceil(questions.length / 2);
  if (came.kind === 'accepted' || half === questions.length || !DISLIKED.includes(came.status))
    return new Map(questions.map(({ requestId }) => [requestId, came]));
  return new Map([
    ...(await upload(exchange, options, questions.slice(0, half))),
    ...(await upload(exchange, options, questions.slice(half))),
  ]);
}

async function put(
  exchange: Exchange,
  { source, madeAt }: BatchOptions,
  questions: readonly BatchQuestion[],
): Promise<Accepted | Refused> {
  const fileId = v7() as Id;
  const body = writeQueryFile({ fileId, source, madeAt: await madeAt() }, questions);
  const came = await handOver(exchange, {
    method: 'PUT',
    path: `/query-files/${fileId}`,
    id: fileId,
    content: { type: 'text/csv; charset=utf-8', body },
  });
  return came.kind === 'accepted' ? { ...came, fileId } : came;
}

/** Field by field, as for every question that leaves. */
const questionOf = (request: LookupRequest): BatchQuestion => ({
  requestId: request.requestId,
  source: request.source,
  purpose: request.purpose,
  caseRef: request.caseRef,
  consentHash: request.consentHash,
  items: [...request.items],
  subject: { idNumber: request.subject.idNumber, name: request.subject.name },
  asOf: request.asOf,
  dueAt: request.dueAt,
});

const listSchema = z.strictObject({
  files: z
    .array(z.strictObject({ fileId: idSchema, sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(MAX_FILES),
});

function answerFiles(exchange: Exchange, options: BatchOptions): AnswerFileDoor {
  const collect = createCollecting(exchange, options);
  return {
    async list() {
      const listed = await collect('/answer-files', v7(), MAX_LIST_BYTES);
      if (listed.kind === 'not_ready') return [];
      const read = parseJsonBody({ schema: listSchema, body: listed.body, maxBytes: MAX_LIST_BYTES });
      if (!read.ok) throw exchange.faultOf('unexpected_response');
      return read.value.files;
    },
    fetch: (fileId) => collect(`/answer-files/${fileId}`, fileId, MAX_BATCH_BYTES),
  };
}
