import { describe, expect, it } from 'vitest';
import { textsOf } from './executions.js';
import { createPayloadCodec, PayloadRefused } from './payload-codec.js';

const codec = createPayloadCodec({ key: new Uint8Array(32).fill(1), keyId: 'k' });
const other = createPayloadCodec({ key: new Uint8Array(32).fill(2), keyId: 'l' });
const payload = (text: string) => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(text),
});
const brief = async (message: unknown) =>
  (await textsOf('w', message, codec)).map(({ where, text }) => `${where}: ${text}`);

describe('the texts of a message', () => {
  it('are its strings, wherever they stand, and the names of its fields', async () => {
    const failure = { failure: { message: 'a', stackTrace: '', cause: { message: 'b' } } };
    expect(await brief(failure)).toEqual([
      'w : failure',
      'w failure: message',
      'w failure.message: a',
      'w failure: stackTrace',
      'w failure: cause',
      'w failure.cause: message',
      'w failure.cause.message: b',
    ]);
  });

  it('are payloads, opened where they are encrypted', async () => {
    const [sealed] = await codec.encode([payload('"secret"')]);
    expect(await brief({ input: { payloads: [sealed, payload('"plain"')] } })).toEqual(
      expect.arrayContaining(['w input.payloads[0]: "secret"', 'w input.payloads[1]: "plain"']),
    );
  });

  it('are search attributes and headers too, which no codec ever sees', async () => {
    expect(
      await brief({
        searchAttributes: { indexedFields: { Township: payload('"441625103"') } },
        header: { fields: { 'x-name': payload('"n"') } },
      }),
    ).toEqual(
      expect.arrayContaining([
        'w searchAttributes.indexedFields: Township',
        'w searchAttributes.indexedFields.Township: "441625103"',
        'w header.fields: x-name',
        'w header.fields.x-name: "n"',
      ]),
    );
  });

  it('are not numbers, bytes or nothing', async () => {
    expect(await brief({ id: 7, token: new Uint8Array([1]), none: null })).toEqual([
      'w : id',
      'w : token',
      'w : none',
    ]);
  });

  it('cannot be told of a payload that somebody else encrypted', async () => {
    const [sealed] = await other.encode([payload('1')]);
    await expect(textsOf('w', { data: sealed }, codec)).rejects.toThrow(PayloadRefused);
  });
});
