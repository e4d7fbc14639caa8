import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageWrong } from '../../demo/arguments.js';
import { explainFailure } from '../../demo/failures.js';
import { FileCannotRun } from '../../demo/driver.js';
import { openLine, Refused, type Line } from '../../demo/http.js';
import { ProgramFailed } from '../../demo/onedoor.js';
import { StackEnded } from '../../demo/stack.js';

interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Record<string, string>;
}

let server: Server | undefined;
afterEach(async () => {
  if (!server) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** A door that gives these answers one after the other, and remembers who knocked. */
async function door(replies: readonly Reply[]): Promise<{ line: Line; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  server = createServer((request, response) => {
    const { status, body, headers } = replies[seen.push(request) - 1] ?? { status: 500, body: {} };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const line = openLine(`http://127.0.0.1:${address.port}`, 'TOKEN', new AbortController().signal);
  return { line, seen };
}

describe('a line to the API', () => {
  it('reads with the token and keeps the tag', async () => {
    const { line, seen } = await door([{ status: 200, body: { a: 1 }, headers: { etag: '"7"' } }]);
    expect(await line.get('/v1/x')).toEqual({ body: { a: 1 }, etag: '"7"' });
    expect(seen[0]?.headers.authorization).toBe('Bearer TOKEN');
  });

  it('sends a command with a key of its own, and the tag it rests on', async () => {
    const { line, seen } = await door([
      { status: 200, body: {} },
      { status: 200, body: {} },
    ]);
    await line.post('/v1/x', { a: 1 }, { ifMatch: '"7"' });
    await line.post('/v1/x', { a: 1 });
    expect(seen[0]?.headers['if-match']).toBe('"7"');
    expect(seen[1]?.headers['if-match']).toBeUndefined();
    expect(seen[0]?.headers['idempotency-key']).not.toBe(seen[1]?.headers['idempotency-key']);
  });

  it('waits for a command that nobody has carried out yet', async () => {
    const { line, seen } = await door([
      { status: 202, body: { status: 'received' }, headers: { location: '/v1/commands/c' } },
      { status: 200, body: { status: 'received' } },
      { status: 200, body: { status: 'applied', outcome: { httpStatus: 200, result: { visitId: 'v' } } } },
    ]);
    expect(await line.post('/v1/x', {})).toEqual({ visitId: 'v' });
    expect(seen.map((request) => request.url)).toEqual(['/v1/x', '/v1/commands/c', '/v1/commands/c']);
  });

  it('says no with what the API said, also when that comes later', async () => {
    const problem = { code: 'guard_not_met', title: 'No', params: { guard: 'papers_complete' } };
    const { line } = await door([
      { status: 409, body: problem },
      { status: 202, body: {}, headers: { location: '/v1/commands/c' } },
      { status: 200, body: { status: 'rejected', outcome: { httpStatus: 412, code: 'evidence_changed' } } },
    ]);
    const refused = (await line.post('/v1/x', {}).catch((error: unknown) => error)) as Refused;
    expect(refused.param('guard')).toBe('papers_complete');
    expect(refused.message).toBe('409 guard_not_met: No (/v1/x, guard: papers_complete)');
    await expect(line.post('/v1/x', {})).rejects.toMatchObject({
      problem: { status: 412, code: 'evidence_changed' },
    });
  });
});

describe('explainFailure', () => {
  const running = new AbortController().signal;
  const refused = (status: number): Refused => new Refused({ status, code: 'c', title: 't' }, '/v1');
  it.each([
    [new UsageWrong('--lang must be zh or en'), 2, '--lang'],
    [new FileCannotRun('place', 'is unknown'), 2, 'place: is unknown'],
    [new StackEnded(3), 3, 'onedoor start ended with 3'],
    [new StackEnded(0), 3, 'onedoor start ended with 0'],
    [new ProgramFailed(['verify'], 2, 'why'), 2, 'onedoor verify ended with 2\nwhy'],
    [
      Object.assign(new Error('x', { cause: new StackEnded(3) }), { name: 'AbortError' }),
      3,
      'onedoor start ended',
    ],
    [refused(503), 3, '503 c: t'],
    [refused(409), 1, '409 c: t'],
    [new Error('odd'), 1, 'odd'],
    ['odd', 1, 'odd'],
  ])('%s ends with %d', (error, exit, sentence) => {
    expect(explainFailure(error, running)).toMatchObject({
      exit,
      sentence: expect.stringContaining(sentence),
    });
  });
  it('says that it was stopped, whatever broke on the way', () => {
    expect(explainFailure(new Error('x'), AbortSignal.abort()).exit).toBe(130);
  });
});
