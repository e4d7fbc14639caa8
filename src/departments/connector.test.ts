import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { DomainError } from '../terms/errors.js';
import { ConnectorFault } from './connector-fault.js';
import { createHttpConnector } from './connector.js';
import { createOutgoing } from './outgoing.js';
import { verifySignature } from './signature.js';
import { KEYS, NOW, bodyOf, listen, lookupOf } from './test-support.js';
import type { RequestListener, ServerResponse } from 'node:http';
import type { Listener } from './test-support.js';

const servers: Listener[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function department(handler: RequestListener): Promise<string> {
  const server = await listen(handler);
  servers.push(server);
  return server.url;
}
const connectorTo = (baseUrl: string, timeoutMs = 2_000) =>
  createHttpConnector({
    source: 'bank',
    baseUrl,
    signingKey: KEYS.bank[0],
    timeoutMs,
    outgoing: createOutgoing({ baseUrls: [baseUrl], simulated: true }),
    realNow: () => NOW,
  });
const answering = (status: number, headers: Record<string, string> = {}) =>
  department((_, response) => response.writeHead(status, headers).end());
async function faultOf(asking: Promise<unknown>): Promise<ConnectorFault> {
  const caught: unknown = await asking.catch((error: unknown) => error);
  if (!(caught instanceof ConnectorFault)) throw new Error(`no fault but ${JSON.stringify(caught)}`);
  return caught;
}
/** Writes for as long as the other side listens. */
const flood = (response: ServerResponse, bytes: number): void => {
  response.end(Buffer.alloc(bytes, 'x'));
};

describe('asking over HTTP', () => {
  it('sends the question, signed over its bytes, and takes a 202', async () => {
    const seen: { url?: string | undefined; body?: unknown; webhookId?: string }[] = [];
    const url = await department((request, response) => {
      void bodyOf(request).then((body) => {
        const headers = new Headers(request.headers as Record<string, string>);
        const { webhookId } = verifySignature({ keys: KEYS.bank, headers, body, realNow: NOW });
        seen.push({ url: request.url, body: JSON.parse(body.toString()), webhookId });
        response.writeHead(202).end('{"status":"accepted"}');
      });
    });
    const request = lookupOf();
    expect(await connectorTo(url).ask(request)).toEqual({ kind: 'accepted' });
    expect(seen).toEqual([{ url: '/bank/requests', body: request, webhookId: request.requestId }]);
  });

  it('sends nothing but what the contract names, whatever it was handed', async () => {
    const bodies: unknown[] = [];
    const url = await department((request, response) => {
      void bodyOf(request).then((body) => {
        bodies.push(JSON.parse(body.toString()));
        response.writeHead(202).end();
      });
    });
    const richer = {
      ...lookupOf(),
      caseNo: 'AP-441625103-2026-00001',
      subject: { ...lookupOf().subject, phone: '1' },
    };
    await connectorTo(url).ask(richer);
    expect(bodies).toEqual([lookupOf()]);
  });

  it.each([400, 401, 403, 404, 409, 410, 413, 422])('returns %i as a refusal', async (status) => {
    expect(await connectorTo(await answering(status)).ask(lookupOf())).toEqual({ kind: 'refused', status });
  });

  it.each([
    [500, 'server_error', true],
    [502, 'server_error', true],
    [503, 'server_error', true],
    [408, 'too_busy', true],
    [429, 'too_busy', true],
    [200, 'unexpected_response', true],
    [204, 'unexpected_response', true],
    [304, 'redirected', false],
  ])('throws at %i: %s', async (status, fault, retryable) => {
    const error = await faultOf(connectorTo(await answering(status)).ask(lookupOf()));
    expect(error).toMatchObject({ fault, retryable, source: 'bank', params: { status } });
    expect(error).toBeInstanceOf(DomainError);
  });

  it('passes on how long a busy department wants to be left alone', async () => {
    const error = await faultOf(connectorTo(await answering(429, { 'retry-after': '120' })).ask(lookupOf()));
    expect(error.retryAfterMs).toBe(120_000);
  });

  it.each([301, 302, 303, 307, 308])('does not follow a %i', async (status) => {
    let followed = 0;
    const elsewhere = await department((_, response) => {
      followed += 1;
      response.writeHead(202).end();
    });
    const url = await answering(status, { location: `${elsewhere}/bank/requests` });
    const error = await faultOf(connectorTo(url).ask(lookupOf()));
    expect([error.fault, error.retryable, followed]).toEqual(['redirected', false, 0]);
  });
});

describe('departments that fail', () => {
  it('gives up when no answer begins', async () => {
    const url = await department(() => undefined);
    const error = await faultOf(connectorTo(url, 100).ask(lookupOf()));
    expect(error).toMatchObject({ fault: 'timeout', retryable: true });
  });

  it('gives up when an answer never ends', async () => {
    const url = await department((_, response) => {
      response.writeHead(202).write('{');
    });
    expect(await faultOf(connectorTo(url, 100).ask(lookupOf()))).toMatchObject({ fault: 'timeout' });
  });

  it('is unreachable when nobody listens', async () => {
    const server = await listen(() => undefined);
    await server.stop();
    expect(await faultOf(connectorTo(server.url).ask(lookupOf()))).toMatchObject({ fault: 'unreachable' });
  });

  it('is unreachable when the connection breaks before the answer', async () => {
    const url = await department((request) => request.socket.destroy());
    expect(await faultOf(connectorTo(url).ask(lookupOf()))).toMatchObject({
      fault: 'unreachable',
      retryable: true,
    });
  });

  it('does not read 5 MB', async () => {
    const url = await department((_, response) => flood(response.writeHead(202), 5 * 1024 * 1024));
    expect(await faultOf(connectorTo(url).ask(lookupOf()))).toMatchObject({ fault: 'response_too_large' });
  });

  it('does not unpack a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    const url = await department((_, response) =>
      response.writeHead(202, { 'content-encoding': 'gzip' }).end(bomb),
    );
    expect(bomb.length).toBeLessThan(32_768);
    expect(await faultOf(connectorTo(url).ask(lookupOf()))).toMatchObject({ fault: 'response_too_large' });
  });

  it('does not read the body of a refusal', async () => {
    const url = await department((_, response) => flood(response.writeHead(422), 5 * 1024 * 1024));
    expect(await connectorTo(url).ask(lookupOf())).toEqual({ kind: 'refused', status: 422 });
  });

  it('says nothing about the person in a fault', async () => {
    const error = await faultOf(connectorTo(await answering(500)).ask(lookupOf()));
    const printed = `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`;
    expect(printed).not.toMatch(/44162519700101001X|林桂香/);
  });
});
