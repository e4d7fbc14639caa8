import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutgoing } from './outgoing.js';
import { createPlatformConnector } from './platform-connector.js';
import { inquiryIdOf } from './platform-contract.js';
import { verifySignature } from './signature.js';
import { bodyOf, inquiryOf, keyFor, listen } from './test-support.js';
import type { Listener } from './test-support.js';

interface Knock {
  path: string;
  headers: Headers;
  body: Buffer;
}
const knocks: Knock[] = [];
let platform: Listener;
beforeEach(async () => {
  knocks.length = 0;
  platform = await listen((request, response) => {
    void bodyOf(request).then((body) => {
      const headers = new Headers(request.headers as Record<string, string>);
      knocks.push({ path: request.url ?? '', headers, body });
      response.writeHead(202).end();
    });
  });
});
afterEach(() => platform.stop());

const connector = () =>
  createPlatformConnector({
    platform: 'provincial_platform',
    baseUrl: platform.url,
    signingKey: keyFor('provincial_platform'),
    timeoutMs: 2_000,
    outgoing: createOutgoing({ baseUrls: [platform.url], simulated: true }),
  });

describe('an inquiry', () => {
  it('is one signed message, whose id a repetition has too', async () => {
    expect(await connector().ask(inquiryOf())).toEqual({ kind: 'accepted' });
    await connector().ask(inquiryOf());
    const ids = knocks.map(({ path, headers, body }) => {
      expect(path).toBe('/provincial_platform/requests');
      const keys = [keyFor('provincial_platform')];
      return verifySignature({ keys, headers, body, realNow: Date.now() }).webhookId;
    });
    expect(ids).toEqual([inquiryOf().inquiryId, inquiryOf().inquiryId]);
    expect(JSON.parse(knocks[0]?.body.toString() ?? '')).toEqual(inquiryOf());
  });

  it('lets nothing out that a caller has besides', async () => {
    const [question] = inquiryOf().questions;
    const rich = { ...inquiryOf({ questions: [{ ...question, caseNo: 'secret' }] }), personId: 'secret' };
    await connector().ask(rich);
    expect(knocks[0]?.body.toString()).not.toContain('secret');
  });

  it('has an id of its questions: others make another', () => {
    const { questions } = inquiryOf();
    expect(inquiryIdOf(questions)).toBe(inquiryIdOf([...questions]));
    expect(inquiryIdOf(questions)).not.toBe(inquiryIdOf(questions.slice(1)));
    const signedAnew = questions.map((each) => ({ ...each, consentHash: 'cd'.repeat(32) }));
    expect(inquiryIdOf(questions)).not.toBe(inquiryIdOf(signedAnew));
  });
});
