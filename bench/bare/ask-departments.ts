import { createHmac, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A question as it goes over the wire. */
export interface BareQuestion {
  readonly requestId: string;
  readonly source: string;
  readonly json: string;
}

/** Whoever asks departments and hears them by HTTP, and does nothing else: signs, sends, counts the letters that come back. */
export interface BareAsker {
  /** Where departments are to call back. */
  readonly url: string;
  /** Asks everything at once. Resolves when the last answer has come. */
  ask(questions: readonly BareQuestion[]): Promise<void>;
  close(): Promise<void>;
}

export async function openBareAsker(
  departmentsUrl: string,
  keyOf: (source: string) => KeyObject,
): Promise<BareAsker> {
  const awaited = new Map<string, () => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(202).end();
      const { requestId } = JSON.parse(Buffer.concat(chunks).toString()) as { requestId: string };
      awaited.get(requestId)?.();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;

  async function send({ requestId, source, json }: BareQuestion): Promise<void> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', keyOf(source))
      .update(`${requestId}.${timestamp}.${json}`)
      .digest('base64');
    const response = await fetch(`${departmentsUrl}/${source}/requests`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': requestId,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body: json,
    });
    const text = await response.text();
    if (response.status !== 202) throw new Error(`${response.status} ${text}`);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    ask: async (questions) => {
      await Promise.all(
        questions.map(async (question) => {
          const heard = new Promise<void>((done) => awaited.set(question.requestId, done));
          await send(question);
          await heard;
        }),
      );
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
