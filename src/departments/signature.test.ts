import { inspect } from 'node:util';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import {
  SIGNATURE_TOLERANCE_MS,
  SigningKeyInvalid,
  signBody,
  signingKey,
  verifySignature,
} from './signature.js';
import { KEYS, NOW, secretOf } from './test-support.js';

const OLD = signingKey(secretOf('o'));
const NEW = signingKey(secretOf('n'));
const BODY = Buffer.from('{"outcome":"none","name":"阿依古丽·买买提𠮷"}');
const signed = (key = OLD, at = NOW, body: Uint8Array = BODY) =>
  signBody({ key, id: 'msg_1', realNow: at, body });
const verify = (
  headers: Record<string, string>,
  {
    keys = [OLD],
    body = BODY,
    realNow = NOW,
  }: { keys?: readonly (typeof OLD)[]; body?: Uint8Array; realNow?: number } = {},
) => verifySignature({ keys, headers: new Headers(headers), body, realNow });
const refusal = (reason: string) =>
  expect.objectContaining({ code: 'signature_invalid', params: { reason } });

describe('signing', () => {
  it('reproduces the published vector of the Standard Webhooks reference implementations', () => {
    const key = signingKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const headers = signBody({
      key,
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      realNow: 1_614_265_330_000,
      body: Buffer.from('{"test": 2432232314}'),
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('agrees with the standardwebhooks package for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array({ minLength: 24, maxLength: 64 }),
        (text, secret) => {
          const base64 = Buffer.from(secret).toString('base64');
          const theirs = new Webhook(base64).sign('msg_1', new Date(NOW), text);
          const key = signingKey(`whsec_${base64}`);
          const ours = signBody({ key, id: 'msg_1', realNow: NOW, body: Buffer.from(text) });
          expect(ours['webhook-signature']).toBe(theirs);
        },
      ),
    );
  });

  it.each([
    ['no prefix', 'bm90IGEgc2VjcmV0IGF0IGFsbCwgbm90IG9uZQ=='],
    ['too short', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['too long', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['not base64', 'whsec_门门门门门门门门门门门门门门门门门门门门门门'],
    ['empty', ''],
  ])('refuses a secret that is %s', (_, secret) => {
    expect(() => signingKey(secret)).toThrow(SigningKeyInvalid);
  });

  it('never prints a key', () => {
    expect(inspect(OLD, { depth: 9, showHidden: true }) + JSON.stringify({ OLD })).not.toContain('oooo');
  });
});

describe('verifying', () => {
  it('gives the id back, by which repetitions are known', () => {
    expect(verify(signed())).toEqual({ webhookId: 'msg_1' });
  });

  it.each([
    ['the old key while both live', OLD, [NEW, OLD]],
    ['the new key while both live', NEW, [NEW, OLD]],
    ['the new key after rotation', NEW, [NEW]],
  ])('accepts %s', (_, key, keys) => {
    expect(verify(signed(key), { keys })).toEqual({ webhookId: 'msg_1' });
  });

  it('accepts several signatures of which one is ours, and ignores versions it does not know', () => {
    const both = `v1a,abc ${signed(NEW)['webhook-signature']} ${signed(OLD)['webhook-signature']}`;
    expect(verify({ ...signed(), 'webhook-signature': both })).toEqual({ webhookId: 'msg_1' });
  });

  it.each([
    ['the old key after rotation', signed(OLD), [NEW]],
    ['another source’s key', signed(KEYS.bank[0]), KEYS.social_insurance],
    ['no key at all', signed(), []],
    ['another message’s id', { ...signed(), 'webhook-id': 'msg_2' }, [OLD]],
    ['another second', { ...signed(), 'webhook-timestamp': String(NOW / 1000 - 1) }, [OLD]],
    [
      'an unknown version',
      { ...signed(), 'webhook-signature': signed()['webhook-signature'].replace('v1', 'v2') },
      [OLD],
    ],
    [
      'a shortened signature',
      { ...signed(), 'webhook-signature': signed()['webhook-signature'].slice(0, 20) },
      [OLD],
    ],
    ['an empty signature', { ...signed(), 'webhook-signature': 'v1,' }, [OLD]],
  ])('refuses %s', (_, headers, keys) => {
    expect(() => verify(headers, { keys })).toThrow(refusal('no_match'));
  });

  it('refuses a body in which any one byte was changed', () => {
    fc.assert(
      fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const body = Buffer.from(BODY);
        body[at] = (body[at] ?? 0) ^ change;
        expect(() => verify(signed(), { body })).toThrow(refusal('no_match'));
      }),
    );
  });

  it('tells apart byte strings that decode to the same text', () => {
    const [one, other] = [Buffer.from([0x22, 0xff, 0x22]), Buffer.from([0x22, 0xfe, 0x22])];
    expect(one.toString()).toBe(other.toString());
    expect(() => verify(signed(OLD, NOW, one), { body: other })).toThrow(refusal('no_match'));
    expect(verify(signed(OLD, NOW, one), { body: one })).toEqual({ webhookId: 'msg_1' });
  });

  it.each([
    ['five minutes old', -SIGNATURE_TOLERANCE_MS, true],
    ['five minutes ahead', SIGNATURE_TOLERANCE_MS, true],
    ['a second older than five minutes', -SIGNATURE_TOLERANCE_MS - 1000, false],
    ['a second further ahead than five minutes', SIGNATURE_TOLERANCE_MS + 1000, false],
    ['thirty days old', -30 * 86_400_000, false],
  ])('a message %s', (_, age, good) => {
    const headers = signed(OLD, NOW + age);
    if (good) expect(verify(headers)).toEqual({ webhookId: 'msg_1' });
    else expect(() => verify(headers)).toThrow(refusal('stale'));
  });

  it.each([
    ['no id', { 'webhook-id': '' }],
    ['an id with a dot', { 'webhook-id': 'msg.1' }],
    ['an id too long to be one', { 'webhook-id': 'm'.repeat(101) }],
    ['no timestamp', { 'webhook-timestamp': '' }],
    ['a timestamp with a tail', { 'webhook-timestamp': `${NOW / 1000}abc` }],
    ['a timestamp in exponent form', { 'webhook-timestamp': '1e9' }],
    ['no signature', { 'webhook-signature': '' }],
    ['a flood of signatures', { 'webhook-signature': 'v1,AAAA '.repeat(9) }],
  ])('refuses %s as malformed', (_, change) => {
    expect(() => verify({ ...signed(), ...change })).toThrow(refusal('malformed'));
  });
});
