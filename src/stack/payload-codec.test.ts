import type { Payload, SerializationContext } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPayloadCodec, PayloadRefused } from './payload-codec.js';

const key = new Uint8Array(32).fill(1);
const nextKey = new Uint8Array(32).fill(2);
const codec = createPayloadCodec({ key, keyId: 'p1' });

const CASE = 'application/AP-441625103-2026-00001';
const inWorkflow = (workflowId: string): SerializationContext => ({
  type: 'workflow',
  namespace: 'default',
  workflowId,
});
const inActivity = (workflowId: string): SerializationContext => ({
  type: 'activity',
  namespace: 'default',
  workflowId,
  activityId: '1',
  isLocal: true,
});

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload | undefined): unknown =>
  payload === undefined ? undefined : defaultPayloadConverter.fromPayload(payload);
const encoded = async (value: unknown, context?: SerializationContext): Promise<Payload> => {
  const [payload] = await codec.encode([payloadOf(value)], context);
  if (!payload) throw new RangeError('nothing encoded');
  return payload;
};
const refused = (code: PayloadRefused['code']) => expect.objectContaining({ name: 'PayloadRefused', code });

describe('round trip', () => {
  it.each([
    ['an id', { commandId: '0195-1' }],
    ['a name with a middle dot', '买买提·艾力'],
    ['a name beyond the BMP', '𠮷田'],
    ['undefined', undefined],
    ['null', null],
    ['bytes', Uint8Array.of(0, 255)],
  ])('%s', async (_, value) => {
    const [back] = await codec.decode([await encoded(value, inWorkflow(CASE))], inWorkflow(CASE));
    expect(valueOf(back)).toEqual(value);
  });

  it('any JSON, several at a time, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 4 }), async (values) => {
        const back = await codec.decode(await codec.encode(values.map(payloadOf)));
        expect(back.map(valueOf)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  it('keeps the metadata that the converter wrote', async () => {
    const payload = payloadOf({ a: 1 });
    const [back] = await codec.decode(await codec.encode([payload]));
    expect(
      Object.entries(back?.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]),
    ).toEqual(
      Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]),
    );
  });

  it('of nothing is nothing', async () => {
    expect(await codec.encode([])).toEqual([]);
    expect(await codec.decode([])).toEqual([]);
  });
});

describe('what the server sees', () => {
  it('is the key id and the workflow id, never the content or its type', async () => {
    const { metadata, data } = await encoded({ canary: '441625199001011234' }, inWorkflow(CASE));
    const seen = Object.fromEntries(
      Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]),
    );
    expect(seen).toEqual({ encoding: 'binary/encrypted', 'encryption-key-id': 'p1', 'bound-to': CASE });
    expect(Buffer.from(data ?? []).toString('latin1')).not.toMatch(/canary|4416|json/);
  });

  it('differs for equal values', async () => {
    expect((await encoded('x')).data).not.toEqual((await encoded('x')).data);
  });
});

describe('refused', () => {
  it('plain payloads, also beside encrypted ones', async () => {
    await expect(codec.decode([payloadOf('x')])).rejects.toEqual(refused('plain'));
    await expect(codec.decode([await encoded('x'), payloadOf('x')])).rejects.toEqual(refused('plain'));
    await expect(codec.decode([{ metadata: null, data: null }])).rejects.toEqual(refused('plain'));
  });

  it('unless reading them was asked for', async () => {
    const lenient = createPayloadCodec({ key, keyId: 'p1', refusePlain: false });
    const back = await lenient.decode([payloadOf('old'), await encoded('new')]);
    expect(back.map(valueOf)).toEqual(['old', 'new']);
  });

  it('another workflow’s payload', async () => {
    const payload = await encoded('x', inWorkflow(CASE));
    const elsewhere = inWorkflow('application/AP-441625103-2026-00002');
    await expect(codec.decode([payload], elsewhere)).rejects.toEqual(refused('other_workflow'));
  });

  it('a payload whose binding was rewritten to fit, or taken away', async () => {
    const payload = await encoded('x', inWorkflow(CASE));
    for (const target of ['application/AP-441625103-2026-00002', '']) {
      const moved = { ...payload, metadata: { ...payload.metadata, 'bound-to': Buffer.from(target) } };
      await expect(codec.decode([moved], inWorkflow(target))).rejects.toEqual(refused('damaged'));
    }
  });

  it('any changed byte, and a cut one', async () => {
    const payload = await encoded('x');
    const data = payload.data ?? new Uint8Array();
    for (let at = 0; at < data.length; at += 1) {
      const changed = Uint8Array.from(data);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(codec.decode([{ ...payload, data: changed }]), `byte ${at}`).rejects.toThrow(
        PayloadRefused,
      );
    }
    await expect(codec.decode([{ ...payload, data: data.subarray(0, 20) }])).rejects.toEqual(
      refused('damaged'),
    );
    await expect(codec.decode([{ metadata: payload.metadata ?? null }])).rejects.toEqual(refused('damaged'));
  });

  it('an unknown key id, and a wrong key under a known id', async () => {
    const payload = await encoded('x');
    const stranger = createPayloadCodec({ key: nextKey, keyId: 'p2' });
    const impostor = createPayloadCodec({ key: nextKey, keyId: 'p1' });
    await expect(stranger.decode([payload])).rejects.toEqual(refused('unknown_key'));
    await expect(impostor.decode([payload])).rejects.toEqual(refused('unknown_key'));
  });
});

describe('accepted', () => {
  it('what a workflow and its own activities hand to each other', async () => {
    const fromActivity = await encoded('x', inActivity(CASE));
    expect((await codec.decode([fromActivity], inWorkflow(CASE))).map(valueOf)).toEqual(['x']);
  });

  it('what a schedule was given, in the run that it started, and in the run after that', async () => {
    const given = await encoded('x', inWorkflow('nightly'));
    const run = inWorkflow('nightly-2026-03-02T01:00:00Z');
    const later = inWorkflow('nightly-2026-03-03T01:00:00Z');
    expect((await codec.decode([given], run)).map(valueOf)).toEqual(['x']);
    expect((await codec.decode([await encoded('y', run)], later)).map(valueOf)).toEqual(['y']);
  });

  it('a payload read without a context, or written without one', async () => {
    const bound = await encoded('x', inWorkflow(CASE));
    const unbound = await encoded('y');
    expect((await codec.decode([bound])).map(valueOf)).toEqual(['x']);
    expect((await codec.decode([unbound], inWorkflow(CASE))).map(valueOf)).toEqual(['y']);
  });
});

describe('rotation', () => {
  it('writes with the new key and still reads the old', async () => {
    const rotated = createPayloadCodec({ key: nextKey, keyId: 'p2', oldKeys: [{ key, keyId: 'p1' }] });
    expect((await rotated.decode([await encoded('old')])).map(valueOf)).toEqual(['old']);
    const fresh = await rotated.encode([payloadOf('new')]);
    expect((await rotated.decode(fresh)).map(valueOf)).toEqual(['new']);
    await expect(codec.decode(fresh)).rejects.toEqual(refused('unknown_key'));
  });
});
