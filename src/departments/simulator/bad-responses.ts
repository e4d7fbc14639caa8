import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipBomb, padded } from './bad-bytes.js';
import type { HttpBindings } from '@hono/node-server';
import type { TakingFault } from './faults.js';

type Outgoing = HttpBindings['outgoing'];

/** Faults after which the department has the question all the same. */
export type TakesAnyway = 'slow_response' | 'executes_and_times_out';

/** How long somebody who never hangs up is kept waiting, in real milliseconds. */
const LONGEST_WAIT_MS = 60_000;
/** Seconds; short, so that whoever watches sees the next attempt. */
const RETRY_AFTER = '2';

const json = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers });
const busy = { code: 500, msg: '系统繁忙，请稍后再试' };
const page = (title: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title></head><body>${title}</body></html>`;

/** Answers a question's request as no department should. The question is not taken. */
export async function misbehave(
  fault: Exclude<TakingFault, TakesAnyway>,
  outgoing: Outgoing,
): Promise<Response> {
  switch (fault) {
    case 'no_response':
      return neverRespond(outgoing);
    case 'connection_reset':
      return breakOff(outgoing);
    case 'too_many_requests':
      return json(429, { code: 429, msg: '请求过于频繁' }, { 'retry-after': RETRY_AFTER });
    case 'server_error':
      return json(500, busy);
    case 'bad_gateway':
      return html(502, '502 Bad Gateway');
    case 'unavailable':
      return html(503, '503 Service Unavailable');
    case 'ok_with_error_body':
      return json(200, busy);
    case 'ok_with_html':
      return html(200, '系统维护中');
    case 'large_response':
      return body(padded('{"status":"accepted"}'), {});
    case 'gzip_bomb_response':
      return body(gzipBomb(), { 'content-encoding': 'gzip' });
  }
}

const html = (status: number, title: string): Response =>
  new Response(page(title), { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
const body = (bytes: Uint8Array, headers: Record<string, string>): Response =>
  new Response(new Uint8Array(bytes), {
    status: 202,
    headers: { 'content-type': 'application/json', ...headers },
  });

/** Keeps the connection and says nothing until the other side hangs up. */
export async function neverRespond(outgoing: Outgoing): Promise<Response> {
  const waiting = new AbortController();
  await Promise.race([
    once(outgoing, 'close', { signal: waiting.signal }).catch(() => undefined),
    sleep(LONGEST_WAIT_MS, undefined, { signal: waiting.signal, ref: false }).catch(() => undefined),
  ]);
  waiting.abort();
  outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Half of an acceptance, then a reset. */
async function breakOff(outgoing: Outgoing): Promise<Response> {
  outgoing.writeHead(202, { 'content-type': 'application/json', 'content-length': '1000' });
  await new Promise((written) => outgoing.write('{"status":"acc', written));
  outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}
