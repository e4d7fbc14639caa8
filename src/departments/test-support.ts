import { createServer } from 'node:http';
import { once } from 'node:events';
import { signingKey } from './signature.js';
import { SENDERS } from './platforms.js';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { LookupRequest, Source } from './contract.js';
import type { PlatformInquiry } from './platform-contract.js';
import type { SigningKey } from './signature.js';

export const secretOf = (letter: string): string =>
  `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;
const keyOf = (source: Source): readonly [SigningKey] => [
  signingKey(secretOf(String.fromCharCode(97 + SENDERS.indexOf(source)))),
];
export const KEYS = {
  ...Object.fromEntries(SENDERS.map((source) => [source, keyOf(source)])),
  household_register: keyOf('household_register'),
  social_insurance: keyOf('social_insurance'),
  bank: keyOf('bank'),
  provincial_platform: keyOf('provincial_platform'),
};
/** A key of a source that need not be one of the three above. */
export const keyFor = (source: Source): SigningKey =>
  (KEYS as Record<Source, readonly [SigningKey]>)[source]?.[0] ?? keyOf(source)[0];

/** Real time in the tests that choose it: 2026-03-02 09:00 +08:00. */
export const NOW = Date.parse('2026-03-02T09:00:00+08:00');
export const LIN = { idNumber: '44162519700101001X', name: '林桂香' };

const lookup = {
  requestId: '0195552e-7a00-7000-8000-000000000001',
  source: 'bank',
  purpose: 'dibao_means_verification',
  caseRef: 'c-3f9d2a7e41',
  consentHash: 'ab'.repeat(32),
  items: ['deposits'],
  subject: LIN,
  callbackUrl: 'http://127.0.0.1:9/callbacks/bank',
  asOf: '2026-03-02',
  dueAt: '2026-03-12T09:00:00+08:00',
};

/** A bank lookup about Lin; plain text stands in for the branded values it is read into. */
export const lookupOf = (changes: Partial<Record<keyof LookupRequest, unknown>> = {}): LookupRequest =>
  ({ ...lookup, ...changes }) as LookupRequest;

/** What the platform is asked about Lin: her deposits and her wages. */
export const inquiryOf = (changes: Partial<Record<keyof PlatformInquiry, unknown>> = {}): PlatformInquiry => {
  const { purpose, subject, asOf, dueAt, caseRef, consentHash } = lookup;
  const question = (n: number, source: Source, items: readonly string[]) => ({
    requestId: `0195552e-7a00-7000-8000-00000000002${n}`,
    source,
    items,
    caseRef: `${caseRef}-${n}`,
    consentHash,
  });
  return {
    inquiryId: '0195552e-7a00-5000-8000-000000000020',
    platform: 'provincial_platform',
    purpose,
    subject,
    callbackUrl: 'http://127.0.0.1:9/callbacks/provincial_platform',
    asOf,
    dueAt,
    questions: [question(1, 'bank', ['deposits']), question(2, 'social_insurance', ['contributions'])],
    ...changes,
  } as PlatformInquiry;
};

export interface Listener {
  url: string;
  stop(): Promise<void>;
}

/** A real HTTP server on a free local port. */
export async function listen(handler: RequestListener, port = 0): Promise<Listener> {
  const server = createServer(handler);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function until(what: () => boolean, timeoutMs = 5_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!what()) {
    if (performance.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
