import { ApplicationFailure } from '@temporalio/common';
import {
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { describe, expect, it } from 'vitest';
import { createDataConverter } from './data-converter.js';
import { createPayloadCodec } from './payload-codec.js';

const CANARY = '441625199001011234';
const codec = createPayloadCodec({ key: new Uint8Array(32).fill(1), keyId: 'p1' });
const converter = loadDataConverter(createDataConverter(codec));

/** All bytes of a failure as the server would store them, in one searchable text. */
const stored = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    each instanceof Uint8Array ? Buffer.from(each).toString('latin1') : each,
  );

const failure = () =>
  ApplicationFailure.create({
    type: 'evidence_changed',
    message: `message ${CANARY}`,
    details: [{ note: CANARY }],
    cause: new Error(`cause ${CANARY}`),
    nonRetryable: true,
  });

describe('failures', () => {
  it('leave no text for the server, in message, stack, details or cause', async () => {
    const written = await encodeErrorToFailure(converter, failure());
    expect(stored(written)).not.toContain(CANARY);
    expect(written.message).toBe('Encoded failure');
    expect(written.cause?.message).toBe('Encoded failure');
    expect(written.stackTrace).toBe('');
  });

  it('keep their code in the open, because retries are decided by it', async () => {
    const written = await encodeErrorToFailure(converter, failure());
    expect(written.applicationFailureInfo).toMatchObject({ type: 'evidence_changed', nonRetryable: true });
  });

  it('come back whole', async () => {
    const written = await encodeErrorToFailure(converter, failure());
    const read = await decodeOptionalFailureToOptionalError(converter, written);
    expect(read).toBeInstanceOf(ApplicationFailure);
    expect(read).toMatchObject({
      message: `message ${CANARY}`,
      type: 'evidence_changed',
      details: [{ note: CANARY }],
      cause: { message: `cause ${CANARY}` },
    });
  });

  it('would show without this converter: the scan above can fail', async () => {
    const open = loadDataConverter({ payloadCodecs: [codec] });
    expect(stored(await encodeErrorToFailure(open, failure()))).toContain(CANARY);
  });
});
