import { afterEach, describe, expect, it } from 'vitest';
import { withCircuit } from './circuit.js';
import { createBatchConnector } from './connector-batch.js';
import { ConnectorFault } from './connector-fault.js';
import { createPollingConnector } from './connector-polling.js';
import { createOutgoing } from './outgoing.js';
import { signBody, verifySignature } from './signature.js';
import { KEYS, NOW, bodyOf, listen, lookupOf, type Listener } from './test-support.js';
import type { RequestListener } from 'node:http';
import type { Id } from '../terms/ids.js';

const ID = '0195552e-7a00-7000-8000-000000000001' as Id;
const servers: Listener[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
async function department(handler: RequestListener): Promise<string> {
  const server = await listen(handler);
  servers.push(server);
  return server.url;
}
const optionsFor = (baseUrl: string) => ({
  source: 'bank',
  baseUrl,
  signingKey: KEYS.bank[0],
  verifyingKeys: KEYS.bank,
  timeoutMs: 2_000,
  outgoing: createOutgoing({ baseUrls: [baseUrl], simulated: true }),
  realNow: () => NOW,
  windowMs: 20,
  madeAt: () => Promise.resolve('2026-03-02T09:00:00+08:00'),
});
const polling = (url: string) => createPollingConnector(optionsFor(url));
const batch = (url: string) => createBatchConnector(optionsFor(url));
/** A response signed by the bank, or by whoever has this key. */
const saying = (text: string, key = KEYS.bank[0], said = text): RequestListener => {
  return (_, response) => {
    const body = Buffer.from(text);
    response.writeHead(200, { ...signBody({ key, id: 'msg_1', realNow: NOW, body }) }).end(said);
  };
};
const faultOf = async (work: Promise<unknown> | undefined): Promise<ConnectorFault> => {
  const caught: unknown = await work?.catch((error: unknown) => error);
  if (!(caught instanceof ConnectorFault)) throw new Error(`no fault but ${JSON.stringify(caught)}`);
  return caught;
};

describe('coming for an answer', () => {
  it('asks for this answer, signed over what it asks for', async () => {
    const seen: string[] = [];
    const url = await department((request, response) => {
      const headers = new Headers(request.headers as Record<string, string>);
      const body = Buffer.from(`${request.method} ${request.url}`);
      seen.push(verifySignature({ keys: KEYS.bank, headers, body, realNow: NOW }).webhookId, body.toString());
      response.writeHead(204).end();
    });
    expect(await polling(url).collect?.(ID)).toEqual({ kind: 'not_ready' });
    expect(seen).toEqual([ID, `GET /bank/requests/${ID}/answer`]);
  });

  it('takes the bytes as they were signed, and by which message', async () => {
    const url = await department(saying('{"x":1}'));
    expect(await polling(url).collect?.(ID)).toEqual({
      kind: 'signed',
      webhookId: 'msg_1',
      body: Buffer.from('{"x":1}'),
    });
  });

  it.each([202, 204, 404])('hears %i as "not yet", and how long to wait', async (status) => {
    const url = await department((_, response) => response.writeHead(status, { 'retry-after': '90' }).end());
    expect(await polling(url).collect?.(ID)).toEqual({ kind: 'not_ready', retryAfterMs: 90_000 });
  });

  it.each([
    [500, 'server_error'],
    [429, 'too_busy'],
    [307, 'redirected'],
    [401, 'unexpected_response'],
  ])('takes %i for %s', async (status, fault) => {
    const url = await department((_, response) => response.writeHead(status, { location: '/other' }).end());
    expect((await faultOf(polling(url).collect?.(ID))).fault).toBe(fault);
  });

  it.each<[string, RequestListener]>([
    ['a page that is nobody’s', (_, response) => response.end('<p>系统维护中</p>')],
    ['another’s signature', saying('{}', KEYS.social_insurance[0])],
    ['a signature over other bytes', saying('{}', KEYS.bank[0], '{ }')],
  ])('does not believe %s', async (_, handler) => {
    const fault = await faultOf(polling(await department(handler)).collect?.(ID));
    expect([fault.fault, fault.retryable]).toEqual(['signature_invalid', true]);
  });

  it('reads no more than an answer may have', async () => {
    const url = await department(saying('x'.repeat(65_537)));
    expect((await faultOf(polling(url).collect?.(ID))).fault).toBe('response_too_large');
  });

  it('leaves a department alone whose circuit is broken', async () => {
    const url = await department((_, response) => response.writeHead(500).end());
    const guarded = withCircuit(polling(url), { faults: 1, coolingMs: 60_000 });
    expect((await faultOf(guarded.collect?.(ID))).fault).toBe('server_error');
    expect((await faultOf(guarded.collect?.(ID))).fault).toBe('circuit_open');
  });
});

describe('files', () => {
  it('go out with what came within the window, each question once', async () => {
    const bodies: string[] = [];
    const url = await department((request, response) => {
      void bodyOf(request).then((body) => {
        bodies.push(`${request.method} ${body.toString()}`);
        response.writeHead(202).end();
      });
    });
    const connector = batch(url);
    const other = lookupOf({ requestId: '0195552e-7a00-7000-8000-000000000002' });
    const came = await Promise.all([lookupOf(), lookupOf(), other].map((each) => connector.ask(each)));
    expect(came.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toMatch(/^PUT onedoor_query,1,bank,/);
    expect(bodies[0]?.split('\r\n')).toHaveLength(6);
    expect(bodies[0]).not.toContain('callbacks');
  });

  it('are refused as a whole when it is not for one of their questions', async () => {
    let files = 0;
    const url = await department((request, response) => {
      void bodyOf(request).then(() => {
        files += 1;
        response.writeHead(401).end();
      });
    });
    const connector = batch(url);
    const other = lookupOf({ requestId: '0195552e-7a00-7000-8000-000000000002' });
    const came = await Promise.all([lookupOf(), other].map((each) => connector.ask(each)));
    expect([came, files]).toEqual([Array(2).fill({ kind: 'refused', status: 401 }), 1]);
  });

  it.each(['{"files":[{"fileId":"../../x","sha256":"00"}]}', '[]', 'x'])(
    'are not fetched by a list like %s',
    async (list) => {
      const url = await department(saying(list));
      expect((await faultOf(batch(url).files?.list())).fault).toBe('unexpected_response');
    },
  );
});
