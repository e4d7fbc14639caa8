import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TargetNotAllowed } from './outgoing-target.js';
import { createOutgoing } from './outgoing.js';
import { bodyOf, listen } from './test-support.js';
import { messageOf, names, setTrap } from './test-trap.js';
import type { LookupFunction } from 'node:net';
import type { Listener } from './test-support.js';
import type { Trap } from './test-trap.js';

const BANK = 'https://bank.gov.example';

let trap: Trap;
let department: Listener;
const taken: string[] = [];
beforeAll(async () => {
  trap = await setTrap();
  department = await listen((request, response) => {
    void bodyOf(request).then((body) => {
      taken.push(`${request.headers.host} ${request.url} ${body.toString()}`);
      if (request.url === '/away') response.setHeader('location', `http://127.0.0.1:${trap.port}/`);
      response.writeHead(request.url === '/away' ? 307 : 202, { 'retry-after': '9' }).end('taken');
    });
  });
});
afterAll(async () => {
  trap.stop();
  await department.stop();
});
beforeEach(() => {
  trap.reset();
  taken.length = 0;
});

describe('a name that leads inside', () => {
  it.each([
    ['an address of this machine', ['127.0.0.1']],
    ['a private address', ['10.0.0.7']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['IPv6 loopback', ['::1']],
    ['IPv4 dressed as IPv6', ['::ffff:127.0.0.1']],
    ['a link with its interface', ['fe80::1%lo']],
    ['a public address and a private one', ['93.184.216.34', '10.0.0.7']],
    ['a private address and a public one', ['10.0.0.7', '2400:3200::1']],
    ['nothing', []],
    ['no address', ['intranet']],
  ])('is not called: %s', async (_, addresses) => {
    const { lookup, asked } = names(addresses);
    const outgoing = createOutgoing({ baseUrls: [BANK], simulated: false, lookup });
    await expect(outgoing.call('POST', `${BANK}/`, messageOf('x'))).rejects.toMatchObject({
      refusal: 'address',
    });
    expect({ tried: trap.tried(), asked }).toEqual({ tried: [], asked: ['bank.gov.example'] });
  });

  it('gains nothing by changing its mind: what was checked is what is connected to', async () => {
    const { lookup, asked } = names(['127.0.0.1'], ['127.0.0.2']);
    const url = `${BANK}:${trap.port}`;
    const isPublic = (address: string) => address === '127.0.0.1';
    const outgoing = createOutgoing({ baseUrls: [url], simulated: false, lookup, isPublic });
    // The trap speaks no TLS: the connection was made, and then broke.
    await expect(outgoing.call('POST', url, messageOf('x'))).rejects.not.toBeInstanceOf(TargetNotAllowed);
    expect([trap.tried(), trap.arrived, asked]).toEqual([['127.0.0.1'], 1, ['bank.gov.example']]);
    await expect(outgoing.call('POST', url, messageOf('x'))).rejects.toMatchObject({ refusal: 'address' });
    expect([trap.tried(), trap.arrived, asked.length]).toEqual([['127.0.0.1'], 1, 2]);
  });

  it('is told apart from a name that does not resolve', async () => {
    const lookup: LookupFunction = (_, __, callback) =>
      callback(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
    const outgoing = createOutgoing({ baseUrls: [BANK], simulated: false, lookup });
    await expect(outgoing.call('POST', BANK, messageOf('x'))).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

describe('a department of the configuration', () => {
  const simulated = () => createOutgoing({ baseUrls: [`${department.url}/v2`], simulated: true });

  it('is asked over real HTTP in simulated mode', async () => {
    const response = await simulated().call('POST', `${department.url}/bank/requests`, messageOf('question'));
    expect(response.status).toBe(202);
    expect(response.headers.get('retry-after')).toBe('9');
    expect(await response.text()).toBe('taken');
    expect(taken).toEqual([`${department.url.slice('http://'.length)} /bank/requests question`]);
    expect(trap.tried()).toEqual(['127.0.0.1']);
  });

  it('is asked under a name too', async () => {
    const named = department.url.replace('127.0.0.1', 'departments.test');
    const { lookup } = names(['127.0.0.1']);
    const outgoing = createOutgoing({ baseUrls: [named], simulated: true, lookup });
    expect((await outgoing.call('POST', `${named}/x`, messageOf('question'))).status).toBe(202);
    expect(taken).toEqual([`${named.slice('http://'.length)} /x question`]);
  });

  it('does not send the house elsewhere', async () => {
    const response = await simulated().call('POST', `${department.url}/away`, messageOf('x'));
    expect(response.status).toBe(307);
    expect([trap.arrived, trap.tried()]).toEqual([0, ['127.0.0.1']]);
  });

  it('is called where the checked URL says, not where its text might be read to point', async () => {
    const target = `${department.url}\\@127.0.0.1:${trap.port}/`;
    expect((await simulated().call('POST', target, messageOf('x'))).status).toBe(202);
    expect([trap.arrived, taken.length]).toEqual([0, 1]);
  });

  it.each([`${BANK}/x`, 'https://BANK.GOV.EXAMPLE:443/x', 'https://ｂank.gov.example/x'])(
    'may be looked up and called: %s',
    async (target) => {
      const lookup: LookupFunction = (_, __, callback) => callback(new Error('asked for'), []);
      const outgoing = createOutgoing({ baseUrls: [BANK], simulated: false, lookup });
      await expect(outgoing.call('POST', target, messageOf('x'))).rejects.toThrow('asked for');
    },
  );
});
