import { bodyLimit } from 'hono/body-limit';
import { DomainError } from '../../terms/errors.js';
import { MAX_BATCH_BYTES, readQueryFile } from '../batch-file.js';
import { verifySignature } from '../signature.js';
import { sourceOf, SOURCES } from '../sources.js';
import { takenBadly, takeUp } from './questions.js';
import { createFileDesk, type FileDesk } from './file-desk.js';
import { bytesOf, tooLarge } from './problem.js';
import { AS_ITSELF, asksWithKey, signedResponse } from './signed-response.js';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppParts } from './app-parts.js';
import type { Registers } from './files.js';

const CSV = { 'content-type': 'text/csv; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * Where departments take files of questions and offer files of answers.
 * @returns how many letters and files nobody has come for yet
 */
export function exchangeFiles(
  app: Hono<{ Bindings: HttpBindings }>,
  parts: AppParts,
  registers: () => Registers,
): () => number {
  const { ledger, memory, clock, seed, signingKeys, realNow } = parts;
  const desks: FileDesk[] = [];
  for (const source of SOURCES.filter((each) => sourceOf(each).wire === 'batch')) {
    const desk = createFileDesk({ source, ledger, seed });
    desks.push(desk);
    app.put(
      `/${source}/query-files/:fileId`,
      bodyLimit({ maxSize: MAX_BATCH_BYTES, onError: tooLarge }),
      async (c) => {
        const body = await bytesOf(c);
        const { headers } = c.req.raw;
        verifySignature({ keys: signingKeys[source] ?? [], headers, body, realNow: realNow() });
        const file = readQueryFile(source, body);
        if (!file.ok) throw new DomainError('body_invalid', { params: { reason: file.error } });
        if (
          !file.value.complete ||
          file.value.faults.length > 0 ||
          file.value.head.fileId !== c.req.param('fileId')
        )
          throw new DomainError('body_invalid', { params: { reason: 'rows' } });
        const arrivals = file.value.questions.map((question) => {
          // Nobody is called back.
          const request = { ...question, callbackUrl: '' };
          const arrival = ledger.arrive(request);
          if (arrival === 'conflict') throw new DomainError('idempotency_key_reused');
          memory.keep({ kind: 'asked', request });
          return { arrival, request };
        });
        // What is wrong with taking one question is wrong with the file it came in.
        const worst = arrivals.find(({ arrival }) => arrival.fault)?.arrival ?? arrivals[0]?.arrival;
        return takenBadly(worst, c, () => {
          for (const arrived of arrivals) takeUp(parts, arrived, registers());
          return c.json({ fileId: file.value.head.fileId, status: 'accepted' }, 202);
        });
      },
    );
    app.get(`/${source}/answer-files`, (c) => {
      asksWithKey(c, source, parts);
      const body = Buffer.from(JSON.stringify({ files: desk.list(clock.now()) }));
      return signedResponse(parts, { source, ...AS_ITSELF, headers: JSON_TYPE }, crypto.randomUUID(), body);
    });
    app.get(`/${source}/answer-files/:fileId`, (c) => {
      asksWithKey(c, source, parts);
      const fileId = c.req.param('fileId');
      const handed = desk.handOut(fileId, clock.now());
      if (!handed) return c.body(null, 404);
      const { signedBy, signedAgoMs } = handed.letter ?? AS_ITSELF;
      return signedResponse(
        parts,
        { source, signedBy, signedAgoMs, headers: CSV },
        `file_${fileId}`,
        handed.bytes,
      );
    });
  }
  return () => desks.reduce((sum, desk) => sum + desk.uncollected(clock.now()), 0);
}
