import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { open, seal } from '../casefile/crypto/sealed.js';
import { CryptoError } from '../casefile/crypto/crypto-error.js';

type Context = Parameters<PayloadCodec['encode']>[1];

const PayloadProto = proto.temporal.api.common.v1.Payload;
export const ENCRYPTED = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const BOUND_TO = 'bound-to';

/** A schedule appends the instant of the run to the workflow id that its arguments were encoded for. */
const SCHEDULED_AT = /-\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

export interface PayloadKey {
  readonly keyId: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface PayloadCodecOptions extends PayloadKey {
  /** Keys that may still open what was written before a rotation. */
  readonly oldKeys?: readonly PayloadKey[];
  /** Refuse what is not encrypted. Default true; false is for reading old histories only. */
  readonly refusePlain?: boolean;
}

/** Thrown when a payload from the server is not one that this installation encrypted for this workflow. */
export class PayloadRefused extends Error {
  constructor(readonly code: 'plain' | 'unknown_key' | 'other_workflow' | 'damaged') {
    super(`payload refused: ${code}`);
    this.name = 'PayloadRefused';
  }
}

/**
 * Encrypts every payload between worker or client and server: AES-256-GCM, key id in the metadata, bound to the
 * key id and the workflow id. Headers and search attributes never pass through a codec, so nothing personal may be there.
 *
 * A worker that meets a refused payload fails that workflow task, which the server retries; the case goes on once
 * the payload is gone (`redrive`).
 * @throws {PayloadRefused} from `decode`.
 */
export function createPayloadCodec(options: PayloadCodecOptions): PayloadCodec {
  const { key, keyId, oldKeys = [], refusePlain = true } = options;
  const keys = new Map([...oldKeys, { key, keyId }].map((each) => [each.keyId, each.key]));

  const encodeOne = (payload: Payload, context: Context): Payload => {
    const boundTo = workflowOf(context);
    const inner = PayloadProto.encode(payload).finish();
    return {
      metadata: { encoding: utf8(ENCRYPTED), [KEY_ID]: utf8(keyId), [BOUND_TO]: utf8(boundTo) },
      data: seal(key, keyId, inner, purpose(boundTo)),
    };
  };

  const decodeOne = (payload: Payload, context: Context): Payload => {
    if (metadata(payload, 'encoding') !== ENCRYPTED) {
      if (refusePlain) throw new PayloadRefused('plain');
      return payload;
    }
    const usedKeyId = metadata(payload, KEY_ID);
    const usedKey = keys.get(usedKeyId);
    if (usedKey === undefined) throw new PayloadRefused('unknown_key');
    const boundTo = metadata(payload, BOUND_TO);
    const owner = workflowOf(context);
    // Without a context (a task token, an exported history) there is nothing to compare; the seal still holds.
    if (boundTo !== '' && owner !== '' && boundTo !== owner) throw new PayloadRefused('other_workflow');
    return PayloadProto.decode(unsealed(usedKey, usedKeyId, payload, boundTo));
  };

  return {
    encode: async (payloads, context) => payloads.map((payload) => encodeOne(payload, context)),
    decode: async (payloads, context) => payloads.map((payload) => decodeOne(payload, context)),
  };
}

function unsealed(key: Uint8Array, keyId: string, payload: Payload, boundTo: string): Uint8Array {
  try {
    return open(key, keyId, payload.data ?? new Uint8Array(), purpose(boundTo));
  } catch (error) {
    if (error instanceof CryptoError)
      throw new PayloadRefused(error.code === 'key_mismatch' ? 'unknown_key' : 'damaged');
    throw error;
  }
}

const purpose = (boundTo: string): string => `temporal-payload/${boundTo}`;
const workflowOf = (context: Context): string => (context?.workflowId ?? '').replace(SCHEDULED_AT, '');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const metadata = (payload: Payload, name: string): string =>
  new TextDecoder().decode(payload.metadata?.[name] ?? undefined);
