import { createHmac } from 'node:crypto';
import { listen } from '../../src/stack/listen.js';
import type { SigningKey } from '../../src/departments/signature.js';

/** A letter as it came to the door, and what the door said. */
export interface SeenLetter {
  readonly source: string;
  readonly webhookId: string;
  readonly timestamp: number;
  readonly signature: string;
  readonly body: Buffer;
  /** Real milliseconds. */
  readonly cameAt: number;
  /** Null when the door hung up. */
  readonly status: number | null;
}

export interface LetterWitness {
  readonly url: string;
  readonly letters: readonly SeenLetter[];
  stop(): Promise<void>;
}

const PASSED_ON = [
  'content-type',
  'content-encoding',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
] as const;

/** Stands before the callbacks' door and writes down everything that is brought there, whoever brings it. */
export async function openLetterWitness(apiUrl: string): Promise<LetterWitness> {
  const letters: SeenLetter[] = [];
  const door = await listen(async (request: Request) => {
    const { pathname } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const headers = Object.fromEntries(
      PASSED_ON.flatMap((name) => {
        const value = request.headers.get(name);
        return value === null ? [] : [[name, value]];
      }),
    );
    const cameAt = Date.now();
    const answer = await fetch(apiUrl + pathname, { method: 'POST', headers, body }).catch(() => null);
    letters.push({
      source: pathname.slice('/callbacks/'.length),
      webhookId: headers['webhook-id'] ?? '',
      timestamp: Number(headers['webhook-timestamp']),
      signature: headers['webhook-signature'] ?? '',
      body,
      cameAt,
      status: answer?.status ?? null,
    });
    return new Response(await answer?.arrayBuffer(), { status: answer?.status ?? 502 });
  }, 0);
  return { url: door.url, letters, stop: () => door.stop() };
}

/** Reckoned here once more, by the words of the Standard Webhooks specification: signed with this key, not long ago. */
export function isGenuine(
  { webhookId, timestamp, signature, body, cameAt }: SeenLetter,
  key: SigningKey,
): boolean {
  const signed = createHmac('sha256', key).update(`${webhookId}.${timestamp}.`).update(body).digest('base64');
  return signature === `v1,${signed}` && Math.abs(cameAt / 1000 - timestamp) <= 300;
}
